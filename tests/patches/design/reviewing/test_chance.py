"""What chance explains is not called off."""

from __future__ import annotations

import random

import pytest

from patches.design.rules.chance import Verdict, judge, likely_range, spread_of


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.39), (100, 81.36, 121.6)],
)
def test_likely_range_is_the_exact_poisson_interval(count, low, high):
    range_ = likely_range(count)
    assert range_.low == pytest.approx(low, rel=2e-3)
    assert range_.high == pytest.approx(high, rel=2e-3)


@pytest.mark.parametrize(
    ("expected", "recorded", "verdict"),
    [
        (100, 110, Verdict.CHANCE),
        (100, 130, Verdict.MORE),
        (100, 75, Verdict.LESS),
        (1000, 1100, Verdict.MORE),
        (3, 0, Verdict.CHANCE),
        (5, 0, Verdict.LESS),
        (0, 0, Verdict.CHANCE),
        (0, 4, Verdict.UNFORESEEN),
    ],
)
def test_judge(expected, recorded, verdict):
    assert judge(expected, recorded) == verdict


def test_every_verdict_says_whether_it_is_off():
    assert {verdict for verdict in Verdict if verdict.is_off} == {
        Verdict.MORE,
        Verdict.LESS,
    }


def test_work_in_bunches_and_many_comparisons_need_a_larger_difference():
    assert judge(100, 130) == Verdict.MORE
    assert judge(100, 130, spread=3) == Verdict.CHANCE
    assert judge(100, 130, comparisons=100) == Verdict.CHANCE
    assert judge(100, 200, spread=3, comparisons=100) == Verdict.MORE


def test_chance_alone_names_something_on_one_page_in_twenty_at_most():
    dice = random.Random(5)
    kinds, pages = 10, 400

    def count(mean: float) -> int:
        """Events in one unit of time, one after the other."""
        at, number = dice.expovariate(mean), 0
        while at < 1:
            at, number = at + dice.expovariate(mean), number + 1
        return number

    named = sum(
        any(judge(30, count(30), comparisons=kinds).is_off for _ in range(kinds))
        for _ in range(pages)
    )
    assert named / pages <= 0.05


def test_spread_of_single_pieces_is_one():
    assert spread_of(total=50, squares=50, homes=1000) == 1.0
    assert spread_of(total=0, squares=0, homes=1000) == 1.0
    assert spread_of(total=10, squares=100, homes=0) == 1.0


def test_spread_of_bunches_is_their_size():
    # Ten homes with five pieces each, among a thousand.
    assert spread_of(total=50, squares=250, homes=1000) == pytest.approx(4.95)


def test_work_every_home_has_alike_is_no_bunch():
    assert spread_of(total=3000, squares=9000, homes=1000) == 1.0
