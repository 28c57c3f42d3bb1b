"""A list as rows of text, whatever kind of file it came in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from .columns import Column, recognise
from .errors import FileRefused

# Six cities' homes. Beyond it the file is hardly a list of homes.
MOST_ROWS = 250_000
MOST_COLUMNS = 200
MOST_BYTES = 60 * 1024 * 1024
_HEADER_WITHIN = 15
_LOOKS_LIKE_CONTENT = re.compile(
    r"\d{4,}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE
)


@dataclass(frozen=True)
class SourceRow:
    """One row: its number as a spreadsheet counts, and which cells hold formulas."""

    number: int
    cells: Sequence[str]
    formulas: frozenset[int] = frozenset()

    @property
    def is_blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells) and not self.formulas


@dataclass(frozen=True)
class Table:
    """The header of a list and a way to read what stands below it, again and again."""

    header: list[str]
    header_number: int
    read_as: str
    open_rows: Callable[[], Iterator[SourceRow]] = field(repr=False)

    def rows(self) -> Iterator[SourceRow]:
        """Yield the rows below the header that are not blank."""
        count = 0
        for row in self.open_rows():
            if row.number <= self.header_number or row.is_blank:
                continue
            count += 1
            if count > MOST_ROWS:
                raise FileRefused(
                    f"The list has more than {MOST_ROWS:,} rows. Split it, one file "
                    "for each landlord for example, and import them one by one."
                )
            yield row

    def sample(self, count: int = 5) -> list[SourceRow]:
        """Return the first rows below the header."""
        return list(islice(self.rows(), count))


def open_table(path: Path, columns: Iterable[Column]) -> Table:
    """Read the file's kind, encoding and header row; refuse what is no list.

    Its content decides what kind of file it is, never its name.
    """
    from .delimited import open_delimited
    from .kinds import FileKind, check_kind
    from .workbooks import open_workbook

    if path.stat().st_size > MOST_BYTES:
        raise FileRefused(
            f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Remove the "
            "columns that are not needed, or split it."
        )
    listed = tuple(columns)
    if check_kind(path) is FileKind.WORKBOOK:
        read_as, open_rows = open_workbook(path)
    else:
        read_as, open_rows = open_delimited(path, listed)
    header_number, header = find_header(open_rows, listed)
    return Table(header, header_number, read_as, open_rows)


def find_header(
    open_rows: Callable[[], Iterator[SourceRow]], columns: Iterable[Column]
) -> tuple[int, list[str]]:
    """Return the number and cells of the header: the row with most known columns."""
    first_rows = [
        row for row in islice(open_rows(), _HEADER_WITHIN * 2) if not row.is_blank
    ][:_HEADER_WITHIN]
    if not first_rows:
        raise FileRefused("The file is empty. Choose the file with the list.")
    listed = tuple(columns)
    best = max(first_rows, key=lambda row: len(recognise(row.cells, listed)))
    known = len(recognise(best.cells, listed))
    if known == 0:
        best = first_rows[0]
        if any(_LOOKS_LIKE_CONTENT.search(cell) for cell in best.cells):
            raise FileRefused(
                "The file has no header row. Its first row must name the columns, as "
                "the template does."
            )
    header = [" ".join(cell.split()) for cell in best.cells]
    while header and not header[-1]:
        header.pop()
    if len(header) > MOST_COLUMNS:
        raise FileRefused(f"The list has more than {MOST_COLUMNS} columns.")
    _check_names_differ(header)
    return best.number, header


def _check_names_differ(header: list[str]) -> None:
    seen: set[str] = set()
    for name in header:
        if name and name.casefold() in seen:
            raise FileRefused(
                f"Two columns are called “{name[:60]}”. Rename or remove one of them."
            )
        seen.add(name.casefold())
