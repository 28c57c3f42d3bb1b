"""Weights become a tolerance, metres and a score as their docstring says."""

import pytest

from patches.design.weights import Weights


@pytest.mark.parametrize(("balance", "tolerance"), [(0, 5.0), (5, 3.5), (10, 2.0)])
def test_more_balance_is_a_tighter_tolerance(balance, tolerance):
    assert Weights(balance, 5, 5).tolerance(2.0, 5.0) == pytest.approx(tolerance)


@pytest.mark.parametrize(
    ("compactness", "continuity", "metres"),
    [(5, 0, 0), (5, 5, 100), (2, 8, 400), (0, 10, 1000), (10, 1, 10)],
)
def test_continuity_costs_metres_in_proportion(compactness, continuity, metres):
    assert Weights(5, compactness, continuity).continuity_metres == metres


def test_score_counts_only_what_has_weight():
    figures = {"walk_metres": 200.0, "moved_share": 0.1, "mean_deviation": 0.03}

    assert Weights(0, 10, 0).score(**figures) == 200
    assert Weights(0, 0, 10).score(**figures) == pytest.approx(10)
    assert Weights(10, 0, 0).score(**figures) == pytest.approx(30)
    assert Weights(1, 1, 1).score(**figures) == pytest.approx(80)
    assert Weights(0, 0, 0).score(**figures) == 0


def test_words_say_what_is_aimed_for():
    assert "2.0 %" in Weights(10, 5, 0).in_words(2, 5)
    assert "whoever changes patch" in Weights(10, 5, 0).in_words(2, 5)
    assert "100 metres" in Weights(5, 5, 5).in_words(2, 5)
