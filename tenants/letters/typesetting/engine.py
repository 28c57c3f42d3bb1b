"""Set letters with Typst: one compiler a process, letters in chunks, nothing shared.

Text reaches Typst only as JSON strings. Its root is a folder of this process's own with
the template and the pictures of the letters in hand, named by their content.
"""

import atexit
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time
from functools import cache
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Literal, cast

import typst

from housingplus.common import dates
from housingplus.documents import compiler
from housingplus.documents.compiler import new_compiler
from housingplus.documents.glyphs import characters_not_shown, font_files

from .content import (
    LetterContent,
    PageSpan,
    TypesetBatch,
    TypesetResult,
)
from .errors import LetterNotSet, TypesettingError
from .payload import (
    batch_payload,
    batch_pictures,
    letterhead_text,
    officer_text,
    shown_text,
)

TEMPLATE = Path(__file__).parent / "letter.typ"
# Everything that has a say in how a letter looks, or in its words.
_SOURCES = (
    *(Path(__file__).parents[1] / name for name in ("markup", "selectors")),
    Path(__file__).parent,
    Path(compiler.__file__).parent,
    Path(dates.__file__),
)
# Typst remembers its last ten compiles: with 25 letters in each that was 70 MB more.
CHUNK_SIZE = 15
# What one worker puts together in little memory, and a person can carry.
PAGES_IN_A_PACK = 1_000
STANDARD: Literal["ua-1"] = "ua-1"


class Engine:
    """A Typst compiler and the folder it may read. Use ``engine()``, one a process."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="letters-"))
        atexit.register(shutil.rmtree, self.root, ignore_errors=True)
        self.pictures = self.root / "pictures"
        self.pictures.mkdir()
        self.template = self.root / "letter.typ"
        shutil.copyfile(TEMPLATE, self.template)
        self.compiler = new_compiler(self.template, root=self.root)
        self.lock = Lock()

    def set(self, batch: TypesetBatch, *, title: str, tagged: bool) -> TypesetResult:
        result = self._set(batch, {}, title=title, tagged=tagged)
        # The foot of a second page says how many there are: once that is known.
        if pages := {
            span.reference: span.page_count
            for span in result.spans
            if span.page_count > 1
        }:
            result = self._set(batch, pages, title=title, tagged=tagged)
        return result

    def _set(
        self, batch: TypesetBatch, pages: Mapping[str, int], *, title: str, tagged: bool
    ) -> TypesetResult:
        payload = batch_payload(batch, title=title, pages=pages)
        # The query is about the compile before it, so no other thread may come between.
        with self.lock:
            self._write_pictures(batch)
            written = self.compiler.compile(
                format="pdf",
                sys_inputs={"batch": payload},
                pdf_standards=[STANDARD] if tagged else [],
                pdf_tags=tagged,
                timestamp=datetime.combine(batch.dated, time(), UTC),
            )
            ranges = self.compiler.query("<ranges>", field="value", one=True)
        # Bytes, not a list of pages: that is for pictures.
        pdf = cast(bytes, written)
        spans = tuple(
            PageSpan(reference, first, last - first + 1)
            for reference, first, last in json.loads(ranges)
        )
        return TypesetResult(pdf, spans)

    def _write_pictures(self, batch: TypesetBatch) -> None:
        for name, picture in batch_pictures(batch).items():
            path = self.pictures / name
            if not path.exists():
                path.write_bytes(picture.content)


def engine() -> Engine:
    """This process's engine; a forked worker makes its own."""
    return _engine_of(os.getpid())


@cache
def _engine_of(_process: int) -> Engine:
    return Engine()


@cache
def typesetting_version() -> str:
    """Engine version with a digest of the code of letters, their template and fonts:
    the same gives the same bytes for the same chunk.

    Other bytes do not follow from another version: it is careful, not exact.
    """
    digest = hashlib.sha256(version("segno").encode())
    for path in (*_source_files(), *font_files()):
        digest.update(path.read_bytes())
    return f"typst {version('typst')} {digest.hexdigest()[:16]}"


def _source_files() -> list[Path]:
    return sorted(
        path
        for source in _SOURCES
        for path in (source.rglob("*") if source.is_dir() else [source])
        if path.suffix in {".py", ".typ"}
    )


def plan_chunks(
    letters: Iterable[LetterContent], size: int = CHUNK_SIZE
) -> list[tuple[LetterContent, ...]]:
    """Cut letters, in the order given, into the chunks that ``compile_chunk`` takes."""
    remaining = iter(letters)
    return list(iter(lambda: tuple(islice(remaining, size)), ()))


def compile_chunk(batch: TypesetBatch, *, tagged: bool = True) -> TypesetResult:
    """Set one chunk of letters as one PDF with the pages of each.

    ``tagged=False`` is for what is only counted or looked at; such a file is a third
    of the size. Characters no font can show are refused either way. A failure
    names the letter that caused it.
    """
    check_letters(batch)
    try:
        return engine().set(batch, title="Letters", tagged=tagged)
    except typst.TypstError as error:
        raise _named_failure(batch, error, tagged=tagged) from error


def single_letter(batch: TypesetBatch) -> TypesetResult:
    """One letter as an accessible PDF of its own, titled by its subject."""
    (letter,) = batch.letters
    check_letters(batch)
    try:
        return engine().set(batch, title=letter.title, tagged=True)
    except typst.TypstError as error:
        raise LetterNotSet(_sentence(error), reference=letter.reference) from error


def check_letters(batch: TypesetBatch) -> None:
    """Refuse the first letter with no subject or a character no font can show."""
    for letter in batch.letters:
        if not letter.content.subject_text.strip():
            raise LetterNotSet(
                f"Letter {letter.reference} has no subject", reference=letter.reference
            )
        if missing := unprintable_characters(batch, letter):
            raise LetterNotSet(
                f"Letter {letter.reference} has characters that cannot be printed: "
                f"{' '.join(missing)}",
                reference=letter.reference,
            )


def unprintable_characters(
    batch: TypesetBatch, letter: LetterContent
) -> tuple[str, ...]:
    """Characters of a letter, its letterhead and officer that no font can show."""
    return (
        *characters_not_shown(shown_text(letter)),
        *characters_not_shown(letterhead_text(batch.letterheads[letter.letterhead])),
        *characters_not_shown(officer_text(batch.officers[letter.officer])),
    )


def _named_failure(
    batch: TypesetBatch, error: typst.TypstError, *, tagged: bool
) -> TypesettingError:
    """Halve the failing letters until one is left, which is named."""
    letters = batch.letters
    while len(letters) > 1:
        half = letters[: len(letters) // 2]
        try:
            engine().set(batch.only(half), title="Letters", tagged=tagged)
        except typst.TypstError as failure:
            letters, error = half, failure
        else:
            letters = letters[len(letters) // 2 :]
    if not letters:
        return TypesettingError(_sentence(error))
    reference = letters[0].reference
    return LetterNotSet(
        f"Letter {reference} could not be set: {_sentence(error)}", reference=reference
    )


def _sentence(error: typst.TypstError) -> str:
    return str(error.message).strip() or "the letter could not be set"
