"""The band of a drawn patch: what its work asks for, or what somebody chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from housingplus.audit import services as audit
from housingplus.common.locking import lock
from patches.design.drawn import band_of
from patches.design.models import DesignAlternative, DesignPatch, PatchDesign
from patches.design.rules.drawing import check_can_draw
from patches.design.selectors.frozen import read_yardstick
from patches.register.rules import check_band

from .storing import measure_again

if TYPE_CHECKING:
    from officers.accounts.models import User


def band_asked_by_work(patch: DesignPatch) -> tuple[int, int]:
    """Return the band a drawn patch's work asks for."""
    yardstick = read_yardstick(patch.area)
    return band_of(patch.home_count, patch.hours - yardstick.patch_hours, yardstick)


@transaction.atomic
def set_band(
    *, patch: DesignPatch, band_min: int, band_max: int, reason: str, by: User
) -> DesignPatch:
    """Give a drawn patch another band; no reason gives back the one of its work."""
    design = lock(PatchDesign.objects.all()).get(pk=patch.alternative.design_id)
    check_can_draw(design)
    alternative = lock(DesignAlternative.objects.all()).get(pk=patch.alternative_id)
    patch = DesignPatch.objects.select_related("area__design__assumptions").get(
        pk=patch.pk
    )
    reason = reason.strip()
    if not reason:
        band_min, band_max = band_asked_by_work(patch)
    check_band(band_min, band_max)
    before = [patch.band_min, patch.band_max]
    patch.band_min, patch.band_max, patch.band_reason = band_min, band_max, reason
    patch.save(update_fields=["band_min", "band_max", "band_reason"])
    measure_again(alternative)
    audit.record(
        "patch design.band set",
        subject=design,
        by=by,
        summary=f"{alternative}: {patch.code} {band_min}–{band_max}. {reason}",
        changes={"band": [before, [band_min, band_max]]},
    )
    return patch
