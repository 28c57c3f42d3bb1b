"""Which alternatives are drawn of a design, and with which options each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import sizing
from .errors import DesignRefused
from .models import AlternativeKind, DesignSizing, PatchDesign
from .solver.city import make_areas
from .solver.problem import Area, Options

if TYPE_CHECKING:
    from .selectors.ground import DesignGround

# What a number of patches of nought means to the solver: as many as there are now.
AS_MANY_AS_NOW = 0
_FROM_PRESENT = frozenset({AlternativeKind.AS_NOW, AlternativeKind.FEWEST_MOVED})


@dataclass(frozen=True)
class Plan:
    """One alternative to be drawn: its areas carry homes, rules and options."""

    kind: AlternativeKind
    tolerance: float
    areas: tuple[Area, ...]

    @property
    def name(self) -> str:
        return str(self.kind.label)


def make_plans(design: PatchDesign, ground: DesignGround) -> list[Plan]:
    """Return the alternatives to be drawn, in the order people see them.

    Where no home is in a patch yet there is nothing to compare with or to start from.
    """
    patches = number_of_patches(design, ground)
    has_present = any(row.home.patch for area in ground.areas for row in area.rows)
    homes = {area.name: area.homes for area in ground.areas}
    plans = []
    for kind, options in _options(design, patches).items():
        if kind in _FROM_PRESENT and not has_present:
            continue
        areas = make_areas(homes, options, ground.rules)
        plans.append(Plan(kind, options.tolerance, tuple(areas)))
    return plans


def _options(design: PatchDesign, patches: int) -> dict[AlternativeKind, Options]:
    tight = float(design.tolerance) / 100
    loose = float(design.review_tolerance) / 100
    weights = design.weights
    strength = float(design.weight_strength)

    def options(tolerance: float, **more: bool | float) -> Options:
        return Options(
            patches=patches,
            tolerance=tolerance,
            weight_strength=strength,
            seed=design.seed,
            **more,  # type: ignore[arg-type]
        )

    return {
        AlternativeKind.AS_NOW: options(loose),
        AlternativeKind.FEWEST_MOVED: options(loose, is_review=True),
        AlternativeKind.MOST_COMPACT: options(loose),
        AlternativeKind.BEST_BALANCE: options(tight),
        AlternativeKind.WEIGHTED: options(
            round(weights.tolerance(tight, loose), 4),
            continuity=weights.continuity_metres,
        ),
    }


def number_of_patches(design: PatchDesign, ground: DesignGround) -> int:
    """Return how many patches to draw in all; nought for as many as there are now."""
    value = float(design.sizing_value or 0)
    size = size_of(design, ground)
    if design.sizing == DesignSizing.PRESENT:
        if not any(row.home.patch for area in ground.areas for row in area.rows):
            raise DesignRefused(
                "No home here is in a patch yet, so there is no number to keep. "
                "Choose another way to say how many patches.",
                field="sizing",
            )
        return AS_MANY_AS_NOW
    if design.sizing == DesignSizing.PATCHES:
        return sizing.by_number(size, value)
    if design.sizing == DesignSizing.OFFICERS:
        return sizing.by_officers(size, value)
    if design.sizing == DesignSizing.HOURS:
        return sizing.by_hours(size, value)
    assumptions = design.assumptions
    return sizing.by_band(size, assumptions.band_min, assumptions.band_max)


def size_of(design: PatchDesign, ground: DesignGround) -> sizing.Size:
    """Return what the number of patches is worked out from."""
    rows: Sequence = [row for area in ground.areas for row in area.rows]
    return sizing.Size(
        homes=len(rows),
        hours=sum(row.home.hours for row in rows),
        areas=len(ground.areas),
        mean_hours=ground.expected.mean_hours,
        patch_hours=ground.expected.patch_hours,
        weight_strength=float(design.weight_strength),
    )
