"""Letters ready to be set: from frozen rows, or from a draft for a preview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache

from housingplus.common.dates import long_date
from tenants.letters.markup import FilledLetter, Template, fill, parse
from tenants.letters.models import Letter, LetterRun
from tenants.letters.typesetting import (
    ENVELOPES,
    LetterContent,
    LetterFormat,
    TypesetBatch,
)

from .recipients import HomeDraft, LetterDraft, Mailing
from .senders import Senders, describe_senders, letterheads_of, officers_of


@lru_cache(maxsize=64)
def parsed(subject: str, body: str) -> Template:
    """Return a wording's tree; runs set thousands of letters from one."""
    return parse(subject, body)


def filled(run: LetterRun, letter: Letter) -> FilledLetter:
    """Return a letter's words from what was frozen with it."""
    version = run.template_version
    return fill(parsed(version.subject, version.body), letter.values)


def batch_of(run: LetterRun, letters: Sequence[Letter]) -> TypesetBatch:
    """Return frozen letters of a run, ready to be set, in the order given."""
    senders = Senders.from_json(run.senders)
    heads = sorted({str(letter.landlord_id) for letter in letters})
    officers = sorted({str(letter.patch_id) for letter in letters})
    return TypesetBatch(
        letters=tuple(_content(run, letter) for letter in letters),
        letterheads=letterheads_of(senders, heads),
        officers=officers_of(senders, officers),
        dated=run.dated,
        envelope=ENVELOPES[run.envelope],
        has_code=run.has_code,
        has_fold_marks=run.has_fold_marks,
    )


def _content(run: LetterRun, letter: Letter) -> LetterContent:
    return LetterContent(
        reference=letter.reference,
        address_lines=tuple(letter.address_lines),
        salutation=letter.salutation,
        content=filled(run, letter),
        date_text=long_date(run.dated),
        letterhead=str(letter.landlord_id),
        officer=str(letter.patch_id),
        format=page_plan(letter.letter_format),
    )


def page_plan(letter_format: str) -> LetterFormat:
    """The pages a letter is set on: as standard, unless its format has its own."""
    if letter_format in set(LetterFormat):
        return LetterFormat(letter_format)
    return LetterFormat.STANDARD


def draft_content(
    draft: LetterDraft, patch_id: int, *, subject: str, body: str, dated: dt.date
) -> LetterContent:
    """Return a letter nobody has frozen, for a preview."""
    return LetterContent(
        reference="PREVIEW",
        address_lines=draft.address_lines,
        salutation=draft.salutation,
        content=fill(parsed(subject, body), draft.values),
        date_text=long_date(dated),
        letterhead=str(draft.landlord_id),
        officer=str(patch_id),
        format=page_plan(draft.letter_format),
    )


def draft_batch(
    mailing: Mailing, home: HomeDraft, *, subject: str, body: str
) -> TypesetBatch:
    """Return the letters of one home's draft, ready to be set."""
    patch_id = home.patch_id or 0
    fact = mailing.facts[patch_id]
    landlords = {letter.landlord_id for letter in home.letters}
    senders, pictures = describe_senders(
        [mailing.landlords[pk] for pk in landlords], [fact]
    )
    return TypesetBatch(
        letters=tuple(
            draft_content(
                letter, patch_id, subject=subject, body=body, dated=mailing.dated
            )
            for letter in home.letters
        ),
        letterheads=letterheads_of(senders, map(str, landlords), pictures),
        officers=officers_of(senders, [str(patch_id)], pictures),
        dated=mailing.dated,
        envelope=mailing.envelope,
    )


def sample_of(run: LetterRun) -> list[Letter]:
    """Return a few letters to look at: the longest name and address, one of each
    format, landlord and kind of answer."""
    letters = list(
        run.letters.order_by("sequence").only(
            "run",
            "addressee",
            "address_lines",
            "letter_format",
            "channel",
            "landlord",
            "officer",
        )
    )
    if not letters:
        return []
    chosen: dict[int, Letter] = {letters[0].pk: letters[0]}
    for longest in (
        max(letters, key=lambda letter: len(letter.addressee)),
        max(letters, key=lambda letter: sum(map(len, letter.address_lines[1:]))),
    ):
        chosen.setdefault(longest.pk, longest)
    chosen |= _first_of_each(letters)
    return list(run.letters.filter(pk__in=chosen).order_by("sequence"))


def _first_of_each(letters: Iterable[Letter]) -> dict[int, Letter]:
    seen: set[tuple[str, object]] = set()
    found = {}
    for letter in letters:
        marks = {
            ("format", letter.letter_format),
            ("channel", letter.channel),
            ("landlord", letter.landlord_id),
            ("person", letter.officer_id is not None),
        }
        if marks - seen:
            seen |= marks
            found[letter.pk] = letter
    return found
