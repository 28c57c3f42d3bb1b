"""Today's map, measured as a drawn one is."""

from __future__ import annotations

from dataclasses import replace

from .answer import Design
from .draw import describe
from .setup import Setup


def as_now(setup: Setup) -> Design:
    """Return the map in which every unit is in the patch most of its homes are in.

    Nobody moves in it, and its patches may be in parts. Units of homes in no patch have
    part -1; a patch that has the most homes of no unit is not on the map.
    """
    units = setup.units.units
    found = {unit.present_patch for unit in units} - {""}
    names = [*sorted(found - {*setup.kept}), *setup.kept]
    number = {name: part for part, name in enumerate(names)}
    part = tuple(number.get(unit.present_patch, -1) for unit in units)
    drawn = describe(setup, part, names)
    return replace(drawn, measures=replace(drawn.measures, moved_homes=0))
