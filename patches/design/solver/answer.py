"""A drawn map: which home goes to which patch, and how good that is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .setup import Setup

WITHIN = (0.02, 0.05, 0.10)


@dataclass(frozen=True, slots=True)
class DrawnPatch:
    """One patch of a map. `deviation` is from the area's mean (0.01 is 1 % over).

    `walk_metres` is the mean distance of its homes to its middle; nine of ten homes
    are within `walk_spread` metres of it.
    """

    name: str
    homes: int
    hours: float
    deviation: float
    is_whole: bool
    is_kept: bool
    walk_metres: float
    walk_spread: float
    middle: str
    why_outside: str = ""


@dataclass(frozen=True, slots=True)
class Measures:
    """How good a map is; shares and deviations as fractions."""

    patches: int
    homes: int
    hours: float
    worst: float
    within: tuple[float, float, float]
    whole: float
    walk_metres: float
    moved_homes: int
    split_streets: tuple[str, ...]
    smallest_homes: int
    largest_homes: int


@dataclass(frozen=True)
class Design:
    """A map of one area. `part` is the patch number of each unit, -1 for none.

    `mean` is the area's load for each of the map's patches. `patch_of` holds every
    home in a patch; those with no place on the map are in `setup.units.unplaced`.
    """

    setup: Setup
    part: tuple[int, ...]
    middles: tuple[int, ...]
    patches: tuple[DrawnPatch, ...]
    measures: Measures
    mean: int

    @property
    def unplaced(self) -> tuple[str, ...]:
        """Homes that could not be put on the map, for a person to place."""
        return self.setup.units.unplaced

    @cached_property
    def patch_of(self) -> dict[str, str]:
        """Return the name of each home's patch, in the order the homes came in."""
        homes = self.setup.area.homes
        return {
            homes[index].reference: self.patches[self.part[unit]].name
            for index, unit in enumerate(self.setup.units.unit_of)
            if unit >= 0 and self.part[unit] >= 0
        }

    @cached_property
    def loads(self) -> NDArray[np.int64]:
        """Return the load of each patch, in thousandths of an hour."""
        summed = np.zeros(len(self.patches), np.int64)
        for unit, patch in zip(self.setup.units.units, self.part, strict=True):
            if patch >= 0:
                summed[patch] += unit.load
        return summed

    @cached_property
    def is_as_now(self) -> bool:
        """Return whether every unit is in the patch most of its homes are in now."""
        return all(
            unit.present_patch == (self.patches[patch].name if patch >= 0 else "")
            for unit, patch in zip(self.setup.units.units, self.part, strict=True)
        )
