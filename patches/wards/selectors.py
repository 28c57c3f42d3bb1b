"""Wards with the sums people ask for first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from patches.properties.models import Block, Property
from patches.register.models import Patch
from patches.register.selectors import list_homes_without_patch

from .models import Ward


@dataclass
class WardStreet:
    """A street of a ward: its homes, and how many have no patch."""

    key: str
    name: str
    home_count: int
    odd_count: int
    even_count: int
    unplaced_count: int = 0


def count_homes_by_ward(day: dt.date) -> dict[int, int]:
    """Return how many managed homes each ward has: ward id to number."""
    return _by_ward(Property.objects.managed_on(day))


def count_unplaced_by_ward(day: dt.date) -> dict[int, int]:
    """Return how many managed homes of each ward have no patch."""
    return _by_ward(list_homes_without_patch(day))


def _by_ward(homes: QuerySet[Property]) -> dict[int, int]:
    counted = homes.order_by().values_list("ward").annotate(total=Count("pk"))
    return dict(counted)


def list_streets_of_ward(ward: Ward, day: dt.date) -> list[WardStreet]:
    """Return the streets of a ward by name with their managed homes, in two queries."""
    homes = Property.objects.managed_on(day).filter(ward=ward)
    parity = homes.annotate(parity=F("house_number") % 2)
    rows = (
        parity.order_by("street_key")
        .values("street_key", "street")
        .annotate(
            homes=Count("pk"),
            odds=Count("pk", filter=Q(parity=1)),
            evens=Count("pk", filter=Q(parity=0)),
        )
    )
    streets: dict[str, WardStreet] = {}
    for row in rows:
        known = streets.setdefault(
            row["street_key"], WardStreet(row["street_key"], row["street"], 0, 0, 0)
        )
        known.home_count += row["homes"]
        known.odd_count += row["odds"]
        known.even_count += row["evens"]
    unplaced = list_homes_without_patch(day).filter(ward=ward).order_by()
    for key, total in unplaced.values_list("street_key").annotate(total=Count("pk")):
        streets[key].unplaced_count = total
    return list(streets.values())


def list_blocks_of_ward(ward: Ward, day: dt.date) -> QuerySet[Block]:
    """Return the blocks of a ward with `home_count`, their managed homes."""
    managed = Q(properties__managed_from__lte=day) & (
        Q(properties__managed_to__isnull=True) | Q(properties__managed_to__gte=day)
    )
    return ward.blocks.annotate(
        home_count=Count("properties", filter=managed)
    ).order_by("name")


def list_patches_of_ward(ward: Ward, day: dt.date) -> QuerySet[Patch]:
    """Return the ward's patches in force on a day, or to be, with their sizes."""
    return (
        Patch.objects.from_day(day)
        .filter(ward=ward)
        .with_home_count(day)
        .with_band_state(day)
        .select_related("ward")
        .order_by("code")
    )
