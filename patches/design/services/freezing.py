"""Keeping what a design was drawn on: areas, units and homes as they were that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from housingplus.common.bulk import insert_rows
from patches.design.models import (
    DesignAlternative,
    DesignArea,
    DesignHome,
    DesignPatchWork,
    DesignPlacement,
    DesignUnit,
    PatchDesign,
)
from patches.design.selectors.frozen import unit_ids_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from patches.design.freezing import FrozenArea


def clear_drawing(design: PatchDesign) -> None:
    """Do away with what was drawn before, the largest tables first and at once."""
    alternatives = DesignAlternative.objects.filter(design=design)
    homes = DesignHome.objects.filter(design=design)
    # Nothing hangs on these, so that there is nothing to look up first.
    homes._raw_delete(homes.db)
    alternatives.update(copied_from=None)
    remove_maps(alternatives)
    DesignUnit.objects.filter(area__design=design).delete()
    design.areas.all().delete()


def remove_maps(alternatives: QuerySet[DesignAlternative]) -> None:
    """Do away with alternatives and all that is in them; none is copied from them."""
    for rows in (
        DesignPlacement.objects.filter(alternative__in=alternatives),
        DesignPatchWork.objects.filter(patch__alternative__in=alternatives),
    ):
        rows._raw_delete(rows.db)
    alternatives.delete()


def store_ground(
    design: PatchDesign, frozen: Sequence[FrozenArea], patch_ids: Mapping[str, int]
) -> list[DesignArea]:
    """Keep areas, units and homes; in the caller's transaction."""
    areas = [
        DesignArea(
            design=design,
            number=number,
            name=own.ground.name,
            ward_ids=list(own.ground.ward_ids),
            report=own.report,
        )
        for number, own in enumerate(frozen)
    ]
    for area in areas:
        area.save()
    insert_rows(
        DesignUnit,
        [
            "area",
            "number",
            "name",
            "home_count",
            "hours",
            "easting",
            "northing",
            "is_kept",
            "work",
        ],
        (
            (
                area.pk,
                number,
                unit.name,
                unit.home_count,
                unit.hours,
                unit.easting,
                unit.northing,
                unit.is_kept,
                {str(pk): work for pk, work in unit.work.items()},
            )
            for area, own in zip(areas, frozen, strict=True)
            for number, unit in enumerate(own.units)
        ),
    )
    unit_ids = unit_ids_of(areas)
    insert_rows(
        DesignHome,
        [
            "design",
            "property",
            "area",
            "unit",
            "patch",
            "hours",
            "easting",
            "northing",
            "postcode",
            "street",
            "block",
        ],
        (
            (
                design.pk,
                int(row.home.reference),
                area.pk,
                unit_ids[area.pk][unit] if unit >= 0 else None,
                patch_ids.get(row.home.patch),
                row.home.hours,
                row.home.easting,
                row.home.northing,
                row.home.postcode,
                row.home.street,
                row.home.block,
            )
            for area, own in zip(areas, frozen, strict=True)
            for row, unit in zip(own.ground.rows, own.unit_of, strict=True)
        ),
    )
    return areas
