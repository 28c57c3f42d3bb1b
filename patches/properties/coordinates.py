"""British National Grid to longitude and latitude, as Ordnance Survey's OSTN15 does."""

from __future__ import annotations

import math
from collections.abc import Sequence

from convertbng.cutil import convert_lonlat


def longitudes_and_latitudes(
    eastings: Sequence[float], northings: Sequence[float]
) -> list[tuple[float, float] | None]:
    """Return (longitude, latitude) in degrees for each spot; None outside Britain.

    Eastings and northings are metres of the National Grid, of equal number.
    """
    if not eastings:
        return []
    longitudes, latitudes = convert_lonlat(
        [float(value) for value in eastings], [float(value) for value in northings]
    )
    return [
        None
        if math.isnan(longitude) or math.isnan(latitude)
        else (round(float(longitude), 7), round(float(latitude), 7))
        for longitude, latitude in zip(longitudes, latitudes, strict=True)
    ]
