"""What was expected of each patch: frozen with its design, else of the default set."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from housingplus.common.dates import day_before
from patches.design.models import (
    DesignPatchWork,
    DesignStatus,
    PublishedChange,
    PublishedPatch,
    WorkRate,
)
from patches.design.months import Month
from patches.register.models import Patch, PatchMembership

from .assumptions import default_assumptions
from .workload import expected_work


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of a patch for which one model holds.

    `design_patch_id` is what it came from; None where the default set is asked.
    """

    starts_on: dt.date
    ends_on: dt.date | None
    design_patch_id: int | None
    assumptions_id: int | None


@dataclass
class ModelledWork:
    """Pieces a year by patch: frozen ones by drawn patch, others by month."""

    stretches: dict[int, list[Stretch]]
    frozen: dict[int, dict[int, float]] = field(default_factory=dict)
    of_month: dict[tuple[int, int], dict[int, float]] = field(default_factory=dict)
    # Officer minutes for each, by assumption set and kind of work.
    minutes: dict[tuple[int, int], int] = field(default_factory=dict)

    def per_year(self, patch_id: int, stretch: Stretch, at: int) -> Mapping[int, float]:
        """Return pieces a year by kind of work in a stretch, in a month by number."""
        if stretch.design_patch_id is not None:
            return self.frozen.get(stretch.design_patch_id, {})
        return self.of_month.get((patch_id, at), {})


def model_work(patches: Collection[Patch], months: list[Month]) -> ModelledWork:
    """Return what is expected of patches in months that follow each other.

    A patch that came from a design has what was frozen when it was drawn, until the
    next design; before, and without any, what the default set expects of the homes it
    has at the beginning of each month, judged by what was recorded before the months.
    A fixed number of queries.
    """
    fallback = default_assumptions()
    fallback_id = fallback.pk if fallback is not None else None
    stretches = _stretches(patches, months[-1].last, fallback_id)
    modelled = ModelledWork(stretches)
    sets: set[int] = set()
    drawn: set[int] = set()
    unplanned: list[Patch] = []
    for patch in patches:
        own = [
            part
            for part in stretches[patch.pk]
            if part.ends_on is None or part.ends_on >= months[0].first
        ]
        sets |= {part.assumptions_id for part in own if part.assumptions_id}
        drawn |= {part.design_patch_id for part in own if part.design_patch_id}
        if any(part.design_patch_id is None for part in own):
            unplanned.append(patch)
    frozen: dict[int, dict[int, float]] = defaultdict(dict)
    for patch_id, kind, per_year in DesignPatchWork.objects.filter(
        patch__in=drawn
    ).values_list("patch_id", "work_type_id", "per_year"):
        frozen[patch_id][kind] = per_year
    modelled.frozen = frozen
    modelled.minutes = {
        (set_id, kind): minutes
        for set_id, kind, minutes in WorkRate.objects.filter(assumptions__in=sets)
        .order_by()
        .values_list("assumptions_id", "work_type_id", "officer_minutes")
    }
    if unplanned and fallback is not None:
        work = expected_work(
            fallback,
            on=day_before(months[0].first),
            ward_ids={patch.ward_id for patch in unplanned},
        )
        known = set(work.home_ids.tolist())
        totals: dict[tuple[int, ...], dict[int, float]] = {}
        for (patch_id, at), homes in _homes_by_month(unplanned, months).items():
            if homes not in totals:
                found = [pk for pk in homes if pk in known]
                # Homes that came since are taken to need what the others do.
                scale = len(homes) / len(found) if found else 0.0
                totals[homes] = {
                    part.work_type.pk: part.per_year
                    * (1.0 if part.work_type.basis == "patch" else scale)
                    for part in work.total(found)
                }
            modelled.of_month[patch_id, at] = totals[homes]
    return modelled


def _stretches(
    patches: Collection[Patch], last: dt.date, fallback_id: int | None
) -> dict[int, list[Stretch]]:
    """Return each patch's stretches in order, from its first day on."""
    published: dict[int, list[tuple[dt.date, int, int]]] = defaultdict(list)
    for patch_id, starts_on, drawn_id, set_id in (
        PublishedPatch.objects.exclude(change=PublishedChange.CLOSED)
        .filter(
            patch__in=[patch.pk for patch in patches],
            design__status=DesignStatus.SCHEDULED,
            design__starts_on__lte=last,
        )
        .order_by("design__starts_on", "design__published_at")
        .values_list(
            "patch_id",
            "design__starts_on",
            "design_patch_id",
            "design__assumptions_id",
        )
    ):
        assert starts_on is not None  # noqa: S101 - a constraint
        published[patch_id].append((starts_on, drawn_id, set_id))
    return {
        patch.pk: list(_of_patch(patch, published[patch.pk], fallback_id))
        for patch in patches
    }


def _of_patch(
    patch: Patch, published: list[tuple[dt.date, int, int]], fallback_id: int | None
) -> Iterable[Stretch]:
    first = published[0][0] if published else None
    if first is None or patch.starts_on < first:
        until = patch.ends_on if first is None else day_before(first)
        yield Stretch(patch.starts_on, until, None, fallback_id)
    for at, (starts_on, drawn_id, set_id) in enumerate(published):
        until = (
            day_before(published[at + 1][0])
            if at + 1 < len(published)
            else patch.ends_on
        )
        yield Stretch(starts_on, until, drawn_id, set_id)


def _homes_by_month(
    patches: list[Patch], months: list[Month]
) -> dict[tuple[int, int], tuple[int, ...]]:
    """Return each patch's homes at the beginning of each month, or when it began."""
    began = {patch.pk: patch.starts_on for patch in patches}
    members: dict[int, list[tuple[int, dt.date, dt.date | None]]] = defaultdict(list)
    for patch_id, home, starts_on, ends_on in (
        PatchMembership.objects.overlapping(months[0].first, months[-1].last)
        .filter(patch__in=began)
        .order_by("property_id")
        .values_list("patch_id", "property_id", "starts_on", "ends_on")
    ):
        members[patch_id].append((home, starts_on, ends_on))
    return {
        (patch_id, at): tuple(
            home
            for home, starts_on, ends_on in own
            if starts_on <= day and (ends_on is None or ends_on >= day)
        )
        for patch_id, own in members.items()
        for at, month in enumerate(months)
        for day in [max(month.first, began[patch_id])]
    }
