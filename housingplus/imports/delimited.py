"""Rows of a CSV file, read strictly and in bounded memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from .columns import Column, recognise
from .encoding import find_encoding
from .errors import FileRefused
from .tables import SourceRow

LONGEST_LINE = 200_000
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
_ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}
_SAMPLE_ROWS = 15


def open_delimited(
    path: Path, columns: Sequence[Column]
) -> tuple[str, Callable[[], Iterator[SourceRow]]]:
    """Return how the file is read, in words, and a way to read its rows."""
    encoding = find_encoding(path)
    delimiter = _find_delimiter(path, encoding, columns)

    def open_rows() -> Iterator[SourceRow]:
        for number, cells in _records(path, encoding, delimiter):
            yield SourceRow(number, cells)

    name = _ENCODINGS.get(encoding, "UTF-16")
    return f"CSV, {name}, columns parted by {_DELIMITERS[delimiter]}", open_rows


def _find_delimiter(path: Path, encoding: str, columns: Sequence[Column]) -> str:
    """Return the delimiter with which most columns are recognised in one row."""
    with path.open(encoding=encoding, newline="") as file:
        lines = list(islice(_lines(file), _SAMPLE_ROWS))
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        rows: list[list[str]] = []
        try:
            rows.extend(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            continue
        if not rows:
            continue
        score = (
            max(len(recognise(row, columns)) for row in rows),
            max(len(row) for row in rows),
        )
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _records(
    path: Path, encoding: str, delimiter: str
) -> Iterator[tuple[int, list[str]]]:
    number = 0
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(_lines(file), delimiter=delimiter, strict=True)
        try:
            for number, cells in enumerate(reader, start=1):
                yield number, cells
        except csv.Error as error:
            raise FileRefused(_sentence(number + 1, str(error))) from error


def _sentence(number: int, error: str) -> str:
    if "field larger" in error or "unexpected end" in error:
        return (
            f"A quotation mark is opened in row {number} and not closed. Correct that "
            "row, or save the list as .xlsx and upload that."
        )
    return (
        f"Row {number} cannot be read: a quotation mark stands where none belongs. "
        "Correct that row, or save the list as .xlsx and upload that."
    )


def _lines(file: io.TextIOBase) -> Iterator[str]:
    """Yield lines, refusing one too long to be a row and one with NUL characters."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise FileRefused(
                f"Line {number} is longer than {LONGEST_LINE:,} characters, so this is "
                "not a list with a row for each home. Check how it was saved."
            )
        if "\0" in line:
            raise FileRefused(
                f"Line {number} holds NUL characters, which no text has: the file is "
                "damaged. Export the list again."
            )
        yield line
