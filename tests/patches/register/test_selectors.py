"""Reads of patches, homes and moves."""

from __future__ import annotations

import datetime as dt

import pytest

from housingplus.common.dates import today
from patches.models import Patch, Property
from patches.register.presenters import compact, expanded
from patches.register.selectors import (
    count_homes_without_patch,
    fingerprint,
    list_homes_of_patch,
    list_moves_of_patch,
    list_moves_of_property,
    list_positions,
    list_size_changes,
    list_streets,
    patch_shapes,
    ward_shapes,
)
from patches.wards.models import Ward
from tests.factories.patches import (
    LONG_AGO,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
)

pytestmark = pytest.mark.django_db


def test_homes_come_in_walking_order(ward):
    patch = PatchFactory(ward=ward)
    for building, sub in [
        ("10/3", ""),
        ("2A", ""),
        ("12–14", "Flat 1"),
        ("10", ""),
        ("2", ""),
        ("Elm House", ""),
    ]:
        home = PropertyFactory(ward=ward, building=building, sub_building=sub)
        PatchMembershipFactory(patch=patch, property=home)

    found = list_homes_of_patch(patch, today())

    assert [home.building for home in found] == [
        "2",
        "2A",
        "10",
        "10/3",
        "12–14",
        "Elm House",
    ]


def test_homes_are_grouped_by_street_with_their_sides(ward):
    homes = [
        PropertyFactory(ward=ward, street="Elm Road", building="1"),
        PropertyFactory(ward=ward, street="Elm Road", building="2"),
        PropertyFactory(ward=ward, street="Elm Road", building="Elm House"),
        PropertyFactory(ward=ward, street="Ash Lane", building="3"),
    ]

    streets = list_streets(Property.objects.in_walking_order())

    assert [street.name for street in streets] == ["Ash Lane", "Elm Road"]
    assert (streets[1].odd_count, streets[1].even_count) == (1, 1)
    assert len(streets[1].homes) == len(homes) - 1


def test_homes_no_longer_managed_are_not_counted(place):
    Property.objects.filter(pk=place.homes[0].pk).update(managed_to=LONG_AGO)

    assert list_homes_of_patch(place.first, today()).count() == 2
    assert Patch.objects.with_home_count(today()).get(pk=place.first.pk).home_count == 2


def test_homes_without_patch_by_ward(place):
    PropertyFactory(ward=place.ward)
    PropertyFactory()
    PropertyFactory(ward=place.ward, managed_to=LONG_AGO)

    assert count_homes_without_patch() == 2
    assert count_homes_without_patch([place.ward]) == 1
    assert count_homes_without_patch(Ward.objects.filter(pk=place.ward.pk)) == 1


def test_fingerprint_changes_when_a_home_moves(place, move):
    ids = [home.pk for home in place.homes]
    before = fingerprint(list_positions(ids, today()))

    assert fingerprint(list_positions(ids, today())) == before
    move(place.homes[:1], starts_on=today() + dt.timedelta(days=5))
    assert fingerprint(list_positions(ids, today())) != before


def test_size_changes_of_a_move(place):
    ids = [home.pk for home in place.homes[:2]]

    changes = list_size_changes(
        list_positions(ids, today()), to_patch=place.second, day=today()
    )

    assert [(row.patch.code, row.before, row.after, row.change) for row in changes] == [
        ("KS-01", 3, 1, -2),
        ("KS-02", 0, 2, 2),
    ]
    assert changes[0].band_after == "Under band"


@pytest.mark.parametrize(
    ("count", "label"),
    [(279, "Under band"), (280, "In band"), (300, "In band"), (301, "Over band")],
)
def test_both_ends_of_the_band_are_in_it(count, label):
    PatchFactory(band_min=280, band_max=300)
    assert Patch.objects.with_band(today()).get().band_label(count) == label


def test_moves_of_a_property_and_of_a_patch(place, move):
    made = move(place.homes[:1])

    assert [row.move for row in list_moves_of_property(place.homes[0])] == [made]
    assert not list_moves_of_property(place.homes[1])
    assert list(list_moves_of_patch(place.first)) == [made]
    assert list(list_moves_of_patch(place.second)) == [made]


def test_shapes_of_a_patch_are_outline_and_points(place):
    for at, home in enumerate(place.homes):
        Property.objects.filter(pk=home.pk).update(
            latitude=53.0 + at / 1000, longitude=-1.5 + at / 500
        )

    shapes = patch_shapes(place.first, today())["features"]

    kinds = [shape["geometry"]["type"] for shape in shapes]
    assert kinds == ["Polygon", "Point", "Point", "Point"]
    assert shapes[1]["properties"]["label"] == "1 Elm Road"
    longitudes = [point[0] for point in shapes[0]["geometry"]["coordinates"][0]]
    assert -1.502 < min(longitudes) < -1.5
    assert -1.496 < max(longitudes) < -1.494


def test_shapes_of_a_ward_show_homes_with_no_patch(place):
    place.ward.boundary = {
        "type": "Polygon",
        "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]],
    }
    place.ward.save()
    PropertyFactory(ward=place.ward, latitude=53, longitude=-1.5)
    Property.objects.filter(pk=place.homes[0].pk).update(latitude=53, longitude=-1.5)

    groups = [
        shape["properties"]["group"]
        for shape in ward_shapes(place.ward, today())["features"]
    ]

    assert groups == [
        f"{place.ward} ward",
        "KS-01 Harbour",
        "KS-01 Harbour",
        "No patch",
    ]


@pytest.mark.parametrize(
    ("ids", "text"), [([], ""), ([4], "4"), ([12, 4, 5, 6, 9], "4-6,9,12")]
)
def test_ids_fit_in_a_short_text(ids, text):
    assert compact(ids) == text
    assert expanded(text) == sorted(ids)


@pytest.mark.parametrize("text", ["x", "1;2", "5-1", "1-999999999", "٣", "1--2"])
def test_nonsense_is_no_ids(text):
    assert expanded(text) == []
