"""Measuring a map: balance, walking, wholeness, homes moved, streets split."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from .answer import WITHIN, DrawnPatch, Measures
from .contiguity import pieces_of
from .ground import neighbours_of
from .setup import Setup
from .units import DECI, MILLI


def measure_patches(
    setup: Setup, part: Sequence[int], names: Sequence[str], kept: Iterable[str]
) -> tuple[list[DrawnPatch], list[int]]:
    """Return each patch's figures, and the unit in its middle."""
    units = setup.units.units
    kept_names = set(kept)
    members: list[list[int]] = [[] for _ in names]
    for index, patch in enumerate(part):
        members[patch].append(index)
    pairs = zip(setup.links.a.tolist(), setup.links.b.tolist(), strict=True)
    neighbours = neighbours_of(len(units), pairs)
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
                deviation=load / setup.mean - 1,
                is_whole=len(pieces_of(own, neighbours)) == 1,
                is_kept=name in kept_names,
                walk_metres=int(walks[row]) / DECI / max(1, int(homes.sum())),
                middle=units[own[row]].name,
            )
        )
    return drawn, middles


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
        worst=max(gaps),
        within=(two, five, ten),
        whole=_share(patch.is_whole for patch in patches),
        walk_metres=walked / max(1, homes),
        moved_homes=_moved(setup, part, [patch.name for patch in patches]),
        split_streets=_split_streets(setup, part),
        smallest_homes=min(patch.homes for patch in patches),
        largest_homes=max(patch.homes for patch in patches),
    )


def _share(answers: Iterable[bool]) -> float:
    told = list(answers)
    return sum(told) / len(told)


def _moved(setup: Setup, part: Sequence[int], names: Sequence[str]) -> int:
    return sum(
        sum(homes for name, homes in unit.present if name != names[patch])
        for unit, patch in zip(setup.units.units, part, strict=True)
    )


def _split_streets(setup: Setup, part: Sequence[int]) -> tuple[str, ...]:
    """Return streets whose houses are in more than one patch; blocks do not count."""
    found: dict[str, set[int]] = defaultdict(set)
    for home, unit in zip(setup.area.homes, setup.units.unit_of, strict=True):
        if unit >= 0 and home.street and not home.block:
            found[home.street].add(part[unit])
    return tuple(
        sorted(street for street, patches in found.items() if len(patches) > 1)
    )
