"""What day it is here, whatever day it is in UTC."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from housingplus.common.dates import long_date, today


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        # Summer time is an hour ahead: the day begins at 23:00 UTC.
        ("2026-07-01T22:59:59", dt.date(2026, 7, 1)),
        ("2026-07-01T23:30:00", dt.date(2026, 7, 2)),
        # Both days of the clock change.
        ("2026-03-28T23:30:00", dt.date(2026, 3, 28)),
        ("2026-03-29T23:30:00", dt.date(2026, 3, 30)),
        ("2026-10-24T23:30:00", dt.date(2026, 10, 25)),
        ("2026-10-25T23:30:00", dt.date(2026, 10, 25)),
        ("2026-12-31T23:59:59", dt.date(2026, 12, 31)),
    ],
)
def test_today_is_the_day_here(moment, day):
    with time_machine.travel(dt.datetime.fromisoformat(f"{moment}+00:00"), tick=False):
        assert today() == day


def test_moment_is_written_with_the_day_here():
    moment = dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)
    assert long_date(moment) == "2 July 2026"
