"""What must hold of tenancies, each rule with its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from housingplus.common.dates import period

from .errors import NobodyHolds, OutsideHousehold, ReferenceTaken
from .models import Tenancy

if TYPE_CHECKING:
    from patches.properties.models import Landlord
    from tenants.households.models import Household, Person


def check_somebody_holds(holders: Sequence[Person]) -> None:
    """A tenancy is an agreement with at least one person."""
    if not holders:
        raise NobodyHolds("Choose at least one tenant", field="holders")


def check_reference_is_free(landlord: Landlord, reference: str) -> None:
    """A landlord uses a tenancy reference once."""
    if Tenancy.objects.filter(landlord=landlord, reference=reference).exists():
        raise ReferenceTaken(
            f"{landlord} already has a tenancy with the reference {reference}.",
            field="reference",
        )


def check_inside_household(
    household: Household, starts_on: dt.date, ends_on: dt.date | None
) -> None:
    """A tenancy runs while its household lives there."""
    begins_before = starts_on < household.starts_on
    ends_after = household.ends_on is not None and (
        ends_on is None or ends_on > household.ends_on
    )
    if begins_before or ends_after:
        raise OutsideHousehold(
            "The household lives there "
            f"{period(household.starts_on, household.ends_on)}; "
            "the tenancy must lie in that time.",
            field="starts_on",
        )
