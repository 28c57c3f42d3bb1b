"""How often work comes: records of homes and areas, steadied by what others need.

A home with one bad month is no prediction: its own record counts for the years it is
known, the rate of its area for `prior_years` more. The rate of an area is steadied by
that of the city in the same way.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Value = TypeVar("Value", float, Floats)

# Recorded years of homes of one type until a ward's own rate counts as much as the
# city's: a hundred homes over a year.
AREA_PRIOR_YEARS = 100.0


class RateSource(StrEnum):
    """Where the rate of an area comes from."""

    RECORDED = "recorded"
    AREA_AND_TYPE = "area and type"
    AREA = "area"
    TYPE = "type"
    SET = "set"


def steadied(count: Value, years: Value, prior: Value, prior_years: float) -> Value:
    """Return pieces of work a year: own record and `prior_years` at another's rate."""
    return (count + prior_years * prior) / (years + prior_years)


def rates_of_areas(counts: Floats, years: Floats, assumed: Floats) -> Floats:
    """Return the yearly rate of each ward, type of home and kind of work.

    All three are wards × types of home × kinds of work: pieces recorded, years of homes
    they were recorded in, and the rates assumed where a ward has nothing recorded.
    """
    in_city, city_years = counts.sum(axis=0), years.sum(axis=0)
    of_all = in_city.sum(axis=0) / np.maximum(city_years.sum(axis=0), 1e-9)
    of_city = steadied(in_city, city_years, of_all, AREA_PRIOR_YEARS)
    of_wards = steadied(counts, years, of_city, AREA_PRIOR_YEARS)
    is_recorded = years.sum(axis=1, keepdims=True) > 0
    return np.where(is_recorded, of_wards, assumed)
