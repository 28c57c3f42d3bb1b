"""Keeping maps: alternatives, their patches, and which unit is in which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from housingplus.common.bulk import insert_rows
from patches.design.drawn import (
    AreaMap,
    PatchFigures,
    Yardstick,
    add_work,
    area_map,
    joined,
    merged,
)
from patches.design.figures import PatchLine, measure_alternative
from patches.design.models import (
    AlternativeKind,
    DesignAlternative,
    DesignArea,
    DesignPatch,
    DesignPatchWork,
    DesignPlacement,
    PatchDesign,
)
from patches.design.selectors.frozen import (
    read_yardstick,
    unit_ids_of,
    unit_work_of,
    wards_of_homes,
)
from patches.register.models import Patch

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.design.solver.answer import Design


@transaction.atomic
def store_alternative(
    *,
    design: PatchDesign,
    kind: AlternativeKind,
    name: str,
    tolerance: Decimal,
    drawn: Mapping[DesignArea, Design],
    copied_from: DesignAlternative | None = None,
    by: User | None = None,
) -> DesignAlternative:
    """Keep a map of every area as the design's next alternative.

    Patches named after a present one go on as that one; other names are codes of new
    patches.
    """
    maps = {area: _map_of(area, own) for area, own in drawn.items()}
    return store_maps(
        design=design,
        kind=kind,
        name=name,
        tolerance=tolerance,
        maps=maps,
        copied_from=copied_from,
        by=by,
    )


def _map_of(area: DesignArea, drawn: Design) -> AreaMap:
    return area_map(
        drawn,
        ward_of=wards_of_homes(area),
        unit_work=unit_work_of(area),
        yardstick=read_yardstick(area),
    )


def store_maps(
    *,
    design: PatchDesign,
    kind: AlternativeKind,
    name: str,
    tolerance: Decimal,
    maps: Mapping[DesignArea, AreaMap],
    copied_from: DesignAlternative | None = None,
    by: User | None = None,
) -> DesignAlternative:
    """Keep an alternative from its areas' figures; in the caller's transaction."""
    areas = sorted(maps, key=lambda area: area.number)
    last = design.alternatives.order_by("-number").first()
    alternative = DesignAlternative.objects.create(
        design=design,
        number=last.number + 1 if last else 1,
        kind=kind,
        name=name,
        tolerance=tolerance,
        copied_from=copied_from,
        created_by=by,
    )
    places = merged([maps[area] for area in areas])
    rows: dict[tuple[int, int], DesignPatch] = {}
    work: list[tuple[DesignPatch, PatchFigures]] = []
    present = _present_patches(maps.values())
    keys = {code: patch.pk for code, patch in present.items()}
    for index, area in enumerate(areas):
        yardstick = read_yardstick(area)
        for figures in maps[area].patches:
            if places[figures.name] != (index, figures.number):
                continue
            whole = _with_homes_elsewhere(figures, maps, areas, index)
            row = DesignPatch(alternative=alternative, area=area, number=figures.number)
            row.continues = present.get(figures.name)
            row.code = figures.name
            row.name = row.continues.name if row.continues else ""
            _fill(row, whole, yardstick, keys)
            rows[index, figures.number] = row
            work.append((row, whole))
    DesignPatch.objects.bulk_create(rows.values())
    _store_work(work, areas)
    _store_placements(alternative, areas, maps, places, rows)
    _measure(
        alternative, list(rows.values()), {a.name: maps[a].measures for a in areas}
    )
    return alternative


def _present_patches(maps: Any) -> dict[str, Patch]:
    names = {
        name
        for own in maps
        for patch in own.patches
        for name in (patch.name, *patch.came_from)
    }
    return {patch.code: patch for patch in Patch.objects.filter(code__in=names)}


def _with_homes_elsewhere(
    figures: PatchFigures,
    maps: Mapping[DesignArea, AreaMap],
    areas: Sequence[DesignArea],
    own: int,
) -> PatchFigures:
    """Return a patch's figures, those of its homes in other areas counted too."""
    for index, area in enumerate(areas):
        if index != own and figures.name in maps[area].elsewhere:
            for other in maps[area].patches:
                if other.name == figures.name:
                    figures = joined(figures, other)
    return figures


def _fill(
    row: DesignPatch,
    figures: PatchFigures,
    yardstick: Yardstick,
    keys: Mapping[str, int],
) -> None:
    """Set a patch's figures; a band somebody chose stays."""
    row.came_from = {
        str(keys[code]) if code else "": homes
        for code, homes in sorted(figures.came_from.items())
    }
    row.ward_id = figures.ward_id
    row.home_count = figures.home_count
    row.moved_count = figures.moved_count
    row.hours = figures.hours + yardstick.patch_hours
    row.deviation = figures.deviation
    row.is_whole = figures.is_whole
    row.is_kept = figures.is_kept
    row.walk_metres = figures.walk_metres
    row.walk_spread = figures.walk_spread
    row.middle = figures.middle
    row.why_outside = figures.why_outside
    if not row.band_reason:
        row.band_min, row.band_max = figures.band


def _store_work(
    work: Sequence[tuple[DesignPatch, PatchFigures]], areas: Sequence[DesignArea]
) -> None:
    yardsticks = {area.pk: read_yardstick(area) for area in areas}
    rows = []
    for patch, figures in work:
        total = dict(yardsticks[patch.area_id].patch_work)
        add_work(total, figures.work)
        rows += [
            (patch.pk, pk, per_year, officer, back_office)
            for pk, (per_year, officer, back_office) in sorted(total.items())
        ]
    insert_rows(
        DesignPatchWork,
        ["patch", "work_type", "per_year", "officer_hours", "back_office_hours"],
        rows,
    )


def _store_placements(
    alternative: DesignAlternative,
    areas: Sequence[DesignArea],
    maps: Mapping[DesignArea, AreaMap],
    places: Mapping[str, tuple[int, int]],
    rows: Mapping[tuple[int, int], DesignPatch],
) -> None:
    units = unit_ids_of(areas)
    insert_rows(
        DesignPlacement,
        ["alternative", "unit", "patch"],
        (
            (
                alternative.pk,
                units[area.pk][number],
                rows[places[maps[area].patches[at].name]].pk,
            )
            for area in areas
            for number, at in enumerate(maps[area].part)
            if at >= 0
        ),
    )


def _measure(
    alternative: DesignAlternative,
    patches: Sequence[DesignPatch],
    areas: Mapping[str, Mapping[str, Any]],
) -> None:
    """Write an alternative's figures and its score by the design's weights."""
    measures = measure_alternative(
        [
            PatchLine(
                homes=row.home_count,
                hours=row.hours,
                load=areas[row.area.name]["mean"] * (1 + row.deviation),
                deviation=row.deviation,
                is_whole=row.is_whole,
                is_in_band=row.band_state == "in",
                walk_metres=row.walk_metres,
                walk_spread=row.walk_spread,
            )
            for row in patches
        ],
        areas,
    )
    alternative.measures = measures
    alternative.score = alternative.design.weights.score(
        walk_metres=measures["walk_metres"],
        moved_share=measures["moved_homes"] / max(1, measures["homes"]),
        mean_deviation=measures["mean_deviation"],
    )
    alternative.save(update_fields=["measures", "score"])


@transaction.atomic
def rewrite_area(
    *, alternative: DesignAlternative, area: DesignArea, drawn: Design
) -> None:
    """Keep one area of an alternative as it is after a move by hand.

    Its patches are the same as before, by number; bands somebody chose stay.
    """
    own = _map_of(area, drawn)
    yardstick = read_yardstick(area)
    rows = {row.number: row for row in alternative.patches.filter(area=area)}
    keys = {code: patch.pk for code, patch in _present_patches([own]).items()}
    work = []
    for figures in own.patches:
        row = rows[figures.number]
        _fill(row, figures, yardstick, keys)
        work.append((row, figures))
    DesignPatch.objects.bulk_update(rows.values(), _FIGURES)
    DesignPatchWork.objects.filter(patch__in=list(rows.values())).delete()
    _store_work(work, [area])
    _move_placements(alternative, area, own, rows)
    alternative.measures["areas"][area.name] = own.measures
    measure_again(alternative)


def measure_again(alternative: DesignAlternative) -> None:
    """Write an alternative's figures from its patches and areas as they are kept."""
    every = list(alternative.patches.select_related("area"))
    _measure(alternative, every, alternative.measures["areas"])


_FIGURES = [
    "ward",
    "home_count",
    "moved_count",
    "came_from",
    "hours",
    "deviation",
    "is_whole",
    "walk_metres",
    "walk_spread",
    "middle",
    "why_outside",
    "band_min",
    "band_max",
]


def _move_placements(
    alternative: DesignAlternative,
    area: DesignArea,
    own: AreaMap,
    rows: Mapping[int, DesignPatch],
) -> None:
    """Write down only the units that are in another patch, or none, than before."""
    units = unit_ids_of([area])[area.pk]
    placed = dict(
        alternative.placements.filter(unit__area=area)
        .order_by()
        .values_list("unit__number", "patch__number")
    )
    moved: dict[int, list[int]] = {}
    for number, to in enumerate(own.part):
        if placed.get(number, -1) != to:
            moved.setdefault(to, []).append(number)
    for to, numbers in sorted(moved.items()):
        keys = [units[number] for number in numbers]
        now = alternative.placements.filter(unit__in=keys)
        if to < 0:
            now.delete()
            continue
        now.update(patch=rows[to])
        DesignPlacement.objects.bulk_create(
            DesignPlacement(
                alternative=alternative, unit_id=units[number], patch=rows[to]
            )
            for number in numbers
            if number not in placed
        )
