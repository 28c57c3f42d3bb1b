"""Why a notice was not sent."""

from housingplus.common.errors import Conflict, Refusal


class NobodyToSendTo(Refusal):
    """No recipient is left to send to."""


class SentMeanwhile(Conflict):
    """Somebody else sent one since the page was shown."""
