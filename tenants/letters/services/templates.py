"""Writing letter templates. A version never changes; an edit is the next version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max

from housingplus.audit import services as audit
from housingplus.common.dates import long_date
from housingplus.common.locking import lock
from tenants.letters.default_translations import DEFAULT_TRANSLATIONS
from tenants.letters.default_wording import DEFAULT_WORDING
from tenants.letters.errors import TemplateChanged, TemplateRefused
from tenants.letters.models import LetterTemplate, LetterTemplateVersion
from tenants.letters.placeholders import check_wording
from tenants.letters.typesetting import characters_not_shown

if TYPE_CHECKING:
    from officers.accounts.models import User


def check_can_print(subject: str, body: str) -> None:
    """A template can be kept: every placeholder known, every character printable."""
    errors = [problem for problem in check_wording(subject, body) if problem.is_error]
    if errors:
        raise TemplateRefused(str(errors[0]), field=errors[0].field)
    if unprintable := characters_not_shown(f"{subject}\n{body}"):
        raise TemplateRefused(
            f"These characters cannot be printed: {' '.join(unprintable)}", field="body"
        )


def create_template(
    *, name: str, purpose: str, subject: str, body: str, by: User | None
) -> LetterTemplate:
    """Make a template with its first version."""
    check_can_print(subject, body)
    try:
        with transaction.atomic():
            template = LetterTemplate.objects.create(name=name.strip(), purpose=purpose)
            _add_version(template, subject, body, by)
            audit.record("letter template.created", subject=template, by=by)
    except IntegrityError as error:
        raise TemplateRefused(
            f"There is a template named “{name}”. Choose another name.", field="name"
        ) from error
    return template


def save_template(
    *,
    template: LetterTemplate,
    name: str,
    purpose: str,
    subject: str,
    body: str,
    begun_from: int | None = None,
    by: User,
) -> LetterTemplateVersion:
    """Keep an edit: new wording becomes the next version; the same wording none.

    `begun_from` is the number of the version the person saw: where somebody saved
    another since, other wording is refused.
    """
    check_can_print(subject, body)
    try:
        with transaction.atomic():
            template = lock(LetterTemplate.objects.all()).get(pk=template.pk)
            version = template.versions.order_by("-number").first()
            is_new = version is None or (version.subject, version.body) != (
                subject,
                body,
            )
            if version and is_new and begun_from not in {None, version.number}:
                raise TemplateChanged(_saved_meanwhile(version))
            changes = {
                field: [getattr(template, field), value]
                for field, value in (("name", name.strip()), ("purpose", purpose))
                if getattr(template, field) != value
            }
            template.name, template.purpose = name.strip(), purpose
            template.save(update_fields=["name", "purpose"])
            if version is None or is_new:
                version = _add_version(template, subject, body, by)
                changes["version"] = [version.number - 1, version.number]
            if changes:
                audit.record(
                    "letter template.changed", subject=template, by=by, changes=changes
                )
    except IntegrityError as error:
        raise TemplateRefused(
            f"There is a template named “{name}”. Choose another name.", field="name"
        ) from error
    return version


@transaction.atomic
def set_archived(
    *, template: LetterTemplate, is_archived: bool, by: User
) -> LetterTemplate:
    """Put a template away, or bring it back; runs that used it keep it."""
    template = lock(LetterTemplate.objects.all()).get(pk=template.pk)
    if template.is_archived == is_archived:
        return template
    template.is_archived = is_archived
    template.save(update_fields=["is_archived"])
    verb = "letter template.archived" if is_archived else "letter template.restored"
    audit.record(verb, subject=template, by=by)
    return template


@transaction.atomic
def create_default_templates(*, by: User | None = None) -> list[LetterTemplate]:
    """Make those of the project's own templates whose names are not taken.

    Each with its easy read, and with translations to be checked.
    """
    from .wordings import save_wording

    taken = set(LetterTemplate.objects.values_list("name", flat=True))
    made = [
        create_template(
            name=wording.name,
            purpose=wording.purpose,
            subject=wording.subject,
            body=wording.body,
            by=by,
        )
        for wording in DEFAULT_WORDING
        if wording.name not in taken
    ]
    for template in made:
        version = template.versions.get()
        for other in DEFAULT_TRANSLATIONS[template.name]:
            save_wording(
                version=version,
                key=other.key,
                subject=other.subject,
                body=other.body,
                by=by,
            )
    return made


def _saved_meanwhile(version: LetterTemplateVersion) -> str:
    who = version.created_by.get_full_name() if version.created_by else "Somebody"
    return (
        f"{who} saved version {version.number} on {long_date(version.created_at)}, "
        "while you were writing. What you typed is still here: take over what you need "
        "of theirs, then save again."
    )


def _add_version(
    template: LetterTemplate, subject: str, body: str, by: User | None
) -> LetterTemplateVersion:
    last = template.versions.aggregate(last=Max("number"))["last"] or 0
    return LetterTemplateVersion.objects.create(
        template=template, number=last + 1, subject=subject, body=body, created_by=by
    )
