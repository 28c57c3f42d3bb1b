"""Homes and patches as they stand on the day a design is to come into force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from patches.design.models import DesignHome, DesignPlacement, PatchDesign
from patches.properties.models import Property
from patches.register.models import Patch, PatchMembership


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """Where a home under management lies."""

    ward_id: int
    block_id: int | None
    street: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Time:
    """A home's time in a patch, as far as a plan asks."""

    membership_id: int
    patch_id: int
    starts_on: dt.date
    is_planned_to_end: bool


@dataclass(frozen=True)
class Ground:
    """Everything a plan is made from; a handful of queries, however many homes.

    `drawn` maps a home to its drawn patch, `frozen` a home to the patch it was in when
    drawn. `managed` are the homes under management on the day, in the design's wards
    or in one of its patches; `now` and `later` their times in patches on the day, and
    from then on.
    """

    drawn: dict[int, int]
    frozen: dict[int, int | None]
    managed: dict[int, HomeFacts]
    now: dict[int, Time]
    later: dict[int, Time]


def read_ground(
    design: PatchDesign, patches: Iterable[Patch], starts_on: dt.date
) -> Ground:
    """Read the homes of a design's wards and patches as they stand on a day."""
    ward_ids = list(design.wards.order_by().values_list("pk", flat=True))
    patch_ids = [patch.pk for patch in patches]
    drawn, frozen = _drawn(design)
    now, later = _times(ward_ids, patch_ids, starts_on)
    return Ground(
        drawn=drawn,
        frozen=frozen,
        managed=_managed(ward_ids, now, patch_ids, starts_on),
        now=now,
        later=later,
    )


def _drawn(design: PatchDesign) -> tuple[dict[int, int], dict[int, int | None]]:
    patch_of_unit = dict(
        DesignPlacement.objects.filter(alternative=design.chosen_id)
        .order_by()
        .values_list("unit", "patch")
    )
    drawn: dict[int, int] = {}
    frozen: dict[int, int | None] = {}
    rows = DesignHome.objects.filter(design=design).order_by()
    for home_id, unit_id, patch_id in rows.values_list("property", "unit", "patch"):
        frozen[home_id] = patch_id
        if unit_id in patch_of_unit:
            drawn[home_id] = patch_of_unit[unit_id]
    return drawn, frozen


def _times(
    ward_ids: Collection[int], patch_ids: Collection[int], starts_on: dt.date
) -> tuple[dict[int, Time], dict[int, Time]]:
    """Return each home's time in a patch on the day, and its first one from then on."""
    rows = (
        PatchMembership.objects.from_day(starts_on)
        .filter(Q(property__ward__in=ward_ids) | Q(patch__in=patch_ids))
        .order_by("-starts_on")
        .values_list("property", "pk", "patch", "starts_on", "ended_by_move")
    )
    now: dict[int, Time] = {}
    later: dict[int, Time] = {}
    for home_id, pk, patch_id, first, ended_by in rows.iterator(chunk_size=5_000):
        time = Time(pk, patch_id, first, ended_by is not None)
        (now if first < starts_on else later)[home_id] = time
    return now, later


def _managed(
    ward_ids: Collection[int],
    now: dict[int, Time],
    patch_ids: Collection[int],
    starts_on: dt.date,
) -> dict[int, HomeFacts]:
    inside = PatchMembership.objects.from_day(starts_on).filter(patch__in=patch_ids)
    rows = (
        Property.objects.managed_on(starts_on)
        .filter(Q(ward__in=ward_ids) | Q(pk__in=inside.values("property")))
        .order_by()
        .values_list("pk", "ward", "block", "street_key", "postcode")
    )
    return {
        pk: HomeFacts(ward_id, block_id, street, postcode)
        for pk, ward_id, block_id, street, postcode in rows.iterator(chunk_size=5_000)
    }
