"""Bringing what is still outside the tolerance back in, a few patches at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .contiguity import are_whole
from .exact import NODES, Allocation, allocate, group_links, order_from
from .ground import Ground, moves

# Patches and pieces a group may grow to, and how many groups are tried.
GROUP_SIZES = (2, 3, 4)
REVIEW_SIZES = (2, 3, 4, 6, 8)
PIECES = 420
# One mean load outside costs this many times the group's walking.
OUTSIDE = 20.0
# A piece may go to a core up to this many times as far as to its nearest, or a
# patch's breadth further.
FURTHER = 2.0
# In a review: one mean load outside costs this many times the group's homes, and a
# piece may go to a patch at most this many pieces away; models are larger then.
MOVES_OUTSIDE = 30.0
REVIEW_NODES = 300
STEPS = 3
# In a review a hair's breadth outside costs less than moving a street: asked again
# more strictly.
STRICTNESS = (1.0, 40.0)


def repair(
    ground: Ground,
    part: Sequence[int],
    *,
    sizes: Sequence[int] = GROUP_SIZES,
    is_review: bool = False,
) -> list[int]:
    """Return a map with fewer patches outside the tolerance, by small exact models."""
    best = list(part)
    stuck: set[tuple[int, ...]] = set()
    while True:
        group, found = _next_repair(ground, best, stuck, sizes, is_review)
        if found is None:
            return best
        best = found
        stuck = {tried for tried in stuck if not set(tried) & set(group)}


def tighten(ground: Ground, part: Sequence[int]) -> list[int]:
    """Return a map with less walking: neighbours drawn anew, three at a time."""
    best = list(part)
    cost = ground.score(best)
    around = beside(ground, best)
    if ground.patches == 2:
        groups = [[0, 1]]
    else:
        groups = [
            [first, second, third]
            for first in range(ground.patches)
            for second in sorted(around[first])
            for third in sorted(around[first] & around[second])
            if first < second < third
        ]
    for group in groups:
        found = solve_group(ground, best, group)
        if found is not None and ground.score(found) < cost:
            best, cost = found, ground.score(found)
    return best


def _next_repair(
    ground: Ground,
    part: list[int],
    stuck: set[tuple[int, ...]],
    sizes: Sequence[int],
    is_review: bool,
) -> tuple[tuple[int, ...], list[int] | None]:
    """Return the first group that can be bettered with its map; None when none can."""
    for patch in outside(ground, part):
        for size in sizes:
            group = grow(ground, part, patch, size)
            key = tuple(sorted(group))
            if key in stuck:
                continue
            stuck.add(key)
            for strictness in STRICTNESS if is_review else STRICTNESS[:1]:
                found = solve_group(
                    ground, part, group, is_review=is_review, strictness=strictness
                )
                if found and ground.violation(found) < ground.violation(part):
                    return key, found
            if len(group) < size:
                break
    return (), None


def outside(ground: Ground, part: Sequence[int]) -> list[int]:
    """Return patches outside the tolerance or with a quarrel, the worst first."""
    loads = ground.loads(part)
    quarrelling = {
        part[piece]
        for piece, foes in enumerate(ground.foes)
        for foe in foes
        if part[foe] == part[piece]
    } | {part[piece] for piece in ground.trespassers(part)}
    wrong = [
        patch
        for patch, load in enumerate(loads)
        if ground.excess(load) or patch in quarrelling
    ]
    return sorted(
        wrong, key=lambda p: (p not in quarrelling, -ground.excess(loads[p]), p)
    )


def beside(ground: Ground, part: Sequence[int]) -> list[set[int]]:
    """Return the patches beside each patch."""
    found: list[set[int]] = [set() for _ in range(ground.patches)]
    for piece, own in enumerate(ground.neighbours):
        patch = part[piece]
        for other in own:
            if part[other] != patch:
                found[patch].add(part[other])
    return found


def grow(ground: Ground, part: Sequence[int], patch: int, size: int) -> list[int]:
    """Return a patch and neighbours whose surpluses and deficits cancel best."""
    around = beside(ground, part)
    loads = ground.loads(part)
    group = [patch]
    balance = loads[patch] - ground.target
    pieces = list(part).count(patch)
    while len(group) < size:
        near = set().union(*(around[own] for own in group)) - set(group)
        if not near:
            break
        nearest = min(near, key=lambda p: (abs(balance + loads[p] - ground.target), p))
        pieces += list(part).count(nearest)
        if pieces > PIECES and len(group) > 1:
            break
        group.append(nearest)
        balance += loads[nearest] - ground.target
    return group


def solve_group(
    ground: Ground,
    part: Sequence[int],
    group: Sequence[int],
    *,
    is_review: bool = False,
    strictness: float = 1.0,
    nodes: int = REVIEW_NODES,
) -> list[int] | None:
    """Return the map with a group re-allocated around its present middles.

    At least walking (and homes moved, where they cost); in a review with the fewest
    homes moved.
    """
    chosen_patches = set(group)
    pieces = [piece for piece, patch in enumerate(part) if patch in chosen_patches]
    place = {piece: row for row, piece in enumerate(pieces)}
    members = ground.members(part)
    middles = [_core(ground, members[patch], patch) for patch in group]
    cores = [place[middle] for middle in middles]
    column_of = {patch: column for column, patch in enumerate(group)}
    rows = np.arange(len(pieces))
    present = np.array([column_of[part[piece]] for piece in pieces])
    away = ground.distance[np.ix_(pieces, middles)].astype(float)
    cost = away * np.maximum(ground.homes[pieces], 1)[:, None]
    walked = float(cost[rows, present].sum())
    if is_review:
        allowed = _near_border(ground, part, pieces, column_of)
        links = group_links(ground, pieces, part)
        cost = moves(ground, pieces, list(group)) + cost / max(walked, 1.0)
        outside_cost = MOVES_OUTSIDE * float(ground.homes[pieces].sum())
    else:
        reach = FURTHER * away.min(axis=1) + np.median(away.min(axis=1))
        allowed = away <= reach[:, None]
        links = group_links(ground, pieces)
        outside_cost = OUTSIDE * max(walked, 1.0)
        if ground.change:
            cost = cost + ground.change * moves(ground, pieces, list(group))
    allowed[rows, present] = True
    if ground.barred:
        _bar(ground, part, pieces, column_of, allowed)
    chosen = allocate(
        ground,
        Allocation(
            pieces=pieces,
            cores=cores,
            cost=cost,
            order=order_from(links, cores),
            allowed=allowed,
            outside_cost=outside_cost * strictness,
            nodes=nodes if is_review else NODES,
        ),
    )
    if chosen is None:
        return None
    found = list(part)
    for row, column in enumerate(chosen):
        found[pieces[row]] = group[column]
    return found if are_whole(ground, found) else None


def _bar(
    ground: Ground,
    part: Sequence[int],
    pieces: Sequence[int],
    column_of: dict[int, int],
    allowed: NDArray[np.bool_],
) -> None:
    """Leave out patches a piece may not be in; one that has to go may go anywhere."""
    if set(ground.trespassers(part)) & set(pieces):
        allowed[:] = True
    for row, piece in enumerate(pieces):
        for patch in ground.barred[piece] & column_of.keys():
            allowed[row, column_of[patch]] = False


def _core(ground: Ground, members: Sequence[int], patch: int) -> int:
    """Return the piece a patch is drawn around: its middle, none barred from it."""
    if ground.barred:
        members = [p for p in members if patch not in ground.barred[p]] or members
    return ground.middle(members)


def set_apart(ground: Ground, part: Sequence[int]) -> list[int]:
    """Return a map that keeps apart what must be, where this one does not.

    Each piece that must be apart becomes the core of a patch of its own, as far as
    patches go; the whole area is allocated anew.
    """
    rivals = sorted(
        (piece for piece, foes in enumerate(ground.foes) if foes),
        key=lambda piece: (-len(ground.foes[piece]), piece),
    )
    middles = [p for p in ground.middles(part) if p not in rivals]
    cores = [*rivals, *middles][: ground.patches]
    others = (piece for piece in range(ground.count) if piece not in cores)
    while len(cores) < ground.patches:
        cores.append(next(others))
    pieces = list(range(ground.count))
    away = ground.distance[:, cores].astype(float)
    cost = away * np.maximum(ground.homes, 1)[:, None]
    chosen = allocate(
        ground,
        Allocation(
            pieces=pieces,
            cores=cores,
            cost=cost,
            order=order_from(group_links(ground, pieces), cores),
            allowed=np.ones(cost.shape, bool),
            outside_cost=OUTSIDE * max(float(cost.min(axis=1).sum()), 1.0),
        ),
    )
    if chosen is None or not are_whole(ground, chosen):
        return list(part)
    return min(list(part), chosen, key=ground.violation)


def _near_border(
    ground: Ground,
    part: Sequence[int],
    pieces: Sequence[int],
    column_of: dict[int, int],
) -> NDArray[np.bool_]:
    """Return which patches are within a few steps of each piece, or were its own."""
    inside = set(pieces)
    place = {piece: row for row, piece in enumerate(pieces)}
    allowed = np.zeros((len(pieces), len(column_of)), bool)
    for patch, column in column_of.items():
        seen = {piece for piece in pieces if part[piece] == patch}
        ring = sorted(seen)
        for _ in range(STEPS):
            beyond = {o for p in ring for o in ground.neighbours[p]} & inside - seen
            ring = sorted(beyond)
            seen |= beyond
        for piece in seen:
            allowed[place[piece], column] = True
    for piece in pieces:
        own = column_of.get(ground.now[piece])
        if own is not None:
            allowed[place[piece], own] = True
    return allowed
