"""Patches as shapes: the ground nearer to their streets and blocks than to others'.

Plain metres and shapely, no Django. Cells of all units are cut off some way from the
unit, so that a patch does not reach over fields, and joined patch by patch.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Delaunay, QhullError

Floats = NDArray[np.float64]

# How far from a street's or block's spot its ground reaches at most.
REACH_METRES = 140.0
# What an outline may be off by; neighbours share their simpler line.
SIMPLER_METRES = 20.0
# Told apart by people who do not see red and green alike, and dark enough on white.
COLOURS = (
    "#0f5f5c",
    "#b23a00",
    "#1d4f91",
    "#7a2a6b",
    "#5a5a00",
    "#8a1c1c",
    "#2f6b2f",
    "#444444",
)


def outlines(
    xs: Sequence[float],
    ys: Sequence[float],
    part: Sequence[int],
    *,
    simpler: float = SIMPLER_METRES,
) -> dict[int, shapely.Geometry]:
    """Return the outline of each part that has a spot (-1 is in none); in metres."""
    if not len(xs):
        return {}
    spots = _apart(np.column_stack([xs, ys]).astype(float))
    numbers = np.asarray(part)
    found = sorted(set(numbers.tolist()) - {-1})
    cells = _cells(spots)
    points = shapely.points(spots)
    # Joined before they are cut off, while neighbours share their sides exactly.
    joined = np.array([shapely.union_all(cells[numbers == own]) for own in found])
    if simpler and len(joined):
        joined = shapely.coverage_simplify(joined, simpler)
    near = np.array([_ground(points[numbers == own], simpler) for own in found])
    return dict(zip(found, shapely.intersection(joined, near), strict=True))


def _cells(spots: Floats) -> NDArray[np.object_]:
    """Return the ground nearer to each spot than to any other, without end."""
    cloud = shapely.multipoints(spots)
    far = 10 * REACH_METRES
    around = shapely.box(*(spots.min(axis=0) - far), *(spots.max(axis=0) + far))
    if len(spots) == 1:
        return np.array([around])
    whole = shapely.voronoi_polygons(cloud, extend_to=around, ordered=True)
    return shapely.get_parts(whole)


def _ground(points: NDArray[np.object_], simpler: float) -> shapely.Geometry:
    """Return what lies within reach of some spots, small holes and bays filled."""
    near = shapely.union_all(shapely.buffer(points, REACH_METRES, quad_segs=3))
    filled = shapely.buffer(
        shapely.buffer(near, REACH_METRES / 2, quad_segs=3),
        -REACH_METRES / 2,
        quad_segs=3,
    )
    return shapely.simplify(filled, simpler / 2)


def _apart(spots: Floats) -> Floats:
    """Return spots of which no two are the same: a cell needs one of its own."""
    taken: set[tuple[float, float]] = set()
    for row, (x, y) in enumerate(spots.tolist()):
        while (x, y) in taken:
            x += 1.0
        taken.add((x, y))
        spots[row] = x, y
    return spots


def colours_of(
    xs: Sequence[float], ys: Sequence[float], part: Sequence[int]
) -> dict[int, str]:
    """Return a colour for each part, another than its neighbours' where that can be."""
    near: dict[int, set[int]] = {own: set() for own in sorted(set(part)) if own >= 0}
    for one, other in _neighbours(xs, ys):
        a, b = part[one], part[other]
        if a != b and a >= 0 and b >= 0:
            near[a].add(b)
            near[b].add(a)
    chosen: dict[int, int] = {}
    for own in near:
        used = [chosen[other] for other in near[own] if other in chosen]
        free = [number for number in range(len(COLOURS)) if number not in used]
        chosen[own] = free[0] if free else min(set(used), key=used.count)
    return {own: COLOURS[number] for own, number in chosen.items()}


def _neighbours(xs: Sequence[float], ys: Sequence[float]) -> list[tuple[int, int]]:
    spots = _apart(np.column_stack([xs, ys]).astype(float))
    if len(spots) < 4:
        return [(a, b) for a in range(len(spots)) for b in range(a)]
    try:
        corners = Delaunay(spots).simplices
    except QhullError:  # Spots in one line have no triangles.
        order = np.lexsort((spots[:, 1], spots[:, 0])).tolist()
        return list(pairwise(order))
    sides = np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [0, 2]]])
    return [(a, b) for a, b in np.unique(np.sort(sides, axis=1), axis=0).tolist()]
