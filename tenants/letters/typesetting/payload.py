"""What the template file is given: strings and numbers only, as JSON."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

from housingplus.documents.codes import data_matrix
from housingplus.documents.glyphs import font_families
from housingplus.documents.text import (
    FIRST_STRONG_ISOLATE,
    POP_ISOLATE,
    clean_text,
    is_right_to_left,
)
from tenants.letters.markup import BlockKind, FilledBlock, FilledLetter, Run

from .addresses import address_size
from .content import (
    LetterContent,
    Letterhead,
    LookUp,
    OfficerBlock,
    Picture,
    TypesetBatch,
)
from .phrases import is_written_right_to_left, phrases_of
from .profiles import (
    ADDRESS_PITCH,
    CODE_BOTTOM,
    CODE_MODULE,
    CODE_RIGHT,
    PAGE_PLANS,
    EnvelopeProfile,
    LetterFormat,
    Zone,
)

LONGEST_WORD = 46
ZERO_WIDTH_SPACE = "\u200b"
# Numbers with spaces are turned round, group by group, among right-to-left letters.
_NUMBER = re.compile(r"[+(]?\d[\d ()/.-]*\d")
_LONG_WORD = re.compile(rf"[!-~]{{{LONGEST_WORD},}}")


def batch_payload(batch: TypesetBatch, *, title: str, pages: Mapping[str, int]) -> str:
    """Everything `letter.typ` is given. `pages`: of letters known to have several."""
    letters = batch.letters
    heads = sorted({letter.letterhead for letter in letters})
    officers = sorted({letter.officer for letter in letters})
    formats = sorted({letter.format for letter in letters})
    languages = {letter.language for letter in letters}
    content = {
        "title": clean_text(title),
        "fonts": font_families(),
        # The document is in the language of its letters where they agree.
        **_language(languages.pop() if len(languages) == 1 else "en-GB"),
        "envelope": _envelope(batch.envelope),
        "plans": {kind.value: _plan(kind) for kind in formats},
        "letterheads": {key: _letterhead(batch.letterheads[key]) for key in heads},
        "officers": {key: _officer(batch.officers[key]) for key in officers},
        "fold_marks": batch.has_fold_marks,
        "letters": [
            _letter(letter, batch.envelope, pages.get(letter.reference, 1))
            | {"code": _scan_code(letter.reference) if batch.has_code else None}
            for letter in letters
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def batch_pictures(batch: TypesetBatch) -> dict[str, Picture]:
    """Every picture the letters show, by the file name the template may open."""
    heads = (batch.letterheads[key] for key in {x.letterhead for x in batch.letters})
    officers = (batch.officers[key] for key in {x.officer for x in batch.letters})
    pictures = chain(
        chain.from_iterable(
            (head.logo, head.look_up.code if head.look_up else None) for head in heads
        ),
        chain.from_iterable((o.photo, o.signature) for o in officers),
    )
    return {picture.name: picture for picture in pictures if picture}


def shown_text(letter: LetterContent) -> str:
    """Every word that is this letter's own, for the glyph check."""
    body = (run.text for b in letter.content.blocks for item in b.items for run in item)
    english = (shown_text(letter.english),) if letter.english else ()
    return "\n".join(
        (
            letter.content.subject_text,
            *map(
                clean_text,
                (
                    *letter.address_lines,
                    letter.note,
                    letter.salutation,
                    letter.closing,
                    letter.date_text,
                    letter.reference,
                    *(offer.text for offer in letter.offers),
                ),
            ),
            *body,
            *english,
        )
    )


def _look_up_words(look_up: LookUp) -> tuple[str, ...]:
    return look_up.code.alt, look_up.text, look_up.address


def letterhead_text(head: Letterhead) -> str:
    alt = head.logo.alt if head.logo else ""
    code = _look_up_words(head.look_up) if head.look_up else ()
    lines = (
        head.name,
        *head.return_address,
        *head.contact_lines,
        head.other_formats,
        alt,
        *code,
    )
    return "\n".join(map(clean_text, lines))


def officer_text(officer: OfficerBlock) -> str:
    return "\n".join(
        map(clean_text, (officer.name, officer.job_title, officer.phone, officer.email))
    )


def _letter(
    letter: LetterContent, envelope: EnvelopeProfile, pages: int
) -> dict[str, object]:
    lines = [clean_text(line).replace("\n", " ") for line in letter.address_lines]
    return {
        "id": letter.reference,
        "pages": pages,
        "format": letter.format.value,
        "head": letter.letterhead,
        "officer": letter.officer,
        "address": [_line(line) for line in lines],
        "size": address_size(tuple(lines), envelope),
        "parts": [_part(part) for part in (letter, letter.english) if part],
        "offers": [
            {**language, "t": _text(clean_text(offer.text), bool(language["rtl"]))}
            for offer in letter.offers
            if (language := _language(offer.language))
        ],
    }


def _scan_code(reference: str) -> dict[str, object]:
    modules, pixels = data_matrix(reference)
    return {"modules": modules, "pixels": list(pixels)}


def _part(letter: LetterContent) -> dict[str, object]:
    """A letter in one language: its words and the fixed ones around them."""
    language = _language(letter.language)
    is_rtl = bool(language["rtl"])
    phrases = phrases_of(letter.language)
    before, _, after = phrases.page.partition("{page}")
    between, _, end = after.partition("{total}")
    return {
        **language,
        "words": {
            "date": phrases.date,
            "reference": phrases.reference,
            "telephone": phrases.telephone,
            "email": phrases.email,
            "page": [before, between, end],
        },
        "date": clean_text(letter.date_text),
        "note": _text(clean_text(letter.note), is_rtl),
        "salutation": _line(clean_text(letter.salutation, isolate=True), is_rtl),
        "closing": clean_text(letter.closing),
        "subject": _runs(letter.content.subject, is_rtl),
        "subject_rtl": is_rtl or is_right_to_left(letter.content.subject_text),
        "blocks": _blocks(letter.content, is_rtl),
    }


def _language(tag: str) -> dict[str, object]:
    code, _, region = tag.partition("-")
    return {
        "lang": code.lower(),
        "region": region.upper() or None,
        "rtl": is_written_right_to_left(code),
    }


def _text(text: str, is_rtl: bool) -> str:
    """A text as it is set; numbers keep their order among right-to-left letters."""
    if not is_rtl:
        return breakable(text)
    return _NUMBER.sub(
        lambda number: f"{FIRST_STRONG_ISOLATE}{number[0]}{POP_ISOLATE}",
        breakable(text),
    )


# Kept, because letters that follow each other mostly have the same words.
@lru_cache(maxsize=64)
def _blocks(content: FilledLetter, is_rtl: bool) -> list[dict[str, object]]:
    blocks: list[dict[str, object]] = []
    seen_heading = False
    for block in content.blocks:
        kind = block.kind
        # A tagged file may not skip a level: a subheading without a heading is one.
        if kind is BlockKind.SUBHEADING and not seen_heading:
            kind = BlockKind.HEADING
        seen_heading = seen_heading or kind is BlockKind.HEADING
        blocks.append(
            {
                "k": kind.value,
                "items": [_runs(item, is_rtl) for item in block.items],
                "rtl": is_rtl or _is_right_to_left(block),
            }
        )
    return blocks


def _is_right_to_left(block: FilledBlock) -> bool:
    return is_right_to_left("".join(run.text for run in block.items[0]))


def _runs(runs: tuple[Run, ...], is_rtl: bool) -> list[list[object]]:
    """Pairs of text and weight; a line break is the text "\\n" by itself."""
    pieces: list[list[object]] = []
    for run in runs:
        for number, line in enumerate(run.text.split("\n")):
            if number:
                pieces.append(["\n", 0])
            if line:
                pieces.append([_text(line, is_rtl), int(run.is_bold)])
    return pieces


def breakable(text: str) -> str:
    """Let a word wider than the page go on to another line."""
    if len(text) < LONGEST_WORD:
        return text
    return _LONG_WORD.sub(lambda word: ZERO_WIDTH_SPACE.join(_cut(word[0])), text)


def _cut(word: str) -> list[str]:
    return [word[start : start + 25] for start in range(0, len(word), 25)]


def _line(text: str, is_rtl: bool = False) -> dict[str, object]:
    return {"t": text, "rtl": is_rtl or is_right_to_left(text)}


def _envelope(envelope: EnvelopeProfile) -> dict[str, object]:
    return {
        "address": _zone(envelope.address),
        "logo": _zone(envelope.logo),
        "sender": _zone(envelope.sender),
        "body_top": envelope.body_top,
        "folds": envelope.folds,
        "code": {"right": CODE_RIGHT, "bottom": CODE_BOTTOM, "module": CODE_MODULE},
        "pitch": ADDRESS_PITCH,
    }


def _zone(zone: Zone) -> dict[str, float]:
    return {"x": zone.left, "y": zone.top, "w": zone.width, "h": zone.height}


def _plan(kind: LetterFormat) -> dict[str, float | bool]:
    plan = PAGE_PLANS[kind]
    return {
        "text": plan.text_size,
        "small": plan.small_size,
        "sender": plan.sender_size,
        "heading": plan.heading_size,
        "leading": plan.leading_em,
        "paragraph": plan.paragraph_em,
        "right": plan.margin_right,
        "top": plan.margin_top,
        "bottom": plan.margin_bottom,
        "signature": plan.signature_height,
        "photo": plan.photo_height,
        "date_in_body": plan.date_in_body,
    }


def _letterhead(head: Letterhead) -> dict[str, object]:
    return {
        "name": clean_text(head.name),
        "address": [clean_text(line) for line in head.return_address],
        "contact": [clean_text(line) for line in head.contact_lines],
        "formats": clean_text(head.other_formats),
        "logo": _picture(head.logo),
        "look_up": _look_up(head.look_up),
    }


def _look_up(look_up: LookUp | None) -> dict[str, object] | None:
    if look_up is None:
        return None
    return {
        "code": _picture(look_up.code),
        "text": clean_text(look_up.text),
        "address": clean_text(look_up.address),
    }


def _officer(officer: OfficerBlock) -> dict[str, object]:
    return {
        "name": clean_text(officer.name),
        "title": clean_text(officer.job_title),
        "phone": clean_text(officer.phone),
        "email": clean_text(officer.email),
        "photo": _picture(officer.photo),
        "signature": _picture(officer.signature),
    }


def _picture(picture: Picture | None) -> dict[str, str] | None:
    if picture is None:
        return None
    return {"name": picture.name, "alt": clean_text(picture.alt) or "Picture"}
