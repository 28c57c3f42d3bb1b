"""Why a change to a councillor was refused."""

from housingplus.common.errors import Conflict, Refusal


class OutOfOfficeAlready(Refusal):
    """The councillor's time in office is over."""


class EndsBeforeStart(Refusal):
    """The last day in office is before the first."""


class InOfficeAlready(Refusal):
    """Somebody who has begun is ended, never removed."""


class CouncillorChanged(Conflict):
    """Somebody edited the councillor since the form was shown."""
