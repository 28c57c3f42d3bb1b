"""Rules are kept, or refused before drawing with the reason."""

from dataclasses import replace

import pytest

from patches.design.solver.draw import design
from patches.design.solver.errors import ImpossibleDesign
from patches.design.solver.explain import why_here
from patches.design.solver.graph import LinkKind
from patches.design.solver.problem import Home, Rules
from tests.factories.grounds import make_area, make_grid, make_home, make_street

GRID = make_grid(6, 4)


def in_patches(homes, drawn):
    return [replace(home, patch=drawn.patch_of[home.reference]) for home in homes]


def test_homes_to_be_together_take_in_those_between():
    rules = Rules(together=(("S0x0-0", "S0x3-0"),))

    drawn = design(make_area(GRID, 4, rules))

    row = {drawn.patch_of[f"S0x{column}-0"] for column in range(4)}
    assert len(row) == 1
    assert "lies between homes that must be together" in why_here(drawn, "S0x1-0")
    assert "a rule keeps it together" in why_here(drawn, "S0x0-0")


def test_homes_to_be_apart_are_apart():
    rules = Rules(apart=(("S0x0-0", "S0x1-0"), ("S0x0-0", "S1x0-0")))

    drawn = design(make_area(GRID, 4, rules))

    patch_of = drawn.patch_of
    assert patch_of["S0x0-0"] != patch_of["S0x1-0"]
    assert patch_of["S0x0-0"] != patch_of["S1x0-0"]


def test_a_kept_patch_stays_and_the_rest_is_shared_out():
    present = design(make_area(GRID, 4))
    kept = present.patch_of["S0x0-0"]

    drawn = design(make_area(in_patches(GRID, present), 4, Rules(kept_patches=(kept,))))

    assert [p.name for p in drawn.patches if p.is_kept] == [kept]
    assert "kept as it is" in why_here(drawn, "S0x0-0")
    assert drawn.measures.worst < 0.02


@pytest.mark.parametrize(
    "options", [{}, {"is_review": True, "tolerance": 0.05}, {"seed": 5}]
)
def test_a_home_goes_out_of_its_officers_patch(options):
    present = design(make_area(GRID, 4))
    own = present.patch_of["S0x0-0"]
    rules = Rules(not_in=(("S0x0-0", own),))

    drawn = design(
        make_area(in_patches(GRID, present), 4, rules, **{"tolerance": 0.2, **options})
    )

    assert drawn.patch_of["S0x0-0"] != own
    assert own in {patch.name for patch in drawn.patches}
    assert drawn.measures.moved_homes <= 40


def test_a_patch_goes_on_as_another_where_a_home_cannot_leave_it():
    homes = [replace(home, patch="P1") for home in GRID]
    rules = Rules(not_in=(("S0x0-0", "P1"),))

    drawn = design(make_area(homes, 1, rules))
    review = design(make_area(homes, 1, rules, is_review=True))

    assert [patch.name for patch in drawn.patches] == ["Beacon Hill 1"]
    assert [patch.name for patch in review.patches] == ["Beacon Hill 1"]


def test_a_rule_explains_why_a_home_is_not_in_the_nearest_patch():
    present = design(make_area(GRID, 4))
    own = present.patch_of["S0x0-0"]
    rules = Rules(not_in=(("S0x0-0", own),))
    homes = in_patches(GRID, present)

    drawn = design(make_area(homes, 4, rules, is_review=True, tolerance=0.2))

    said = why_here(drawn, "S0x0-1")
    assert f"It is in {own} now, but a rule keeps a home of it out of {own}" in said


def test_a_rule_of_another_area_is_no_matter():
    homes = [replace(home, patch="P1") for home in GRID]

    drawn = design(make_area(homes, 2, Rules(not_in=(("S0x0-0", "elsewhere"),))))

    assert drawn.measures.patches == 2


def test_a_barrier_is_crossed_only_at_its_bridge():
    river = ((402_250.0, 430_000.0), (402_250.0, 440_000.0))
    rules = Rules(barriers=(river,), bridges=((402_250.0, 437_000.0),))

    drawn = design(make_area(GRID, 4, rules))

    links = drawn.setup.links
    units = drawn.setup.units.units
    over = [
        (kind, min(units[a].y, units[b].y) / 10 - 437_000)
        for a, b, kind in zip(links.a, links.b, links.kind, strict=True)
        if (units[a].x < 4_022_500) != (units[b].x < 4_022_500)
    ]
    assert over
    assert {kind for kind, _ in over} == {LinkKind.BRIDGE}
    assert all(y <= 250 for _, y in over)


@pytest.mark.parametrize(
    ("homes", "patches", "rules", "options", "said"),
    [
        ([], 1, Rules(), {}, "has no homes"),
        ([GRID[0], GRID[0]], 1, Rules(), {}, "listed 2 times"),
        (GRID, 0, Rules(), {}, "at least one patch"),
        (GRID, 25, Rules(), {}, "at most that many patches, not 25"),
        (GRID, 2, Rules(), {"tolerance": 0.0}, "tolerance"),
        (GRID, 2, Rules(), {"weight_strength": 1.5}, "weight strength"),
        ([make_home("A", hours=-1.0)], 1, Rules(), {}, "-1.0 hours"),
        ([Home("A")], 1, Rules(), {}, "No home of Beacon Hill has coordinates"),
        (GRID, 4, Rules(kept_patches=("X9",)), {}, "Patch X9 is to be kept, but no"),
        (GRID, 4, Rules(together=(("S0x0-0", "gone"),)), {}, "names home gone"),
        (GRID, 4, Rules(apart=(("S0x0-0", "S0x0-1"),)), {}, "never split"),
        (GRID, 4, Rules(not_in=(("gone", "P1"),)), {}, "names home gone"),
        (
            GRID,
            4,
            Rules(together=(("S0x0-0", "S0x1-0"),), apart=(("S0x0-0", "S0x1-0"),)),
            {},
            "another rule keeps them together",
        ),
        (
            GRID,
            12,
            Rules(together=(("S0x0-0", "S0x1-0", "S0x2-0"),)),
            {},
            "need 30.0 hours a month and a patch holds 20.4",
        ),
        (GRID, 1, Rules(apart=(("S0x0-0", "S3x5-0"),)), {}, "there are 1 to draw"),
    ],
)
def test_impossible_rules_are_refused(homes, patches, rules, options, said):
    with pytest.raises(ImpossibleDesign, match=said):
        design(make_area(homes, patches, rules, **options))


@pytest.mark.parametrize(
    ("kept", "patches", "rules", "said"),
    [
        (2, 2, {}, "leaves none"),
        (4, 5, {}, "ask for 4 patches"),
        (1, 4, {"together": (("S0x0-0", "S3x5-0"),)}, "partly in patch"),
        (1, 4, {"apart": (("S0x0-0", "S0x1-0"),)}, "both are in patch"),
        (1, 4, {"not_in": (("S0x0-0", "P0"),)}, "Do not keep P0"),
    ],
)
def test_impossible_kept_patches_are_refused(kept, patches, rules, said):
    now = [
        replace(home, patch=f"P{column // 2}" if column < 4 else "P2")
        for home in GRID
        for column in [int(home.reference.split("x")[1].split("-")[0])]
    ]
    if kept == 4:
        now = [
            replace(h, patch="P3") if h.patch == "P2" and "x5" in h.reference else h
            for h in now
        ]
    names = tuple(f"P{n}" for n in range(kept))

    with pytest.raises(ImpossibleDesign, match=said):
        design(make_area(now, patches, Rules(kept_patches=names, **rules)))


@pytest.mark.parametrize(
    ("kept", "patches", "said"),
    [
        ("P0", 3, r"90\.0 hours a month .*, 12\.5 % over the mean of 80\.0, and 2 %"),
        ("P2", 4, r"33\.3 hours a month .*, 44\.4 % under the mean of 60\.0"),
        ("P2", 4, r"Do not keep P2, or allow 44.5 %\.$"),
        ("P0", 3, r"Do not keep P0, allow 12.5 %, or ask for 4 patches\.$"),
    ],
)
def test_kept_patches_that_leave_too_much_or_little_are_refused(kept, patches, said):
    now = [
        replace(home, patch=f"P{0 if column == 0 else 2 if column > 1 else 1}")
        for home in make_grid(6, 4)
        for column in [int(home.reference.split("x")[1].split("-")[0])]
    ]
    now = [replace(h, hours=1.5) if h.patch == "P0" else h for h in now]
    now = [replace(h, hours=0.875) if h.patch == "P2" else h for h in now]

    with pytest.raises(ImpossibleDesign, match=said):
        design(make_area(now, patches, Rules(kept_patches=(kept,))))


def test_no_home_of_a_rule_may_be_off_the_map():
    homes = [*GRID, Home("lost")]

    with pytest.raises(ImpossibleDesign, match="has no place on the map"):
        design(make_area(homes, 4, Rules(together=(("lost", "S0x0-0"),))))


def test_a_block_half_in_a_kept_patch_is_not_moved_out_of_it():
    homes = make_grid(4, 2)
    homes += make_street("T", 150, 150, 10, block="Elm House", patch="P1")
    homes += make_street("U", 150, 150, 10, block="Elm House", patch="P2")

    rules = Rules(kept_patches=("P1",))
    drawn = design(make_area(homes, 3, rules, tolerance=0.4))

    assert {drawn.patch_of[f"T{n}"] for n in range(10)} == {"P1"}
    assert drawn.patch_of["U0"] != "P1"
