import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patches.design.workload.rates import (
    AREA_PRIOR_YEARS,
    rates_of_areas,
    steadied,
)


@pytest.mark.parametrize(
    ("count", "years", "expected"),
    [
        (0, 0, 1.0),  # nothing recorded: the area's
        (0, 2, 0.5),  # two quiet years count as much as two of the area's
        (6, 2, 2.0),
        (12, 1, 14 / 3),  # one bad year is no prediction
    ],
)
def test_steadied(count, years, expected):
    assert steadied(count, years, 1.0, 2.0) == pytest.approx(expected)


@given(
    count=st.integers(0, 50),
    years=st.floats(0, 10),
    prior=st.floats(0, 20),
    prior_years=st.floats(0.1, 20),
)
def test_a_steadied_rate_lies_between_its_own_and_the_area_s(
    count, years, prior, prior_years
):
    rate = steadied(count, years, prior, prior_years)

    own = count / years if years > 1e-9 else (np.inf if count else prior)
    assert min(own, prior) - 1e-9 <= rate <= max(own, prior) + 1e-9


def _one(value):
    return np.array(value, dtype=float).reshape(-1, 1, 1)


def test_a_large_ward_has_its_own_rate_and_a_small_one_nearly_the_city_s():
    rates = rates_of_areas(_one([2000, 0]), _one([1000, 10]), _one([9, 9]))

    city = 2000 / 1010
    assert rates[0, 0, 0] == pytest.approx(2.0, abs=0.01)
    assert rates[1, 0, 0] == pytest.approx(city * AREA_PRIOR_YEARS / 110)


def test_a_ward_with_nothing_recorded_has_the_assumed_rate():
    rates = rates_of_areas(_one([2000, 0]), _one([1000, 0]), _one([9, 7]))

    assert rates[1, 0, 0] == 7


def test_a_type_of_home_new_to_a_recorded_ward_has_the_city_s_rate():
    counts = np.array([[[500.0], [0.0]], [[0.0], [900.0]]])
    years = np.array([[[500.0], [0.0]], [[0.0], [300.0]]])

    rates = rates_of_areas(counts, years, np.full((2, 2, 1), 9.0))

    of_type = (900 + AREA_PRIOR_YEARS * 1400 / 800) / (300 + AREA_PRIOR_YEARS)
    assert rates[0, 1, 0] == pytest.approx(of_type)
