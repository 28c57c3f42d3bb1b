"""Why a change to an officer was refused."""

from housingplus.common.errors import Conflict, Refusal


class NotAnImage(Refusal):
    """The file is no picture that can be read."""


class ImageTooBig(Refusal):
    """The file has too many bytes or pixels."""


class AccountTaken(Refusal):
    """The account belongs to another officer."""


class StillAnswers(Refusal):
    """Assignments lie outside the officer's time of work."""


class OfficerChanged(Conflict):
    """Somebody edited the officer since the form was shown."""
