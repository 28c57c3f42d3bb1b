"""Homes that must be together or apart, as groups of units; conflicts are refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import dijkstra

from .contiguity import pieces_of
from .errors import ImpossibleDesign
from .graph import Links
from .ground import neighbours_of
from .problem import Area
from .units import MILLI, Unit, Units


@dataclass(frozen=True, slots=True)
class Groups:
    """The group of each unit (its own number when alone), and pairs kept apart.

    `added` are units drawn into a group because they lie between its homes; `barred`
    are the present patches each unit may not be in.
    """

    group_of: tuple[int, ...]
    apart: tuple[tuple[int, int], ...]
    added: frozenset[int]
    barred: tuple[frozenset[str], ...]


def group_units(area: Area, units: Units, links: Links, mean: int) -> Groups:
    """Turn the rules on homes into rules on units, refusing what cannot be kept."""
    place = {home.reference: index for index, home in enumerate(area.homes)}
    group_of = list(range(len(units.units)))
    asked: set[int] = set()
    for homes in area.rules.together:
        wanted = sorted({_unit(area, units, place, home) for home in homes})
        _check_not_kept(area, units, wanted)
        asked.update(wanted)
        for other in wanted[1:]:
            _merge(group_of, wanted[0], other)
    added = _fill_gaps(units, links, group_of)
    _check_weights(area, units, group_of, mean)
    apart = tuple(
        (_unit(area, units, place, one), _unit(area, units, place, other))
        for one, other in area.rules.apart
    )
    _check_apart(area, units, group_of, apart)
    barred = _barred(area, units, place)
    return Groups(tuple(group_of), apart, frozenset(added - asked), barred)


def _unit(area: Area, units: Units, place: dict[str, int], reference: str) -> int:
    index = place.get(reference)
    if index is None:
        raise ImpossibleDesign(
            f"A rule names home {reference}, which is not in {area.name}."
        )
    if units.unit_of[index] < 0:
        raise ImpossibleDesign(
            f"A rule names home {reference}, which has no place on the map. Give it "
            "coordinates or a postcode."
        )
    return units.unit_of[index]


def _check_not_kept(area: Area, units: Units, wanted: Sequence[int]) -> None:
    kept = {units.units[unit].kept for unit in wanted}
    if len(kept) > 1:
        name = max(kept)
        raise ImpossibleDesign(
            f"Homes that must be together are partly in patch {name}, which is kept "
            f"as it is. Keep them all in it, or do not keep {name}."
        )


def _barred(
    area: Area, units: Units, place: dict[str, int]
) -> tuple[frozenset[str], ...]:
    """Return the present patches each unit may not be in."""
    names: list[set[str]] = [set() for _ in units.units]
    for home, name in area.rules.not_in:
        unit = _unit(area, units, place, home)
        if units.units[unit].kept == name:
            raise ImpossibleDesign(
                f"Home {home} cannot be out of {name}: it is in it now, and {name} is "
                f"kept as it is. Do not keep {name}, or take the rule away."
            )
        names[unit].add(name)
    return tuple(frozenset(own) for own in names)


def _merge(group_of: list[int], one: int, other: int) -> None:
    keep, drop = sorted((group_of[one], group_of[other]))
    for index, group in enumerate(group_of):
        if group == drop:
            group_of[index] = keep


def _joint(group_of: Sequence[int]) -> list[list[int]]:
    """Return the units of each group of more than one."""
    members: dict[int, list[int]] = {}
    for unit, group in enumerate(group_of):
        members.setdefault(group, []).append(unit)
    return [own for own in members.values() if len(own) > 1]


def _fill_gaps(units: Units, links: Links, group_of: list[int]) -> set[int]:
    """Draw in the units on the shortest ways between a group's separate parts."""
    count = len(units.units)
    free = np.array([not unit.kept for unit in units.units])
    rows = np.flatnonzero(free[links.a] & free[links.b])
    matrix = links.matrix(rows).tocsr()
    pairs = zip(links.a[rows].tolist(), links.b[rows].tolist(), strict=True)
    neighbours = neighbours_of(count, pairs)
    added: set[int] = set()
    for group in sorted({group_of[own[0]] for own in _joint(group_of)}):
        while True:
            members = [u for u, own in enumerate(group_of) if own == group]
            if len(members) < 2 or units.units[members[0]].kept:
                break
            parts = pieces_of(members, neighbours)
            if len(parts) == 1:
                break
            walked, before, _ = dijkstra(
                matrix,
                directed=False,
                indices=parts[0],
                min_only=True,
                return_predecessors=True,
            )
            others = [unit for part in parts[1:] for unit in part]
            step = min(others, key=lambda unit: (float(walked[unit]), unit))
            while step >= 0:
                if group_of[step] != group:
                    added.add(step)
                    _merge(group_of, group, step)
                    group = group_of[step]
                step = int(before[step])
    return added


def _check_weights(
    area: Area, units: Units, group_of: Sequence[int], mean: int
) -> None:
    """Homes to be kept together must fit in one patch; a lone block may be heavier."""
    most = mean * (1 + area.options.tolerance)
    for members in _joint(group_of):
        own = [units.units[index] for index in members]
        load = sum(unit.load for unit in own)
        if load > most:
            fewer = sum(unit.load for unit in units.units) // load
            raise ImpossibleDesign(
                f"The homes to be kept together with {own[0].name} need "
                f"{_hours(load)} hours a month and a patch holds {_hours(int(most))}. "
                f"Name fewer homes, or ask for {max(1, fewer)} patches or fewer."
            )


def _check_apart(
    area: Area,
    units: Units,
    group_of: Sequence[int],
    apart: Sequence[tuple[int, int]],
) -> None:
    for (one, other), homes in zip(apart, area.rules.apart, strict=True):
        first, second = units.units[one], units.units[other]
        if group_of[one] == group_of[other]:
            why = (
                f"both are in {first.name}, which is never split"
                if one == other
                else "another rule keeps them together"
            )
            raise ImpossibleDesign(
                f"Homes {homes[0]} and {homes[1]} cannot be apart: {why}."
            )
        if first.kept and first.kept == second.kept:
            raise ImpossibleDesign(
                f"Homes {homes[0]} and {homes[1]} cannot be apart: both are in patch "
                f"{first.kept}, which is kept as it is."
            )
    rivals = _all_apart(group_of, apart, units.units)
    drawn = area.options.patches - len(set(area.rules.kept_patches))
    if len(rivals) > drawn:
        names = ", ".join(units.units[unit].name for unit in rivals[:4])
        raise ImpossibleDesign(
            f"{len(rivals)} homes must all be apart from each other ({names}), which "
            f"takes as many patches; there are {drawn} to draw. Ask for more patches."
        )


def _all_apart(
    group_of: Sequence[int],
    apart: Sequence[tuple[int, int]],
    units: Sequence[Unit],
) -> list[int]:
    """Return some groups that are all apart from each other, found greedily."""
    foes: dict[int, set[int]] = {}
    for one, other in apart:
        if not units[one].kept and not units[other].kept:
            foes.setdefault(group_of[one], set()).add(group_of[other])
            foes.setdefault(group_of[other], set()).add(group_of[one])
    best: list[int] = []
    for start in sorted(foes):
        chosen = [start]
        for other in sorted(foes[start], key=lambda g: (-len(foes[g]), g)):
            if all(other in foes[own] for own in chosen):
                chosen.append(other)
        best = max(best, chosen, key=len)
    return best


def _hours(load: int) -> str:
    return f"{load / MILLI:,.1f}"
