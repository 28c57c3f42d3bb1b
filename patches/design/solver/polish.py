"""Better maps by moving and swapping pieces on the borders between patches."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np

from .contiguity import can_leave
from .ground import Ground, moves

# Tries for each link between patches, the rounds they are shared among, and how often
# a swap.
TRIES = 44
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
    """A map being improved; costs are whole numbers of decimetres walked.

    `border` are the links between patches, in any order, `place` where each link is in
    it (-1 when it is not); `outside` is what each patch's load outside costs.
    """

    ground: Ground
    part: list[int]
    loads: list[int]
    sizes: list[int]
    outside: list[int]
    walk: list[list[int]]
    load: list[int]
    ends: list[tuple[int, int]]
    links: list[list[tuple[int, int]]]
    border: list[int]
    place: list[int]
    cut: int
    low: int
    high: int
    penalty: int

    def beyond(self, load: int) -> int:
        """Return the cost of a patch's load outside the tolerance."""
        if load > self.high:
            over = load - self.high
        elif load < self.low:
            over = self.low - load
        else:
            return 0
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

    def cutting(self, piece: int, patch: int, goal: int) -> int:
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

    def put(self, piece: int, goal: int) -> None:
        """Put a piece in a patch, and keep the list of links between patches."""
        part, border, place = self.part, self.border, self.place
        part[piece] = goal
        for link, other in self.links[piece]:
            at = place[link]
            if part[other] == goal:
                last = border.pop()
                if last != link:
                    border[at] = last
                    place[last] = at
                place[link] = -1
            elif at < 0:
                place[link] = len(border)
                border.append(link)

    def try_move(self, piece: int, goal: int, heat: int) -> None:
        """Move a piece to a patch beside it when that costs less than `heat`."""
        part, loads, outside = self.part, self.loads, self.outside
        patch = part[piece]
        change = self.walk[goal][piece] - self.walk[patch][piece]
        change -= outside[patch] + outside[goal]
        if change - self.cut * len(self.links[piece]) >= heat or self.sizes[patch] == 1:
            return
        load = self.load[piece]
        left, joined = self.beyond(loads[patch] - load), self.beyond(loads[goal] + load)
        change += left + joined + self.cutting(piece, patch, goal)
        if change >= heat or not self.ground.may_join(piece, goal, part):
            return
        if can_leave(piece, part, self.ground.neighbours):
            self.put(piece, goal)
            loads[patch] -= load
            loads[goal] += load
            outside[patch], outside[goal] = left, joined
            self.sizes[patch] -= 1
            self.sizes[goal] += 1

    def try_swap(self, piece: int, other: int, heat: int) -> None:
        """Swap two pieces of neighbouring patches when that costs less than `heat`."""
        part, loads, outside = self.part, self.loads, self.outside
        patch, goal = part[piece], part[other]
        here, there = self.walk[patch], self.walk[goal]
        change = there[piece] - here[piece] + here[other] - there[other]
        change -= outside[patch] + outside[goal]
        links = len(self.links[piece]) + len(self.links[other])
        if change - self.cut * links >= heat:
            return
        shift = self.load[other] - self.load[piece]
        left, joined = (
            self.beyond(loads[patch] + shift),
            self.beyond(loads[goal] - shift),
        )
        change += left + joined
        change += self.cutting(piece, patch, goal) + self.cutting(other, goal, patch)
        neighbours = self.ground.neighbours
        if change >= heat or self._quarrel(piece, other):
            return
        # Both must touch their new patch by another piece than the one that leaves,
        # and what they leave must hold together: tested in turn, undone if not.
        if not can_leave(piece, part, neighbours):
            return
        part[piece] = goal
        may = can_leave(other, part, neighbours) and any(
            part[beside] == patch for beside in neighbours[other]
        )
        part[piece] = patch
        if may:
            self.put(piece, goal)
            self.put(other, patch)
            loads[patch] += shift
            loads[goal] -= shift
            outside[patch], outside[goal] = left, joined

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
    best, best_score = list(part), ground.score(part)
    top = _heat(ground)
    for turn in range(ROUNDS):
        search.centre()
        heat = top * max(0.0, 1 - turn / (ROUNDS - 2))
        _sweep(search, random, int(heat), tries * len(search.border) // ROUNDS)
        if turn >= ROUNDS - 3:
            score = ground.score(search.part)
            if score < best_score:
                best, best_score = list(search.part), score
    return best


def _sweep(search: _Search, random: Random, heat: int, tries: int) -> None:
    part, border, ends = search.part, search.border, search.ends
    neighbours = search.ground.neighbours
    draw = random.random
    for _ in range(tries):
        pick = int(draw() * 2 * len(border))
        piece, other = ends[border[pick >> 1]]
        if pick & 1:
            piece, other = other, piece
        goal = part[other]
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
    ends = [
        (piece, other)
        for piece, beside in enumerate(ground.neighbours)
        for other in beside
        if other > piece
    ]
    links: list[list[tuple[int, int]]] = [[] for _ in range(ground.count)]
    for link, (piece, other) in enumerate(ends):
        links[piece].append((link, other))
        links[other].append((link, piece))
    border = [link for link, (a, b) in enumerate(ends) if part[a] != part[b]]
    place = [-1] * len(ends)
    for at, link in enumerate(border):
        place[link] = at
    search = _Search(
        ground=ground,
        part=part,
        loads=ground.loads(part),
        sizes=sizes,
        outside=[],
        walk=[],
        load=[int(load) for load in ground.load],
        ends=ends,
        links=links,
        border=border,
        place=place,
        cut=CUT_METRES * 10 * homes // ground.count,
        low=mean - int((mean - ground.low) * INSIDE),
        high=mean + int((ground.high - mean) * INSIDE),
        penalty=max(1, int(PENALTY * walked / ground.patches)),
    )
    search.outside = [search.beyond(load) for load in search.loads]
    return search


def _heat(ground: Ground) -> float:
    """Return the walking a typical piece adds by going to the patch next door."""
    gaps = [
        int(ground.distance[piece, other])
        for piece, beside in enumerate(ground.neighbours)
        for other in beside
    ]
    usual = sorted(gaps)[len(gaps) // 2]
    return usual * float(ground.homes.mean()) * 0.6
