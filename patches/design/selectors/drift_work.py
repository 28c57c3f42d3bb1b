"""How the work of patches has changed since they were drawn."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Sum

from patches.design.models import (
    AssumptionSet,
    DesignStatus,
    PublishedChange,
    PublishedPatch,
)
from patches.design.workload.bands import band_for
from patches.register.models import Patch, PatchMembership

from .workload import expected_work


@dataclass(frozen=True)
class WorkDrift:
    """Officer hours a month when a patch was drawn, and of its homes today.

    Both by the assumption set of its design. `tolerance` is the share by which the
    design let patches differ; the band is what the work of its homes gives today.
    """

    design_id: int
    design_name: str
    hours_then: float
    hours_now: float
    tolerance: float
    band_min: int
    band_max: int

    @property
    def share(self) -> float:
        """By how much the work has grown (or shrunk, negative)."""
        return self.hours_now / self.hours_then - 1 if self.hours_then else 0.0

    @property
    def is_beyond(self) -> bool:
        """Whether it has changed by more than the design's tolerance."""
        return abs(self.share) > self.tolerance


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a patch came from: its latest design, and the hours expected of it then."""

    design_id: int
    design_name: str
    assumptions_id: int
    tolerance: float
    hours: float


def work_drift(patches: Collection[Patch], day: dt.date) -> dict[int, WorkDrift]:
    """Return how the work of patches drawn by a design has changed, by patch.

    A fixed number of queries for each assumption set in use, which is one unless
    designs of several sets are in force.
    """
    latest = _latest([patch.pk for patch in patches], day)
    homes: dict[int, list[int]] = defaultdict(list)
    for patch_id, home in (
        PatchMembership.objects.of_managed_homes(day)
        .filter(patch__in=latest)
        .order_by()
        .values_list("patch_id", "property_id")
    ):
        homes[patch_id].append(home)
    sets = AssumptionSet.objects.in_bulk(
        {row.assumptions_id for row in latest.values()}
    )
    drifts: dict[int, WorkDrift] = {}
    for set_id, assumptions in sets.items():
        work = expected_work(assumptions, on=day)
        for patch_id, row in latest.items():
            if row.assumptions_id != set_id:
                continue
            own = homes[patch_id]
            hours = sum(part.officer_hours for part in work.total(own))
            smallest, largest = band_for(
                mean_hours=work.mean_hours,
                own_hours=hours - work.patch_hours,
                own_homes=len(own),
                band_min=assumptions.band_min,
                band_max=assumptions.band_max,
            )
            drifts[patch_id] = WorkDrift(
                design_id=row.design_id,
                design_name=row.design_name,
                hours_then=row.hours,
                hours_now=hours,
                tolerance=row.tolerance,
                band_min=smallest,
                band_max=largest,
            )
    return drifts


def _latest(patch_ids: Collection[int], day: dt.date) -> dict[int, _Drawn]:
    rows = (
        PublishedPatch.objects.exclude(change=PublishedChange.CLOSED)
        .filter(
            patch__in=patch_ids,
            design__status=DesignStatus.SCHEDULED,
            design__starts_on__lte=day,
        )
        .order_by("design__starts_on", "design__published_at")
        .values_list(
            "patch_id",
            "design_id",
            "design__name",
            "design__assumptions_id",
            "design__review_tolerance",
        )
        .annotate(hours=Sum("design_patch__work__officer_hours"))
    )
    latest = {
        patch_id: _Drawn(design_id, name, set_id, float(tolerance) / 100, hours or 0.0)
        for patch_id, design_id, name, set_id, tolerance, hours in rows
    }
    return {patch_id: drawn for patch_id, drawn in latest.items() if drawn.hours > 0}
