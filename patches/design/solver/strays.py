"""Estates far from everything, or cut off: drawn all the same, for a person to see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from .graph import FAR_METRES, LinkKind
from .setup import Setup
from .units import DECI


@dataclass(frozen=True, slots=True)
class Estate:
    """Units with no other homes near: how far they are from the nearest, and which.

    `is_joined` when nobody may be able to walk there: the link was drawn over a gap or
    a barrier, because a patch has to hang together.
    """

    name: str
    units: tuple[int, ...]
    homes: int
    metres: int
    beside: str
    is_joined: bool

    def __str__(self) -> str:
        more = len(self.units) - 1
        streets = f" and {more} more" * bool(more)
        way = ", joined to it over a gap or a barrier" * self.is_joined
        return (
            f"{self.name}{streets} ({self.homes} homes): {self.metres:,} m from "
            f"{self.beside}{way}."
        )


def find_estates(setup: Setup) -> tuple[Estate, ...]:
    """Return what lies far from the largest part of an area, or is cut off from it."""
    links, units = setup.links, setup.units.units
    away = (links.length > FAR_METRES * DECI) | (links.kind == LinkKind.JOINING)
    near = coo_array(
        (np.ones(int((~away).sum())), (links.a[~away], links.b[~away])),
        shape=(links.count, links.count),
    )
    count, part_of = connected_components(near, directed=False)
    homes = np.array([unit.home_count for unit in units])
    held = np.bincount(part_of, weights=homes, minlength=count)
    found = []
    for part in sorted(range(count), key=lambda part: (-held[part], part))[1:]:
        own = np.flatnonzero(part_of == part).tolist()
        ways = np.flatnonzero(
            away & ((part_of[links.a] == part) != (part_of[links.b] == part))
        )
        way = min(ways.tolist(), key=lambda row: (int(links.length[row]), row))
        one, other = int(links.a[way]), int(links.b[way])
        found.append(
            Estate(
                name=units[max(own, key=lambda i: (units[i].home_count, -i))].name,
                units=tuple(own),
                homes=int(held[part]),
                metres=round(int(links.length[way]) / DECI),
                beside=units[other if part_of[one] == part else one].name,
                is_joined=bool(links.kind[way] == LinkKind.JOINING),
            )
        )
    return tuple(found)
