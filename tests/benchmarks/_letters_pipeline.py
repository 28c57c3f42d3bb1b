"""Frozen letters to chunks, to one pack in posting order, to a ledger that adds up.

The frozen letters are JSON files, one a chunk, standing where the database rows of a
run stand: everything after ``freeze`` is what a worker of the site does.
"""

import csv
import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tenants.letters.markup import from_plain_values, to_plain_values
from tenants.letters.typesetting import (
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

LEDGER_COLUMNS = ("sequence", "reference", "name", "postcode", "first page", "pages")


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


def set_chunk(path: Path, *, tagged: bool = False) -> tuple[Piece, list[list[object]]]:
    """Set one chunk; return the piece with the ledger's columns for each letter."""
    letters = [_thawed(row) for row in json.loads(path.read_text())]
    result = compile_chunk(sample_batch(letters), tagged=tagged)
    written = path.with_suffix(".pdf")
    written.write_bytes(result.pdf)
    rows = [
        [letter.reference, letter.address_lines[0], letter.address_lines[-1]]
        for letter in letters
    ]
    return Piece(written, result.spans), rows


def produce_pack(count: int, directory: Path, *, workers: int) -> None:
    paths = freeze(count, directory)
    if workers == 1:
        done = [set_chunk(path) for path in paths]
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            done = list(pool.map(set_chunk, paths, chunksize=4))
    spans = join_pack([piece for piece, _ in done], directory / "pack.pdf")
    rows = [row for _, chunk_rows in done for row in chunk_rows]
    _write_ledger(directory / "ledger.csv", rows, spans)
    if len(spans) != count:
        raise SystemExit(f"{count} letters were asked for and {len(spans)} are there")


def _write_ledger(
    path: Path, rows: list[list[object]], spans: tuple[PageSpan, ...]
) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(LEDGER_COLUMNS)
        for sequence, (row, span) in enumerate(zip(rows, spans, strict=True), 1):
            writer.writerow([sequence, *row, span.first_page, span.page_count])


def produce_tagged_chunks(count: int, directory: Path) -> None:
    for path in freeze(count, directory):
        set_chunk(path, tagged=True)


def produce_single_letters(count: int, directory: Path) -> None:
    for path in freeze(count, directory):
        for row in json.loads(path.read_text()):
            result = single_letter(sample_batch([_thawed(row)]))
            (directory / f"{row['reference']}.pdf").write_bytes(result.pdf)
