"""Bringing present patches back into the tolerance with the fewest homes moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np

from .contiguity import can_leave, make_whole
from .ground import Ground, neighbours_of
from .repair import PIECES, REVIEW_SIZES, beside, repair, solve_group
from .starts import first_maps

# Nodes of the model of a whole area.
WHOLE_NODES = 20


def review(ground: Ground, random: Random) -> list[int]:
    """Return the map closest to the present one with its patches in the tolerance."""
    present = present_map(ground, random)
    part = _all_at_once(ground, present)
    if ground.violation(part):
        part = repair(ground, part, sizes=REVIEW_SIZES, is_review=True)
    part = _rethink(ground, give_back(ground, part))
    return give_back(ground, part)


def _all_at_once(ground: Ground, present: list[int]) -> list[int]:
    """Return the map of one model of the whole area, where that is small enough.

    Homes often have to go round by several patches, which repairs of a few patches
    at a time find by detours.
    """
    if not ground.violation(present) or ground.count > PIECES:
        return present
    every = range(ground.patches)
    found = solve_group(ground, present, every, is_review=True, nodes=WHOLE_NODES)
    return found or present


def present_map(ground: Ground, random: Random) -> list[int]:
    """Return today's map, each patch made one part, new patches opened.

    Pieces whose patch is no more (`now` is -1) go to a patch beside them.
    """
    part = list(ground.now)
    for piece in ground.trespassers(part):
        part[piece] = -1
    for patch in range(ground.patches):
        if patch not in part:
            _split_heaviest(ground, part, patch, random)
    return make_whole(ground, part)


def _split_heaviest(
    ground: Ground, part: list[int], opened: int, random: Random
) -> None:
    """Give a new patch about half of the heaviest patch that has two pieces."""
    members: dict[int, list[int]] = {}
    for piece, patch in enumerate(part):
        if patch >= 0:
            members.setdefault(patch, []).append(piece)
    splittable = [own for own in members.values() if len(own) > 1]
    if not splittable:
        return
    heaviest = max(splittable, key=lambda own: (int(ground.load[own].sum()), -own[0]))
    half = _halves(ground, heaviest, random)
    homes = [int(ground.homes[own].sum()) for own in half]
    for piece in half[0 if homes[0] < homes[1] else 1]:
        part[piece] = opened


def _halves(ground: Ground, pieces: list[int], random: Random) -> list[list[int]]:
    place = {piece: row for row, piece in enumerate(pieces)}
    pairs = [
        (place[piece], place[other])
        for piece in pieces
        for other in ground.neighbours[piece]
        if other in place
    ]
    load = ground.load[pieces]
    smaller = replace(
        ground,
        patches=2,
        load=load,
        homes=ground.homes[pieces],
        distance=ground.distance[np.ix_(pieces, pieces)],
        neighbours=neighbours_of(len(pieces), pairs),
        target=int(load.sum()) // 2,
    )
    halved = first_maps(smaller, 1, random)[0]
    return [
        [p for p, own in zip(pieces, halved, strict=True) if own == s] for s in (0, 1)
    ]


def give_back(ground: Ground, part: Sequence[int]) -> list[int]:
    """Return homes to the patch they were in where that breaks nothing."""
    given = list(part)
    loads = ground.loads(given)
    changed = True
    while changed:
        changed = False
        for piece in _moved_pieces(ground, given):
            patch, home = given[piece], ground.now[piece]
            load = int(ground.load[piece])
            worse = (
                ground.excess(loads[patch] - load) > ground.excess(loads[patch])
                or ground.excess(loads[home] + load) > ground.excess(loads[home])
                or not ground.may_join(piece, home, given)
                or all(given[o] != home for o in ground.neighbours[piece])
                or not can_leave(piece, given, ground.neighbours)
            )
            if not worse:
                given[piece] = home
                loads[patch] -= load
                loads[home] += load
                changed = True
    return given


def _moved_pieces(ground: Ground, part: Sequence[int]) -> list[int]:
    """Return pieces outside their present patch, those with most homes first."""
    moved = [
        piece
        for piece, patch in enumerate(part)
        if ground.now[piece] >= 0 and ground.now[piece] != patch
    ]
    return sorted(moved, key=lambda piece: (-int(ground.homes[piece]), piece))


def _rethink(ground: Ground, part: list[int]) -> list[int]:
    """Re-solve the patches homes moved between, where fewer homes might do."""
    best, moved = part, ground.moved(part)
    violation = ground.violation(part)
    for patch in range(ground.patches):
        touched = {
            other
            for piece in _moved_pieces(ground, best)
            for other in (best[piece], ground.now[piece])
            if patch in (best[piece], ground.now[piece])
        }
        if not touched:
            continue
        near = beside(ground, best)
        group = sorted(touched | set(sorted(near[patch])[:2]))[:5]
        if patch not in group or len(group) < 2:
            continue
        found = solve_group(ground, best, group, is_review=True)
        if found is None or ground.violation(found) > violation:
            continue
        if ground.moved(found) < moved:
            best, moved = found, ground.moved(found)
            violation = ground.violation(found)
    return best
