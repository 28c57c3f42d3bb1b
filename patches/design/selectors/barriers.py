"""Barriers as pages show them: lengths, and which bridge crosses what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from django.db.models import Count, QuerySet

from patches.design.models import BarrierSet
from patches.design.solver.graph import BRIDGE_REACH
from patches.properties.coordinates import longitudes_and_latitudes
from patches.wards.models import Ward

Shapes = dict[str, Any]

_LINE_COLOUR, _BRIDGE_COLOUR, _WARD_COLOUR = "#8a1c1c", "#1d4f91", "#767878"


@dataclass(frozen=True, slots=True)
class BarrierLine:
    """One line of a set."""

    number: int
    kilometres: float
    point_count: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """A way over; one far from every line leads over nothing."""

    number: int
    easting: int
    northing: int
    metres_away: int

    @property
    def is_near(self) -> bool:
        return self.metres_away <= BRIDGE_REACH


@dataclass(frozen=True, slots=True)
class BarrierParts:
    """What a set holds."""

    lines: list[BarrierLine]
    bridges: list[Bridge]

    @property
    def kilometres(self) -> float:
        return sum(line.kilometres for line in self.lines)

    @property
    def lost_bridges(self) -> list[Bridge]:
        return [bridge for bridge in self.bridges if not bridge.is_near]


def list_barrier_sets(*, is_archived: bool = False) -> QuerySet[BarrierSet]:
    """Return barrier sets by name with `design_count`, how many designs have them."""
    return (
        BarrierSet.objects.filter(is_archived=is_archived)
        .select_related("uploaded_by")
        .annotate(design_count=Count("designs"))
        .order_by("name")
    )


def measure_barriers(barriers: BarrierSet) -> BarrierParts:
    """Return the lines with their lengths, the bridges with how far they are off."""
    drawn = [shapely.LineString(line) for line in barriers.lines]
    lines = [
        BarrierLine(number, line.length / 1000, len(line.coords))
        for number, line in enumerate(drawn, 1)
    ]
    points = shapely.points(barriers.bridges) if barriers.bridges else []
    away = _gaps(drawn, points)
    bridges = [
        Bridge(number, round(spot[0]), round(spot[1]), gap)
        for number, (spot, gap) in enumerate(
            zip(barriers.bridges, away, strict=True), 1
        )
    ]
    return BarrierParts(lines, bridges)


def _gaps(lines: Sequence[shapely.LineString], points: Any) -> list[int]:
    """Return how far each point is from the nearest line, in metres."""
    if not len(points) or not lines:
        return []
    _, gaps = shapely.STRtree(lines).query_nearest(
        points, return_distance=True, all_matches=False
    )
    return [round(gap) for gap in gaps.tolist()]


def barrier_shapes(barriers: BarrierSet) -> Shapes:
    """Return lines and bridges over the wards as GeoJSON, longitude and latitude."""
    sizes = [len(line) for line in barriers.lines]
    spots = [spot for line in barriers.lines for spot in line] + barriers.bridges
    placed = iter(
        longitudes_and_latitudes([x for x, _ in spots], [y for _, y in spots])
    )
    features = [
        _feature("LineString", [next(placed) for _ in range(size)], f"Barrier {number}")
        for number, size in enumerate(sizes, 1)
    ]
    features += [
        _feature("Point", [place], f"Bridge {number}")
        for number, place in enumerate(placed, 1)
    ]
    return {
        "type": "FeatureCollection",
        "features": [*_wards(), *(feature for feature in features if feature)],
    }


def _wards() -> list[Shapes]:
    """Return the wards' edges, so that a line can be told where it is."""
    return [
        {
            "type": "Feature",
            "geometry": boundary,
            "properties": {
                "label": f"{name} ward",
                "group": "Ward",
                "colour": _WARD_COLOUR,
                "context": True,
            },
        }
        for name, boundary in Ward.objects.filter(boundary__isnull=False).values_list(
            "name", "boundary"
        )
    ]


def _feature(kind: str, places: list[Any], label: str) -> Shapes | None:
    """Return one shape; places the grid does not cover are left out."""
    known = [list(place) for place in places if place is not None]
    if len(known) < (2 if kind == "LineString" else 1):
        return None
    is_line = kind == "LineString"
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": known if is_line else known[0]},
        "properties": {
            "label": label,
            "group": "Barrier" if is_line else "Bridge",
            "colour": _LINE_COLOUR if is_line else _BRIDGE_COLOUR,
        },
    }
