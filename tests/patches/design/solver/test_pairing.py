"""Wards one team could take together, so that every area comes near the mean."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patches.design.solver.pairing import pair_wards, wards_beside
from patches.design.solver.problem import Rules
from tests.factories.grounds import make_grid, make_street

ROW = [("A", "B"), ("B", "C"), ("C", "D")]


def test_two_small_wards_make_an_even_area():
    found = pair_wards({"A": 140.0, "B": 160.0, "C": 300.0, "D": 400.0}, ROW, 10)

    (joined,) = found.joined
    assert joined.after.wards == ("A", "B")
    assert joined.after.patches == 3
    assert joined.after.deviation == pytest.approx(0)
    assert [share.deviation for share in joined.before] == pytest.approx([0.4, -0.2])
    assert found.outside_before == ("A", "B")
    assert found.outside_after == ()
    assert found.worst_after < 0.01 < found.worst_before


def test_even_wards_are_left_alone():
    found = pair_wards({"A": 300.0, "B": 310.0, "C": 295.0}, ROW[:2], 9)

    assert found.joined == ()
    assert [share.wards for share in found.alone] == [("A",), ("B",), ("C",)]


def test_wards_that_do_not_touch_are_not_joined():
    loads = {"A": 140.0, "B": 160.0, "C": 300.0}

    found = pair_wards(loads, [("A", "C"), ("B", "C")], 6)

    assert all("C" in joined.after.wards for joined in found.joined)
    assert pair_wards(loads, [], 6).joined == ()
    assert pair_wards(loads, [], 6).outside_after == ("A", "B")


def test_three_wards_may_go_together():
    found = pair_wards({"A": 70.0, "B": 60.0, "C": 70.0, "D": 800.0}, ROW, 10)

    assert [joined.after.wards for joined in found.joined] == [("A", "B", "C")]
    assert found.outside_after == ()


def test_the_number_of_patches_stays():
    found = pair_wards({"A": 140.0, "B": 160.0, "C": 300.0, "D": 400.0}, ROW, 10)

    shares = [*found.alone, *(joined.after for joined in found.joined)]
    assert sum(share.patches for share in shares) == 10


def test_each_ward_needs_a_patch():
    with pytest.raises(ValueError, match="a patch for each ward"):
        pair_wards({"A": 1.0, "B": 1.0}, [], 1)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), count=st.integers(1, 9))
def test_every_ward_is_in_one_area_and_no_more_are_outside(seed, count):
    random = Random(seed)
    loads = {f"W{n}": random.uniform(20, 900) for n in range(count)}
    beside = [(f"W{n}", f"W{m}") for n in range(count) for m in range(n) if n - m < 3]
    patches = max(count, round(sum(loads.values()) / 100))

    found = pair_wards(loads, beside, patches)

    shares = [*found.alone, *(joined.after for joined in found.joined)]
    assert sorted(ward for share in shares for ward in share.wards) == sorted(loads)
    assert sum(share.patches for share in shares) == patches
    assert len(found.outside_after) <= len(found.outside_before)
    assert pair_wards(loads, beside[::-1], patches) == found


def test_wards_touch_where_homes_are_next_to_each_other():
    homes = {
        "East": make_street("E", 500, 0, 5) + make_street("F", 600, 50, 5),
        "Far": make_street("G", 9000, 0, 5),
        "None": [],
        "West": make_grid(5, 2),
    }
    river = ((402_450.0, 430_000.0), (402_450.0, 440_000.0))

    assert wards_beside(homes) == (("East", "West"),)
    assert wards_beside(homes, Rules(barriers=(river,))) == ()
    assert wards_beside({}) == ()
