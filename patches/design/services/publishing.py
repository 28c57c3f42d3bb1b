"""Putting a design into force on a day, and taking that back before the day.

These parts run inside a transaction of `officers.designs.services`, which adds who
answers for the patches.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from housingplus.audit.services import record
from housingplus.common.bulk import insert_rows
from housingplus.common.dates import day_before, long_date
from housingplus.common.locking import lock
from patches.design.models import (
    DesignMove,
    DesignReview,
    DesignStatus,
    PatchDesign,
    PatchSuccession,
    PublishedChange,
    PublishedPatch,
)
from patches.design.selectors.publishing import (
    PatchPlan,
    PublicationPlan,
    list_drawn_patches,
    patches_from,
    plan_publication,
)
from patches.properties.models import Property
from patches.register.models import Patch, PatchMembership
from patches.register.services import close_patch, create_patch, set_band
from patches.register.services.groups import move_groups

from .moves import move

if TYPE_CHECKING:
    from officers.accounts.models import User

REVIEW_MONTHS = 12


def lock_and_plan(design: PatchDesign, starts_on: dt.date) -> PublicationPlan:
    """Lock every patch and home a locked design touches, then work out the plan."""
    going_on = {row.continues_id for row in list_drawn_patches(design)} - {None}
    own = patches_from(design, {pk for pk in going_on if pk}, starts_on)
    around = PatchMembership.objects.from_day(starts_on).filter(
        property__ward__in=design.wards.all()
    )
    ids = {patch.pk for patch in own}
    ids |= set(around.order_by().values_list("patch", flat=True).distinct())
    list(lock(Patch.objects.filter(pk__in=ids)).values_list("pk"))
    inside = PatchMembership.objects.from_day(starts_on).filter(patch__in=ids)
    homes = Property.objects.filter(
        Q(ward__in=design.wards.all()) | Q(pk__in=inside.values("property"))
    )
    list(lock(homes).values_list("pk"))
    return plan_publication(design, starts_on)


def publish_patches(
    plan: PublicationPlan, *, by: User | None, note: str = ""
) -> dict[int, Patch]:
    """Do what a checked plan says: returns the patch of each drawn patch.

    New patches open, homes move, patches nothing goes on with close the day before, and
    the design is scheduled.
    """
    design, starts_on = plan.design, plan.starts_on
    patches = {row.drawn.pk: _patch_of(row, starts_on, by) for row in plan.patches}
    moves = move_groups(
        [
            *((patches[row.drawn.pk], row.arriving) for row in plan.patches),
            (None, plan.unmanaged),
        ],
        starts_on=starts_on,
        reason=reason_of(design),
        by=by,
    )
    DesignMove.objects.bulk_create(
        DesignMove(design=design, move=moved) for moved in moves
    )
    for row in plan.patches:
        if row.patch is not None and row.changes_band:
            _set_band(design, row, starts_on, by)
    closed = [_close(patch, starts_on, by) for patch in plan.closing]
    remember(plan, patches, closed)
    DesignReview.objects.create(
        design=design, due_on=months_after(starts_on, REVIEW_MONTHS)
    )
    move(
        design,
        to=DesignStatus.SCHEDULED,
        by=by,
        note=". ".join(filter(None, [f"From {long_date(starts_on)}", note.strip()])),
        starts_on=starts_on,
        published_at=timezone.now(),
        published_by=by,
    )
    _supersede(design, by=by)
    return patches


def remember(
    plan: PublicationPlan, patches: dict[int, Patch], closed: list[Patch]
) -> None:
    """Keep for ever which patches a plan opened, kept and closed, and who went where.

    `patches` are those of the drawn patches, by their ids.
    """
    _remember_patches(plan, patches, closed)
    _remember_flows(plan, patches)


def reason_of(design: PatchDesign) -> str:
    """Return what moves, bands and leads of a publication give as their reason."""
    return f"Patch design “{design}”"


def list_published_nearby(design: PatchDesign) -> list[PatchDesign]:
    """Return the other published designs of any of the same wards, by date."""
    return list(
        PatchDesign.objects.filter(
            status=DesignStatus.SCHEDULED, wards__in=design.wards.all()
        )
        .exclude(pk=design.pk)
        .order_by("starts_on", "pk")
        .distinct()
    )


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(day.year + years, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("Every month has 28 days.")


def _patch_of(row: PatchPlan, starts_on: dt.date, by: User | None) -> Patch:
    if row.patch is not None:
        return row.patch
    drawn = row.drawn
    return create_patch(
        code=drawn.code,
        name=drawn.name,
        ward=drawn.ward,
        band_min=drawn.band_min,
        band_max=drawn.band_max,
        starts_on=starts_on,
        by=by,
    )


def _set_band(
    design: PatchDesign, row: PatchPlan, starts_on: dt.date, by: User | None
) -> None:
    assert row.patch is not None  # noqa: S101
    reasons = [reason_of(design), row.drawn.band_reason]
    set_band(
        patch=row.patch,
        starts_on=starts_on,
        band_min=row.drawn.band_min,
        band_max=row.drawn.band_max,
        reason=": ".join(filter(None, reasons))[:200],
        by=by,
    )


def _close(patch: Patch, starts_on: dt.date, by: User | None) -> Patch:
    return close_patch(
        patch=patch, version=patch.version, ends_on=day_before(starts_on), by=by
    )


def _remember_patches(
    plan: PublicationPlan, patches: dict[int, Patch], closed: list[Patch]
) -> None:
    rows = [
        PublishedPatch(
            design=plan.design,
            patch=patches[row.drawn.pk],
            design_patch=row.drawn,
            change=PublishedChange.OPENED if row.is_new else PublishedChange.KEPT,
        )
        for row in plan.patches
    ]
    rows += [
        PublishedPatch(design=plan.design, patch=patch, change=PublishedChange.CLOSED)
        for patch in closed
    ]
    PublishedPatch.objects.bulk_create(rows)


def _remember_flows(plan: PublicationPlan, patches: dict[int, Patch]) -> None:
    """Keep for ever how many homes went from which patch to which."""
    flows: Counter[tuple[int | None, int | None]] = Counter()
    for (from_id, drawn_id), count in plan.flows.items():
        flows[from_id, patches[drawn_id].pk] += count
    for patch_id, count in plan.stay_outside.items():
        flows[patch_id, patch_id] += count
    insert_rows(
        PatchSuccession,
        ["design", "from_patch", "to_patch", "home_count"],
        (
            (plan.design.pk, from_id, to_id, count)
            for (from_id, to_id), count in flows.items()
        ),
    )


def _supersede(design: PatchDesign, *, by: User | None) -> None:
    """A design holds until later ones have taken over all of its wards."""
    nearby = list_published_nearby(design)
    wards_of = {
        other.pk: set(other.wards.order_by().values_list("pk", flat=True))
        for other in [design, *nearby]
    }
    for older in nearby:
        if older.superseded_on is not None:
            continue
        taken_over = wards_of[design.pk].union(
            *(
                wards_of[other.pk]
                for other in nearby
                if (other.starts_on, other.pk) > (older.starts_on, older.pk)
            )
        )
        if wards_of[older.pk] <= taken_over:
            older.superseded_on = design.starts_on
            older.superseded_by = design
            older.version += 1
            older.save(update_fields=["superseded_on", "superseded_by", "version"])
            record(
                "patch design.superseded",
                subject=older,
                by=by,
                summary=f"By “{design}”",
                changes={"superseded_by": [None, design.pk]},
            )
