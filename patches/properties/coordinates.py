"""British National Grid to longitude and latitude and back, by OS's OSTN15."""

from __future__ import annotations

import math
from collections.abc import Sequence

from convertbng.cutil import convert_bng, convert_lonlat


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


def eastings_and_northings(
    longitudes: Sequence[float], latitudes: Sequence[float]
) -> list[tuple[float, float] | None]:
    """Return (easting, northing) in metres for each spot; None outside Britain."""
    if not longitudes:
        return []
    eastings, northings = convert_bng(
        [float(value) for value in longitudes], [float(value) for value in latitudes]
    )
    return [
        None
        if math.isnan(easting) or math.isnan(northing)
        else (float(easting), float(northing))
        for easting, northing in zip(eastings, northings, strict=True)
    ]
