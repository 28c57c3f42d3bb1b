"""One letter as a PDF of its own: the one its household gets, or got."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from tenants.letters.errors import ProductionFailed
from tenants.letters.models import Channel, Letter
from tenants.letters.selectors.content import batch_of, content_of
from tenants.letters.typesetting import (
    PageSpan,
    TypesettingError,
    cut_letter,
    single_letter,
    typesetting_version,
)

from . import files


@dataclass(frozen=True)
class Kept:
    """The file that holds a letter as it was made, and the pages it has there."""

    file: str
    span: PageSpan


def letter_pdf(letter: Letter) -> bytes:
    """Return one letter as it was made, tagged and titled by its subject.

    It is set again from what was frozen, which gives the same bytes for as long as
    letters are set as they were then. Since an upgrade that changed it the letter is
    cut from the file it was printed from; only where that is gone, too, is it set as
    letters are now (`may_look_otherwise`).
    """
    try:
        if is_set_otherwise_now(letter) and (kept := kept_in(letter)):
            return _cut(letter, kept)
        return single_letter(batch_of(letter.run, [letter])).pdf
    except TypesettingError as error:
        raise ProductionFailed(error.message) from error


def may_look_otherwise(letter: Letter) -> bool:
    """Whether `letter_pdf` can no longer show the letter as its household got it."""
    return is_set_otherwise_now(letter) and kept_in(letter) is None


def is_set_otherwise_now(letter: Letter) -> bool:
    """Whether the typesetter, its fonts or our code changed since a letter was set."""
    set_with = letter.chunk.engine
    return bool(set_with) and set_with != typesetting_version()


def kept_in(letter: Letter) -> Kept | None:
    """Return where a letter is kept whole: in its chunk's file, or in its pack."""
    chunk = letter.chunk
    for reference, first_page, page_count in chunk.spans:
        if reference == letter.reference and files.is_whole(chunk.file, chunk.sha256):
            return Kept(chunk.file, PageSpan(reference, first_page, page_count))
    pack = chunk.pack
    if (
        letter.first_page
        and letter.page_count
        # The supplier's is a ZIP, with each letter as a file of its own.
        and pack.channel != Channel.SUPPLIER
        and files.is_whole(pack.file, pack.sha256)
    ):
        span = PageSpan(letter.reference, letter.first_page, letter.page_count)
        return Kept(pack.file, span)
    return None


def _cut(letter: Letter, kept: Kept) -> bytes:
    title = content_of(letter.run, letter).title
    with (
        files.on_disk(kept.file) as (path,),
        tempfile.TemporaryDirectory(prefix="letter-") as folder,
    ):
        cut = Path(folder) / "letter.pdf"
        cut_letter(path, kept.span, cut, title=title)
        return cut.read_bytes()
