"""Why a list cannot be taken, in sentences fit to show."""

from housingplus.common.errors import Conflict, Refusal


class FileRefused(Refusal):
    """The file as a whole cannot be read; no row of it was looked at."""


class ColumnsMissing(FileRefused):
    """The header row lacks a column the list cannot do without."""


class ListHasErrors(Refusal):
    """Some rows are wrong, so nothing was imported (rule 8)."""


class WorldChanged(Conflict):
    """What is held here changed after the list was checked."""


class AnotherImportRuns(Conflict):
    """One list is applied at a time."""


class NotNow(Refusal):
    """The list is not at the stage this act belongs to."""


class CellProblem(Exception):
    """One value cannot be taken; the message says what to do about it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
