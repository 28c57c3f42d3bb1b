"""Rivers, railways and main roads from a GeoJSON file: lines, and points for bridges.

Places are metres of the National Grid, or longitude and latitude, which are converted.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from patches.properties.coordinates import eastings_and_northings

from .errors import BarriersRefused
from .solver.problem import Line, Spot

MOST_BYTES = 2 * 1024 * 1024
MOST_PLACES = 20_000
MOST_FAULTS = 10
# The National Grid ends here; a decimetre is more than any map of a river knows.
_FURTHEST_EAST, _FURTHEST_NORTH = 700_000, 1_300_000
_DECIMALS = 1
_OTHER_FILES = {
    b"PK": "a zip file or an Excel workbook",
    b"\x1f\x8b": "a compressed file",
    b"%PDF": "a PDF",
    b"\x00\x00\x27\x0a": "a shapefile",
    b"SQLite": "a GeoPackage or another database",
    b"<": "XML, such as KML or GML",
    b"\xff\xd8": "a picture",
    b"\x89PNG": "a picture",
}
_KINDS = {"Point", "MultiPoint", "LineString", "MultiLineString"}


@dataclass(frozen=True, slots=True)
class Barriers:
    """Lines nobody crosses, and the spots where there is a way over; in metres."""

    lines: tuple[Line, ...]
    bridges: tuple[Spot, ...]


@dataclass
class _Reading:
    """What has been read of a file, and what is wrong with it."""

    lines: list[tuple[str, list[Spot]]] = field(default_factory=list)
    bridges: list[tuple[str, Spot]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    place_count: int = 0


def read_barriers(path: Path) -> tuple[tuple[Line, ...], tuple[Spot, ...]]:
    """Return barriers (lines) and bridges (points) of a file."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise BarriersRefused(
            [f"{path} is not a GeoJSON file of lines: {problem}."]
        ) from problem
    try:
        found = parse_barriers(content)
    except BarriersRefused as refusal:
        raise BarriersRefused(
            [f"{path} is not a GeoJSON file of lines: {refusal.message}"]
        ) from refusal
    return found.lines, found.bridges


def parse_barriers(content: bytes) -> Barriers:
    """Return the barriers and bridges of a GeoJSON file, or refuse it naming faults."""
    reading = _Reading()
    for name, geometry in _geometries(_loaded(content)):
        _read(name, geometry, reading)
        if len(reading.faults) >= MOST_FAULTS or reading.place_count > MOST_PLACES:
            break
    if reading.place_count > MOST_PLACES:
        raise BarriersRefused(
            [f"The lines have more than {MOST_PLACES:,} points. Simplify them first."]
        )
    if not reading.faults:
        _in_metres(reading)
    if not reading.faults and not reading.lines:
        reading.faults.append("The file has no line, so nothing to keep patches from.")
    if reading.faults:
        raise BarriersRefused(reading.faults[:MOST_FAULTS])
    return Barriers(
        tuple(tuple(line) for _, line in reading.lines),
        tuple(spot for _, spot in reading.bridges),
    )


def _loaded(content: bytes) -> Any:
    """Return the JSON value of a file that says it is GeoJSON."""
    if len(content) > MOST_BYTES:
        raise BarriersRefused(
            [f"The file is larger than {MOST_BYTES // 1024**2} MB. Simplify its lines."]
        )
    text = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise BarriersRefused(["The file is empty."])
    for magic, what in _OTHER_FILES.items():
        if content.startswith(magic):
            raise BarriersRefused([f"This is {what}. Save the lines as GeoJSON."])
    if not text.startswith(b"{"):
        raise BarriersRefused(["This is not GeoJSON, which begins with “{”."])
    try:
        return json.loads(text.decode(), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise BarriersRefused(["The file is not text in UTF-8."]) from None
    except json.JSONDecodeError as problem:
        where = f"line {problem.lineno}, column {problem.colno}"
        raise BarriersRefused([f"The file cannot be read from {where} on."]) from None
    except (RecursionError, ValueError):
        raise BarriersRefused(["The file is not GeoJSON a map would write."]) from None


def _no_number(constant: str) -> Any:
    raise ValueError(constant)


def _geometries(value: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield each shape with the words that name it."""
    if isinstance(value.get("features"), list):
        for number, feature in enumerate(value["features"], 1):
            yield _named(number, feature), _part(feature, "geometry")
    elif "geometry" in value:
        yield _named(1, value), value["geometry"]
    elif "coordinates" in value:
        yield "The shape", value
    else:
        raise BarriersRefused(["The file has no “features”, as a GeoJSON map has."])


def _part(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _named(number: int, feature: Any) -> str:
    words = _words(_part(_part(feature, "properties"), "name"))
    return f"Feature {number} ({words})" if words else f"Feature {number}"


def _words(value: Any) -> str:
    """Return a text of the file fit to show: short, and no lone surrogates."""
    text = "".join(filter(str.isprintable, value)) if isinstance(value, str) else ""
    return " ".join(text.split())[:40]


def _read(name: str, geometry: Any, reading: _Reading) -> None:
    kind, places = _part(geometry, "type"), _part(geometry, "coordinates")
    if not isinstance(kind, str) or kind not in _KINDS:
        shown = f"a {_words(kind)}" if _words(kind) else "no shape"
        reading.faults.append(
            f"{name} is {shown}: draw barriers as lines and bridges as points."
        )
        return
    try:
        lists = [places] if kind in {"Point", "LineString"} else _listed(places)
        if kind.endswith("Point"):
            spots = [_spot(place) for place in lists]
            reading.bridges += [(name, spot) for spot in spots]
            reading.place_count += len(spots)
            return
        for line in lists:
            spots = [_spot(place) for place in _listed(line)]
            if len(set(spots)) < 2:
                raise ValueError("has a line with fewer than two different points")
            reading.lines.append((name, spots))
            reading.place_count += len(spots)
    except ValueError as problem:
        reading.faults.append(f"{name} {problem}.")


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("has no list of points where one belongs")
    return value


def _spot(place: Any) -> Spot:
    numbers = place[:2] if isinstance(place, list) else []
    if len(numbers) < 2 or not all(_is_number(number) for number in numbers):
        raise ValueError("has a point that is not two numbers")
    return float(numbers[0]), float(numbers[1])


def _is_number(value: Any) -> bool:
    """Whether it is a number of a size a map holds (true and false are none)."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) < 1e9
        and math.isfinite(value)
    )


def _is_degrees(spot: Spot) -> bool:
    """No land of the National Grid lies so close to its corner."""
    return abs(spot[0]) <= 180 and abs(spot[1]) <= 180


def _in_metres(reading: _Reading) -> None:
    """Convert longitudes and latitudes, and name places that are not in Britain."""
    spots = [spot for _, line in reading.lines for spot in line]
    spots += [spot for _, spot in reading.bridges]
    in_degrees = [spot for spot in spots if _is_degrees(spot)]
    if in_degrees and len(in_degrees) < len(spots):
        reading.faults.append(
            "Some points are in metres and others in longitude and latitude. Save the "
            "file again with one of the two."
        )
        return
    converted = iter(_converted(spots) if in_degrees else spots)
    reading.lines = [
        (name, [_checked(name, spot, next(converted), reading) for spot in line])
        for name, line in reading.lines
    ]
    reading.bridges = [
        (name, _checked(name, spot, next(converted), reading))
        for name, spot in reading.bridges
    ]


def _converted(spots: list[Spot]) -> list[Spot | None]:
    return eastings_and_northings([x for x, _ in spots], [y for _, y in spots])


def _checked(name: str, given: Spot, spot: Spot | None, reading: _Reading) -> Spot:
    """Return the place; one outside Britain is a fault, said once for a feature."""
    if (
        spot is None
        or not 0 <= spot[0] <= _FURTHEST_EAST
        or not 0 <= spot[1] <= _FURTHEST_NORTH
    ):
        fault = f"{name} has a point outside Britain ({given[0]:.10g}, {given[1]:.10g})"
        if _is_degrees(given) and given[0] > 45 and given[1] < 10:
            fault += "; longitude belongs first"
        elif not _is_degrees(given):
            fault += "; give National Grid metres, or longitude and latitude"
        if not any(other.startswith(f"{name} ") for other in reading.faults):
            reading.faults.append(f"{fault}.")
        return given
    return round(spot[0], _DECIMALS), round(spot[1], _DECIMALS)
