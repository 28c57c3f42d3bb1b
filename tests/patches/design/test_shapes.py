"""Outlines of patches: whole, side by side, and told apart by colour."""

import pytest
import shapely

from patches.design.shapes import COLOURS, colours_of, outlines

XS = [0, 100, 200, 300]
YS = [0, 0, 0, 0]


def test_neighbours_share_a_side_and_do_not_overlap():
    found = outlines(XS, YS, [0, 0, 1, 1])

    one, other = found[0], found[1]
    assert one.geom_type == other.geom_type == "Polygon"
    assert one.intersection(other).area == pytest.approx(0)
    assert one.distance(other) == pytest.approx(0)
    assert one.contains(shapely.Point(50, 0))


def test_ground_far_from_every_spot_belongs_to_nobody():
    found = outlines([0, 2_000], [0, 0], [0, 1])

    assert not found[0].contains(shapely.Point(500, 0))
    assert found[0].distance(found[1]) > 1_500


def test_units_in_no_patch_have_no_outline():
    assert set(outlines(XS, YS, [0, -1, -1, 1])) == {0, 1}
    assert outlines([], [], []) == {}


def test_one_spot_and_shared_spots_have_outlines():
    assert outlines([5], [5], [0])[0].area > 0
    assert set(outlines([5, 5, 5], [5, 5, 5], [0, 1, 1])) == {0, 1}


def test_neighbours_have_different_colours():
    part = [0, 1, 2, 3]
    found = colours_of(XS, YS, part)
    for left, right in zip(part, part[1:], strict=False):
        assert found[left] != found[right]
    grid = [(x * 100, y * 100) for x in range(6) for y in range(6)]
    colours = colours_of(
        [x for x, _ in grid], [y for _, y in grid], list(range(len(grid)))
    )
    assert set(colours.values()) <= set(COLOURS)
    assert len(set(colours.values())) < 8


def test_two_spots_have_colours_too():
    assert len(set(colours_of([0, 9], [0, 9], [0, 1]).values())) == 2
