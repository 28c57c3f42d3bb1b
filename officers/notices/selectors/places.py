"""Blocks and streets of a ward's patches: where a notice board may hang."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Min

from patches.register.models import PatchMembership
from patches.wards.models import Ward


@dataclass(frozen=True)
class Place:
    """A block or a street of one patch.

    `is_part` says that other homes there are in another patch.
    """

    key: str
    patch_id: int
    name: str
    kind: str
    home_count: int
    is_part: bool


def list_places_in_ward(ward: Ward, day: dt.date) -> dict[int, list[Place]]:
    """Return the blocks, then the streets, of each patch in a ward; two queries."""
    homes = PatchMembership.objects.of_managed_homes(day).filter(property__ward=ward)
    blocks = (
        homes.filter(property__block__isnull=False)
        .order_by("property__block__name", "property__block")
        .values_list("patch", "property__block", "property__block__name")
        .annotate(total=Count("pk"))
    )
    streets = (
        homes.order_by("property__street_key")
        .values_list("patch", "property__street_key")
        .annotate(name=Min("property__street"), total=Count("pk"))
    )
    rows = [
        (patch, f"block-{block}", name, "Block", total)
        for patch, block, name, total in blocks
    ]
    rows += [
        (patch, f"street-{key}", name, "Street", total)
        for patch, key, name, total in streets
    ]
    patches_at = Counter(key for _, key, _, _, _ in rows)
    found: defaultdict[int, list[Place]] = defaultdict(list)
    for patch_id, key, name, kind, total in rows:
        found[patch_id].append(
            Place(
                key=f"{patch_id}-{key}",
                patch_id=patch_id,
                name=name,
                kind=kind,
                home_count=total,
                is_part=patches_at[key] > 1,
            )
        )
    return dict(found)
