"""Today's map beside drawn ones: nobody moves in it, and it may be in parts."""

from dataclasses import replace

import pytest

from patches.design.solver.city import measure_city
from patches.design.solver.explain import why_here
from patches.design.solver.present import as_now
from patches.design.solver.problem import Area, Options, Rules
from patches.design.solver.setup import prepare
from tests.factories.grounds import make_area, make_grid, make_home


def now(homes, patches=2, rules=None, **options):
    return as_now(prepare(make_area(homes, patches, rules, **options)))


def columns(count: int, names: str):
    """A row of streets, each in the patch of its letter (a blank is none)."""
    homes = make_grid(count, 1)
    return [
        replace(home, patch=names[int(home.reference[3:].split("-")[0])].strip())
        for home in homes
    ]


def test_today_is_measured_as_it_is():
    drawn = now(columns(6, "AABBBB"))

    assert [(p.name, p.homes, p.is_whole) for p in drawn.patches] == [
        ("A", 20, True),
        ("B", 40, True),
    ]
    assert drawn.measures.worst == pytest.approx(1 / 3)
    assert drawn.measures.moved_homes == 0
    assert all(drawn.patch_of[h.reference] == h.patch for h in drawn.setup.area.homes)


def test_patches_in_parts_say_so():
    drawn = now(columns(6, "ABBBBA"))

    assert [patch.is_whole for patch in drawn.patches] == [False, True]
    assert drawn.measures.whole == 0.5


def test_homes_in_no_patch_stay_out():
    drawn = now(columns(6, "AA  BB"))

    assert drawn.part.count(-1) == 2
    assert "S0x2-0" not in drawn.patch_of
    assert drawn.measures.homes == 40
    assert drawn.loads.tolist() == [20_000, 20_000]
    assert "is in no patch" in why_here(drawn, "S0x2-0")


@pytest.mark.parametrize(
    ("names", "patches"), [("AABBCC", 2), ("AAAAAA", 2), ("ABCDEF", 3), ("      ", 2)]
)
def test_there_may_be_any_number_of_patches_now(names, patches):
    drawn = now(columns(6, names), patches)

    assert {patch.name for patch in drawn.patches} == set(names) - {" "}
    assert measure_city([drawn]).patches == len(drawn.patches)
    even = {"AABBCC": 1.0, "AAAAAA": 1.0, "ABCDEF": 1.0, "      ": 0.0}
    assert drawn.measures.within[0] == even[names]


def test_a_street_in_two_patches_goes_where_most_of_it_is():
    homes = columns(2, "AB")
    homes = [
        replace(home, patch="B") if n < 3 else home for n, home in enumerate(homes)
    ]

    drawn = now(homes)

    assert drawn.patch_of["S0x0-0"] == "A"
    assert drawn.measures.moved_homes == 0
    assert "Most of them are there now" in why_here(drawn, "S0x0-0")
    assert "It is there now" in why_here(drawn, "S0x0-9")


def test_kept_patches_are_numbered_last():
    drawn = now(columns(6, "AABBCC"), 3, Rules(kept_patches=("A",)))

    assert [patch.name for patch in drawn.patches] == ["B", "C", "A"]
    assert [patch.is_kept for patch in drawn.patches] == [False, False, True]


def test_patches_that_lie_elsewhere_do_not_change_the_mean():
    homes = tuple(columns(6, "AAABBB"))
    homes = (*homes, make_home("over", 610, 0, patch="Z"))

    drawn = as_now(prepare(Area("Hill", homes, Options(2), elsewhere=("Z",))))

    assert [patch.name for patch in drawn.patches] == ["A", "B", "Z"]
    assert drawn.patches[0].deviation == pytest.approx(30 / 30.5 - 1)


def test_walking_spread_reaches_nine_of_ten_homes():
    homes = make_grid(1, 1, 1, patch="A") + [
        make_home(f"H{n}", 100 * (n + 1), 0, patch="A") for n in range(9)
    ]

    drawn = now(homes, 1)

    # Ten homes a hundred metres apart: the fifth is the middle, nine within 400 m.
    assert drawn.patches[0].walk_spread == 400
    assert drawn.patches[0].walk_metres == 250
