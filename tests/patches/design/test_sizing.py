"""How many patches each way of saying so gives."""

import pytest

from patches.design import sizing
from patches.design.errors import DesignRefused

SIZE = sizing.Size(
    homes=2900,
    hours=4350.0,
    areas=3,
    mean_hours=1.0,
    patch_hours=10.0,
    weight_strength=1.0,
)


def with_(**values):
    given = {name: getattr(SIZE, name) for name in SIZE.__slots__}
    return sizing.Size(**{**given, **values})


def test_band_counts_average_homes_of_the_stock():
    assert sizing.by_band(SIZE, 280, 300) == 15


def test_band_counts_doors_where_work_weighs_nothing():
    assert sizing.by_band(with_(weight_strength=0.0), 280, 300) == 10
    assert sizing.by_band(with_(mean_hours=0.0), 280, 300) == 10


def test_band_gives_each_area_a_patch():
    assert sizing.by_band(with_(homes=10, hours=10.0), 280, 300) == 3


def test_officers_are_whole():
    assert sizing.by_officers(SIZE, 12.8) == 12


def test_hours_are_those_of_homes_and_patch_together():
    assert sizing.by_hours(SIZE, 155) == 30


def test_hours_must_leave_some_for_homes():
    with pytest.raises(DesignRefused, match="leave none for homes"):
        sizing.by_hours(SIZE, 10)


@pytest.mark.parametrize(
    ("ask", "says"),
    [(sizing.by_number, "^1 patch cannot"), (sizing.by_officers, "^1 officer cannot")],
)
def test_one_is_told_as_one(ask, says):
    with pytest.raises(DesignRefused, match=says):
        ask(SIZE, 1)


@pytest.mark.parametrize("ask", [sizing.by_number, sizing.by_officers])
def test_each_area_needs_a_patch(ask):
    assert ask(SIZE, 3) == 3
    with pytest.raises(DesignRefused, match="ask for at least 3"):
        ask(SIZE, 2)
