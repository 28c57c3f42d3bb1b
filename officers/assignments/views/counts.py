"""How many homes and households a change touches, for the previews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from officers.accounts.models import User
from patches.register.models import PatchMembership
from tenants.households.models import Household
from tenants.households.querysets import not_written_to


@dataclass(frozen=True)
class Touched:
    """Homes of some patches, their households, and letters due.

    Households marked "do not write" are counted but get no letter.
    """

    homes: int
    households: int
    letters: int


def count_touched(user: User, patch_ids: Iterable[int], day: dt.date) -> Touched:
    """Count on the day of the change; two queries."""
    homes = PatchMembership.objects.of_managed_homes(day).filter(
        patch__in=list(patch_ids)
    )
    people = (
        Household.objects.visible_to(user)
        .as_at(day)
        .filter(property__in=homes.order_by().values("property"))
        .aggregate(
            households=Count("pk"),
            letters=Count("pk", filter=~not_written_to()),
        )
    )
    return Touched(homes=homes.count(), **people)
