"""What checking a list found, and what importing it would do."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from .columns import Column
from .errors import CellProblem
from .models import ImportRowOutcome
from .tables import SourceRow, Table
from .values import clean_text, limited

Parsed = TypeVar("Parsed")
Value = TypeVar("Value")
# Told how many rows are read; may stop the work by raising.
Progress = Callable[[int], None]
ROWS_BETWEEN_NEWS = 2_000


@dataclass(frozen=True)
class Finding:
    """One thing the report says about one row, or about one thing held here."""

    outcome: ImportRowOutcome
    number: int | None = None
    key: str = ""
    label: str = ""
    column: str = ""
    value: str = ""
    message: str = ""
    changes: dict[str, list[Any]] = field(default_factory=dict)


class Cells:
    """One row while it is read: hands out values and gathers what is wrong."""

    def __init__(
        self,
        row: SourceRow,
        mapping: dict[str, int],
        labels: dict[str, str],
        key: str = "",
    ) -> None:
        self.number = row.number
        self._key = fit_to_show(key)
        self.problems: list[Finding] = []
        self._row = row
        self._mapping = mapping
        self._labels = labels

    def has(self, name: str) -> bool:
        """Whether the list has this column at all."""
        return name in self._mapping

    def text(self, name: str, longest: int, *, required: bool = False) -> str:
        """Return a cell's text, or "" when it is empty or wrong."""
        return self.value(name, lambda text: limited(text, longest), required) or ""

    def value(
        self, name: str, convert: Callable[[str], Value], required: bool = False
    ) -> Value | None:
        """Return a cell's value, or None when it is empty or wrong."""
        at = self._mapping.get(name)
        raw = (
            self._row.cells[at] if at is not None and at < len(self._row.cells) else ""
        )
        if at is not None and at in self._row.formulas:
            self.problem(
                name, "This cell holds a formula. Copy it and paste it as a value.", raw
            )
            return None
        try:
            text = clean_text(raw)
            if text:
                return convert(text)
            if required:
                raise CellProblem(f"Enter the {lower_first(self._labels[name])}.")
        except CellProblem as problem:
            self.problem(name, problem.message, raw)
        return None

    def problem(self, name: str, message: str, value: str = "") -> None:
        """Note that a value of this row is wrong."""
        self.problems.append(
            Finding(
                ImportRowOutcome.ERROR,
                number=self.number,
                label=self._key,
                column=self._labels.get(name, name),
                value=fit_to_show(value),
                message=message,
            )
        )


@dataclass
class ParsedList(Generic[Parsed]):
    """The rows of a list that are right by themselves, and what is wrong.

    `bad_keys` are the references that wrong rows give, so that what they are about
    does not look as if the list lacked it.
    """

    rows: list[Parsed] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    bad_keys: set[str] = field(default_factory=set)
    row_count: int = 0


@dataclass
class Plan:
    """What importing a list would do. `writes` is the importer's own."""

    row_count: int
    findings: list[Finding]
    unchanged_count: int
    writes: Any = None

    @property
    def counts(self) -> Counter[str]:
        """Return how many things of each outcome; errors are counted by row."""
        counts = Counter(str(f.outcome) for f in self.findings)
        counts["error"] = len(
            {f.number for f in self.findings if f.outcome == ImportRowOutcome.ERROR}
        )
        return counts

    @property
    def has_errors(self) -> bool:
        return any(f.outcome == ImportRowOutcome.ERROR for f in self.findings)

    @property
    def changes_nothing(self) -> bool:
        counts = self.counts
        return not (counts["new"] or counts["changed"] or counts["missing"])

    @property
    def digest(self) -> str:
        """Return a hash of everything confirming would do."""
        whole = hashlib.sha256()
        for finding in self.findings:
            if finding.outcome != ImportRowOutcome.NOTE:
                whole.update(
                    json.dumps(
                        [finding.outcome, finding.key, finding.changes], default=str
                    ).encode()
                )
        return whole.hexdigest()


def parse_list(
    table: Table,
    *,
    mapping: dict[str, int],
    columns: Iterable[Column],
    key_columns: Iterable[str],
    build: Callable[[Cells], Parsed | None],
    progress: Progress,
) -> ParsedList[Parsed]:
    """Read every row; `build` returns what one says, `Cells` gathers what is wrong."""
    labels = {column.name: column.label for column in columns}
    keys = [mapping[name] for name in key_columns if name in mapping]
    width = len(table.header)
    parsed: ParsedList[Parsed] = ParsedList()
    for row in table.rows():
        parsed.row_count += 1
        if parsed.row_count % ROWS_BETWEEN_NEWS == 0:
            progress(parsed.row_count)
        named = [row.cells[at].strip() for at in keys if at < len(row.cells)]
        cells = Cells(row, mapping, labels, next(filter(None, named), ""))
        _check_width(row, width, cells)
        built = None if cells.problems else build(cells)
        if built is None or cells.problems:
            parsed.problems += cells.problems
            parsed.bad_keys.update(named)
        else:
            parsed.rows.append(built)
    return parsed


def _check_width(row: SourceRow, width: int, cells: Cells) -> None:
    if len(row.cells) < width:
        cells.problem(
            "",
            f"This row has {len(row.cells)} values and the header names {width} "
            "columns. Add what is missing, or the empty cells at its end.",
            " ".join(row.cells),
        )
    elif any(cell.strip() for cell in row.cells[width:]):
        cells.problem(
            "",
            f"This row has {len(row.cells)} values and the header names {width} "
            "columns. Look for a comma inside a value that has no quotation marks.",
            row.cells[width],
        )


def duplicates(
    rows: Iterable[Any], key: Callable[[Any], Any]
) -> Iterator[tuple[Any, Any]]:
    """Yield each row whose key an earlier row has, with that earlier row."""
    first: dict[Any, Any] = {}
    for row in rows:
        value = key(row)
        if value in (None, ""):
            continue
        if value in first:
            yield row, first[value]
        else:
            first[value] = row


def lower_first(label: str) -> str:
    """Return a label inside a sentence: "Post town" is "post town", "UPRN" stays."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def fit_to_show(value: str) -> str:
    """Return a value as the report keeps it: short, without unprintable characters."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in value[:200])
    return shown.strip()
