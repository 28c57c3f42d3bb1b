"""Why an assignment was refused, each in a sentence fit to show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from housingplus.common.errors import Conflict, Refusal

if TYPE_CHECKING:
    from .models import Assignment


class OfficerNotStarted(Refusal):
    """The officer's first day is later."""


class OfficerHasLeft(Refusal):
    """The officer's last day is earlier."""


class PatchNotInForce(Refusal):
    """The patch does not exist on that day."""


class TeamClosed(Refusal):
    """The team is closed."""


class NoTeamForWard(Refusal):
    """No team has the patch's ward, so nobody would answer."""


class AlreadyLead(Refusal):
    """The officer or team already leads on that day."""


class StartsTooLongAgo(Refusal):
    """The change would rewrite who answered, too far back."""


class LaterLeadPlanned(Refusal):
    """A lead is planned to begin on that day or later; say what becomes of it."""

    def __init__(self, message: str, *, planned: Iterable[Assignment]) -> None:
        super().__init__(message, field="planned")
        self.planned = list(planned)


class CoverEndsBeforeStart(Refusal):
    """The last day of cover is before its first."""


class CoverTooLong(Refusal):
    """Cover this long is a lead."""


class CoverInThePast(Refusal):
    """Cover that is over already changes nothing."""


class TeamLosesWard(Refusal):
    """The ward goes to another team before the cover ends."""


class CoverOverlaps(Refusal):
    """The patch has cover for part of that time."""


class CoversOwnPatch(Refusal):
    """The officer leads on the patch all that time and cannot stand in."""


class NothingChosen(Refusal):
    """No patch was chosen."""


class CannotCancel(Refusal):
    """An assignment that has been in force is ended, never removed."""


class CoverNotRunning(Refusal):
    """The cover is over, or is not cover."""


class AlreadyLeft(Refusal):
    """The officer has been marked as left."""


class LeavesBeforeStart(Refusal):
    """The last day is before the first day of work."""


class AssignmentChanged(Conflict):
    """Somebody changed who answers for the patch since the form was shown."""
