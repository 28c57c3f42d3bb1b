"""Invented ground to draw patches on: plain values, no database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from patches.design.solver.problem import Area, Home, Options, Rules

EAST, NORTH = 402_000.0, 437_000.0


def make_home(reference: str, x: float = 0, y: float = 0, **values) -> Home:
    """Return a home at metres from a corner, on a street of its own."""
    given = {"postcode": f"ZK1 {reference}", "street": f"{reference} Street"}
    return Home(
        reference=reference, easting=EAST + x, northing=NORTH + y, **{**given, **values}
    )


def make_street(name: str, x: float, y: float, homes: int, **values) -> list[Home]:
    """Return the homes of one street side: one unit."""
    return [
        make_home(
            f"{name}{n}",
            x + n,
            y,
            postcode=f"ZK1 {name}",
            street=f"{name} Road",
            **values,
        )
        for n in range(homes)
    ]


def make_grid(columns: int, rows: int, homes: int = 10, **values) -> list[Home]:
    """Return streets of equal work, a hundred metres apart."""
    return [
        home
        for row in range(rows)
        for column in range(columns)
        for home in make_street(
            f"S{row}x{column}-", column * 100, row * 100, homes, **values
        )
    ]


def make_area(
    homes: Iterable[Home], patches: int, rules: Rules | None = None, **options
) -> Area:
    """Return an area with a number of patches to draw."""
    return Area(
        "Beacon Hill", tuple(homes), Options(patches, **options), rules or Rules()
    )


def make_ward(streets: int, seed: int) -> list[Home]:
    """Return streets strewn over a square kilometre, some blocks, uneven work."""
    random = Random(seed)
    homes = []
    for number in range(streets):
        x, y = random.uniform(0, 1000), random.uniform(0, 1000)
        name = f"S{number}-"
        block = f"House {number}" if random.random() < 0.2 else ""
        count = random.randint(20, 40) if block else random.randint(3, 15)
        homes += [
            replace(home, hours=random.uniform(0.2, 2.5))
            for home in make_street(name, x, y, count, block=block)
        ]
    return homes


@st.composite
def wards(draw, largest: int = 14):
    """Small wards with any spots, even shared ones, and any work."""
    count = draw(st.integers(1, largest))
    homes: list[Home] = []
    for number in range(count):
        x = draw(st.integers(0, 12)) * 50
        y = draw(st.integers(0, 12)) * 50
        size = draw(st.integers(1, 6))
        hours = draw(st.sampled_from([0.0, 0.5, 1.0, 3.0]))
        homes += make_street(f"S{number}-", x, y, size, hours=hours)
    return homes
