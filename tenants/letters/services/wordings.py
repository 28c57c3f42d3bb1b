"""Writing translations and easy read, and recording that somebody checked them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max

from housingplus.audit import services as audit
from housingplus.common.locking import lock
from tenants.households.languages import ENGLISH
from tenants.letters.errors import TemplateChanged, TemplateRefused
from tenants.letters.models import (
    LetterTemplate,
    LetterTemplateVersion,
    LetterWording,
    LetterWordingCheck,
)
from tenants.letters.models.wordings import EASY_READ_KEY
from tenants.letters.selectors.wordings import (
    is_known_key,
    newest_wording,
    seen_mark,
)
from tenants.letters.typesetting import characters_not_shown

from .templates import check_can_print

if TYPE_CHECKING:
    from officers.accounts.models import User


@transaction.atomic
def save_wording(
    *,
    version: LetterTemplateVersion,
    key: str,
    subject: str,
    body: str,
    salutation: str = "",
    closing: str = "",
    seen: str = "",
    by: User | None,
) -> LetterWording:
    """Keep a translation or easy read of a version; the same words make no edition.

    Letters already composed keep the edition they were set from. `seen` is the
    `seen_mark` of what the person wrote over: where somebody saved another edition, or
    other English, since, it is refused.
    """
    check_can_print(subject, body)
    _check_key(key)
    if unprintable := characters_not_shown(f"{salutation}{closing}"):
        raise TemplateRefused(
            f"These characters cannot be printed: {' '.join(unprintable)}",
            field="salutation",
        )
    # The template's lock, so that two people's editions follow each other.
    template = lock(LetterTemplate.objects.all()).get(pk=version.template_id)
    is_easy_read = key == EASY_READ_KEY
    language = ENGLISH.code if is_easy_read else key
    editions = version.wordings.filter(language=language, is_easy_read=is_easy_read)
    words = {
        "subject": subject,
        "body": body,
        "salutation": salutation.strip(),
        "closing": closing.strip(),
    }
    newest = editions.order_by("-number").first()
    if newest and all(getattr(newest, name) == text for name, text in words.items()):
        return newest
    _check_is_as_seen(version, key, seen)
    number = (editions.aggregate(last=Max("number"))["last"] or 0) + 1
    row = LetterWording.objects.create(
        version=version,
        language=language,
        is_easy_read=is_easy_read,
        number=number,
        created_by=by,
        **words,
    )
    audit.record(
        "letter template.wording_saved",
        subject=template,
        by=by,
        summary=f"{row}, of version {version.number}",
    )
    return row


@transaction.atomic
def record_check(
    *, wording: LetterWording, checked_by: str, by: User
) -> LetterWordingCheck:
    """Record that somebody who reads the language has checked this edition.

    From then on runs use it. Pressing twice records it once.
    """
    if wording.is_easy_read:
        raise TemplateRefused("Easy read is used as it is saved; it needs no check.")
    if not checked_by.strip():
        raise TemplateRefused("Enter who checked it.", field="checked_by")
    made = LetterWordingCheck.objects.filter(wording=wording).first()
    if made is not None:
        return made
    try:
        with transaction.atomic():
            made = LetterWordingCheck.objects.create(
                wording=wording, checked_by=checked_by.strip(), recorded_by=by
            )
    except IntegrityError:
        return LetterWordingCheck.objects.get(wording=wording)
    audit.record(
        "letter template.wording_checked",
        subject=wording.version.template,
        by=by,
        summary=f"{wording}, of version {wording.version.number}",
    )
    return made


def _check_is_as_seen(version: LetterTemplateVersion, key: str, seen: str) -> None:
    before = newest_wording(version, key)
    if seen in {"", seen_mark(version, before)}:
        return
    if seen.partition("-")[0] == str(version.pk):
        raise TemplateChanged(
            "Somebody saved this wording while you were writing. What you typed is "
            "still here: take over what you need of theirs, then save again."
        )
    raise TemplateChanged(
        f"The English became version {version.number} while you were writing. What "
        "you typed is still here: change it to fit, then save it again."
    )


def _check_key(key: str) -> None:
    if not is_known_key(key):
        raise TemplateRefused("Select a language of the list.")
