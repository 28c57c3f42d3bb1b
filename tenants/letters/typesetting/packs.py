"""Join chunks of letters into the pack a printer takes, one letter after another."""

import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import pikepdf

from .content import PageSpan
from .errors import PackIncomplete
from .tags import PackTags, is_tagged

A4_POINTS = (595.276, 841.89)
BRANCH_PAGES = 200


@dataclass(frozen=True)
class Piece:
    """A chunk as a file on disk, with the pages of each letter in it."""

    path: Path
    spans: tuple[PageSpan, ...]


def join_pack(
    pieces: Iterable[Piece],
    destination: Path,
    *,
    order: Sequence[str] | None = None,
    double_sided: bool = False,
    title: str = "Letters",
) -> tuple[PageSpan, ...]:
    """Write one PDF with the letters in ``order`` and return the pages of each.

    Without ``order`` the letters follow as the pieces have them, which is right for
    chunks cut from letters in posting order. ``double_sided`` adds a blank page after
    an odd number, so that no letter begins on the back of another. Pages are copied
    from disk as the pack is written; only their outlines are held in memory. The pack
    of tagged pieces is tagged, and PDF/UA-1 as they are.
    """
    pieces = list(pieces)
    found = _references(pieces)
    wanted = list(order) if order is not None else list(found)
    _check_complete(wanted, found)
    pack = pikepdf.new()
    tags = PackTags(pack)
    letters: dict[str, list[pikepdf.Object]] = {}
    for piece in pieces:
        letters |= _copy_letters(pack, piece, tags)
    spans: list[PageSpan] = []
    pages: list[pikepdf.Object] = []
    for reference in wanted:
        own = letters[reference]
        spans.append(PageSpan(reference, len(pages) + 1, len(own)))
        pages += own
        if double_sided and len(own) % 2:
            pages.append(_blank_page(pack))
    _share_pictures(pages)
    _hang_pages(pack, pages)
    if tags.parents:
        tags.write(pages, title=title)
    _save(pack, destination)
    return tuple(spans)


def cut_letter(path: Path, span: PageSpan, destination: Path, *, title: str) -> None:
    """Write one letter of a chunk or pack as a PDF of its own, tagged as it is there.

    Its pages show what they show in the file, whatever has changed since.
    """
    join_pack([Piece(path, (span,))], destination, title=title)


def _copy_letters(
    pack: pikepdf.Pdf, piece: Piece, tags: PackTags
) -> dict[str, list[pikepdf.Object]]:
    """Copy the pages of each letter of a piece to the pack.

    The piece is let go of but not closed: what was read of it takes as much memory as
    the pack, and the content of its pages is still to be copied from its file.
    """
    source = pikepdf.open(piece.path)
    pages = [page.obj for page in source.pages]
    letters = {
        span.reference: [
            pack.copy_foreign(page)
            for page in pages[span.first_page - 1 :][: span.page_count]
        ]
        for span in piece.spans
    }
    if is_tagged(source):
        tags.take(source, chain.from_iterable(letters.values()))
    return letters


class _Destination(io.RawIOBase):
    """Takes what qpdf writes and keeps the error for later.

    qpdf ends the whole process when a write fails, as on a full disk.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.error: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        if self.error is None:
            try:
                self.file.write(content)
            except OSError as error:
                self.error = error
        return len(content)


def _save(pack: pikepdf.Pdf, path: Path) -> None:
    with path.open("wb") as file:
        destination = _Destination(file)
        pack.save(
            cast("BinaryIO", destination),
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        if destination.error is not None:
            raise destination.error


def _blank_page(pack: pikepdf.Pdf) -> pikepdf.Object:
    size = pikepdf.Array([0, 0, *A4_POINTS])
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page, MediaBox=size, Resources=pikepdf.Dictionary()
    )
    return pack.make_indirect(page)


def _hang_pages(pack: pikepdf.Pdf, pages: list[pikepdf.Object]) -> None:
    """Put the pages into the document, a branch for every two hundred.

    Adding them through ``Pdf.pages`` walks all earlier pages each time: 80 seconds for
    40,000 letters.
    """
    root = pack.Root.Pages
    branches = []
    for start in range(0, len(pages), BRANCH_PAGES):
        part = pages[start : start + BRANCH_PAGES]
        branch = pikepdf.Dictionary(
            Type=pikepdf.Name.Pages,
            Kids=pikepdf.Array(part),
            Count=len(part),
            Parent=root,
        )
        branches.append(pack.make_indirect(branch))
        for page in part:
            page.Parent = branches[-1]
    root.Kids = pikepdf.Array(branches)
    root.Count = len(pages)


def _share_pictures(pages: list[pikepdf.Object]) -> None:
    """Keep one copy of a logo or signature that every chunk brought along."""
    kept: dict[bytes, pikepdf.Object] = {}
    same: dict[tuple[int, int], pikepdf.Object] = {}
    for page in pages:
        images = page.Resources.get("/XObject", pikepdf.Dictionary())
        for name, image in list(images.items()):
            number = image.objgen
            if number not in same:
                same[number] = kept.setdefault(_picture_digest(image), image)
            if same[number].objgen != number:
                images[name] = same[number]


def _picture_digest(image: pikepdf.Object) -> bytes:
    digest = hashlib.sha256(image.read_raw_bytes())
    digest.update(f"{image.get('/Width')} {image.get('/Height')}".encode())
    if mask := image.get("/SMask"):
        digest.update(mask.read_raw_bytes())
    return digest.digest()


def _references(pieces: Sequence[Piece]) -> dict[str, None]:
    """The letters of the pieces, each once, in their order."""
    found: dict[str, None] = {}
    for piece in pieces:
        for span in piece.spans:
            if span.reference in found:
                raise PackIncomplete(
                    f"Letter {span.reference} is in the pack twice",
                    reference=span.reference,
                )
            found[span.reference] = None
    return found


def _check_complete(wanted: Sequence[str], found: dict[str, None]) -> None:
    if len(set(wanted)) != len(wanted):
        raise PackIncomplete("A letter is asked for twice in the pack")
    for reference in wanted:
        if reference not in found:
            raise PackIncomplete(
                f"Letter {reference} has not been set", reference=reference
            )
    if left_out := found.keys() - set(wanted):
        reference = min(left_out)
        raise PackIncomplete(
            f"Letter {reference} is left out of the pack", reference=reference
        )


def letters_out_of_length(
    spans: Iterable[PageSpan], expected_pages: int
) -> tuple[PageSpan, ...]:
    """Letters that run to another number of pages than the run declares."""
    return tuple(span for span in spans if span.page_count != expected_pages)
