from __future__ import annotations

import datetime as dt

import pytest

from patches.design.months import (
    Month,
    month_from,
    month_of,
    months_before,
    shared_days,
)


def test_a_month_knows_its_days():
    month = Month(2028, 2)
    assert (month.first, month.last) == (dt.date(2028, 2, 1), dt.date(2028, 2, 29))
    assert (month.days, month.key, str(month)) == (29, "2028-02", "February 2028")


@pytest.mark.parametrize(
    ("months", "later"),
    [(1, Month(2027, 1)), (-12, Month(2025, 12)), (13, Month(2028, 1))],
)
def test_months_later_and_back(months, later):
    month = Month(2026, 12)
    assert month.plus(months) == later
    assert month.until(later.last) == months


def test_months_before_are_whole_and_in_order():
    months = months_before(dt.date(2027, 1, 31), 3)
    assert months == [Month(2026, 10), Month(2026, 11), Month(2026, 12)]
    assert len(months_before(dt.date(2027, 1, 31))) == 12
    assert month_of(dt.date(2027, 1, 31)) == Month(2027, 1)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-1", "0000-01", "x", "²026-01", "2026-01-01"]
)
def test_other_texts_are_no_month(text):
    assert month_from(text) is None


def test_month_from_its_key():
    assert month_from("2026-03") == Month(2026, 3)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [(1, 31, 11), (15, 15, 1), (21, 31, 0), (1, 9, 0), (20, 20, 1)],
)
def test_shared_days_count_both_ends(first, last, days):
    def day(number):
        return dt.date(2026, 3, number)

    assert shared_days(day(10), day(20), day(first), day(last)) == days
    assert shared_days(day(10), day(20), day(1), None) == 11
