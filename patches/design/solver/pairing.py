"""Which neighbouring wards one team could take together, so that loads are even.

A ward with one to three officers' work is far from the city's mean load whatever is
drawn in it; two or three such wards together need not be.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from .apportion import share_out
from .graph import FAR_METRES, LinkKind, make_links
from .problem import Home, Rules
from .units import DECI, make_units

Pair = tuple[str, str]

TOLERANCE = 0.10
# Wards a team may take together at most.
MOST_WARDS = 3
# An area outside costs more than any number of wards joined; then fewer joined, then
# nearer the mean.
OUTSIDE, BEYOND, JOINED, UNEVEN = 100.0, 100.0, 1.0, 1.0
NODES = 2000


@dataclass(frozen=True, slots=True)
class Share:
    """Wards with as many patches; `deviation` of their load from the city's mean."""

    wards: tuple[str, ...]
    patches: int
    deviation: float


@dataclass(frozen=True, slots=True)
class Joined:
    """Wards for one team to take together: what each is alone, and all together."""

    before: tuple[Share, ...]
    after: Share


@dataclass(frozen=True, slots=True)
class Pairing:
    """Wards to take together, and how even the city's areas are before and after."""

    mean: float
    joined: tuple[Joined, ...]
    alone: tuple[Share, ...]
    outside_before: tuple[str, ...]
    outside_after: tuple[str, ...]
    worst_before: float
    worst_after: float


def pair_wards(
    loads: Mapping[str, float],
    beside: Collection[Pair],
    patches: int,
    tolerance: float = TOLERANCE,
) -> Pairing:
    """Return the fewest neighbouring wards to join that bring every area in.

    `loads` are hours of each ward (or team's area) and `beside` those that touch. Where
    not every area can be brought within the tolerance, as many as can be.
    """
    mean = sum(loads.values()) / max(1, patches)
    if not mean or patches < len(loads):
        raise ValueError("needs work, and a patch for each ward")
    given = share_out(loads, patches)
    before = {
        name: Share((name,), count, loads[name] / count / mean - 1)
        for name, count in sorted(given.items())
    }
    choices = [
        share
        for wards in _together(sorted(loads), beside)
        for share in _shares(wards, loads, mean)
    ]
    chosen = _cheapest(choices, sorted(loads), patches, tolerance)
    after = chosen or list(before.values())
    return Pairing(
        mean=mean,
        joined=tuple(
            Joined(tuple(before[name] for name in share.wards), share)
            for share in after
            if len(share.wards) > 1
        ),
        alone=tuple(share for share in after if len(share.wards) == 1),
        outside_before=_outside(before.values(), tolerance),
        outside_after=_outside(after, tolerance),
        worst_before=max(abs(share.deviation) for share in before.values()),
        worst_after=max(abs(share.deviation) for share in after),
    )


def wards_beside(
    homes: Mapping[str, Sequence[Home]], rules: Rules | None = None
) -> tuple[Pair, ...]:
    """Return pairs of wards with homes next to each other, over no barrier."""
    rules = rules or Rules()
    names: list[str] = []
    xs: list[int] = []
    ys: list[int] = []
    for name, own in sorted(homes.items()):
        units = make_units(own, [0] * len(own)).units
        names += [name] * len(units)
        xs += [unit.x for unit in units]
        ys += [unit.y for unit in units]
    if not names:
        return ()
    links = make_links(xs, ys, rules.barriers, rules.bridges)
    near = (links.kind != LinkKind.JOINING) & (links.length <= FAR_METRES * DECI)
    ends = zip(links.a[near].tolist(), links.b[near].tolist(), strict=True)
    found = {tuple(sorted((names[a], names[b]))) for a, b in ends}
    return tuple(sorted((one, other) for one, other in found if one != other))


def _together(names: Sequence[str], beside: Collection[Pair]) -> list[tuple[str, ...]]:
    """Return every ward alone, and neighbours up to the most a team may take."""
    around: dict[str, set[str]] = {name: set() for name in names}
    for one, other in beside:
        around[one].add(other)
        around[other].add(one)
    found: list[tuple[str, ...]] = [(name,) for name in names]
    last = set(found)
    for _ in range(MOST_WARDS - 1):
        last = {
            tuple(sorted((*wards, other)))
            for wards in last
            for ward in wards
            for other in around[ward]
            if other not in wards
        }
        found += sorted(last)
    return found


def _shares(
    wards: tuple[str, ...], loads: Mapping[str, float], mean: float
) -> list[Share]:
    """Return the two numbers of patches nearest to even for some wards."""
    load = sum(loads[name] for name in wards)
    least = max(1, int(load / mean))
    return [
        Share(wards, count, load / count / mean - 1) for count in (least, least + 1)
    ]


def _cheapest(
    choices: Sequence[Share], names: Sequence[str], patches: int, tolerance: float
) -> list[Share] | None:
    """Return the choices that hold every ward once and give out every patch."""
    row_of = {name: row for row, name in enumerate(names)}
    held = [
        (row_of[name], column)
        for column, share in enumerate(choices)
        for name in share.wards
    ]
    rows, columns = zip(*held, strict=True)
    once = csr_array(
        (np.ones(len(held)), (rows, columns)), shape=(len(names), len(choices))
    )
    counts = np.array([[share.patches for share in choices]], float)
    found = milp(
        [_cost(share, tolerance) for share in choices],
        integrality=np.ones(len(choices)),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(once, 1, 1),
            LinearConstraint(counts, patches, patches),
        ],
        options={"node_limit": NODES},
    )
    if found.x is None:
        return None
    return [
        share
        for share, is_taken in zip(choices, found.x > 0.5, strict=True)
        if is_taken
    ]


def _cost(share: Share, tolerance: float) -> float:
    gap = abs(share.deviation)
    cost = JOINED * (len(share.wards) - 1) + UNEVEN * min(gap, 1.0) / 100
    if gap > tolerance:
        cost += OUTSIDE * len(share.wards) + BEYOND * (gap - tolerance)
    return cost


def _outside(shares: Collection[Share], tolerance: float) -> tuple[str, ...]:
    return tuple(
        sorted(
            name
            for share in shares
            if abs(share.deviation) > tolerance
            for name in share.wards
        )
    )
