"""The wordings a mailing may use: which one a household's letter is set from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q

from tenants.households.languages import ENGLISH, LANGUAGES, language_name
from tenants.households.models import LetterFormat
from tenants.letters.markup import Template, list_placeholders, name_key, parse
from tenants.letters.models import LetterRun, LetterTemplateVersion, LetterWording
from tenants.letters.models.wordings import EASY_READ_KEY
from tenants.letters.placeholders import printed_names
from tenants.letters.typesetting import NAMES, Offer, phrases_of

# Homes whose letters are in English though another language is wanted.
FELL_BACK = Q(letters__wanted_language__gt="") & (
    Q(letters__wording__isnull=True) | Q(letters__wording__is_easy_read=True)
)
WORDINGS = {
    "translated": Q(letters__wording__is_easy_read=False),
    "fallback": FELL_BACK,
    "easy_read": Q(letters__wording__is_easy_read=True),
}


@dataclass(frozen=True)
class Wording:
    """A translation or easy read as a mailing uses it; `pk` is None in a preview."""

    language: str
    is_easy_read: bool
    subject: str
    body: str
    salutation: str = ""
    closing: str = ""
    pk: int | None = None
    names: tuple[str, ...] = field(default=(), repr=False)

    @property
    def key(self) -> str:
        return EASY_READ_KEY if self.is_easy_read else self.language

    def opening(self, english: str) -> str:
        """Return how the letter opens; `english` is "Dear …" as we write it.

        Nobody is greeted by a word in another language: "Dear Occupier" stays.
        """
        pattern = self.salutation or phrases_of(self.language).salutation
        if NAMES not in pattern:
            return pattern
        names = english.removeprefix("Dear ")
        return english if names == "Occupier" else pattern.replace(NAMES, names)


def wording(
    *,
    language: str,
    is_easy_read: bool,
    subject: str,
    body: str,
    salutation: str = "",
    closing: str = "",
    pk: int | None = None,
) -> Wording:
    """Return a wording with the placeholders whose values it prints."""
    names = printed_names(parse(subject, body))
    return Wording(
        language, is_easy_read, subject, body, salutation, closing, pk, names
    )


def wordings_of(version: LetterTemplateVersion) -> dict[str, Wording]:
    """Return what a run may use beside a version's English, by key."""
    return {row.key: wording_of(row) for row in version.wordings.usable()}


def wording_of(row: LetterWording) -> Wording:
    """Return a kept wording as a mailing uses it."""
    return wording(
        language=row.language,
        is_easy_read=row.is_easy_read,
        subject=row.subject,
        body=row.body,
        salutation=row.salutation,
        closing=row.closing,
        pk=row.pk,
    )


def choose_wording(
    wordings: Mapping[str, Wording], *, language: str, letter_format: str
) -> Wording | None:
    """Return the wording for a household; None for the English."""
    if letter_format == LetterFormat.EASY_READ:
        return wordings.get(EASY_READ_KEY)
    return wordings.get(language)


def names_printed(
    wording: Wording | None, english: tuple[str, ...], *, is_bilingual: bool
) -> tuple[str, ...]:
    """Return placeholders a letter prints, with the English's where it follows."""
    if wording is None:
        return english
    if not is_bilingual or wording.is_easy_read:
        return wording.names
    return tuple(dict.fromkeys((*wording.names, *english)))


def offers_of(*, wanted: str, set_in: str, phone: str) -> tuple[Offer, ...]:
    """Return the lines that offer a letter in the language its household wants."""
    if not wanted or wanted == set_in:
        return ()
    name = language_name(wanted)
    call = f"Call {phone}" if phone else "Call us"
    offers = [Offer(f"{call} if you would like this letter in {name}.")]
    own = phrases_of(wanted).offer
    if own and phone:
        offers.insert(0, Offer(own.format(phone=phone), wanted))
    return tuple(offers)


def count_wordings(run: LetterRun) -> dict[str, int]:
    """Return how many homes of a run have letters translated, easy to read, or in
    English though they want another language."""
    return run.homes.aggregate(
        **{
            name: Count("pk", filter=which, distinct=True)
            for name, which in WORDINGS.items()
        }
    )


@dataclass(frozen=True)
class WordingState:
    """Where a template stands with one language, or with easy read."""

    key: str
    name: str
    newest: LetterWording
    is_for_current: bool
    is_used: bool

    @property
    def is_checked(self) -> bool:
        return self.newest.is_easy_read or hasattr(self.newest, "checked")


def list_wording_states(version: LetterTemplateVersion) -> list[WordingState]:
    """Return each wording a template ever had: its newest edition, and for which
    version it was written. Easy read first, then languages by name."""
    rows = (
        LetterWording.objects.filter(version__template=version.template_id)
        .select_related("version", "checked")
        .order_by("version__number", F("number").asc())
    )
    newest = {row.key: row for row in rows}
    used = set(version.wordings.usable().values_list("language", "is_easy_read"))
    return sorted(
        (
            WordingState(
                key,
                row.name,
                row,
                is_for_current=row.version_id == version.pk,
                is_used=(row.language, row.is_easy_read) in used,
            )
            for key, row in newest.items()
        ),
        key=lambda state: (state.key != EASY_READ_KEY, state.name),
    )


def newest_wording(version: LetterTemplateVersion, key: str) -> LetterWording | None:
    """Return the newest edition of a wording, of this version or an earlier one."""
    is_easy_read = key == EASY_READ_KEY
    return (
        LetterWording.objects.filter(
            version__template=version.template_id,
            version__number__lte=version.number,
            is_easy_read=is_easy_read,
            language=ENGLISH.code if is_easy_read else key,
        )
        .select_related("version", "checked")
        .order_by("-version__number", "-number")
        .first()
    )


def seen_mark(version: LetterTemplateVersion, newest: LetterWording | None) -> str:
    """Return what changes when somebody saves the English, or this wording of it."""
    return f"{version.pk}-{newest.pk if newest else 0}"


def is_known_key(key: str) -> bool:
    """Whether pages may ask for a wording by this key."""
    return key == EASY_READ_KEY or key in LANGUAGES


def wording_name(key: str) -> str:
    """Return what pages call a wording: its language, or "Easy read"."""
    return "Easy read" if key == EASY_READ_KEY else language_name(key)


def placeholders_left_out(
    version: LetterTemplateVersion, subject: str, body: str
) -> list[str]:
    """Return placeholders of the English that another wording does not have."""
    english = list_placeholders(parse(version.subject, version.body))
    return _missing(english, parse(subject, body))


def _missing(english: tuple[str, ...], other: Template) -> list[str]:
    have = {name_key(name) for name in list_placeholders(other)}
    return [name for name in english if name_key(name) not in have]


def as_values(row: LetterWording) -> dict[str, Any]:
    """Return what the editor begins with."""
    return {
        "subject": row.subject,
        "body": row.body,
        "salutation": row.salutation,
        "closing": row.closing,
    }
