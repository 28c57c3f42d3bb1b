"""Join chunks of letters into the pack a printer takes, one letter after another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from .content import PageSpan
from .errors import PackIncomplete

A4_POINTS = (595.276, 841.89)


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
) -> tuple[PageSpan, ...]:
    """Write one PDF with the letters in ``order`` and return the pages of each.

    Without ``order`` the letters follow as the pieces have them, which is right for
    chunks cut from letters in posting order. ``double_sided`` adds a blank page after
    an odd number, so that no letter begins on the back of another. Pages are copied
    from disk as the pack is written; only their outlines are held in memory. Tags do
    not survive joining: give it untagged pieces.
    """
    pieces = list(pieces)
    where = _places(pieces)
    wanted = list(order) if order is not None else list(where)
    _check_complete(wanted, where)
    spans: list[PageSpan] = []
    sources: dict[int, pikepdf.Pdf] = {}
    with pikepdf.new() as pack:
        try:
            next_page = 1
            for reference in wanted:
                number, span = where[reference]
                if number not in sources:
                    sources[number] = pikepdf.open(pieces[number].path)
                first = span.first_page - 1
                pages = sources[number].pages[first : first + span.page_count]
                pack.pages.extend(pages)
                spans.append(PageSpan(reference, next_page, span.page_count))
                next_page += span.page_count
                if double_sided and span.page_count % 2:
                    pack.add_blank_page(page_size=A4_POINTS)
                    next_page += 1
            pack.save(destination, deterministic_id=True)
        finally:
            for source in sources.values():
                source.close()
    return tuple(spans)


def _places(pieces: Sequence[Piece]) -> dict[str, tuple[int, PageSpan]]:
    where: dict[str, tuple[int, PageSpan]] = {}
    for number, piece in enumerate(pieces):
        for span in piece.spans:
            if span.reference in where:
                raise PackIncomplete(
                    f"Letter {span.reference} is in the pack twice",
                    reference=span.reference,
                )
            where[span.reference] = (number, span)
    return where


def _check_complete(
    wanted: Sequence[str], where: dict[str, tuple[int, PageSpan]]
) -> None:
    if len(set(wanted)) != len(wanted):
        raise PackIncomplete("A letter is asked for twice in the pack")
    for reference in wanted:
        if reference not in where:
            raise PackIncomplete(
                f"Letter {reference} has not been set", reference=reference
            )
    if left_out := where.keys() - set(wanted):
        reference = min(left_out)
        raise PackIncomplete(
            f"Letter {reference} is left out of the pack", reference=reference
        )


def letters_out_of_length(
    spans: Iterable[PageSpan], expected_pages: int
) -> tuple[PageSpan, ...]:
    """Letters that run to another number of pages than the run declares."""
    return tuple(span for span in spans if span.page_count != expected_pages)
