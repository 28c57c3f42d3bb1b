"""Copies of an alternative, to move homes in by hand, and doing away with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from housingplus.audit import services as audit
from patches.design.errors import AdjustmentChanged
from patches.design.models import AlternativeKind, DesignAlternative
from patches.design.rules import adjusting as rules
from patches.design.selectors.boards import load_area

from .adjusting import GONE
from .freezing import remove_maps
from .moves import lock_design
from .storing import measure_again, store_alternative

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.design.models import PatchDesign


@transaction.atomic
def copy_alternative(
    *, alternative: DesignAlternative, name: str, by: User
) -> DesignAlternative:
    """Make a copy of an alternative in which homes can be moved by hand.

    Bands and reasons somebody gave its patches are copied too. Pressing twice makes
    one: a copy of the same name nobody has moved homes in is given back.
    """
    design = lock_design(alternative.design_id)
    rules.check_can_adjust(design)
    source = _of(design, alternative)
    rules.check_patches_inside_areas(source)
    name = " ".join(name.split())
    if (twin := _twin(source, name, by)) is not None:
        return twin
    rules.check_name_is_free(design, name)
    areas = list(design.areas.order_by("number"))
    for area in areas:
        area.design = design
    made = store_alternative(
        design=design,
        kind=AlternativeKind.BY_HAND,
        name=name,
        tolerance=source.tolerance,
        drawn={area: load_area(source, area) for area in areas},
        copied_from=source,
        by=by,
    )
    _copy_bands(source, made)
    audit.record(
        "patch design.alternative copied",
        subject=design,
        by=by,
        summary=f"“{name}” from “{source}”",
    )
    return made


@transaction.atomic
def remove_alternative(*, alternative: DesignAlternative, by: User) -> None:
    """Do away with an alternative adjusted by hand; what was copied from it stays."""
    design = lock_design(alternative.design_id)
    rules.check_can_adjust(design)
    found = _of(design, alternative)
    rules.check_can_remove(found)
    found.copies.update(copied_from=None)
    remove_maps(DesignAlternative.objects.filter(pk=found.pk))
    audit.record(
        "patch design.alternative removed",
        subject=design,
        by=by,
        summary=f"“{found}”",
    )


def _of(design: PatchDesign, alternative: DesignAlternative) -> DesignAlternative:
    found = design.alternatives.filter(pk=alternative.pk).first()
    if found is None:
        raise AdjustmentChanged(GONE)
    found.design = design
    return found


def _twin(source: DesignAlternative, name: str, by: User) -> DesignAlternative | None:
    return source.copies.filter(
        name=name, created_by=by, version=source._meta.get_field("version").default
    ).first()


def _copy_bands(source: DesignAlternative, made: DesignAlternative) -> None:
    """Give the copy's patches the bands somebody chose."""
    chosen = {
        (row.area_id, row.number): row for row in source.patches.exclude(band_reason="")
    }
    if not chosen:
        return
    for patch in made.patches.all():
        row = chosen.get((patch.area_id, patch.number))
        if row is not None:
            patch.band_min, patch.band_max = row.band_min, row.band_max
            patch.band_reason = row.band_reason
            patch.save(update_fields=["band_min", "band_max", "band_reason"])
    measure_again(made)
