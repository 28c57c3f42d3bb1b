"""Better maps by moving and swapping pieces on the borders between patches."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np

from .contiguity import can_leave
from .ground import Ground, moves

# Tries for each piece, the rounds they are shared among, and how often a swap.
TRIES = 120
ROUNDS = 8
SWAPS = 0.35
# Metres of walking by one home that a border link is worth.
CUT_METRES = 4
# A hundredth of the mean outside the tolerance costs this share of a patch's walking.
PENALTY = 0.2
# Aim a little inside the tolerance.
INSIDE = 0.9


@dataclass(slots=True)
class _Search:
    """A map being improved; costs are whole numbers of decimetres walked."""

    ground: Ground
    part: list[int]
    loads: list[int]
    sizes: list[int]
    walk: list[list[int]]
    load: list[int]
    cut: int
    low: int
    high: int
    penalty: int

    def beyond(self, load: int) -> int:
        """Return the cost of a patch's load outside the tolerance."""
        over = max(0, load - self.high, self.low - load)
        percent = over * 100 // self.ground.target if over < 1 << 50 else 0
        return self.penalty * over * 100 // self.ground.target * (1 + percent // 2)

    def centre(self) -> None:
        """Measure walking from the patches' present middles, and homes moved."""
        ground = self.ground
        walk = ground.distance[ground.middles(self.part)] * ground.homes
        if ground.change:
            every = range(ground.count), range(ground.patches)
            walk = walk + ground.change * moves(ground, *every).T.astype(np.int64)
        self.walk = walk.tolist()

    def border(self, piece: int, patch: int, goal: int) -> int:
        """Return the cost of the change of cut links when a piece moves."""
        part = self.part
        change = 0
        for other in self.ground.neighbours[piece]:
            own = part[other]
            if own == patch:
                change += 1
            elif own == goal:
                change -= 1
        return change * self.cut

    def try_move(self, piece: int, goal: int, heat: int) -> None:
        """Move a piece to a patch beside it when that costs less than `heat`."""
        part, loads = self.part, self.loads
        patch = part[piece]
        load = self.load[piece]
        change = self.walk[goal][piece] - self.walk[patch][piece]
        change += self.border(piece, patch, goal)
        change += self.beyond(loads[patch] - load) - self.beyond(loads[patch])
        change += self.beyond(loads[goal] + load) - self.beyond(loads[goal])
        if change >= heat or self.sizes[patch] == 1:
            return
        if not self.ground.may_join(piece, goal, part):
            return
        if can_leave(piece, part, self.ground.neighbours):
            part[piece] = goal
            loads[patch] -= load
            loads[goal] += load
            self.sizes[patch] -= 1
            self.sizes[goal] += 1

    def try_swap(self, piece: int, other: int, heat: int) -> None:
        """Swap two pieces of neighbouring patches when that costs less than `heat`."""
        part, loads, load = self.part, self.loads, self.load
        patch, goal = part[piece], part[other]
        shift = load[other] - load[piece]
        change = (
            self.walk[goal][piece]
            - self.walk[patch][piece]
            + self.walk[patch][other]
            - self.walk[goal][other]
            + self.beyond(loads[patch] + shift)
            - self.beyond(loads[patch])
            + self.beyond(loads[goal] - shift)
            - self.beyond(loads[goal])
        )
        if change >= heat:
            return
        change += self.border(piece, patch, goal) + self.border(other, goal, patch)
        neighbours = self.ground.neighbours
        if change >= heat or self._quarrel(piece, other):
            return
        # Both must touch their new patch by another piece than the one that leaves,
        # and what they leave must hold together: tested in turn, undone if not.
        if not can_leave(piece, part, neighbours):
            return
        part[piece] = goal
        if can_leave(other, part, neighbours) and any(
            part[beside] == patch for beside in neighbours[other]
        ):
            part[other] = patch
            loads[patch] += shift
            loads[goal] -= shift
            return
        part[piece] = patch

    def _quarrel(self, piece: int, other: int) -> bool:
        foes, part, barred = self.ground.foes, self.part, self.ground.barred
        if barred and (part[other] in barred[piece] or part[piece] in barred[other]):
            return True
        return any(part[f] == part[other] for f in foes[piece] if f != other) or any(
            part[f] == part[piece] for f in foes[other] if f != piece
        )


def polish(
    ground: Ground, part: list[int], random: Random, tries: int = TRIES
) -> list[int]:
    """Return a better map: less walking, loads within the tolerance.

    Threshold accepting: a change is taken when it costs less than a heat that falls
    to nought; no logarithm whose last digit differs from machine to machine.
    """
    if ground.patches == 1:
        return part
    search = _search(ground, list(part))
    links = [
        (piece, other)
        for piece, beside in enumerate(ground.neighbours)
        for other in beside
    ]
    best, best_score = list(part), ground.score(part)
    heat = 0.0
    for turn in range(ROUNDS):
        search.centre()
        heat = _heat(ground) * max(0.0, 1 - turn / (ROUNDS - 2))
        _sweep(search, links, random, int(heat), tries * ground.count // ROUNDS)
        if turn >= ROUNDS - 3:
            score = ground.score(search.part)
            if score < best_score:
                best, best_score = list(search.part), score
    return best


def _sweep(
    search: _Search,
    links: list[tuple[int, int]],
    random: Random,
    heat: int,
    tries: int,
) -> None:
    part, count = search.part, len(links)
    draw = random.random
    neighbours = search.ground.neighbours
    for _ in range(tries):
        piece, other = links[int(draw() * count)]
        goal = part[other]
        if part[piece] == goal:
            continue
        chance = draw()
        if chance >= SWAPS:
            search.try_move(piece, goal, int(heat * draw()))
            continue
        beside = neighbours[other]
        swap = beside[int(draw() * len(beside))]
        if part[swap] == goal:
            search.try_swap(piece, swap, int(heat * draw()))


def _search(ground: Ground, part: list[int]) -> _Search:
    middles = ground.middles(part)
    walked = ground.walking(part, middles)
    sizes = [0] * ground.patches
    for patch in part:
        sizes[patch] += 1
    mean = (ground.low + ground.high) // 2
    homes = max(1, int(ground.homes.sum()))
    return _Search(
        ground=ground,
        part=part,
        loads=ground.loads(part),
        sizes=sizes,
        walk=[],
        load=[int(load) for load in ground.load],
        cut=CUT_METRES * 10 * homes // ground.count,
        low=mean - int((mean - ground.low) * INSIDE),
        high=mean + int((ground.high - mean) * INSIDE),
        penalty=max(1, int(PENALTY * walked / ground.patches)),
    )


def _heat(ground: Ground) -> float:
    """Return the walking a typical piece adds by going to the patch next door."""
    gaps = [
        int(ground.distance[piece, other])
        for piece, beside in enumerate(ground.neighbours)
        for other in beside
    ]
    usual = sorted(gaps)[len(gaps) // 2]
    return usual * float(ground.homes.mean()) * 0.6
