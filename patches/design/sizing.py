"""How many patches a design is to have."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import DesignRefused


@dataclass(frozen=True, slots=True)
class Size:
    """What the number of patches is worked out from.

    `mean_hours` is what an average home of the whole stock takes a month, and
    `patch_hours` what each patch takes beside its homes.
    """

    homes: int
    hours: float
    areas: int
    mean_hours: float
    patch_hours: float
    weight_strength: float


def by_band(size: Size, band_min: int, band_max: int) -> int:
    """Return as many patches as give each the work of a band's worth of average homes.

    Each area has one at least.
    """
    heads = float(size.homes)
    if size.mean_hours > 0:
        work = size.hours / size.mean_hours
        heads = (1 - size.weight_strength) * heads + size.weight_strength * work
    return max(size.areas, 1, round(heads * 2 / (band_min + band_max)))


def by_officers(size: Size, officers: float) -> int:
    """Return a patch for each whole officer."""
    asked = "1 officer" if officers == 1 else f"{officers:g} officers"
    return _at_least_one_each(size, int(officers), asked)


def by_hours(size: Size, hours: float) -> int:
    """Return as many patches as give each about the hours asked for."""
    if hours <= size.patch_hours:
        raise DesignRefused(
            f"Each patch takes {size.patch_hours:,.1f} hours a month before any home "
            f"is counted, so {hours:g} hours leave none for homes. Ask for more hours.",
            field="sizing_value",
        )
    return max(size.areas, 1, round(size.hours / (hours - size.patch_hours)))


def by_number(size: Size, patches: float) -> int:
    """Return the number asked for."""
    asked = "1 patch" if patches == 1 else f"{int(patches):,} patches"
    return _at_least_one_each(size, int(patches), asked)


def _at_least_one_each(size: Size, patches: int, asked: str) -> int:
    """Each ward team's area has a patch of its own."""
    if patches < size.areas:
        raise DesignRefused(
            f"{asked} cannot cover {size.areas} ward team areas: ask for at least "
            f"{size.areas}, or let a team cover several wards.",
            field="sizing_value",
        )
    return patches
