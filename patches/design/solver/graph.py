"""Which units are neighbours, and how far a person walks between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Delaunay, QhullError, cKDTree
from scipy.spatial.distance import cdist

from .problem import Line, Spot
from .units import DECI

Ints = NDArray[np.int64]

# A link is short when no longer than this many times the usual gap.
SHORT_TIMES = 2.0
# A crossing further than this from a bridge is no way over (metres).
BRIDGE_REACH = 250.0
# A bridge with no crossing in reach serves the nearest one up to here (metres).
BRIDGE_FURTHEST = 1000.0
FAR_METRES = 1000


class LinkKind(IntEnum):
    """How a link came to be; a joining link is drawn though nobody may walk it."""

    NEIGHBOUR = 0
    BRIDGE = 1
    JOINING = 2


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of neighbouring units (`a` < `b`), walking lengths in decimetres."""

    count: int
    a: Ints
    b: Ints
    length: Ints
    kind: Ints

    def matrix(self, rows: Ints | None = None) -> coo_array:
        """Return lengths as a symmetric sparse matrix, of some links or of all."""
        a, b, length = self.a, self.b, self.length
        if rows is not None:
            a, b, length = a[rows], b[rows], length[rows]
        return coo_array(
            (
                np.concatenate([length, length]).astype(float),
                (np.concatenate([a, b]), np.concatenate([b, a])),
            ),
            shape=(self.count, self.count),
        )


def make_links(
    xs: Sequence[int],
    ys: Sequence[int],
    barriers: Sequence[Line] = (),
    bridges: Sequence[Spot] = (),
) -> Links:
    """Link neighbouring units: no link across a barrier but at a bridge, all joined.

    Delaunay's triangles, without the sides that are long and pass closer to a third
    unit (Gabriel's rule).
    """
    spots = np.column_stack([np.asarray(xs, np.int64), np.asarray(ys, np.int64)])
    pairs = _pruned(spots)
    length = _lengths(spots, pairs)
    kind = np.zeros(len(pairs), np.int64)
    if barriers and len(pairs):
        pairs, length, kind = _cut(spots, pairs, length, barriers, bridges)
    links = Links(len(spots), pairs[:, 0], pairs[:, 1], length, kind)
    return join_parts(links, spots)


def join_parts(links: Links, spots: Ints, among: Ints | None = None) -> Links:
    """Join separate parts by their shortest gaps, with marked links.

    `among` limits it to some units; the others may stay apart.
    """
    wanted = np.arange(links.count) if among is None else among
    inside = np.zeros(links.count, bool)
    inside[wanted] = True
    rows = np.flatnonzero(inside[links.a] & inside[links.b])
    part_count, part = connected_components(links.matrix(rows), directed=False)
    added = []
    while len(labels := np.unique(part[wanted])) > 1:
        sizes = np.bincount(part[wanted], minlength=part_count)
        smallest = labels[np.argmin(sizes[labels])]
        ours = wanted[part[wanted] == smallest]
        others = wanted[part[wanted] != smallest]
        gaps = cdist(spots[ours], spots[others])
        i, j = divmod(int(np.argmin(gaps)), len(others))
        added.append(sorted((int(ours[i]), int(others[j]))))
        part[part == smallest] = part[others[j]]
    if not added:
        return links
    pairs = np.array(added, np.int64)
    return Links(
        links.count,
        np.concatenate([links.a, pairs[:, 0]]),
        np.concatenate([links.b, pairs[:, 1]]),
        np.concatenate([links.length, _lengths(spots, pairs)]),
        np.concatenate([links.kind, np.full(len(pairs), int(LinkKind.JOINING))]),
    )


def _lengths(spots: Ints, pairs: Ints) -> Ints:
    gap = spots[pairs[:, 0]] - spots[pairs[:, 1]]
    exact = np.sqrt((gap * gap).sum(axis=1).astype(float))
    return np.maximum(1, np.rint(exact)).astype(np.int64)


def _pruned(spots: Ints) -> Ints:
    if len(spots) < 2:
        return np.empty((0, 2), np.int64)
    around = spots - spots.min(axis=0)
    try:
        triangles = Delaunay(around).simplices.astype(np.int64)
    except (QhullError, ValueError):
        return _along_a_line(spots)
    corner = np.array([[0, 1, 2], [1, 2, 0], [2, 0, 1]])
    sides = triangles[:, corner].reshape(-1, 3)
    first, second, third = spots[sides[:, 0]], spots[sides[:, 1]], spots[sides[:, 2]]
    # The third corner lies in the circle over the side when its angle is obtuse.
    is_inside = ((first - third) * (second - third)).sum(axis=1) < 0
    low = np.minimum(sides[:, 0], sides[:, 1])
    high = np.maximum(sides[:, 0], sides[:, 1])
    code = low * len(spots) + high
    unique, inverse = np.unique(code, return_inverse=True)
    is_blocked = np.zeros(len(unique), bool)
    np.logical_or.at(is_blocked, inverse, is_inside)
    pairs = np.column_stack([unique // len(spots), unique % len(spots)])
    gaps, _ = cKDTree(around).query(around, k=2)
    short = SHORT_TIMES * float(np.median(gaps[:, 1]))
    return pairs[~is_blocked | (_lengths(spots, pairs) <= short)]


def _along_a_line(spots: Ints) -> Ints:
    order = np.lexsort((spots[:, 1], spots[:, 0]))
    pairs = np.column_stack([order[:-1], order[1:]])
    return np.sort(pairs, axis=1)


def _cut(
    spots: Ints,
    pairs: Ints,
    length: Ints,
    barriers: Sequence[Line],
    bridges: Sequence[Spot],
) -> tuple[Ints, Ints, Ints]:
    """Drop links across barriers, but for those by a bridge, which go over it."""
    lines = [shapely.LineString(line) for line in barriers]
    ends = spots[pairs] / DECI
    drawn = shapely.linestrings(ends)
    hits = shapely.STRtree(lines).query(drawn, predicate="intersects")
    crossing = np.unique(hits[0])
    kind = np.zeros(len(pairs), np.int64)
    keep = np.ones(len(pairs), bool)
    keep[crossing] = False
    length = length.copy()
    if bridges and len(crossing):
        points = shapely.points(np.asarray(bridges, float))
        gaps = shapely.distance(drawn[crossing][:, None], points[None, :])
        nearest = gaps.argmin(axis=1)
        near = gaps[np.arange(len(crossing)), nearest] <= BRIDGE_REACH
        best = gaps.argmin(axis=0)
        for bridge, row in enumerate(best.tolist()):
            if gaps[row, bridge] <= BRIDGE_FURTHEST and not near[row]:
                near[row] = True
                nearest[row] = bridge
        over = crossing[near]
        bridge_at = np.asarray(bridges, float)[nearest[near]]
        way = np.hypot(*(ends[over, 0] - bridge_at).T) + np.hypot(
            *(ends[over, 1] - bridge_at).T
        )
        keep[over] = True
        kind[over] = int(LinkKind.BRIDGE)
        length[over] = np.maximum(1, np.rint(way * DECI)).astype(np.int64)
    return pairs[keep], length[keep], kind[keep]
