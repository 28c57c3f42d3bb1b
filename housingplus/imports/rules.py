"""At which stage a list is, and what may be done with it there."""

from __future__ import annotations

from .errors import AnotherImportRuns, NotNow
from .models import ImportBatch, ImportStatus

S = ImportStatus
MOVES: dict[str, frozenset[str]] = {
    S.UPLOADED: frozenset({S.CHECKING, S.CANCELLED, S.FAILED}),
    S.CHECKING: frozenset({S.CHECKED, S.REFUSED, S.FAILED, S.CANCELLED}),
    S.CHECKED: frozenset({S.CHECKING, S.APPLYING, S.CANCELLED}),
    S.REFUSED: frozenset({S.CHECKING, S.CANCELLED}),
    # Back to "checked" when the work stopped before anything was written.
    S.APPLYING: frozenset({S.DONE, S.CHECKED, S.REFUSED, S.FAILED}),
    S.FAILED: frozenset({S.CHECKING, S.CANCELLED}),
    S.DONE: frozenset(),
    S.CANCELLED: frozenset(),
}
_NOT_NOW = {
    S.CHECKING: "The list is being checked. Wait until that is done, or cancel it.",
    S.APPLYING: "The list is being imported. Wait until that is done.",
    S.DONE: "The list has been imported already.",
    S.CANCELLED: "The list was cancelled. Upload it again.",
    S.REFUSED: "The list has errors. Correct the file and upload it again.",
    S.UPLOADED: "The columns of the list are not confirmed yet.",
    S.FAILED: "Checking the list failed. Check it again, or cancel it.",
    S.CHECKED: "The list is checked and waits to be confirmed.",
}


def check_can_move(batch: ImportBatch, to: ImportStatus) -> None:
    """A list goes from stage to stage only as `MOVES` says."""
    if to not in MOVES[batch.status]:
        raise NotNow(_NOT_NOW[S(batch.status)])


def can_move(batch: ImportBatch, to: ImportStatus) -> bool:
    """Whether a list may go to a stage from where it is."""
    return to in MOVES[batch.status]


def check_has_changes(batch: ImportBatch, *, end_missing: bool) -> None:
    """A list is confirmed only if it would change something."""
    if batch.new_count or batch.changed_count:
        return
    if batch.missing_count and end_missing:
        return
    raise NotNow("There is nothing to import: the list says what is here already.")


def check_none_runs(other: ImportBatch | None) -> None:
    """One list is imported at a time."""
    if other is not None:
        raise AnotherImportRuns(
            f"Another list, {other.file_name}, is being imported. Try again when it "
            "is done."
        )
