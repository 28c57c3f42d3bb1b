"""From homes and rules to the ground; impossible rules are refused here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .checks import check_homes, check_patches, check_reach
from .errors import ImpossibleDesign
from .graph import Links, join_parts, make_links
from .ground import Ground, allowed_loads, distances, neighbours_of
from .groups import Groups, group_units
from .problem import Area
from .units import DECI, Units, loads_of, make_units

# Every pair of units has a distance in memory: 36 MB at this many.
MOST_UNITS = 6000


@dataclass(frozen=True, slots=True)
class Setup:
    """An area ready for drawing.

    `piece_of` is the piece of each unit (-1 when kept). Kept patches are numbered after
    the drawn ones. The same homes, rules and options give the same numbers again.
    """

    area: Area
    units: Units
    links: Links
    neighbours: tuple[tuple[int, ...], ...]
    distance: NDArray[np.int32]
    groups: Groups
    ground: Ground
    piece_of: tuple[int, ...]
    kept: tuple[str, ...]
    present: tuple[str, ...]
    mean: int

    def part_of_units(self, part: Sequence[int]) -> tuple[int, ...]:
        """Return the patch of each unit from the patch of each piece."""
        kept_at = {name: self.ground.patches + i for i, name in enumerate(self.kept)}
        return tuple(
            part[piece] if piece >= 0 else kept_at[unit.kept]
            for unit, piece in zip(self.units.units, self.piece_of, strict=True)
        )


def prepare(area: Area) -> Setup:
    """Place the homes, link the units and check that the rules can be kept."""
    check_homes(area)
    kept = tuple(sorted(set(area.rules.kept_patches)))
    loads = loads_of(area.homes, area.options.weight_strength)
    units = make_units(area.homes, loads, kept)
    if not units.units:
        raise ImpossibleDesign(
            f"No home of {area.name} has coordinates, so none can be placed on the "
            "map. Import coordinates for some homes of each street."
        )
    if len(units.units) > MOST_UNITS:
        raise ImpossibleDesign(
            f"{area.name} has {len(units.units):,} streets and blocks; at most "
            f"{MOST_UNITS:,} can be drawn at once. Draw it as several areas."
        )
    xs = [unit.x for unit in units.units]
    ys = [unit.y for unit in units.units]
    spots = np.column_stack([xs, ys]).astype(np.int64)
    links = make_links(xs, ys, area.rules.barriers, area.rules.bridges)
    free = np.array([i for i, u in enumerate(units.units) if not u.kept], np.int64)
    check_patches(area, kept, units, len(free))
    if len(free):
        links = join_parts(links, spots, free)
    distance = distances(links)
    drawn = area.options.patches - len(kept)
    mean = max(1, sum(unit.load for unit in units.units) // area.options.patches)
    groups = group_units(area, units, links, mean)
    piece_of = _pieces(units, groups)
    if drawn > len(set(piece_of) - {-1}):
        raise ImpossibleDesign(
            f"{area.name} has {len(set(piece_of) - {-1})} streets, blocks and groups "
            f"to share out, which make at most that many patches, not {drawn:,}. "
            "Ask for fewer patches."
        )
    ground, present = _ground(area, units, links, distance, groups, piece_of, drawn)
    return Setup(
        area=area,
        units=units,
        links=links,
        neighbours=neighbours_of(
            links.count, zip(links.a.tolist(), links.b.tolist(), strict=True)
        ),
        distance=distance,
        groups=groups,
        ground=ground,
        piece_of=piece_of,
        kept=kept,
        present=present,
        mean=mean,
    )


def _pieces(units: Units, groups: Groups) -> tuple[int, ...]:
    """Return the piece of each unit: groups first met first, kept units none."""
    number: dict[int, int] = {}
    pieces = []
    for index, unit in enumerate(units.units):
        if unit.kept:
            pieces.append(-1)
            continue
        pieces.append(number.setdefault(groups.group_of[index], len(number)))
    return tuple(pieces)


def _ground(
    area: Area,
    units: Units,
    links: Links,
    distance: NDArray[np.int32],
    groups: Groups,
    piece_of: tuple[int, ...],
    drawn: int,
) -> tuple[Ground, tuple[str, ...]]:
    count = max(piece_of, default=-1) + 1
    load = np.zeros(count, np.int64)
    homes = np.zeros(count, np.int64)
    heaviest: dict[int, tuple[int, int]] = {}
    for index, unit in enumerate(units.units):
        piece = piece_of[index]
        if piece < 0:
            continue
        load[piece] += unit.load
        homes[piece] += unit.home_count
        best = heaviest.setdefault(piece, (-unit.home_count, index))
        heaviest[piece] = min(best, (-unit.home_count, index))
    ends = [
        (piece_of[a], piece_of[b])
        for a, b in zip(links.a.tolist(), links.b.tolist(), strict=True)
    ]
    pairs = [(a, b) for a, b in ends if a >= 0 and b >= 0 and a != b]
    at = np.array([heaviest[piece][1] for piece in range(count)], np.int64)
    target = max(1, int(load.sum()) // max(1, drawn))
    options = area.options
    mean = max(1, sum(unit.load for unit in units.units) // max(1, options.patches))
    check_reach(area, units, mean, target, drawn)
    low, high = allowed_loads(mean, options.tolerance)
    foes: list[set[int]] = [set() for _ in range(count)]
    for one, other in groups.apart:
        a, b = piece_of[one], piece_of[other]
        if a >= 0 and b >= 0:
            foes[a].add(b)
            foes[b].add(a)
    now, stay, present = _present(area, units, piece_of, count, drawn)
    ground = Ground(
        patches=drawn,
        load=load,
        homes=homes,
        distance=distance[np.ix_(at, at)],
        neighbours=neighbours_of(count, pairs),
        target=target,
        low=low,
        high=high,
        foes=tuple(frozenset(own) for own in foes),
        now=now,
        stay=stay,
        barred=_barred(groups, piece_of, count, present),
        change=0 if options.is_review else round(options.continuity * DECI),
    )
    return ground, present


def _barred(
    groups: Groups, piece_of: Sequence[int], count: int, present: Sequence[str]
) -> tuple[frozenset[int], ...]:
    """Return the patches each piece may not be in; nothing at all without a rule."""
    barred: list[set[int]] = [set() for _ in range(count)]
    for piece, names in zip(piece_of, groups.barred, strict=True):
        if piece >= 0:
            barred[piece] |= {i for i, name in enumerate(present) if name in names}
    return tuple(frozenset(own) for own in barred) if any(barred) else ()


def _present(
    area: Area,
    units: Units,
    piece_of: tuple[int, ...],
    count: int,
    drawn: int,
) -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...], tuple[str, ...]]:
    """Return each piece's present patch, its homes in each, and the patches' names.

    Of more present patches than are to be drawn, those with fewest homes are
    dissolved.
    """
    counted: list[Counter[str]] = [Counter() for _ in range(count)]
    total: Counter[str] = Counter()
    for index, unit in enumerate(units.units):
        if piece_of[index] >= 0:
            counted[piece_of[index]].update(dict(unit.present))
            total.update(dict(unit.present))
    for name in area.elsewhere:
        total.pop(name, None)
    biggest = sorted(total, key=lambda name: (-total[name], name))[:drawn]
    present = tuple(sorted(biggest))
    stay = tuple(
        tuple([own[name] for name in present] + [0] * (drawn - len(present)))
        for own in counted
    )
    now = tuple(
        max(range(drawn), key=lambda patch: (own[patch], -patch)) if any(own) else -1
        for own in stay
    )
    return now, stay, present
