"""Drawing the city: wards, estates, streets, blocks and homes as plain values.

Metres on a plane; `ORIGIN` puts it on the National Grid. The same seed and number of
homes always give the same city.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from shapely import MultiPoint, Point, Polygon, voronoi_polygons

from . import words

ORIGIN = (402_000, 437_000)
HOMES_PER_PATCH = 286
_HOMES_PER_WARD = 900
_WARD_SIDE = 930.0
_UNIT_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True)
class PlannedHome:
    """A home: where its address puts it and where it stands (metres)."""

    sub_building: str
    building: str
    street: str
    postcode: str
    kind: str
    bedrooms: int
    x: float
    y: float
    block: str = ""


@dataclass
class PlannedUnit:
    """Homes never split between patches: one side of a street, or a block."""

    homes: list[PlannedHome]
    x: float
    y: float
    patch: int = 0


@dataclass
class PlannedWard:
    """A ward with its boundary, and its homes by unit."""

    name: str
    code: str
    area: str
    boundary: Polygon
    units: list[PlannedUnit] = field(default_factory=list)
    blocks: dict[str, str] = field(default_factory=dict)
    patch_count: int = 1

    @property
    def home_count(self) -> int:
        return sum(len(unit.homes) for unit in self.units)


def plan_city(homes: int, seed: int) -> list[PlannedWard]:
    """Return the wards of a city of exactly `homes` homes."""
    random = Random(seed)  # noqa: S311 - a drawing, not a secret
    count = max(1, round(homes / _HOMES_PER_WARD), min(4, homes // 300))
    wards = _draw_wards(count, random)
    shares = [random.uniform(0.75, 1.25) for _ in wards]
    wanted = [int(homes * share / sum(shares)) for share in shares]
    wanted[0] += homes - sum(wanted)
    names = _street_names(random)
    towers = _tower_names(random)
    for number, (ward, target) in enumerate(zip(wards, wanted, strict=True), 1):
        _fill_ward(ward, target, number, names, towers, random)
        ward.patch_count = max(1, round(ward.home_count / HOMES_PER_PATCH))
        for patch, units in enumerate(_split(ward.units, ward.patch_count)):
            for unit in units:
                unit.patch = patch
    return wards


def _draw_wards(count: int, random: Random) -> list[PlannedWard]:
    columns = math.ceil(math.sqrt(count))
    seeds = []
    for index in range(count):
        row, column = divmod(index, columns)
        in_row = min(columns, count - row * columns)
        x = (column + 0.5 + (columns - in_row) / 2 + (row % 2) * 0.25) * _WARD_SIDE
        y = (row + 0.5) * _WARD_SIDE
        wobble = _WARD_SIDE * 0.18
        seeds.append(
            Point(
                x + random.uniform(-wobble, wobble), y + random.uniform(-wobble, wobble)
            )
        )
    edge = MultiPoint(seeds).convex_hull.buffer(_WARD_SIDE * 0.62)
    cells = (
        list(voronoi_polygons(MultiPoint(seeds), extend_to=edge).geoms)
        if count > 1
        else [edge]
    )
    wards = []
    for index, centre in enumerate(seeds):
        cell = next(cell for cell in cells if cell.contains(centre)) & edge
        vertical = "North" if centre.y > edge.centroid.y else "South"
        horizontal = "East" if centre.x > edge.centroid.x else "West"
        name = words.WARDS[index % len(words.WARDS)]
        if index >= len(words.WARDS):
            name = f"{name} {index // len(words.WARDS) + 1}"
        wards.append(
            PlannedWard(
                name=name,
                code=f"E05{990_000 + index:06d}",
                area=vertical if count <= 6 else f"{vertical} {horizontal.lower()}",
                boundary=cell,
            )
        )
    return wards


def _fill_ward(
    ward: PlannedWard,
    target: int,
    number: int,
    names: Iterator[str],
    towers: Iterator[str],
    random: Random,
) -> None:
    postcodes = _postcodes(number)
    inside = ward.boundary.buffer(-85)
    estates = _estate_centres(inside, max(3, target // 150), random)
    left = target
    turn = 0
    angles = [random.uniform(0, math.pi) for _ in estates]
    steps = [0] * len(estates)
    while left > 0:
        estate = turn % len(estates)
        turn += 1
        centre, angle = estates[estate], angles[estate]
        spot = _street_spot(centre, angle, steps[estate])
        steps[estate] += 1
        if turn < 400 and not inside.contains(spot):
            continue
        if steps[estate] in {3, 11} and left >= 24 and random.random() < 0.45:
            units = [_tower(ward, spot, left, postcodes, names, towers, random)]
        else:
            units = _street(spot, angle, left, postcodes, next(names), random)
        for unit in units:
            left -= len(unit.homes)
            ward.units.append(unit)


def _estate_centres(inside: Polygon, count: int, random: Random) -> list[Point]:
    """Return spots spread over the ward: each the furthest of a handful tried."""
    left, bottom, right, top = inside.bounds
    chosen: list[Point] = [inside.representative_point()]
    while len(chosen) < count:
        tried = [
            Point(random.uniform(left, right), random.uniform(bottom, top))
            for _ in range(30)
        ]
        tried = [spot for spot in tried if inside.contains(spot)]
        if tried:
            chosen.append(
                max(tried, key=lambda spot: min(spot.distance(o) for o in chosen))
            )
    return chosen


def _street_spot(centre: Point, angle: float, step: int) -> Point:
    """Return the middle of an estate's next street: rows outwards, three abreast."""
    row, column = divmod(step, 3)
    across = (row + 1) // 2 * (1 if row % 2 else -1) * 62.0
    along = (column - 1 + (0.25 if row % 2 else 0)) * 172.0
    return Point(
        centre.x + along * math.cos(angle) - across * math.sin(angle),
        centre.y + along * math.sin(angle) + across * math.cos(angle),
    )


def _street(
    spot: Point,
    angle: float,
    left: int,
    postcodes: Iterator[str],
    name: str,
    random: Random,
) -> list[PlannedUnit]:
    """Return both sides of a street: odds on one, evens on the other."""
    per_side = min(random.randint(7, 17), max(1, (left + 1) // 2))
    kind = random.choices(["house", "bungalow", "flat"], [78, 16, 6])[0]
    gap = {"house": 9.0, "bungalow": 10.5, "flat": 9.0}[kind]
    units = []
    skipped = {13} if random.random() < 0.5 else set()
    for side in (0, 1):
        number = 1 + side
        homes: list[PlannedHome] = []
        postcode = next(postcodes)
        while len(homes) < per_side and left > 0:
            if number in skipped:
                number += 2
                continue
            along = (len(homes) - per_side / 2) * gap
            across = 12.0 if side else -12.0
            x = spot.x + along * math.cos(angle) - across * math.sin(angle)
            y = spot.y + along * math.sin(angle) + across * math.cos(angle)
            for building, sub in _numbers(number, kind, random):
                if left <= 0:
                    break
                homes.append(
                    PlannedHome(
                        sub_building=sub,
                        building=building,
                        street=name,
                        postcode=postcode,
                        kind="flat" if sub else kind,
                        bedrooms=_bedrooms(kind, random),
                        x=x,
                        y=y,
                    )
                )
                left -= 1
            number += 2
        if homes:
            middle = homes[len(homes) // 2]
            units.append(PlannedUnit(homes=homes, x=middle.x, y=middle.y))
    return units


def _numbers(number: int, kind: str, random: Random) -> list[tuple[str, str]]:
    """Return what stands at a number: a house, perhaps with an A, or a few flats."""
    if kind == "flat":
        return [(str(number), f"Flat {flat}") for flat in (1, 2, 3, 4)]
    if random.random() < 0.02:
        return [(str(number), ""), (f"{number}A", "")]
    return [(str(number), "")]


def _tower(
    ward: PlannedWard,
    spot: Point,
    left: int,
    postcodes: Iterator[str],
    names: Iterator[str],
    towers: Iterator[str],
    random: Random,
) -> PlannedUnit:
    """Return a tower block, or a row of maisonettes, as one unit."""
    is_tower = random.random() < 0.55
    name = next(towers)
    ward.blocks[name] = "tower" if is_tower else "maisonettes"
    size = min(left, random.choice([44, 52, 60, 66]) if is_tower else 24)
    street, postcode = next(names), next(postcodes)
    side = 26.0 if is_tower else 60.0
    homes = []
    for flat in range(1, size + 1):
        turn = 2 * math.pi * flat / size
        homes.append(
            PlannedHome(
                sub_building=f"Flat {flat}",
                building=name,
                street=street,
                postcode=postcode,
                kind="flat" if is_tower else "maisonette",
                bedrooms=random.choice([1, 1, 2]) if is_tower else 2,
                x=spot.x + side / 2 * math.cos(turn),
                y=spot.y + side / 2 * math.sin(turn),
                block=name,
            )
        )
    return PlannedUnit(homes=homes, x=spot.x, y=spot.y)


def _bedrooms(kind: str, random: Random) -> int:
    if kind == "house":
        return random.choices([2, 3, 4], [40, 52, 8])[0]
    return random.choices([1, 2], [60, 40])[0]


def _split(units: list[PlannedUnit], parts: int) -> list[list[PlannedUnit]]:
    """Cut units into `parts` groups of like size, each lying together."""
    if parts <= 1 or len(units) <= 1:
        return [units]
    spread_x = max(u.x for u in units) - min(u.x for u in units)
    spread_y = max(u.y for u in units) - min(u.y for u in units)
    ordered = sorted(units, key=(lambda u: u.x) if spread_x > spread_y else _north)
    half = parts // 2
    target = sum(len(unit.homes) for unit in units) * half / parts
    running = list(accumulate(len(unit.homes) for unit in ordered))
    cut = bisect_left(running, target) + 1
    return _split(ordered[:cut], half) + _split(ordered[cut:], parts - half)


def _north(unit: PlannedUnit) -> float:
    return unit.y


def on_grid(x: float, y: float) -> tuple[float, float]:
    """Return easting and northing of a spot, bent a little so that streets curve."""
    bent_x = x + 34 * math.sin(y / 170) + 12 * math.sin(x / 90)
    bent_y = y + 30 * math.sin(x / 190) + 10 * math.sin(y / 80)
    return ORIGIN[0] + bent_x, ORIGIN[1] + bent_y


def outline(ward: PlannedWard) -> Polygon:
    """Return the ward's boundary in grid metres."""
    fine = ward.boundary.segmentize(40)
    return Polygon([on_grid(x, y) for x, y in fine.exterior.coords])


def _street_names(random: Random) -> Iterator[str]:
    pairs = [
        f"{name} {kind}"
        for kind in dict.fromkeys(words.STREET_KINDS)
        for name in words.STREET_NAMES
        if name != kind
    ]
    random.shuffle(pairs)
    while True:
        yield from pairs


def _tower_names(random: Random) -> Iterator[str]:
    pairs = [f"{n} {k}" for k in words.TOWER_KINDS for n in words.TOWER_NAMES]
    random.shuffle(pairs)
    again = 1
    while True:
        for pair in pairs:
            yield pair if again == 1 else f"{pair} {again}"
        again += 1


def _postcodes(district: int) -> Iterator[str]:
    for sector in range(1, 10):
        for first in _UNIT_LETTERS:
            for second in _UNIT_LETTERS:
                yield f"{words.POSTCODE_AREA}{district} {sector}{first}{second}"
