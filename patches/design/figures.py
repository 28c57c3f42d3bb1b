"""The figures of a whole alternative, from those of its patches and areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .solver.answer import WITHIN


@dataclass(frozen=True, slots=True)
class PatchLine:
    """What counts of one patch towards its alternative's figures."""

    homes: int
    hours: float
    load: float
    deviation: float
    is_whole: bool
    is_in_band: bool
    walk_metres: float
    walk_spread: float


def measure_alternative(
    patches: Sequence[PatchLine], areas: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Return an alternative's `measures` (those of solver.city.CityMeasures and more).

    `in_band` counts patches, `none` the homes on the map that are in no patch.
    """
    count = max(1, len(patches))
    homes = sum(patch.homes for patch in patches)
    mean = sum(patch.load for patch in patches) / count or 1.0
    gaps = [abs(patch.deviation) for patch in patches]
    city_gaps = [abs(patch.load / mean - 1) for patch in patches]
    sizes = [patch.homes for patch in patches]
    return {
        "patches": len(patches),
        "homes": homes,
        "hours": sum(patch.hours for patch in patches),
        "worst": max(gaps, default=0.0),
        "mean_deviation": sum(gaps) / count,
        "within": _shares(gaps),
        "worst_city": max(city_gaps, default=0.0),
        "within_city": _shares(city_gaps),
        "in_band": sum(patch.is_in_band for patch in patches),
        "whole": sum(patch.is_whole for patch in patches) / count,
        "walk_metres": _by_home(patches, [p.walk_metres for p in patches]),
        "walk_spread": _by_home(patches, [p.walk_spread for p in patches]),
        "moved_homes": sum(own["moved_homes"] for own in areas.values()),
        "split_streets": sum(len(own["split_streets"]) for own in areas.values()),
        "unplaced": sum(own["unplaced"] for own in areas.values()),
        "none": sum(own["none"] for own in areas.values()),
        "smallest_homes": min(sizes, default=0),
        "largest_homes": max(sizes, default=0),
        "areas": dict(areas),
    }


def _shares(gaps: Sequence[float]) -> list[float]:
    count = max(1, len(gaps))
    return [sum(gap <= limit + 1e-9 for gap in gaps) / count for limit in WITHIN]


def _by_home(patches: Sequence[PatchLine], values: Sequence[float]) -> float:
    """Return the mean over all homes of a value of their patches."""
    homes = sum(patch.homes for patch in patches)
    total = sum(p.homes * value for p, value in zip(patches, values, strict=True))
    return total / max(1, homes)
