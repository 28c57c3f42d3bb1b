"""Imports in words and numbers for their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from housingplus.imports import rules
from housingplus.imports.columns import column_letter
from housingplus.imports.models import (
    ImportBatch,
    ImportKind,
    ImportRow,
    ImportRowOutcome,
    ImportStatus,
)
from housingplus.imports.tables import SourceRow

LIST_HEADER = [
    "File",
    "List",
    "Stage",
    "Uploaded",
    "By",
    "Rows",
    "New",
    "Changed",
    "Unchanged",
    "Not in the list",
    "With errors",
]
REPORT_HEADER = ["Row", "Outcome", "What", "Column", "Value", "Message", "Changes"]

_WHAT = {
    ImportKind.PROPERTIES: "homes",
    ImportKind.HOUSEHOLDS: "tenancies",
    ImportKind.WORKLOAD: "counts of work",
}


@dataclass(frozen=True)
class Figure:
    count: int
    label: str
    url: str


def list_row(batch: ImportBatch) -> list[Any]:
    """Return an import as a row of the downloaded list."""
    return [
        batch.file_name,
        batch.get_kind_display(),
        batch.get_status_display(),
        batch.uploaded_at.date(),
        batch.uploaded_by or "Command",
        batch.row_count,
        batch.new_count,
        batch.changed_count,
        batch.unchanged_count,
        batch.missing_count,
        batch.error_count,
    ]


def report_row(row: ImportRow) -> list[Any]:
    """Return a line of the report as a row of the downloaded one."""
    changes = "; ".join(
        f"{name}: {old} → {new}" for name, (old, new) in row.changes.items()
    )
    return [
        row.number,
        row.get_outcome_display(),
        row.label,
        row.column,
        row.value,
        row.message,
        changes,
    ]


def figures(batch: ImportBatch) -> list[Figure]:
    """Return the counts of a report; each that has a list opens it."""
    page = reverse("imports:detail", args=[batch.pk])
    counts = [
        (batch.error_count, "with errors", ImportRowOutcome.ERROR),
        (batch.new_count, "new", ImportRowOutcome.NEW),
        (batch.changed_count, "changed", ImportRowOutcome.CHANGED),
        (batch.missing_count, "here but not in the list", ImportRowOutcome.MISSING),
        (batch.note_count, "with a note", ImportRowOutcome.NOTE),
    ]
    return [
        Figure(batch.row_count, "rows", ""),
        *(
            Figure(count, label, f"{page}?outcome={outcome}" if count else "")
            for count, label, outcome in counts
        ),
        Figure(batch.unchanged_count, "unchanged", ""),
    ]


def possible_acts(batch: ImportBatch) -> dict[str, bool]:
    """Return what can be done with a list where it is."""
    return {
        "check": bool(batch.file) and rules.can_move(batch, ImportStatus.CHECKING),
        "confirm": batch.status == ImportStatus.CHECKED
        and bool(batch.new_count or batch.changed_count or batch.missing_count),
        "cancel": rules.can_move(batch, ImportStatus.CANCELLED),
        "download_failed": bool(batch.file) and bool(batch.error_count),
    }


def effects(batch: ImportBatch) -> list[str]:
    """Return in sentences what confirming a list does."""
    what = _WHAT[ImportKind(batch.kind)]
    said = []
    if batch.new_count:
        said.append(f"{batch.new_count:,} {what} will be added.")
    if batch.changed_count:
        said.append(f"{batch.changed_count:,} {what} will be changed.")
    if batch.unchanged_count:
        said.append(f"{batch.unchanged_count:,} {what} stay as they are.")
    if batch.missing_count:
        said.append(
            f"{batch.missing_count:,} {what} are here but not in the list. They stay "
            "as they are unless you tick the box below. Nothing is ever deleted."
        )
    return said


def sample_rows(header: list[str], rows: Sequence[SourceRow]) -> list[dict[str, Any]]:
    """Return for each column of a file its letter, name and first values."""
    return [
        {
            "letter": column_letter(at),
            "name": name or "(no name)",
            "values": [
                " ".join(row.cells[at].split())[:60] if at < len(row.cells) else ""
                for row in rows
            ],
        }
        for at, name in enumerate(header)
    ]
