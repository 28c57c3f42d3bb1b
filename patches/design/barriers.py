"""Rivers, railways and main roads from a GeoJSON file in National Grid metres."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from housingplus.common.errors import Refusal

from .solver.problem import Line, Spot


def read_barriers(path: Path) -> tuple[tuple[Line, ...], tuple[Spot, ...]]:
    """Return barriers (lines) and bridges (points) of a file."""
    try:
        collection = json.loads(path.read_text())
        lines: list[Line] = []
        bridges: list[Spot] = []
        for feature in collection["features"]:
            _add(feature["geometry"], lines, bridges)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise Refusal(f"{path} is not a GeoJSON file of lines: {problem}.") from problem
    return tuple(lines), tuple(bridges)


def _add(geometry: dict[str, Any], lines: list[Line], bridges: list[Spot]) -> None:
    kind, places = geometry["type"], geometry["coordinates"]
    if kind == "LineString":
        lines.append(tuple(_spot(place) for place in places))
    elif kind == "MultiLineString":
        lines.extend(tuple(_spot(place) for place in line) for line in places)
    elif kind == "Point":
        bridges.append(_spot(places))
    elif kind == "MultiPoint":
        bridges.extend(_spot(place) for place in places)
    else:
        raise ValueError(f"a {kind} is neither a line nor a point")


def _spot(place: list[float]) -> Spot:
    x, y = float(place[0]), float(place[1])
    if abs(x) <= 180 and abs(y) <= 90:
        raise ValueError("give National Grid metres, not longitude and latitude")
    return x, y
