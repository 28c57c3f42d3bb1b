"""Why a design cannot be drawn, in a sentence fit to show."""

from housingplus.common.errors import Refusal


class ImpossibleDesign(Refusal):
    """The rules of a design cannot all be kept; says which, and what would help."""
