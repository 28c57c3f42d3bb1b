"""Frozen letters to chunks, to packs in posting order, to a ledger that adds up.

The frozen letters are JSON files, one a chunk, standing where the database rows of a
run stand: everything after ``freeze`` is what the workers of the site do, and they have
as many letters in a pack.
"""

import csv
import json
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from tenants.letters.markup import from_plain_values, to_plain_values
from tenants.letters.typesetting import (
    CHUNK_SIZE,
    PAGES_IN_A_PACK,
    LetterContent,
    LetterFormat,
    PageSpan,
    Piece,
    compile_chunk,
    join_pack,
    plan_chunks,
    posting_sort_key,
    single_letter,
)

from ._letters import sample_batch, sample_letter

LEDGER_COLUMNS = (
    "sequence",
    "reference",
    "name",
    "postcode",
    "pack",
    "first page",
    "pages",
)
CHUNKS_IN_A_PACK = PAGES_IN_A_PACK // CHUNK_SIZE
# Seconds from frozen letters to packs and ledger, without starting up.
PRODUCED = "produced-in.txt"


def freeze(count: int, directory: Path) -> list[Path]:
    """Write the letters, in posting order, as the chunks they will be set in."""
    letters = sorted(
        (sample_letter(number) for number in range(count)),
        key=lambda letter: posting_sort_key(letter.address_lines, letter.reference),
    )
    paths = []
    for number, chunk in enumerate(plan_chunks(letters)):
        path = directory / f"chunk-{number:05d}.json"
        path.write_text(json.dumps([_frozen(letter) for letter in chunk]))
        paths.append(path)
    return paths


def _frozen(letter: LetterContent) -> dict[str, object]:
    return {
        "reference": letter.reference,
        "address_lines": letter.address_lines,
        "salutation": letter.salutation,
        "content": to_plain_values(letter.content),
        "date_text": letter.date_text,
        "letterhead": letter.letterhead,
        "officer": letter.officer,
        "format": letter.format,
    }


def _thawed(row: dict) -> LetterContent:
    return LetterContent(
        **{
            **row,
            "address_lines": tuple(row["address_lines"]),
            "content": from_plain_values(row["content"]),
            "format": LetterFormat(row["format"]),
        }
    )


def set_chunk(path: Path) -> tuple[Piece, list[list[object]]]:
    """Set one chunk; return the piece with the ledger's columns for each letter."""
    letters = [_thawed(row) for row in json.loads(path.read_text())]
    result = compile_chunk(sample_batch(letters, has_code=True))
    written = path.with_suffix(".pdf")
    written.write_bytes(result.pdf)
    rows = [
        [letter.reference, letter.address_lines[0], letter.address_lines[-1]]
        for letter in letters
    ]
    return Piece(written, result.spans), rows


def make_pack(path: Path, pieces: list[Piece]) -> tuple[PageSpan, ...]:
    return join_pack(pieces, path)


def produce_packs(count: int, directory: Path, *, workers: int) -> None:
    paths = freeze(count, directory)
    started = time.perf_counter()
    with _crew(workers) as do:
        done = list(do(set_chunk, paths))
        pieces = [piece for piece, _ in done]
        packs = [
            pieces[start : start + CHUNKS_IN_A_PACK]
            for start in range(0, len(pieces), CHUNKS_IN_A_PACK)
        ]
        names = [directory / f"pack-{number:03d}.pdf" for number in range(len(packs))]
        spans = list(do(make_pack, names, packs))
    rows = [row for _, chunk_rows in done for row in chunk_rows]
    _write_ledger(directory / "ledger.csv", rows, spans)
    (directory / PRODUCED).write_text(str(time.perf_counter() - started))
    if sum(map(len, spans)) != count:
        raise SystemExit(f"{count} letters were asked for and others are there")


@contextmanager
def _crew(workers: int) -> Iterator[Callable[..., Iterable]]:
    """Do work here, or in processes of their own, whose start counts."""
    if workers == 1:
        yield map
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield pool.map


def _write_ledger(
    path: Path, rows: list[list[object]], packs: list[tuple[PageSpan, ...]]
) -> None:
    places = [(number, span) for number, spans in enumerate(packs, 1) for span in spans]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(LEDGER_COLUMNS)
        for sequence, (row, (pack, span)) in enumerate(
            zip(rows, places, strict=True), 1
        ):
            writer.writerow([sequence, *row, pack, span.first_page, span.page_count])


def produce_single_letters(count: int, directory: Path) -> None:
    for path in freeze(count, directory):
        for row in json.loads(path.read_text()):
            result = single_letter(sample_batch([_thawed(row)], has_code=True))
            (directory / f"{row['reference']}.pdf").write_bytes(result.pdf)
