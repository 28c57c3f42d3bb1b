"""Why a change to a team was refused."""

from housingplus.common.errors import Conflict, Refusal


class TeamNameTaken(Refusal):
    """Another team has this name."""


class NotInPost(Refusal):
    """The officer does not work on that day."""


class InTeamAlready(Refusal):
    """The officer is in the team for part of that time."""


class LeadsAlready(Refusal):
    """The officer leads the team on that day."""


class LaterChangePlanned(Refusal):
    """Something is planned to begin on that day or later."""


class HasWardAlready(Refusal):
    """The team has the ward on that day."""


class EndsBeforeStart(Refusal):
    """The last day is before the first."""


class StillHasWards(Refusal):
    """A team with wards cannot be closed."""


class StillAnswers(Refusal):
    """A team that answers for a patch cannot be closed."""


class TeamIsClosed(Refusal):
    """A closed team takes on nothing."""


class StartsTooLongAgo(Refusal):
    """The change would rewrite what was so, too far back."""


class EndedAlready(Refusal):
    """The time in the team is over."""


class TeamChanged(Conflict):
    """Somebody changed the same thing at the same moment."""
