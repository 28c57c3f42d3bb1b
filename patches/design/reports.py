"""A drawn city as values for a JSON file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from .selectors.homes import HomeRow
from .solver.answer import Design
from .solver.city import measure_city
from .solver.graph import LinkKind
from .solver.strays import find_estates
from .solver.units import DECI


def report(designs: Sequence[Design], rows: Mapping[str, HomeRow]) -> dict[str, Any]:
    """Return metrics, and the patch of every home."""
    return {
        "city": asdict(measure_city(designs)),
        "areas": [_area(drawn, rows) for drawn in designs],
        "homes": [
            {
                "uprn": rows[home].uprn,
                "reference": rows[home].reference,
                "area": drawn.setup.area.name,
                "patch": patch,
                "now": rows[home].home.patch,
            }
            for drawn in designs
            for home, patch in drawn.patch_of.items()
        ],
    }


def _area(drawn: Design, rows: Mapping[str, HomeRow]) -> dict[str, Any]:
    units = drawn.setup.units
    return {
        "name": drawn.setup.area.name,
        "measures": asdict(drawn.measures),
        "patches": [asdict(patch) for patch in drawn.patches],
        "homes_without_place": [rows[home].reference for home in units.unplaced],
        "placed_by_postcode": [
            rows[home].reference for home in units.placed_by_postcode
        ],
        "placed_by_street": [rows[home].reference for home in units.placed_by_street],
        "far_from_their_street": [rows[home].reference for home in units.strays],
        "far_estates": [str(estate) for estate in find_estates(drawn.setup)],
        "joined_over_a_gap": _joins(drawn),
    }


def _joins(drawn: Design) -> list[dict[str, Any]]:
    """Return links nobody may be able to walk, drawn to join separate parts."""
    links, units = drawn.setup.links, drawn.setup.units.units
    return [
        {
            "from": units[a].name,
            "to": units[b].name,
            "metres": round(length / DECI),
        }
        for a, b, length, kind in zip(
            links.a.tolist(),
            links.b.tolist(),
            links.length.tolist(),
            links.kind.tolist(),
            strict=True,
        )
        if kind == LinkKind.JOINING
    ]
