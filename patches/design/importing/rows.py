"""One row of a list of work, checked by itself and against the other rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache, partial

from housingplus.common.dates import period
from housingplus.imports import values
from housingplus.imports.models import ImportRowOutcome
from housingplus.imports.plans import Cells, Finding

from .columns import LABELS

MOST_PIECES = 10_000


@dataclass(slots=True)
class WorkRow:
    """What a row says."""

    number: int
    reference: str
    uprn: str | None
    landlord: str
    work_type: str
    count: int
    starts_on: dt.date
    ends_on: dt.date

    @property
    def label(self) -> str:
        """Return how the report names the row."""
        home = self.reference or f"UPRN {self.uprn}"
        return f"{self.work_type}, home {home}, {_period(self.starts_on, self.ends_on)}"


# A list has few periods and very many rows.
_period = lru_cache(maxsize=1_000)(period)


def build(cells: Cells) -> WorkRow | None:
    """Read a row; what is wrong with it is gathered by `cells`."""
    reference = cells.text("reference", 30)
    uprn = cells.value("uprn", values.uprn)
    landlord = cells.text("landlord", 120)
    if not (reference or uprn) and not cells.problems:
        name = "reference" if cells.has("reference") else "uprn"
        cells.problem(name, "Enter the home's reference or its UPRN.")
    work_type = cells.text("work_type", 60, required=True)
    count = cells.value(
        "count", partial(values.whole_number, least=0, most=MOST_PIECES), True
    )
    starts_on = cells.value("period_start", values.date, True)
    ends_on = cells.value("period_end", values.date, True)
    if count is None or starts_on is None or ends_on is None:
        return None
    if ends_on < starts_on:
        cells.problem(
            "period_end",
            "The period ends before it starts. Correct one of the days.",
            ends_on.isoformat(),
        )
    return WorkRow(
        cells.number, reference, uprn, landlord, work_type, count, starts_on, ends_on
    )


def problem(row: WorkRow, column: str, message: str, value: str = "") -> Finding:
    """Return the finding that a row cannot be taken."""
    return Finding(
        ImportRowOutcome.ERROR,
        number=row.number,
        key=row.reference or row.uprn or "",
        label=row.label,
        column=LABELS[column],
        value=value[:200],
        message=message[:300],
    )
