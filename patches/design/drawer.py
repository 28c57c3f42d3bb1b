"""Drawing the areas of a design one by one, keeping of each only plain figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from .codes import new_codes
from .drawn import AreaMap, WorkByType, Yardstick, area_map
from .freezing import FrozenArea, freeze_area
from .models import AlternativeKind, PatchDesign
from .plans import Plan
from .solver.answer import Design
from .solver.draw import describe, design
from .solver.present import as_now
from .solver.setup import Setup, prepare

if TYPE_CHECKING:
    from .selectors.ground import DesignGround
    from .solver.problem import Area
    from .workload.expected import ExpectedWork

_NAMED_HOMES = re.compile(r"\b([Hh]omes?) (\d+)(?: and (\d+))?")


class AreaDrawer:
    """Draws one area after another, every alternative of it in turn."""

    def __init__(self, drawn: PatchDesign, ground: DesignGround) -> None:
        self.barriers_id = drawn.barriers_id
        self.ground = ground
        self.yardstick = yardstick_of(drawn, ground.expected)
        self.codes: dict[AlternativeKind, set[str]] = {}
        self.setup: Setup | None = None
        self.unit_work: list[WorkByType] = []

    def draw(self, plan: Plan, number: int) -> AreaMap:
        """Return one area of an alternative."""
        area = plan.areas[number]
        if plan.kind == AlternativeKind.AS_NOW:
            found = as_now(prepare(area))
        else:
            taken = self.codes.setdefault(plan.kind, set(self.ground.codes))
            found = with_codes(design(area), self.ground.patch_ids, taken)
        if self.setup is None:
            self.setup = found.setup
            self.unit_work = _unit_work(found.setup, self.ground.expected)
        rows = self.ground.areas[number].rows
        return area_map(
            found,
            ward_of={row.home.reference: row.ward_id for row in rows},
            unit_work=self.unit_work,
            yardstick=self.yardstick,
            nobody_moves=plan.kind == AlternativeKind.AS_NOW,
        )

    def freeze(self, number: int) -> FrozenArea:
        """Return the area drawn last as it is to be kept, and let go of it."""
        if self.setup is None:
            raise AssertionError("nothing was drawn of this area")  # pragma: no cover
        frozen = freeze_area(
            self.ground.areas[number],
            self.setup,
            self.unit_work,
            yardstick=self.yardstick,
            patch_ids=self.ground.patch_ids,
            barriers_id=self.barriers_id,
        )
        self.setup, self.unit_work = None, []
        return frozen


def yardstick_of(drawn: PatchDesign, expected: ExpectedWork) -> Yardstick:
    """Return what the bands and hours of a design's patches are measured by."""
    return Yardstick(
        mean_hours=expected.mean_hours,
        band_min=drawn.assumptions.band_min,
        band_max=drawn.assumptions.band_max,
        weight_strength=float(drawn.weight_strength),
        patch_work=_work(expected, []),
    )


def _unit_work(setup: Setup, expected: ExpectedWork) -> list[WorkByType]:
    """Return the work of the homes of each unit, by kind of work."""
    of_patch = _work(expected, [])
    homes = setup.area.homes
    return [
        {
            pk: own
            for pk, own in _work(
                expected, [int(homes[index].reference) for index in unit.homes]
            ).items()
            if pk not in of_patch
        }
        for unit in setup.units.units
    ]


def _work(expected: ExpectedWork, ids: Collection[int]) -> WorkByType:
    """Return the work that homes are expected to need; what needs none is left out."""
    return {
        part.work_type.pk: (part.per_year, part.officer_hours, part.back_office_hours)
        for part in expected.total(ids)
        if part.per_year
    }


def with_codes(found: Design, present: Mapping[str, int], taken: set[str]) -> Design:
    """Return a map whose new patches have codes of their own, added to `taken`."""
    names = [patch.name for patch in found.patches]
    if all(name in present for name in names):
        return found
    area: Area = found.setup.area
    own = {home.patch for home in area.homes if home.patch}
    codes = new_codes(sorted(own), area.name, taken)
    for number, name in enumerate(names):
        if name not in present:
            names[number] = next(codes)
            taken.add(names[number])
    return describe(found.setup, found.part, names)


def in_words(sentence: str, ground: DesignGround) -> str:
    """Return a refusal of the solver, which knows homes by key, by their references."""
    rows = (row for area in ground.areas for row in area.rows)
    return with_references(sentence, {r.home.reference: r.reference for r in rows})


def with_references(sentence: str, known: Mapping[str, str]) -> str:
    """Return a sentence of the solver with homes' keys as their references."""

    def named(found: re.Match[str]) -> str:
        keys: Sequence[str] = [key for key in found.group(2, 3) if key]
        return f"{found[1]} {' and '.join(known.get(key, key) for key in keys)}"

    return _NAMED_HOMES.sub(named, sentence)
