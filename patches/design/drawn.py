"""A drawn map as plain figures: what is kept once the solver's arrays are gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from .solver.answer import Design
from .solver.units import MILLI
from .workload.bands import band_for

# A kind of work: pieces a year, officer hours and back-office hours a month.
Work = tuple[float, float, float]
WorkByType = dict[int, Work]


@dataclass(frozen=True)
class Yardstick:
    """What bands and hours are measured by.

    An average home of the whole stock, the band such homes make, and what each patch
    takes beside its homes, by kind of work.
    """

    mean_hours: float
    band_min: int
    band_max: int
    weight_strength: float
    patch_work: WorkByType

    @property
    def patch_hours(self) -> float:
        """Officer hours a month each patch takes whatever homes are in it."""
        return sum(officer for _, officer, _ in self.patch_work.values())


@dataclass(frozen=True)
class PatchFigures:
    """One patch of a map: `load` is what was balanced, `hours` and `work` its homes'.

    The hours are in full even where the load is partly a count of doors; what each
    patch takes beside its homes is in neither.
    """

    number: int
    name: str
    ward_id: int
    home_count: int
    moved_count: int
    came_from: Mapping[str, int]
    hours: float
    load: float
    deviation: float
    is_whole: bool
    is_kept: bool
    walk_metres: float
    walk_spread: float
    middle: str
    why_outside: str
    band: tuple[int, int]
    work: WorkByType

    @property
    def is_in_band(self) -> bool:
        return self.band[0] <= self.home_count <= self.band[1]


@dataclass(frozen=True)
class AreaMap:
    """One area of a map: the patch of each unit (-1 for none), and its figures.

    `elsewhere` are names of present patches that lie mostly in another area.
    """

    part: tuple[int, ...]
    patches: tuple[PatchFigures, ...]
    measures: dict[str, Any]
    elsewhere: tuple[str, ...] = ()


def area_map(
    drawn: Design,
    *,
    ward_of: Mapping[str, int],
    unit_work: Sequence[WorkByType],
    yardstick: Yardstick,
    nobody_moves: bool = False,
) -> AreaMap:
    """Return a drawn area's figures; `ward_of` is each home's ward by reference.

    As it is now nobody moves, though a unit may have homes of several patches.
    """
    setup = drawn.setup
    homes = setup.area.homes
    names = [patch.name for patch in drawn.patches]
    wards: list[Counter[int]] = [Counter() for _ in names]
    moved = [0] * len(names)
    came: list[Counter[str]] = [Counter() for _ in names]
    hours = [0.0] * len(names)
    work: list[WorkByType] = [{} for _ in names]
    for unit_number, (unit, at) in enumerate(
        zip(setup.units.units, drawn.part, strict=True)
    ):
        if at < 0:
            continue
        add_work(work[at], unit_work[unit_number])
        for index in unit.homes:
            home = homes[index]
            wards[at][ward_of[home.reference]] += 1
            hours[at] += home.hours
            came[at][home.patch] += 1
            moved[at] += home.patch != names[at] and not nobody_moves
    patches = tuple(
        PatchFigures(
            number=number,
            name=patch.name,
            ward_id=min(wards[number], key=lambda pk: (-wards[number][pk], pk)),
            home_count=patch.homes,
            moved_count=moved[number],
            came_from=dict(came[number]),
            hours=hours[number],
            load=patch.hours,
            deviation=patch.deviation,
            is_whole=patch.is_whole,
            is_kept=patch.is_kept,
            walk_metres=patch.walk_metres,
            walk_spread=patch.walk_spread,
            middle=patch.middle[:200],
            why_outside=patch.why_outside,
            band=band_of(patch.homes, hours[number], yardstick),
            work=work[number],
        )
        for number, patch in enumerate(drawn.patches)
    )
    return AreaMap(
        part=drawn.part,
        patches=patches,
        measures=_measures(drawn),
        elsewhere=setup.area.elsewhere,
    )


def add_work(total: WorkByType, own: Mapping[int, Work]) -> None:
    """Add one unit's work to a patch's."""
    for pk, (per_year, officer, back_office) in own.items():
        before = total.get(pk, (0.0, 0.0, 0.0))
        total[pk] = (
            before[0] + per_year,
            before[1] + officer,
            before[2] + back_office,
        )


def band_of(homes: int, hours: float, yardstick: Yardstick) -> tuple[int, int]:
    """Return the band the work of so many homes asks for, in so far as work counts."""
    strength = yardstick.weight_strength
    return band_for(
        mean_hours=yardstick.mean_hours,
        own_hours=(1 - strength) * yardstick.mean_hours * homes + strength * hours,
        own_homes=homes,
        band_min=yardstick.band_min,
        band_max=yardstick.band_max,
    )


def _measures(drawn: Design) -> dict[str, Any]:
    """Return the area's own figures, with what explanations need when read back."""
    return asdict(drawn.measures) | {
        "within": list(drawn.measures.within),
        "split_streets": list(drawn.measures.split_streets),
        "mean": drawn.mean / MILLI,
        "options": asdict(drawn.setup.area.options),
        "unplaced": len(drawn.unplaced),
        "none": sum(
            unit.home_count
            for unit, at in zip(drawn.setup.units.units, drawn.part, strict=True)
            if at < 0
        ),
    }


def merged(maps: Sequence[AreaMap]) -> dict[str, tuple[int, int]]:
    """Return where each patch name of a map has its row: area and number there.

    A present patch in two areas has it where it mostly lies.
    """
    places: dict[str, tuple[int, int]] = {}
    for is_elsewhere in (False, True):
        for number, own in enumerate(maps):
            for patch in own.patches:
                if (patch.name in own.elsewhere) == is_elsewhere:
                    places.setdefault(patch.name, (number, patch.number))
    return places


def joined(one: PatchFigures, other: PatchFigures) -> PatchFigures:
    """Return a patch's figures with those of its homes in another area added."""
    work = dict(one.work)
    add_work(work, other.work)
    return replace(
        one,
        home_count=one.home_count + other.home_count,
        moved_count=one.moved_count + other.moved_count,
        came_from=Counter(one.came_from) + Counter(other.came_from),
        hours=one.hours + other.hours,
        load=one.load + other.load,
        work=work,
    )
