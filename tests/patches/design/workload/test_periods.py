import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from patches.design.workload.periods import common, merged, years_within

PERIODS = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 20)).map(lambda p: (p[0], sum(p))),
    max_size=6,
)


def _days(periods):
    return {day for start, end in periods for day in range(start, end + 1)}


@given(PERIODS)
def test_merging_keeps_every_day_once(periods):
    joined = merged(periods)

    assert _days(joined) == _days(periods)
    assert sum(end - start + 1 for start, end in joined) == len(_days(periods))


@given(PERIODS, PERIODS)
def test_common_days_are_in_both(some, others):
    assert _days(common(merged(some), merged(others))) == _days(some) & _days(others)


@given(PERIODS, st.integers(0, 40), st.integers(0, 40))
def test_years_are_days_managed(periods, first, more):
    last = first + more

    years = years_within(merged(periods), np.array([first]), np.array([last]))

    managed = set(range(first, last + 1))
    assert years[0] == pytest.approx(len(_days(periods) & managed) / 365.25)


def test_a_year_is_a_year():
    start, end = dt.date(2025, 10, 1), dt.date(2026, 9, 30)

    years = years_within(
        [(start.toordinal(), end.toordinal())],
        np.array([1]),
        np.array([dt.date.max.toordinal()]),
    )

    assert years[0] == pytest.approx(1, abs=0.001)
