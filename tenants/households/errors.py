"""Why a change to a household was refused."""

from housingplus.common.errors import Conflict, Refusal


class HouseholdChanged(Conflict):
    """Somebody else saved a change since this page was opened."""


class HomeIsOccupied(Refusal):
    """The home has another household for part of the time."""


class HouseholdHasEnded(Refusal):
    """The household no longer lives there."""


class EndBeforeStart(Refusal):
    """The last day would be before something began."""


class AlreadyMember(Refusal):
    """The person is in the household for part of the time."""


class ReasonMissing(Refusal):
    """Somebody must be able to see later why."""


class ReviewInPast(Refusal):
    """A review date is a day to come."""


class NoEmailAddress(Refusal):
    """Only e-mail is wanted, and there is no address to write to."""


class RepresentativeNotReached(Refusal):
    """A representative is to have letters, and no letter would reach them."""


class NothingToLift(Refusal):
    """The household may be written to already."""
