"""Reading a list of letters that came back: a CSV file or a workbook."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from housingplus.imports import values
from housingplus.imports.columns import Column, check_columns, compact, recognise
from housingplus.imports.errors import CellProblem, FileRefused
from housingplus.imports.tables import SourceRow, open_table

from .models import ReturnReason
from .rules import MOST_RETURNS
from .services.returns import Return

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 5 * 1024 * 1024
_MOST_PROBLEMS = 10
COLUMNS = (
    Column(
        "reference",
        "Reference",
        "As printed on the letter",
        "L0012-00034",
        required=True,
        aliases=("letter", "letter reference", "our reference", "barcode"),
    ),
    Column(
        "reason",
        "Reason",
        "Why it came back; empty when none is given",
        "Gone away",
        aliases=("return reason", "why"),
    ),
    Column(
        "date",
        "Date",
        "The day it came back",
        "03/03/2026",
        required=True,
        aliases=("came back on", "returned on", "date returned", "return date"),
    ),
)
_SAID_OTHERWISE = {
    "addresseegoneaway": ReturnReason.GONE_AWAY,
    "moved": ReturnReason.GONE_AWAY,
    "addressunknown": ReturnReason.NO_ADDRESS,
    "deceased": ReturnReason.DIED,
    "died": ReturnReason.DIED,
    "": ReturnReason.NOT_GIVEN,
}
_REASONS: dict[str, str] = {
    **{compact(reason.value): reason.value for reason in ReturnReason},
    **{compact(str(reason.label)): reason.value for reason in ReturnReason},
    **{said: reason.value for said, reason in _SAID_OTHERWISE.items()},
}


def read_returned_list(upload: UploadedFile) -> list[Return]:
    """Return the letters of an uploaded list; refuse it whole when a row is wrong."""
    if (upload.size or 0) > MOST_BYTES:
        raise FileRefused(
            f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Split it."
        )
    with tempfile.NamedTemporaryFile(suffix=".list") as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        return _read(Path(copy.name))


def _read(path: Path) -> list[Return]:
    table = open_table(path, COLUMNS)
    places = recognise(table.header, COLUMNS)
    check_columns(places, COLUMNS, can_be_mapped=False)
    returns: list[Return] = []
    problems: list[str] = []
    for row in table.rows():
        try:
            returns.append(_read_row(row, places))
        except CellProblem as problem:
            problems.append(f"Row {row.number}: {problem.message}")
        if len(problems) == _MOST_PROBLEMS or len(returns) > MOST_RETURNS:
            break
    if problems:
        raise FileRefused(" ".join(["Nothing was recorded.", *problems]))
    if not returns:
        raise FileRefused("The list has a header and no rows below it.")
    return returns


def _read_row(row: SourceRow, places: dict[str, int]) -> Return:
    cells = {
        name: values.clean_text(row.cells[at]) if at < len(row.cells) else ""
        for name, at in places.items()
    }
    if not cells["reference"]:
        raise CellProblem("Enter the letter’s reference.")
    if not cells["date"]:
        raise CellProblem("Enter the day the letter came back.")
    return Return(
        reference=cells["reference"],
        reason=_reason(cells.get("reason", "")),
        came_back_on=_day(cells["date"]),
    )


def _reason(text: str) -> str:
    reason = _REASONS.get(compact(text))
    if reason is None:
        labels = ", ".join(str(label) for label in ReturnReason.labels)
        raise CellProblem(f"“{text[:40]}” is no reason. Enter one of: {labels}.")
    return reason


def _day(text: str) -> dt.date:
    return values.date(text.partition("T")[0])
