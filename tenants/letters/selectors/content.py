"""Letters ready to be set: from frozen rows, or from a draft for a preview."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from housingplus.common.dates import long_date
from tenants.households.languages import ENGLISH
from tenants.letters.markup import (
    FilledLetter,
    Template,
    fill,
    list_placeholders,
    name_key,
    parse,
)
from tenants.letters.models import Letter, LetterRun, LetterWording
from tenants.letters.typesetting import (
    ENVELOPES,
    LetterContent,
    LetterFormat,
    TypesetBatch,
    dates_in,
    is_written_right_to_left,
    phrases_of,
)

from .copies import copy_note
from .drafts import HomeDraft, LetterDraft
from .recipients import Mailing
from .senders import Senders, describe_senders, letterheads_of, officers_of
from .wordings import Wording, offers_of, wording_of


@dataclass(frozen=True)
class _Written:
    """What one letter is set from, frozen or still a draft."""

    reference: str
    address_lines: tuple[str, ...]
    salutation: str
    values: Mapping[str, str]
    landlord: str
    patch: str
    letter_format: str
    wanted_language: str = ""
    note: str = ""


@lru_cache(maxsize=64)
def parsed(subject: str, body: str) -> Template:
    """Return a wording's tree; runs set thousands of letters from one."""
    return parse(subject, body)


def filled(
    subject: str, body: str, values: Mapping[str, str], *, isolate: bool = False
) -> FilledLetter:
    """Return a wording with its placeholders filled.

    Kept for letters that follow: most wordings ask nothing that differs within a patch.
    """
    asked = _asked(subject, body)
    known = tuple(item for item in values.items() if name_key(item[0]) in asked)
    return _filled(subject, body, known, isolate)


@lru_cache(maxsize=64)
def _asked(subject: str, body: str) -> frozenset[str]:
    return frozenset(map(name_key, list_placeholders(parsed(subject, body))))


@lru_cache(maxsize=512)
def _filled(
    subject: str, body: str, values: tuple[tuple[str, str], ...], isolate: bool
) -> FilledLetter:
    return fill(parsed(subject, body), dict(values), isolate=isolate)


def batch_of(run: LetterRun, letters: Sequence[Letter]) -> TypesetBatch:
    """Return frozen letters of a run, ready to be set, in the order given."""
    senders = Senders.from_json(run.senders)
    heads = sorted({str(letter.landlord_id) for letter in letters})
    officers = sorted({str(letter.patch_id) for letter in letters})
    version = run.template_version
    wordings = _wordings_of(letters)
    return TypesetBatch(
        letters=tuple(
            _content(
                _Written(
                    reference=letter.reference,
                    address_lines=tuple(letter.address_lines),
                    salutation=letter.salutation,
                    values=letter.values,
                    landlord=str(letter.landlord_id),
                    patch=str(letter.patch_id),
                    letter_format=letter.letter_format,
                    wanted_language=letter.wanted_language,
                    note=_note(letter),
                ),
                wordings.get(letter.wording_id or 0),
                english=(version.subject, version.body),
                is_bilingual=run.is_bilingual,
                dated=run.dated,
            )
            for letter in letters
        ),
        letterheads=letterheads_of(senders, heads),
        officers=officers_of(senders, officers),
        dated=run.dated,
        envelope=ENVELOPES[run.envelope],
        has_code=run.has_code,
        has_fold_marks=run.has_fold_marks,
    )


def _note(letter: Letter | LetterDraft) -> str:
    """What a copy says of itself above the letter; nothing on the letter itself."""
    return copy_note(letter.addressee, letter.values) if letter.is_copy else ""


def content_of(run: LetterRun, letter: Letter) -> LetterContent:
    """Return one letter's words from what was frozen with it."""
    return batch_of(run, [letter]).letters[0]


def _wordings_of(letters: Sequence[Letter]) -> dict[int, Wording]:
    """Return the wordings letters are set from; no query where all are in English."""
    wanted = {letter.wording_id for letter in letters if letter.wording_id}
    if not wanted:
        return {}
    rows = LetterWording.objects.filter(pk__in=wanted)
    return {row.pk: wording_of(row) for row in rows}


def _content(
    written: _Written,
    wording: Wording | None,
    *,
    english: tuple[str, str],
    is_bilingual: bool,
    dated: dt.date,
) -> LetterContent:
    """Return a letter in its wording, perhaps with the English after it."""
    if wording is None:
        return _in_english(written, written.salutation, english, dated)
    if wording.is_easy_read:
        words = (wording.subject, wording.body)
        return _in_english(written, written.salutation, words, dated)
    code = wording.language
    values = {name: dates_in(code, value) for name, value in written.values.items()}
    return LetterContent(
        reference=written.reference,
        address_lines=written.address_lines,
        salutation=written.salutation,
        content=filled(
            wording.subject,
            wording.body,
            values,
            isolate=is_written_right_to_left(code),
        ),
        date_text=dates_in(code, long_date(dated)),
        letterhead=written.landlord,
        officer=written.patch,
        format=page_plan(written.letter_format),
        closing=wording.closing or phrases_of(code).closing,
        language=code,
        english=(
            _in_english(
                replace(written, wanted_language=""),
                written.values["salutation"],
                english,
                dated,
            )
            if is_bilingual
            else None
        ),
    )


def _in_english(
    written: _Written, salutation: str, english: tuple[str, str], dated: dt.date
) -> LetterContent:
    return LetterContent(
        reference=written.reference,
        address_lines=written.address_lines,
        salutation=salutation,
        note=written.note,
        content=filled(*english, written.values),
        date_text=long_date(dated),
        letterhead=written.landlord,
        officer=written.patch,
        format=page_plan(written.letter_format),
        offers=offers_of(
            wanted=written.wanted_language,
            set_in=ENGLISH.code,
            phone=written.values.get("landlord phone", ""),
        ),
    )


def page_plan(letter_format: str) -> LetterFormat:
    """The pages a letter is set on: as standard, unless its format has its own."""
    if letter_format in set(LetterFormat):
        return LetterFormat(letter_format)
    return LetterFormat.STANDARD


def draft_content(
    draft: LetterDraft, patch_id: int, *, subject: str, body: str, mailing: Mailing
) -> LetterContent:
    """Return a letter nobody has frozen: for a preview, or to be measured."""
    return _content(
        _Written(
            reference="PREVIEW",
            address_lines=draft.address_lines,
            salutation=draft.salutation,
            values=draft.values,
            landlord=str(draft.landlord_id),
            patch=str(patch_id),
            letter_format=draft.letter_format,
            wanted_language=draft.wanted_language,
            note=_note(draft),
        ),
        draft.wording,
        english=(subject, body),
        is_bilingual=mailing.is_bilingual,
        dated=mailing.dated,
    )


def draft_batch(
    mailing: Mailing, home: HomeDraft, *, subject: str, body: str
) -> TypesetBatch:
    """Return the letters of one home's draft, ready to be set, for a preview."""
    patch_id = home.patch_id or 0
    fact = mailing.facts[patch_id]
    landlords = {letter.landlord_id for letter in home.letters}
    senders, pictures = describe_senders(
        [mailing.landlords[pk] for pk in landlords], [fact]
    )
    return TypesetBatch(
        letters=tuple(
            draft_content(
                replace(letter, wanted_language=""),
                patch_id,
                subject=subject,
                body=body,
                mailing=mailing,
            )
            for letter in home.letters
        ),
        letterheads=letterheads_of(senders, map(str, landlords), pictures),
        officers=officers_of(senders, [str(patch_id)], pictures),
        dated=mailing.dated,
        envelope=mailing.envelope,
    )
