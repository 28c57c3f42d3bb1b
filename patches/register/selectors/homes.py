"""Which homes are in a patch on a day, and which are in none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from housingplus.common.dates import today
from patches.properties.models import Property
from patches.register.models import Patch, PatchMembership

if TYPE_CHECKING:
    from patches.wards.models import Ward


@dataclass
class Street:
    """The homes of one street, in walking order."""

    key: str
    name: str
    homes: list[Property] = field(default_factory=list)

    @property
    def odd_count(self) -> int:
        return sum(1 for home in self.homes if (home.house_number or 0) % 2 == 1)

    @property
    def even_count(self) -> int:
        return sum(
            1
            for home in self.homes
            if home.house_number is not None and home.house_number % 2 == 0
        )


def list_homes_of_patch(patch: Patch, day: dt.date) -> QuerySet[Property]:
    """Return the managed homes in the patch on `day`, in walking order."""
    memberships = PatchMembership.objects.as_at(day).filter(patch=patch)
    return (
        Property.objects.managed_on(day)
        .filter(pk__in=memberships.values("property"))
        .in_walking_order()
    )


def list_homes_without_patch(day: dt.date | None = None) -> QuerySet[Property]:
    """Return the managed homes in no patch on `day` (today when not given)."""
    day = day or today()
    placed = PatchMembership.objects.as_at(day).filter(property=OuterRef("pk"))
    return Property.objects.managed_on(day).filter(~Exists(placed))


def count_homes_without_patch(
    wards: Iterable[Ward] | QuerySet[Ward] | None = None, day: dt.date | None = None
) -> int:
    """Return how many managed homes have no patch, in the given wards or in all."""
    homes = list_homes_without_patch(day)
    if wards is not None:
        homes = homes.filter(ward__in=wards)
    return homes.count()


def list_streets(homes: Iterable[Property]) -> list[Street]:
    """Group homes that are in walking order by street."""
    streets: list[Street] = []
    for home in homes:
        if not streets or streets[-1].key != home.street_key:
            streets.append(Street(key=home.street_key, name=home.street))
        streets[-1].homes.append(home)
    return streets
