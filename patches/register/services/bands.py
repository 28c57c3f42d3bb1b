"""Giving a patch another band from a day on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction

from housingplus.audit.services import record
from housingplus.common.dates import day_before, long_date, today
from housingplus.common.locking import lock
from patches.register import rules
from patches.register.models import Patch, PatchBand

if TYPE_CHECKING:
    from officers.accounts.models import User


@transaction.atomic
def set_band(
    *,
    patch: Patch,
    starts_on: dt.date,
    band_min: int,
    band_max: int,
    reason: str,
    by: User | None,
) -> Patch:
    """Give a patch a band from a day on, until the next band that is planned.

    The running one ends the day before; one that begins that very day is replaced.
    """
    patch = lock(Patch.objects.filter(pk=patch.pk)).get()
    changes = begin_band(
        patch,
        starts_on=starts_on,
        band_min=band_min,
        band_max=band_max,
        reason=reason,
    )
    if changes:
        _count_change(patch)
        record(
            "patch.band_set",
            subject=patch,
            by=by,
            summary=f"{patch} from {long_date(starts_on)}",
            changes=changes,
        )
    return patch


@transaction.atomic
def withdraw_band(*, band: PatchBand, by: User | None) -> Patch:
    """Take back a band that has not begun; the one before it goes on in its place."""
    patch = lock(Patch.objects.filter(pk=band.patch_id)).get()
    band = PatchBand.objects.get(pk=band.pk)
    rules.check_band_not_begun(band, today())
    rows = PatchBand.objects.filter(patch=patch)
    rows.filter(pk=band.pk).delete()
    rows.filter(ends_on=day_before(band.starts_on)).update(ends_on=band.ends_on)
    _count_change(patch)
    record(
        "patch.band_withdrawn",
        subject=patch,
        by=by,
        summary=f"{patch}, {band.band_min} to {band.band_max} homes from "
        f"{long_date(band.starts_on)}",
    )
    return patch


def begin_band(
    patch: Patch,
    *,
    starts_on: dt.date,
    band_min: int,
    band_max: int,
    reason: str,
    needs_reason: bool = False,
) -> dict[str, list[Any]]:
    """Write the rows of a band of a locked patch; return what changes, old and new.

    Nothing changes when the patch has that band on that day and no other reason is
    given. The caller records the change.
    """
    rules.check_band(band_min, band_max)
    now = Patch.objects.with_band(starts_on).get(pk=patch.pk)
    before = {
        "band_min": now.smallest,
        "band_max": now.largest,
        "band_reason": now.band_reason,
    }
    after = {
        "band_min": band_min,
        "band_max": band_max,
        "band_reason": reason.strip(),
    }
    is_same = (band_min, band_max) == (now.smallest, now.largest)
    if is_same and after["band_reason"] in ("", now.band_reason):
        return {}
    rules.check_band_date(starts_on, today())
    if needs_reason:
        rules.check_band_reason(reason)
    _write(patch, starts_on, band_min, band_max, reason.strip())
    return {
        name: [before[name], after[name]]
        for name in before
        if before[name] != after[name]
    }


def _write(
    patch: Patch, starts_on: dt.date, band_min: int, band_max: int, reason: str
) -> None:
    rows = PatchBand.objects.filter(patch=patch)
    rows.filter(starts_on=starts_on).delete()
    rows.as_at(starts_on).update(ends_on=day_before(starts_on))
    later = rows.filter(starts_on__gt=starts_on).order_by("starts_on").first()
    PatchBand.objects.create(
        patch=patch,
        band_min=band_min,
        band_max=band_max,
        reason=reason,
        starts_on=starts_on,
        ends_on=day_before(later.starts_on) if later else None,
    )


def _count_change(patch: Patch) -> None:
    patch.version += 1
    patch.save(update_fields=["version"])
