"""Maps are balanced and compact, reviews move little, sentences tell the truth."""

from dataclasses import replace
from random import Random

import pytest

from patches.design.solver.apportion import share_out
from patches.design.solver.city import make_areas, measure_city
from patches.design.solver.draw import design
from patches.design.solver.errors import ImpossibleDesign
from patches.design.solver.explain import why_here
from patches.design.solver.problem import Options, Rules
from tests.factories.grounds import make_area, make_grid, make_street, make_ward

WARD = make_ward(70, 4)


@pytest.fixture(scope="module")
def drawn():
    return design(make_area(WARD, 4))


@pytest.fixture(scope="module")
def drifted(drawn):
    """The ward a year on: the homes of one patch need half as much again."""
    random = Random(2)
    first = drawn.patches[0].name
    return [
        replace(
            home,
            patch=drawn.patch_of[home.reference],
            hours=home.hours
            * (1.25 if drawn.patch_of[home.reference] == first else 1.0)
            * random.uniform(0.9, 1.1),
        )
        for home in WARD
    ]


def test_a_fresh_map_is_within_two_percent(drawn):
    assert drawn.measures.worst <= 0.02
    assert drawn.measures.within == (1, 1, 1)
    assert drawn.measures.whole == 1
    assert not any(patch.why_outside for patch in drawn.patches)
    assert drawn.measures.walk_metres < 300


def test_a_review_moves_few_homes(drifted):
    review = design(make_area(drifted, 4, is_review=True, tolerance=0.05))
    afresh = design(make_area(drifted, 4, tolerance=0.05))

    assert review.measures.worst <= 0.05
    assert review.measures.moved_homes < afresh.measures.moved_homes
    assert 0 < review.measures.moved_homes < len(WARD) * 0.15


def test_a_review_of_a_balanced_map_moves_nobody(drawn):
    now = [replace(home, patch=drawn.patch_of[home.reference]) for home in WARD]

    again = design(make_area(now, 4, is_review=True))

    assert again.measures.moved_homes == 0
    assert "It is there now" in why_here(again, WARD[0].reference)


@pytest.mark.parametrize("patches", [3, 5])
def test_a_review_with_fewer_or_more_officers_keeps_most(drifted, patches):
    review = design(make_area(drifted, patches, is_review=True, tolerance=0.05))

    assert review.measures.patches == patches
    assert review.measures.worst <= 0.05
    assert review.measures.moved_homes < len(WARD) * 0.45


def test_a_fresh_map_takes_the_names_of_the_patches_it_keeps(drawn):
    now = [replace(home, patch=drawn.patch_of[home.reference]) for home in WARD]

    again = design(make_area(now, 4))

    assert again.measures.moved_homes == 0


def test_the_more_a_change_costs_the_fewer_homes_move(drifted):
    maps = [
        design(make_area(drifted, 4, continuity=metres))
        for metres in (0, 50, 200, 5000)
    ]
    review = design(make_area(drifted, 4, is_review=True))

    moved = [drawn.measures.moved_homes for drawn in maps]
    walks = [drawn.measures.walk_metres for drawn in maps]
    assert moved == sorted(moved, reverse=True)
    assert moved[-1] <= review.measures.moved_homes < moved[0]
    assert walks[0] == min(walks)
    assert all(drawn.measures.worst <= 0.02 for drawn in maps)


def test_a_change_may_cost_a_lot_where_patches_are_opened_or_closed(drifted):
    for patches in (3, 5):
        afresh = design(make_area(drifted, patches))
        near = design(make_area(drifted, patches, continuity=500.0))

        assert near.measures.worst <= 0.02
        assert near.measures.moved_homes < afresh.measures.moved_homes


def test_a_change_costs_nothing_where_there_are_no_patches_yet(drawn):
    assert design(make_area(WARD, 4, continuity=500.0)).part == drawn.part


def test_every_home_can_be_explained(drawn):
    said = [why_here(drawn, home.reference) for home in WARD]

    assert all(sentence.endswith(".") for sentence in said)
    assert any("is the nearest" in sentence for sentence in said)
    assert any(
        "% over the mean" in sentence
        or "has no home next to it" in sentence
        or "% under the mean" in sentence
        for sentence in said
    )
    assert why_here(drawn, "gone") == "Home gone is not in Beacon Hill."


def test_what_hangs_on_one_street_is_named():
    homes = make_grid(3, 3, 8) + make_street("N", 100, 1000, 10)
    homes += [
        home
        for n in range(4)
        for home in make_street(f"M{n}-", n * 100, 2000, 10, hours=1.75)
    ]

    drawn = design(make_area(homes, 2))

    said = " ".join(patch.why_outside for patch in drawn.patches)
    assert "the only way between" in said


def test_split_streets_are_listed():
    homes = [replace(home, street="Long Road") for home in make_grid(6, 1)]

    drawn = design(make_area(homes, 2))

    assert drawn.measures.split_streets == ("Long Road",)


def test_patches_are_shared_by_work():
    assert share_out({"North": 30.0, "South": 10.0}, 4) == {"North": 3, "South": 1}
    with pytest.raises(ValueError, match="fewer"):
        share_out({"North": 1.0, "South": 1.0}, 1)


def test_a_city_is_drawn_area_by_area():
    south = [
        replace(home, reference=f"s{home.reference}", patch="P1")
        for home in make_grid(4, 2)
    ]
    north = [
        replace(home, patch="P1" if n < 5 else "P2") for n, home in enumerate(WARD)
    ]

    areas = make_areas({"North": north, "South": south}, Options(6))
    city = measure_city([design(area) for area in areas])

    assert city.patches == 6
    assert city.homes == len(north) + len(south)
    assert city.worst <= 0.02 < city.worst_city
    assert [area.elsewhere for area in areas] == [("P1",), ()]


def test_a_city_needs_a_patch_for_each_area():
    homes = {"North": make_grid(2, 1), "South": make_street("T", 0, 0, 5)}

    with pytest.raises(ImpossibleDesign, match="at least 2"):
        make_areas(homes, Options(1))
    with pytest.raises(ImpossibleDesign, match="different ward teams"):
        make_areas(homes, Options(2), Rules(together=(("S0x0-0", "T0"),)))
    with pytest.raises(ImpossibleDesign, match="no homes"):
        make_areas({}, Options(2))
    with pytest.raises(ImpossibleDesign, match="draw its ward too"):
        make_areas(homes, Options(2), Rules(together=(("S0x0-0", "gone"),)))


def test_a_patch_of_two_areas_is_not_kept_in_one():
    homes = {
        "North": make_grid(2, 1, patch="P1"),
        "South": make_street("T", 0, 0, 5, patch="P1"),
    }

    with pytest.raises(ImpossibleDesign, match="homes in North and in South"):
        make_areas(homes, Options(2), Rules(kept_patches=("P1",)))
    with pytest.raises(ImpossibleDesign, match="No home here is in patch X"):
        make_areas(homes, Options(2), Rules(kept_patches=("X",)))


def test_rules_on_homes_elsewhere_hold_by_themselves():
    homes = {"North": make_grid(2, 1), "South": make_street("T", 0, 0, 5)}
    rules = Rules(apart=(("S0x0-0", "T0"), ("gone", "T0")), not_in=(("gone", "P1"),))

    areas = make_areas(homes, Options(2), rules)

    assert [(area.rules.apart, area.rules.not_in) for area in areas] == [((), ())] * 2


def test_a_review_of_a_city_keeps_the_number_of_patches():
    homes = {"North": make_grid(2, 2, patch="P1"), "South": make_grid(2, 1)}

    areas = make_areas(homes, Options(0, is_review=True))

    assert [area.options.patches for area in areas] == [1, 1]
