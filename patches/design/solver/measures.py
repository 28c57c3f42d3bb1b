"""Measuring a map: balance, walking, wholeness, homes moved, streets split."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from .answer import WITHIN, DrawnPatch, Measures
from .contiguity import pieces_of
from .setup import Setup
from .units import DECI, MILLI

# The share of its homes within a patch's walking spread.
NEARLY_ALL = 0.9


def measure_patches(
    setup: Setup, part: Sequence[int], names: Sequence[str], kept: Iterable[str]
) -> tuple[list[DrawnPatch], list[int]]:
    """Return each patch's figures, and the unit in its middle."""
    units = setup.units.units
    kept_names = set(kept)
    members: list[list[int]] = [[] for _ in names]
    for index, patch in enumerate(part):
        if patch >= 0:
            members[patch].append(index)
    mean = mean_load(setup, names)
    drawn, middles = [], []
    for name, own in zip(names, members, strict=True):
        homes = np.array([units[index].home_count for index in own])
        apart = setup.distance[np.ix_(own, own)].astype(np.int64)
        walks = (apart * homes).sum(axis=1)
        row = int(walks.argmin())
        load = sum(units[index].load for index in own)
        middles.append(own[row])
        drawn.append(
            DrawnPatch(
                name=name,
                homes=int(homes.sum()),
                hours=load / MILLI,
                deviation=load / mean - 1,
                is_whole=len(pieces_of(own, setup.neighbours)) == 1,
                is_kept=name in kept_names,
                walk_metres=int(walks[row]) / DECI / max(1, int(homes.sum())),
                walk_spread=_spread(apart[row], homes) / DECI,
                middle=units[own[row]].name,
            )
        )
    return drawn, middles


def mean_load(setup: Setup, names: Iterable[str]) -> int:
    """Return the area's load for each patch of a map, not counting its neighbours'."""
    count = sum(name not in setup.area.elsewhere for name in names)
    return max(1, sum(unit.load for unit in setup.units.units) // max(1, count))


def _spread(walks: NDArray[np.int64], homes: NDArray[np.int64]) -> float:
    """Return within which distance nine of ten homes are."""
    order = np.argsort(walks, kind="stable")
    counted = np.cumsum(homes[order])
    at = int(np.searchsorted(counted, NEARLY_ALL * float(counted[-1])))
    return float(walks[order[at]])


def measure_map(
    setup: Setup, part: Sequence[int], patches: Sequence[DrawnPatch]
) -> Measures:
    """Return the figures of a whole map."""
    homes = sum(patch.homes for patch in patches)
    gaps = [abs(patch.deviation) for patch in patches]
    two, five, ten = (_share(gap <= limit for gap in gaps) for limit in WITHIN)
    walked = sum(patch.walk_metres * patch.homes for patch in patches)
    return Measures(
        patches=len(patches),
        homes=homes,
        hours=sum(patch.hours for patch in patches),
        worst=max(gaps, default=0.0),
        within=(two, five, ten),
        whole=_share(patch.is_whole for patch in patches),
        walk_metres=walked / max(1, homes),
        moved_homes=_moved(setup, part, [patch.name for patch in patches]),
        split_streets=_split_streets(setup, part),
        smallest_homes=min((patch.homes for patch in patches), default=0),
        largest_homes=max((patch.homes for patch in patches), default=0),
    )


def _share(answers: Iterable[bool]) -> float:
    told = list(answers)
    return sum(told) / len(told) if told else 0.0


def _moved(setup: Setup, part: Sequence[int], names: Sequence[str]) -> int:
    """Return how many homes leave their patch; those in none now do not count."""
    return sum(
        sum(homes for name, homes in unit.present if patch < 0 or name != names[patch])
        for unit, patch in zip(setup.units.units, part, strict=True)
    )


def _split_streets(setup: Setup, part: Sequence[int]) -> tuple[str, ...]:
    """Return streets whose houses are in more than one patch; blocks do not count."""
    found: dict[str, set[int]] = defaultdict(set)
    for home, unit in zip(setup.area.homes, setup.units.unit_of, strict=True):
        if unit >= 0 and part[unit] >= 0 and home.street and not home.block:
            found[home.street].add(part[unit])
    return tuple(
        sorted(street for street, patches in found.items() if len(patches) > 1)
    )
