"""Why a change to a drop-in session was refused."""

from housingplus.common.errors import Conflict, Refusal


class DropInOver(Refusal):
    """The session is held no longer."""


class EndsBeforeStart(Refusal):
    """The last day is before the first."""


class ClosesBeforeOpening(Refusal):
    """The session would close before it opens."""


class DropInBegun(Refusal):
    """A session that has been held is ended, never removed."""


class DropInChanged(Conflict):
    """Somebody edited the session since the form was shown."""
