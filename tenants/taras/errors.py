"""Why a change to an association was refused."""

from housingplus.common.errors import Conflict, Refusal


class TaraChanged(Conflict):
    """Somebody else saved a change since this page was opened."""


class NameTaken(Refusal):
    """Another association has this name."""


class TaraClosed(Refusal):
    """The association has closed."""


class DateInFuture(Refusal):
    """Something that has happened has a date up to today."""


class EndBeforeStart(Refusal):
    """The last day would be before the first."""


class NotInPost(Refusal):
    """The officer does not work here on that day."""


class PartTaken(Refusal):
    """Somebody is named for that part from a later day, or from the same day."""
