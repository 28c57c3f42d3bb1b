"""Homes nobody lives in, counted: no names, no addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef

from patches.register.models import PatchMembership

from .models import Household


def count_empty_homes(
    day: dt.date, patch_ids: Collection[int] | None = None
) -> dict[int, int]:
    """Return how many managed homes of each patch have no household on a day."""
    homes = PatchMembership.objects.of_managed_homes(day)
    if patch_ids is not None:
        homes = homes.filter(patch__in=patch_ids)
    lived_in = Household.objects.as_at(day).filter(property=OuterRef("property"))
    counted = (
        homes.filter(~Exists(lived_in))
        .order_by()
        .values_list("patch_id")
        .annotate(total=Count("pk"))
    )
    return dict(counted)
