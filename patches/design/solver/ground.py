"""The ground a map is drawn on: what the drawing steps share, as plain arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from .graph import Links

Ints = NDArray[np.int64]

# One in a hundred thousand of the mean: what a solver's rounding may hide.
HAIR = 100_000


@dataclass(frozen=True, slots=True)
class Ground:
    """Pieces (units, or units that must go together) and the patches to make of them.

    Loads are thousandths of an hour and distances decimetres. `low` and `high` are the
    loads a patch should stay between; `now` is the present patch of each piece (-1 for
    none), `stay[piece][patch]` its homes that are there, `change` what it costs to move
    one of them (decimetres walked) and `barred` the patches it may not be in. These
    mean something only where drawn patches go on as present ones.
    """

    patches: int
    load: Ints
    homes: Ints
    distance: NDArray[np.int32]
    neighbours: tuple[tuple[int, ...], ...]
    target: int
    low: int
    high: int
    foes: tuple[frozenset[int], ...]
    now: tuple[int, ...] = ()
    stay: tuple[tuple[int, ...], ...] = ()
    barred: tuple[frozenset[int], ...] = ()
    change: int = 0

    @property
    def count(self) -> int:
        return len(self.load)

    def loads(self, part: Sequence[int] | Ints) -> list[int]:
        """Return the load of each patch."""
        summed = np.bincount(part, weights=self.load, minlength=self.patches)
        return [int(value) for value in summed]

    def violation(self, part: Sequence[int]) -> int:
        """Return how far from allowed a map is: nought when nothing is outside."""
        beyond = sum(self.excess(load) ** 2 for load in self.loads(part))
        broken = self.quarrels(part) + len(self.trespassers(part))
        return beyond + broken * (2 * self.patches * self.target) ** 2

    def score(self, part: Sequence[int]) -> tuple[int, int]:
        """Return what makes one map better than another: violation, then walking.

        With what homes moved cost, where that counts.
        """
        walked = self.walking(part, self.middles(part))
        moved = self.change * self.moved(part) if self.change else 0
        return self.violation(part), walked + moved

    def excess(self, load: int) -> int:
        """Return by how much a load is outside the tolerance."""
        return max(0, load - self.high, self.low - load)

    def quarrels(self, part: Sequence[int]) -> int:
        """Return how many pairs that must be apart are together."""
        return sum(
            part[piece] == part[foe]
            for piece, foes in enumerate(self.foes)
            for foe in foes
            if foe > piece
        )

    def trespassers(self, part: Sequence[int]) -> list[int]:
        """Return the pieces in a patch they may not be in."""
        return [p for p, barred in enumerate(self.barred) if part[p] in barred]

    def may_join(self, piece: int, patch: int, part: Sequence[int]) -> bool:
        """Return whether no rule keeps a piece out of a patch."""
        if self.barred and patch in self.barred[piece]:
            return False
        return all(part[foe] != patch for foe in self.foes[piece])

    def walking(self, part: Sequence[int], cores: Sequence[int]) -> int:
        """Return the walk of every home to its patch's middle, summed."""
        middle = np.asarray(cores)[np.asarray(part)]
        each = self.distance[np.arange(self.count), middle].astype(np.int64)
        return int((each * self.homes).sum())

    def middles(self, part: Sequence[int] | Ints) -> list[int]:
        """Return the piece in the middle of each patch: least walking for its homes."""
        members = self.members(part)
        return [self.middle(own) for own in members]

    def middle(self, members: Sequence[int]) -> int:
        """Return the member with the least walking for the homes of all."""
        own = np.asarray(members)
        walk = self.distance[np.ix_(own, own)].astype(np.int64) * self.homes[own]
        return int(own[int(walk.sum(axis=1).argmin())])

    def members(self, part: Sequence[int] | Ints) -> list[list[int]]:
        """Return the pieces of each patch, in order; -1 is no patch."""
        found: list[list[int]] = [[] for _ in range(self.patches)]
        for piece, patch in enumerate(np.asarray(part).tolist()):
            if patch >= 0:
                found[patch].append(piece)
        return found

    def moved(self, part: Sequence[int]) -> int:
        """Return how many homes with a present patch are not in it."""
        return sum(
            sum(stay) - stay[patch] for stay, patch in zip(self.stay, part, strict=True)
        )


def moves(
    ground: Ground, pieces: Sequence[int], patches: Sequence[int]
) -> NDArray[np.float64]:
    """Return how many homes of each piece would leave their patch for each of some."""
    stay = np.array([ground.stay[piece] for piece in pieces], float)
    moved: NDArray[np.float64] = stay.sum(axis=1, keepdims=True) - stay[:, patches]
    return moved


def distances(links: Links) -> NDArray[np.int32]:
    """Return walking distances between all units, along the links."""
    walked = dijkstra(links.matrix().tocsr(), directed=False)
    return np.minimum(walked, np.iinfo(np.int32).max).astype(np.int32)


def neighbours_of(
    count: int, pairs: Iterable[tuple[int, int]]
) -> tuple[tuple[int, ...], ...]:
    """Return each piece's neighbours, in order."""
    found: list[set[int]] = [set() for _ in range(count)]
    for a, b in pairs:
        found[a].add(b)
        found[b].add(a)
    return tuple(tuple(sorted(own)) for own in found)


def allowed_loads(mean: int, tolerance: float) -> tuple[int, int]:
    """Return the least and the most a patch should carry, from the area's mean."""
    hair = mean // HAIR
    low = -int(-(mean * (1 - tolerance)) // 1) + hair
    high = int(mean * (1 + tolerance) // 1) - hair
    return min(low, mean), max(high, mean)
