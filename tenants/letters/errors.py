"""Refusals of letter templates and runs, in sentences fit to show."""

from __future__ import annotations

from housingplus.common.errors import Conflict, Refusal


class MoveRefused(Conflict):
    """The run is not at a stage from which this can be done."""


class RunChanged(Conflict):
    """The run is not what the person approving it was shown."""


class NothingToSend(Refusal):
    """A run without letters cannot go on."""


class SecondPersonNeeded(Refusal):
    """The maker of a run may not approve it here."""


class NumbersDoNotAdd(Refusal):
    """Homes are not letters and exceptions; the run must be composed again."""


class MarkedSince(Refusal):
    """Households were marked do not write after the pack was made."""


class NotDueAnyMore(Refusal):
    """A pack of letters due tells what is not so any more."""


class NotSent(Refusal):
    """Letters of a run have still to be sent, or given up."""


class TemplateRefused(Refusal):
    """The wording cannot be used as it is."""


class TemplateChanged(Conflict):
    """Somebody saved another version while this one was being written."""


class ProductionFailed(Refusal):
    """A letter could not be set or a file could not be kept."""


class FileMissing(Refusal):
    """A file of the run is not where it was kept."""


class ReturnRefused(Refusal):
    """A letter cannot have come back like this."""


class ReturnChanged(Conflict):
    """Somebody else checked the same letter first."""


class LetterErased(Refusal):
    """What a letter said is not kept any more."""
