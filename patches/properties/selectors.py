"""Homes beside a home, as a person walks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from patches.register.selectors import list_homes_of_patch

from .models import Property

if TYPE_CHECKING:
    from patches.register.models import Patch


@dataclass(frozen=True)
class Neighbours:
    """The homes before and after a home in walking order; none at the ends."""

    previous: Property | None
    next: Property | None


def get_neighbours(home: Property, patch: Patch | None, on: dt.date) -> Neighbours:
    """Return the homes before and after one in its patch, or in its ward without."""
    homes = (
        list_homes_of_patch(patch, on)
        if patch is not None
        else Property.objects.managed_on(on).filter(ward=home.ward_id)
    )
    return Neighbours(
        previous=_first(homes.filter(_beside(home, "lt")), "-"),
        next=_first(homes.filter(_beside(home, "gt")), ""),
    )


def list_homes_nearby(home: Property, patch: Patch, on: dt.date) -> QuerySet[Property]:
    """Return homes of a patch about 200 metres around one, at most a few hundred."""
    north, east = home.latitude or 0.0, home.longitude or 0.0
    return (
        list_homes_of_patch(patch, on)
        .filter(
            latitude__range=(north - 0.0018, north + 0.0018),
            longitude__range=(east - 0.003, east + 0.003),
        )
        .exclude(pk=home.pk)
        .only("sub_building", "building", "street", "latitude", "longitude")[:300]
    )


def _beside(home: Property, side: str) -> Q:
    """Return the condition "before" or "after" a home in walking order."""
    return (
        Q(**{f"street_key__{side}": home.street_key})
        | Q(**{"street_key": home.street_key, f"walk_key__{side}": home.walk_key})
        | Q(
            **{
                "street_key": home.street_key,
                "walk_key": home.walk_key,
                f"pk__{side}": home.pk,
            }
        )
    )


def _first(homes: QuerySet[Property], direction: str) -> Property | None:
    keys = ("street_key", "walk_key", "pk")
    return homes.order_by(*(f"{direction}{key}" for key in keys)).first()
