"""Refusals of patch design."""

from housingplus.common.errors import Conflict, Refusal


class AssumptionsRefused(Refusal):
    """A rule of assumption sets said no."""


class AssumptionsChanged(Conflict):
    """Somebody else changed the assumption set first."""


class DesignRefused(Refusal):
    """A rule of patch designs said no."""


class DesignChanged(Conflict):
    """Somebody else changed the design first."""


class AdjustmentRefused(Refusal):
    """A move by hand would break a rule of the design."""


class AdjustmentChanged(Conflict):
    """Somebody else moved homes in this alternative first."""


class ReviewRefused(Refusal):
    """A rule of reviews said no."""


class BarriersRefused(Refusal):
    """A file of barriers is not what it says; `faults` names what is wrong."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults), field="file")
        self.faults = faults
