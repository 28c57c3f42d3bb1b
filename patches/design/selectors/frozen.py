"""What was frozen with a design when it was drawn: units, their work, the yardstick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from patches.design.drawn import WorkByType, Yardstick
from patches.design.models import BarrierSet, DesignArea, DesignUnit
from patches.design.solver.problem import Rules
from patches.register.models import Patch

from .ground import barriers_of, rules_of


def read_yardstick(area: DesignArea) -> Yardstick:
    """Return what the bands and hours of an area's patches are measured by."""
    kept = area.report.get("yardstick", {})
    assumptions = area.design.assumptions
    return Yardstick(
        mean_hours=kept.get("mean_hours", 0.0),
        band_min=kept.get("band_min", assumptions.band_min),
        band_max=kept.get("band_max", assumptions.band_max),
        weight_strength=kept.get("weight_strength", 1.0),
        patch_work=_by_type(kept.get("patch_work", {})),
    )


def keep_yardstick(yardstick: Yardstick) -> dict[str, Any]:
    """Return a yardstick as an area's report keeps it."""
    return asdict(yardstick) | {
        "patch_work": {str(pk): own for pk, own in yardstick.patch_work.items()}
    }


def read_rules(area: DesignArea) -> Rules:
    """Return the rules an area was drawn by, whatever became of them since."""
    kept = area.report.get("rules")
    if kept is None:
        homes = area.homes.order_by().values_list("property", flat=True)
        return rules_of(area.design, {str(pk) for pk in homes})
    named = {*kept["kept_patches"], *(p for _, p in kept["not_in"])}
    code_of = dict(Patch.objects.filter(pk__in=named).values_list("pk", "code"))
    barriers = BarrierSet.objects.filter(pk=kept["barriers"]).first()
    lines, bridges = barriers_of(barriers)
    return Rules(
        kept_patches=tuple(code_of[pk] for pk in kept["kept_patches"]),
        together=tuple(tuple(own) for own in kept["together"]),
        apart=tuple((one, other) for one, other in kept["apart"]),
        not_in=tuple((home, code_of[pk]) for home, pk in kept["not_in"]),
        barriers=lines,
        bridges=bridges,
    )


def keep_rules(
    rules: Rules, patch_ids: Mapping[str, int], barriers_id: int | None
) -> dict[str, Any]:
    """Return an area's rules as its report keeps them: patches by key, not by code."""
    return {
        "kept_patches": [patch_ids[code] for code in rules.kept_patches],
        "together": rules.together,
        "apart": rules.apart,
        "not_in": [
            (home, patch_ids[code]) for home, code in rules.not_in if code in patch_ids
        ],
        "barriers": barriers_id,
    }


def unit_work_of(area: DesignArea) -> list[WorkByType]:
    """Return the work of an area's units, in order of their numbers."""
    work = area.units.order_by("number").values_list("work", flat=True)
    return [_by_type(own) for own in work]


def unit_ids_of(areas: Sequence[DesignArea]) -> dict[int, list[int]]:
    """Return the keys of each area's units, in order of their numbers."""
    found: dict[int, list[int]] = {area.pk: [] for area in areas}
    rows = DesignUnit.objects.filter(area__in=areas).order_by("area", "number")
    for pk, area in rows.values_list("pk", "area"):
        found[area].append(pk)
    return found


def wards_of_homes(area: DesignArea) -> dict[str, int]:
    """Return the ward of each home of an area, by the solver's reference."""
    rows = area.homes.order_by().values_list("property", "property__ward")
    return {str(pk): ward for pk, ward in rows}


def _by_type(work: dict[str, list[float]]) -> WorkByType:
    """Return work read from JSON, whose keys are texts."""
    return {int(pk): (own[0], own[1], own[2]) for pk, own in work.items()}
