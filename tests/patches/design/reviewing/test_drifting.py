"""When a patch leaves its band."""

from __future__ import annotations

import datetime as dt

import pytest

from patches.design.rules.drifting import (
    BandFrom,
    Cause,
    Change,
    DriftState,
    band_on,
    forecast,
    trend_of,
)

DAY = dt.date(2026, 3, 3)
BAND = BandFrom(dt.date(2024, 1, 1), 280, 300)


def in_days(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


def forecast_of(**changes):
    given = {
        "homes": 290,
        "empty": 0,
        "coming": [],
        "trend": 0.0,
        "bands": [BAND],
        "today": DAY,
    }
    return forecast(**(given | changes))


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, DriftState.STEADY),
        ({"homes": 280}, DriftState.STEADY),
        ({"homes": 279}, DriftState.OUT),
        ({"homes": 300}, DriftState.STEADY),
        ({"homes": 301}, DriftState.OUT),
        ({"empty": 11}, DriftState.EMPTY),
        ({"empty": 10}, DriftState.STEADY),
        ({"trend": -12.0}, DriftState.SOON),
        ({"trend": -9.0}, DriftState.STEADY),
        ({"trend": 12.0}, DriftState.SOON),
        ({"coming": [Change(in_days(40), 11, Cause.NEW)]}, DriftState.SOON),
        ({"coming": [Change(in_days(40), -11, Cause.GOES)]}, DriftState.SOON),
        ({"coming": [Change(in_days(40), -11, Cause.MOVED_OUT)]}, DriftState.SOON),
        ({"coming": [Change(in_days(400), -30, Cause.GOES)]}, DriftState.STEADY),
    ],
)
def test_forecast(changes, state):
    assert forecast_of(**changes).state == state


def test_every_state_but_steady_is_a_warning():
    assert {state for state in DriftState if not state.is_warning} == {
        DriftState.STEADY
    }


def test_it_says_when_and_with_how_many_homes():
    known = forecast_of(coming=[Change(in_days(95), -15, Cause.GOES)])
    assert known.leaves_on == in_days(95)
    assert (known.months, known.size_then, known.is_under) == (3, 275, True)
    known = forecast_of(trend=30.0)
    assert known.months == 5
    assert not known.is_under


def test_planned_sales_are_part_of_the_trend_of_sales():
    planned = [Change(in_days(150), -6, Cause.GOES)]
    assert forecast_of(coming=planned, trend=-8.0).state == DriftState.STEADY
    assert forecast_of(coming=planned, trend=-14.0).state == DriftState.SOON


def test_new_homes_make_up_for_sales():
    new = [Change(in_days(30), 8, Cause.NEW)]
    assert forecast_of(coming=new, trend=-14.0).state == DriftState.STEADY


def test_a_patch_that_leaves_its_band_for_some_days_only_is_named():
    passing = [
        Change(in_days(50), -15, Cause.MOVED_OUT),
        Change(in_days(55), 15, Cause.MOVED_IN),
    ]
    assert forecast_of(coming=passing).leaves_on == in_days(50)


def test_the_band_of_the_day_counts():
    later = BandFrom(in_days(60), 240, 260)
    assert band_on([BAND, later], in_days(59)) == BAND
    assert band_on([BAND, later], in_days(60)) == later
    known = forecast_of(bands=[BAND, later])
    assert (known.state, known.leaves_on) == (DriftState.SOON, in_days(60))
    assert known.band == later
    shrinking = [Change(in_days(60), -40, Cause.MOVED_OUT)]
    assert forecast_of(bands=[BAND, later], coming=shrinking).state == DriftState.STEADY


def test_nothing_is_foretold_beyond_the_patchs_own_last_day():
    planned = [Change(in_days(60), -290, Cause.MOVED_OUT)]
    assert forecast_of(coming=planned, until=in_days(59)).state == DriftState.STEADY


def gone(*days_ago: int, homes: int = -1, cause: Cause = Cause.GOES):
    return [Change(in_days(-ago), homes, cause) for ago in days_ago]


def test_trend_is_homes_a_year():
    past = gone(20, 90, 200, 300)
    assert trend_of(past, since=in_days(-365), today=DAY) == pytest.approx(-4, rel=1e-2)
    half = trend_of(past[:3], since=in_days(-182), today=DAY)
    assert half == pytest.approx(-6, rel=2e-2)


@pytest.mark.parametrize(
    "past",
    [
        gone(30, homes=40, cause=Cause.NEW),
        gone(30, 31, 32, homes=-20),
        gone(20, 90, 200, cause=Cause.MOVED_OUT),
    ],
)
def test_single_events_and_decisions_are_no_trend(past):
    assert trend_of(past, since=in_days(-365), today=DAY) == 0


def test_a_young_patch_has_no_trend_yet():
    assert trend_of(gone(5, 35, 65), since=in_days(-89), today=DAY) == 0
