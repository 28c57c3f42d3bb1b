"""Maps adjusted by hand: what is refused, and why, and what the figures then are."""

from dataclasses import replace

import pytest

from patches.design.solver.adjust import why_not_move, with_moved
from patches.design.solver.draw import describe
from patches.design.solver.explain import why_here
from patches.design.solver.present import as_now
from patches.design.solver.problem import Rules
from patches.design.solver.setup import prepare
from tests.factories.grounds import make_area, make_grid, make_street


def halves(rules=None, **values):
    """Two patches of three columns each: West and East."""
    homes = [
        replace(home, patch="West" if column < 3 else "East")
        for home in make_grid(6, 2, **values)
        for column in [int(home.reference.split("x")[1].split("-")[0])]
    ]
    return as_now(prepare(make_area(homes, 2, rules or Rules())))


def unit_at(drawn, street: str) -> int:
    names = [unit.name for unit in drawn.setup.units.units]
    return names.index(f"{street}- Road, ZK1 {street}-")


def number(drawn, name: str) -> int:
    return [patch.name for patch in drawn.patches].index(name)


def why_not(drawn, streets, to: str) -> str:
    units = [unit_at(drawn, street) for street in streets]
    return why_not_move(drawn, units, number(drawn, to))


def test_a_move_changes_the_figures_and_keeps_the_names():
    drawn = halves()

    moved = with_moved(drawn, [unit_at(drawn, "S0x2")], number(drawn, "East"))

    assert [patch.name for patch in moved.patches] == ["East", "West"]
    assert [patch.homes for patch in moved.patches] == [70, 50]
    assert moved.patches[0].deviation == pytest.approx(1 / 6)
    assert moved.measures.moved_homes == 10
    assert moved.patch_of["S0x2-0"] == "East"


def test_a_move_and_back_gives_the_same_map():
    drawn = describe(halves().setup, halves().part, ["East", "West"])
    unit = unit_at(drawn, "S0x2")

    moved = with_moved(drawn, [unit], number(drawn, "East"))

    assert with_moved(moved, [unit], number(drawn, "West")) == drawn


@pytest.mark.parametrize(
    ("streets", "said"),
    [
        (["S0x2"], ""),
        (["S0x2", "S1x2"], ""),
        (["S0x5"], "Everything chosen is in East already."),
        (["S0x0"], "S0x0- Road, ZK1 S0x0- is not next to East"),
        (["S0x1", "S1x1"], "West would come apart: S0x2- Road"),
        (["S0x0", "S0x1", "S0x2", "S1x0", "S1x1", "S1x2"], "would have no homes left"),
    ],
)
def test_patches_stay_whole(streets, said):
    refused = why_not(halves(), streets, "East")

    assert said in refused
    assert bool(refused) == bool(said)


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        (Rules(kept_patches=("East",)), "East is kept as it is."),
        (Rules(kept_patches=("West",)), "is in West, which is kept as it is."),
        (Rules(together=(("S0x2-0", "S1x2-0"),)), "must stay together with"),
        (Rules(apart=(("S0x2-0", "S0x4-0"),)), "must be apart, and both"),
        (Rules(not_in=(("S0x2-3", "East"),)), "must not be in East."),
    ],
)
def test_rules_hold_for_moves_by_hand(rules, said):
    assert said in why_not(halves(rules), ["S0x2"], "East")


def test_homes_that_must_be_together_may_move_together():
    drawn = halves(Rules(together=(("S0x2-0", "S1x2-0"),)))

    assert why_not(drawn, ["S0x2", "S1x2"], "East") == ""


def test_what_lies_between_homes_of_a_rule_may_move_alone():
    rules = Rules(together=(("S0x0-0", "S0x2-0"),))
    drawn = halves(rules)

    assert unit_at(drawn, "S0x1") in drawn.setup.groups.added
    assert "must stay together" not in why_not(drawn, ["S0x1"], "East")


def test_a_patch_in_parts_can_be_mended():
    homes = [
        replace(home, patch="A" if "x0-" in home.reference else "B")
        for home in make_grid(4, 1)
    ]
    homes = [replace(h, patch="A") if "x3-" in h.reference else h for h in homes]
    drawn = as_now(prepare(make_area(homes, 2)))

    mended = with_moved(drawn, [unit_at(drawn, "S0x3")], number(drawn, "B"))

    assert not drawn.patches[0].is_whole
    assert why_not(drawn, ["S0x3"], "B") == ""
    assert all(patch.is_whole for patch in mended.patches)


def test_homes_in_no_patch_can_be_given_one():
    homes = [
        replace(home, patch="" if "x3-" in home.reference else "A")
        for home in make_grid(4, 1)
    ]
    drawn = as_now(prepare(make_area(homes, 1)))
    unit = unit_at(drawn, "S0x3")

    moved = with_moved(drawn, [unit], 0)

    assert drawn.part[unit] == -1
    assert why_not_move(drawn, [unit], 0) == ""
    assert moved.measures.homes == drawn.measures.homes + 10
    assert moved.measures.moved_homes == 0


def test_a_map_made_by_hand_is_explained():
    drawn = halves()
    moved = with_moved(drawn, [unit_at(drawn, "S0x2")], number(drawn, "East"))

    assert "moving S0x2- Road" in moved.patches[0].why_outside
    assert "The middle of West is nearer" in why_here(moved, "S0x2-0")


def test_a_block_too_heavy_is_named_whoever_drew_the_map():
    homes = [replace(home, patch="A") for home in make_grid(2, 1)]
    homes += make_street("T", 200, 0, 90, block="Kestrel Tower", patch="B")

    drawn = as_now(prepare(make_area(homes, 2)))

    assert "Kestrel Tower alone is 164 %" in drawn.patches[1].why_outside
    assert "as things are now" in drawn.patches[0].why_outside
