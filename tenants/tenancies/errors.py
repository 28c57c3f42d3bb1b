"""Why a change to a tenancy was refused."""

from housingplus.common.errors import Refusal


class NobodyHolds(Refusal):
    """A tenancy is held by somebody."""


class ReferenceTaken(Refusal):
    """The landlord uses the reference for another tenancy."""


class OutsideHousehold(Refusal):
    """The tenancy would run when its household does not live there."""
