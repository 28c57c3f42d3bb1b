"""The band of a patch, from the work of its homes."""

from __future__ import annotations


def band_for(
    *,
    mean_hours: float,
    own_hours: float,
    own_homes: int,
    band_min: int,
    band_max: int,
) -> tuple[int, int]:
    """Return the smallest and largest number of homes a patch should have.

    The band given is what homes of average work make. Where a patch's homes need more
    than the average it comes out lower in proportion; it never comes out higher.
    """
    if own_homes < 1 or own_hours <= 0 or mean_hours <= 0:
        return band_min, band_max
    share = min(1.0, mean_hours * own_homes / own_hours)
    return _homes(band_min * share), _homes(band_max * share)


def _homes(number: float) -> int:
    return max(1, int(number + 0.5))
