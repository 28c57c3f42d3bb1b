"""Names of drawn patches: those of the present patches whose homes they keep."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from .setup import Setup


def name_patches(setup: Setup, part: Sequence[int]) -> list[str]:
    """Return a name for each drawn patch (kept ones follow, under their own).

    Present names go where most homes keep theirs, never to a patch with a home that
    may not be in it; patches that keep none are called by the area and a number, from
    north to south.
    """
    units = setup.units.units
    drawn = setup.ground.patches
    present = sorted(
        {name for unit in units for name, _ in unit.present}
        - {*setup.kept, *setup.area.elsewhere}
    )
    names = dict(enumerate(setup.present))
    if not setup.area.options.is_review or _is_barred(setup, part, names):
        names = _matched(setup, part, present)
    taken = {*present, *setup.kept}
    fresh = (
        f"{setup.area.name} {number}"
        for number in range(1, 2 * len(units) + len(setup.kept) + 2)
    )
    unused = (name for name in fresh if name not in taken)
    north = [-1] * drawn
    for unit, patch in zip(units, part, strict=True):
        if patch < drawn:
            north[patch] = max(north[patch], unit.y)
    for patch in sorted(range(drawn), key=lambda patch: (-north[patch], patch)):
        if patch not in names:
            names[patch] = next(unused)
    return [names[patch] for patch in range(drawn)] + list(setup.kept)


def _is_barred(setup: Setup, part: Sequence[int], names: dict[int, str]) -> bool:
    return any(
        names.get(patch) in barred
        for barred, patch in zip(setup.groups.barred, part, strict=True)
    )


def _matched(
    setup: Setup, part: Sequence[int], present: Sequence[str]
) -> dict[int, str]:
    if not present or not setup.ground.patches:
        return {}
    column = {name: index for index, name in enumerate(present)}
    shared = np.zeros((setup.ground.patches, len(present)), np.int64)
    for unit, patch in zip(setup.units.units, part, strict=True):
        for name, homes in unit.present:
            if name in column and patch < setup.ground.patches:
                shared[patch, column[name]] += homes
    for barred, patch in zip(setup.groups.barred, part, strict=True):
        for name in barred & column.keys():
            if patch < setup.ground.patches:
                shared[patch, column[name]] = 0
    rows, columns = linear_sum_assignment(shared, maximize=True)
    return {
        int(row): present[int(col)]
        for row, col in zip(rows, columns, strict=True)
        if shared[row, col] > 0
    }
