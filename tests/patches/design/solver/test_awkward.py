"""Wards that break a drawing made for tidy ones."""

import subprocess
import sys

import pytest

from patches.design.solver.draw import design
from patches.design.solver.errors import ImpossibleDesign
from patches.design.solver.explain import why_here
from patches.design.solver.graph import LinkKind
from patches.design.solver.problem import Home, Rules
from patches.design.solver.setup import prepare
from patches.design.solver.strays import find_estates
from tests.factories.grounds import make_area, make_grid, make_home, make_street


def sizes(drawn) -> list[int]:
    return sorted(patch.homes for patch in drawn.patches)


def test_one_street_is_cut_into_lengths():
    homes = make_grid(12, 1)

    drawn = design(make_area(homes, 3))

    assert sizes(drawn) == [40, 40, 40]
    assert all(patch.is_whole for patch in drawn.patches)


def test_two_islands_are_joined_by_a_marked_link():
    near = make_grid(3, 2)
    far = [
        make_home(f"F{home.reference}", i % 30 + 5000, i // 30 * 100)
        for i, home in enumerate(near)
    ]
    river = ((403_000.0, 400_000.0), (403_000.0, 500_000.0))

    drawn = design(make_area(near + far, 2, Rules(barriers=(river,))))

    assert sizes(drawn) == [60, 60]
    assert (drawn.setup.links.kind == LinkKind.JOINING).sum() == 1
    (island,) = find_estates(drawn.setup)
    assert island.homes == 60
    assert "joined to it over a gap or a barrier" in str(island)


def test_a_block_bigger_than_a_patch_is_named():
    homes = make_grid(4, 4)
    homes += make_street("T", 150, 150, 150, block="Kestrel Tower")

    drawn = design(make_area(homes, 4))

    tower = drawn.patch_of["T0"]
    (patch,) = (patch for patch in drawn.patches if patch.name == tower)
    assert patch.homes == 150
    assert "Kestrel Tower alone is 194 % of the mean" in patch.why_outside


def test_homes_without_coordinates_go_with_their_neighbours():
    homes = make_grid(4, 2)
    homes += [
        Home("P", postcode="ZK1 S0x0-"),
        Home("S", street="S1x3- Road"),
        Home("N", street="Nowhere Lane"),
        Home("Z", easting=0, northing=0, postcode="ZK9 9ZZ"),
    ]

    drawn = design(make_area(homes, 2))

    assert drawn.patch_of["P"] == drawn.patch_of["S0x0-0"]
    assert drawn.patch_of["S"] == drawn.patch_of["S1x3-0"]
    assert drawn.setup.units.placed_by_postcode == ("P",)
    assert drawn.setup.units.placed_by_street == ("S",)
    assert drawn.unplaced == ("N", "Z")
    assert "no coordinates" in why_here(drawn, "N")


def test_a_home_without_coordinates_goes_with_its_block():
    homes = make_grid(3, 2)
    homes += make_street("B", 150, 50, 20, block="Elm House")
    homes.append(Home("B99", block="Elm House"))

    drawn = design(make_area(homes, 2))

    assert drawn.patch_of["B99"] == drawn.patch_of["B0"]


def test_units_on_one_spot_are_one_unit():
    homes = [
        make_home(f"H{n}", 100 * (n // 5), 0, postcode=f"ZK1 {n}") for n in range(20)
    ]

    drawn = design(make_area(homes, 2))

    assert len(drawn.setup.units.units) == 4
    assert sizes(drawn) == [10, 10]


def test_one_patch_takes_everything():
    drawn = design(make_area(make_grid(3, 3), 1))

    assert sizes(drawn) == [90]
    assert drawn.measures.worst == 0


def test_as_many_patches_as_units():
    drawn = design(make_area(make_grid(4, 3), 12))

    assert sizes(drawn) == [10] * 12


def test_homes_that_all_need_nothing_are_counted_by_door():
    drawn = design(make_area(make_grid(4, 3, hours=0.0), 3))

    assert sizes(drawn) == [40, 40, 40]


def test_a_stray_home_is_reported():
    homes = make_grid(3, 3)
    homes.append(make_home("far", 9000, 0, postcode="ZK1 S0x0-", street="S0x0- Road"))

    drawn = design(make_area(homes, 3))

    assert drawn.setup.units.strays == ("far",)


def test_weight_strength_goes_from_doors_to_work():
    busy = make_street("B", 0, 0, 10, hours=5.0)
    quiet = [
        home for n in range(1, 6) for home in make_street(f"Q{n}-", n * 100, 0, 10)
    ]

    by_work = design(make_area(busy + quiet, 2, weight_strength=1.0))
    by_door = design(make_area(busy + quiet, 2, weight_strength=0.0))

    assert sizes(by_work) == [10, 50]
    assert sizes(by_door) == [30, 30]


def test_the_solver_needs_no_django():
    code = (
        "import sys, patches.design.solver.city, patches.design.solver.draw;"
        "sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_a_lone_estate_does_not_come_apart_and_is_named(seed):
    homes = make_grid(5, 5) + make_street("E", 4000, 0, 10)

    drawn = design(make_area(homes, 5, seed=seed))

    assert all(patch.is_whole for patch in drawn.patches)
    (estate,) = find_estates(drawn.setup)
    assert (estate.name, estate.homes, estate.metres) == ("E Road, ZK1 E", 10, 3600)
    assert str(estate).endswith("(10 homes): 3,600 m from S0x4- Road, ZK1 S0x4-.")


def test_nothing_is_far_in_a_town():
    assert find_estates(prepare(make_area(make_grid(5, 5), 2))) == ()


def test_a_river_without_a_bridge_cuts_off_what_is_beyond_it():
    river = ((402_350.0, 430_000.0), (402_350.0, 440_000.0))

    setup = prepare(make_area(make_grid(6, 2), 2, Rules(barriers=(river,))))

    (beyond,) = find_estates(setup)
    assert (beyond.homes, len(beyond.units), beyond.is_joined) == (40, 4, True)
    assert " and 3 more (40 homes): 100 m from " in str(beyond)


@pytest.mark.parametrize("homes", [[make_home("A")], [make_home(n) for n in "ABC"]])
def test_homes_all_on_one_spot_are_one_unit(homes):
    drawn = design(make_area(homes, 1))

    assert sizes(drawn) == [len(homes)]
    with pytest.raises(ImpossibleDesign, match="at most that many patches, not 2"):
        design(make_area(homes, 2))


def test_towers_on_one_spot_go_together():
    homes = make_grid(4, 1)
    for name in ("Elm House", "Oak House"):
        homes += [make_home(f"{name}{n}", 150, 50, block=name) for n in range(20)]

    drawn = design(make_area(homes, 2))

    assert drawn.patch_of["Elm House0"] == drawn.patch_of["Oak House19"]
