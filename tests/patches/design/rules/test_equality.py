"""Groups beside everybody: what is called more, and what is not said."""

from __future__ import annotations

import pytest

from patches.design.rules.equality import Standing, Tally, check_equality
from patches.design.rules.suppression import Count, Hidden


def standings(total: Count, *tallies: Tally) -> list[Standing]:
    check = check_equality(total, {"Ward": tallies})
    return [group.standing for group in check.groupings[0].groups]


@pytest.mark.parametrize(
    ("parts", "spread", "expected"),
    [
        ((60, 60), 1.0, [Standing.ALIKE, Standing.ALIKE]),
        ((66, 54), 1.0, [Standing.ALIKE, Standing.ALIKE]),
        ((90, 30), 1.0, [Standing.MORE, Standing.LESS]),
        ((90, 30), 15.0, [Standing.ALIKE, Standing.ALIKE]),
    ],
    ids=["equal", "by chance", "more", "a few streets that move together"],
)
def test_more_is_said_only_beyond_chance(parts, spread, expected):
    rows = [Tally(str(part), Count(300, part), spread) for part in parts]
    assert standings(Count(600, sum(parts)), *rows) == expected


def test_the_more_groups_are_compared_the_more_it_takes():
    one = [Tally("A", Count(100, 33)), Tally("B", Count(900, 167))]
    many = {str(n): [Tally("C", Count(500, 100))] * 2 for n in range(30)}
    total = Count(1000, 200)

    alone = check_equality(total, {"Ward": one}).groupings[0]
    among = check_equality(total, {"Ward": one, **many}).groupings[0]

    assert alone.groups[0].standing == Standing.MORE
    assert among.groups[0].standing == Standing.ALIKE


def test_hidden_groups_are_not_compared():
    rows = [Tally("A", Count(300, 2)), Tally("B", Count(300, 118))]
    assert standings(Count(600, 120), *rows) == [Standing.UNKNOWN, Standing.UNKNOWN]


def test_groups_too_small_to_show_are_none():
    rows = [Tally("A", Count(1, 1))]
    check = check_equality(Count(1, 1), {"Ward": rows})
    assert check.groupings[0].groups == ()
    assert check.total.whole == Hidden.FEW
    assert not check.is_comparable


def test_nobody_is_compared_with_nobody():
    check = check_equality(Count(0, 0), {"Ward": []})
    assert not check.is_comparable
    assert check.groupings[0].groups == ()
