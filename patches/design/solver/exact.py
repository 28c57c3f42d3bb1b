"""Re-allocating a few patches at best, as a small Hess model solved by HiGHS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from .ground import HAIR, Ground

# Limits by nodes, never by the clock: the same map on any machine.
NODES = 60
GAP = 0.01


@dataclass(frozen=True, slots=True)
class Allocation:
    """What to re-allocate: pieces of some patches, with the cost of each pairing.

    `order` is the distance of each piece from each core: a piece may be in a patch
    only with a neighbour that is closer to the core, which makes patches whole.
    `cores` are rows of `pieces`. `outside_cost` is the price of one mean load outside
    the tolerance.
    """

    pieces: list[int]
    cores: list[int]
    cost: NDArray[np.float64]
    order: NDArray[np.float64]
    allowed: NDArray[np.bool_]
    outside_cost: float
    nodes: int = NODES
    gap: float = GAP


class _Rows:
    """Rows of a sparse constraint matrix, gathered one by one."""

    def __init__(self) -> None:
        self.row: list[int] = []
        self.column: list[int] = []
        self.value: list[float] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def add(
        self,
        columns: Sequence[int],
        values: Sequence[float],
        low: float,
        high: float,
    ) -> None:
        self.row += [len(self.low)] * len(columns)
        self.column += columns
        self.value += values
        self.low.append(low)
        self.high.append(high)

    def constraint(self, width: int) -> LinearConstraint:
        shape = (len(self.low), width)
        matrix = coo_array((self.value, (self.row, self.column)), shape=shape)
        return LinearConstraint(matrix.tocsr(), self.low, self.high)


def group_links(
    ground: Ground, pieces: Sequence[int], free: Sequence[int] | None = None
) -> coo_array:
    """Return the links inside a group; those inside a patch of `free` cost nothing.

    With them nearly free, leaving everything as it is always keeps patches whole.
    """
    place = {piece: row for row, piece in enumerate(pieces)}
    rows, columns, values = [], [], []
    for piece in pieces:
        for other in ground.neighbours[piece]:
            if other in place:
                rows.append(place[piece])
                columns.append(place[other])
                is_free = free is not None and free[piece] == free[other]
                values.append(1.0 if is_free else float(ground.distance[piece, other]))
    count = len(pieces)
    return coo_array((values, (rows, columns)), shape=(count, count)).tocsr()


def order_from(links: coo_array, cores: Sequence[int]) -> NDArray[np.float64]:
    """Return distances inside the group from each core, a column for each."""
    return np.atleast_2d(dijkstra(links, directed=False, indices=list(cores))).T


def allocate(ground: Ground, wanted: Allocation) -> list[int] | None:
    """Return the column (core) of each piece at least cost; None when not found."""
    count, width = wanted.cost.shape
    allowed = _reachable(ground, wanted)
    number = np.full((count, width), -1)
    places = np.argwhere(allowed)
    number[places[:, 0], places[:, 1]] = np.arange(len(places))
    total = len(places) + 2 * width
    rows = _Rows()
    for row in range(count):
        own = number[row][allowed[row]].tolist()
        if not own:
            return None
        rows.add(own, [1.0] * len(own), 1, 1)
    _hold_loads(ground, wanted, number, allowed, rows, len(places))
    _hold_together(ground, wanted, number, rows)
    _keep_apart(ground, wanted, number, rows)
    scale = max(1.0, float(np.abs(wanted.cost[allowed]).mean()))
    cost = np.concatenate(
        [wanted.cost[allowed], np.full(2 * width, wanted.outside_cost)]
    )
    low, high = np.zeros(total), np.ones(total)
    high[len(places) :] = np.inf
    for column, core in enumerate(wanted.cores):
        low[number[core, column]] = 1
    whole = np.ones(total)
    whole[len(places) :] = 0
    found = milp(
        cost / scale,
        integrality=whole,
        bounds=Bounds(low, high),
        constraints=rows.constraint(total),
        options={"node_limit": wanted.nodes, "mip_rel_gap": wanted.gap},
    )
    if found.x is None:
        return None
    chosen = np.full(count, -1)
    taken = np.flatnonzero(found.x[: len(places)] > 0.5)
    chosen[places[taken, 0]] = places[taken, 1]
    return None if (chosen < 0).any() else [int(column) for column in chosen]


def _reachable(ground: Ground, wanted: Allocation) -> NDArray[np.bool_]:
    """Return the pairings left: a core is its own, others need a way to the core."""
    allowed: NDArray[np.bool_] = wanted.allowed & np.isfinite(wanted.order)
    for column, core in enumerate(wanted.cores):
        allowed[core] = False
        allowed[core, column] = True
    return allowed


def _hold_loads(
    ground: Ground,
    wanted: Allocation,
    number: NDArray[np.int64],
    allowed: NDArray[np.bool_],
    rows: _Rows,
    first_slack: int,
) -> None:
    """Keep each load in its bounds; what is beyond is counted and paid for."""
    load = ground.load[wanted.pieces] / ground.target
    low = (ground.low + ground.target // HAIR) / ground.target
    high = (ground.high - ground.target // HAIR) / ground.target
    for column in range(wanted.cost.shape[1]):
        own = allowed[:, column]
        columns = number[own, column].tolist()
        loads = load[own].tolist()
        slack = first_slack + 2 * column
        rows.add([*columns, slack, slack + 1], [*loads, -1.0, 1.0], low, high)


def _hold_together(
    ground: Ground, wanted: Allocation, number: NDArray[np.int64], rows: _Rows
) -> None:
    place = {piece: row for row, piece in enumerate(wanted.pieces)}
    order = wanted.order.tolist()
    numbers = number.tolist()
    for row, piece in enumerate(wanted.pieces):
        beside = [place[p] for p in ground.neighbours[piece] if p in place]
        for column, core in enumerate(wanted.cores):
            own = numbers[row][column]
            if own < 0 or row == core:
                continue
            closer = [r for r in beside if order[r][column] < order[row][column]]
            if core in closer:
                continue
            inner = [numbers[r][column] for r in closer if numbers[r][column] >= 0]
            rows.add([own, *inner], [1.0, *[-1.0] * len(inner)], -float(len(inner)), 0)


def _keep_apart(
    ground: Ground, wanted: Allocation, number: NDArray[np.int64], rows: _Rows
) -> None:
    place = {piece: row for row, piece in enumerate(wanted.pieces)}
    for row, piece in enumerate(wanted.pieces):
        for foe in sorted(ground.foes[piece]):
            if foe < piece or foe not in place:
                continue
            for column in range(len(wanted.cores)):
                pair = (number[row, column], number[place[foe], column])
                if min(pair) >= 0:
                    rows.add([int(pair[0]), int(pair[1])], [1.0, 1.0], 0, 1)
