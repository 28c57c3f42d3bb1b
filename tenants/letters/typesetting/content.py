"""The plain values a letter is made of, and what comes back when it has been set."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from tenants.letters.markup.tree import FilledLetter

from .errors import PictureRefused
from .phrases import Phrases, is_written_right_to_left, phrases_of
from .profiles import C5, EnvelopeProfile, LetterFormat

_PICTURE_KINDS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"))


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG with the words that stand for it. Known by its content."""

    content: bytes = field(repr=False)
    alt: str

    @cached_property
    def name(self) -> str:
        for start, ending in _PICTURE_KINDS:
            if self.content.startswith(start):
                return f"{hashlib.sha256(self.content).hexdigest()}.{ending}"
        raise PictureRefused("A picture in a letter must be a PNG or a JPEG.")


@dataclass(frozen=True)
class LookUp:
    """A code that leads to where one can look up who answers, and words beside it."""

    code: Picture
    text: str
    address: str


@dataclass(frozen=True)
class Letterhead:
    """Who the letter comes from: the landlord that manages the home."""

    name: str
    return_address: tuple[str, ...]
    contact_lines: tuple[str, ...] = ()
    logo: Picture | None = None
    other_formats: str = (
        "Call us if you would like this letter in large print, Braille, audio, "
        "easy read or another language."
    )
    look_up: LookUp | None = None


@dataclass(frozen=True)
class OfficerBlock:
    """Who signs the letter. A team answers with its name and no person's details."""

    name: str
    job_title: str = ""
    phone: str = ""
    email: str = ""
    photo: Picture | None = None
    signature: Picture | None = None


@dataclass(frozen=True)
class Offer:
    """A sentence at the end of a letter with the language it is in."""

    text: str
    language: str = "en-GB"


@dataclass(frozen=True)
class LetterContent:
    """One letter to one household, every word of it decided.

    ``letterhead`` and ``officer`` are keys of the batch's dictionaries, so that a chunk
    of letters carries each of them once.
    """

    reference: str
    address_lines: tuple[str, ...]
    salutation: str
    content: FilledLetter
    date_text: str
    letterhead: str
    officer: str
    format: LetterFormat = LetterFormat.STANDARD
    closing: str = "Yours sincerely"
    language: str = "en-GB"
    # Sentences that offer the letter in another language, each in its own.
    offers: tuple[Offer, ...] = ()
    # Above the salutation of a copy: for whom it is, and whose letter it is.
    note: str = ""
    # The same letter in English on the pages after it.
    english: LetterContent | None = None

    @property
    def parts(self) -> tuple[LetterContent, ...]:
        """The letter, and in a bilingual one the English after it."""
        return (self, self.english) if self.english else (self,)

    @property
    def title(self) -> str:
        """The title of its PDF, where that is of one letter."""
        return f"{self.content.subject_text} ({self.reference})"

    @property
    def words(self) -> Phrases:
        return phrases_of(self.language)

    @property
    def is_right_to_left(self) -> bool:
        return is_written_right_to_left(self.language)


@dataclass(frozen=True)
class TypesetBatch:
    """Letters of one run with what they share. ``dated`` is the PDF's only clock.

    ``has_code`` prints each letter's reference as a code for scanners.
    """

    letters: tuple[LetterContent, ...]
    letterheads: Mapping[str, Letterhead]
    officers: Mapping[str, OfficerBlock]
    dated: date
    envelope: EnvelopeProfile = C5
    has_code: bool = False
    has_fold_marks: bool = False

    def only(self, letters: tuple[LetterContent, ...]) -> TypesetBatch:
        return replace(self, letters=letters)


@dataclass(frozen=True)
class PageSpan:
    """The pages of one letter in a PDF; ``first_page`` counts from 1."""

    reference: str
    first_page: int
    page_count: int


@dataclass(frozen=True)
class TypesetResult:
    pdf: bytes = field(repr=False)
    spans: tuple[PageSpan, ...]

    @property
    def page_count(self) -> int:
        return sum(span.page_count for span in self.spans)
