"""The list of wards, the page of a ward, and the page of a block."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.officers import (
    AssignmentFactory,
    TeamLeadershipFactory,
    TeamWardFactory,
)
from tests.factories.patches import (
    BlockFactory,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("patches:wards:list")


@pytest.fixture
def place(ward):
    """Two patches, one of them in band with an officer; one home in no patch."""
    good = PatchFactory(ward=ward, band_min=1, band_max=3)
    PatchMembershipFactory.create_batch(2, patch=good)
    AssignmentFactory(patch=good)
    PatchFactory(ward=ward)
    PropertyFactory(ward=ward, street="Ash Lane", building="7")
    return ward


def test_list_sums_each_ward(place, leader, client_for):
    line = client_for(leader.user).get(LIST).context["page_obj"][0]

    assert (line.home_count, line.unplaced_count) == (3, 1)
    assert (line.patch_count, line.out_of_band_count, line.no_officer_count) == (
        2,
        1,
        1,
    )
    assert line.leader == leader


def test_list_filters_and_sorts(place, analyst, client_for):
    other = WardFactory(name="Aardvark Hill")
    client = client_for(analyst)

    def found(**query):
        return [line.ward for line in client.get(LIST, query).context["page_obj"]]

    assert found() == [other, place]
    assert found(sort="-home") == [place, other]
    assert found(sort="leader") == [other, place]
    assert found(q="aardvark") == [other]
    assert found(area=place.area_id) == [place]
    assert b"Nothing matches" in client.get(LIST, {"q": "x"}).content


@pytest.mark.parametrize(
    "key",
    ["name", "area", "home", "unplaced", "patch", "out_of_band", "no_officer", "team"],
)
def test_list_sorts_by_every_column(key, place, manager, client_for):
    assert client_for(manager).get(LIST, {"sort": f"-{key}"}).status_code == 200


def test_list_as_csv(place, officer, client_for):
    response = client_for(officer.user).get(LIST, {"format": "csv"})

    rows = b"".join(response.streaming_content).decode().splitlines()
    assert len(rows) == 2
    assert '"3","1","2","1","1"' in rows[1]


def test_empty_list_says_what_to_do(manager, client_for):
    assert b"No wards yet" in client_for(manager).get(LIST).content


def test_list_asks_as_often_for_two_wards_as_for_twelve(
    manager, client_for, django_assert_num_queries
):
    client = client_for(manager)

    def add(count):
        for _ in range(count):
            row = TeamWardFactory()
            TeamLeadershipFactory(team=row.team)
            patch = PatchFactory(ward=row.ward)
            PatchMembershipFactory(patch=patch)

    add(2)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    add(10)
    with django_assert_num_queries(len(few)):
        client.get(LIST)


def test_ward_page_shows_patches_streets_blocks_and_team(place, leader, client_for):
    block = BlockFactory(ward=place)
    PropertyFactory(ward=place, block=block, street="Ash Lane", building="8")

    context = client_for(leader.user).get(place.get_absolute_url()).context

    assert (context["home_count"], context["unplaced_count"]) == (4, 2)
    assert (context["out_of_band_count"], len(context["lines"])) == (1, 2)
    street = context["streets"][0]
    assert (street.name, street.home_count) == ("Ash Lane", 2)
    assert (street.odd_count, street.even_count, street.unplaced_count) == (1, 1, 2)
    assert [row.home_count for row in context["blocks"]] == [1]
    assert (context["team"], context["leader"]) == (
        leader.team_memberships.get().team,
        leader,
    )


def test_ward_page_offers_moves_to_those_who_run_it(
    place, leader, officer, other_leader, client_for
):
    page = place.get_absolute_url()

    assert b"the whole street" in client_for(leader.user).get(page).content
    for user in (officer.user, other_leader.user):
        assert b"the whole street" not in client_for(user).get(page).content


def test_empty_ward_and_unknown_ward(manager, client_for):
    client = client_for(manager)

    assert b"has no patches yet" in client.get(WardFactory().get_absolute_url()).content
    assert client.get("/wards/999999/").status_code == 404
    assert client.get("/wards/999999/map/").status_code == 404


def test_ward_map_answers_with_features(place, officer, client_for):
    page = reverse("patches:wards:map", args=[place.pk])

    assert client_for(officer.user).get(page).json()["type"] == "FeatureCollection"


def test_block_page_shows_homes_patch_and_who_answers(place, leader, client_for):
    block = BlockFactory(ward=place)
    patch = PatchFactory(ward=place, code="KS-05")
    homes = PropertyFactory.create_batch(2, ward=place, block=block)
    PatchMembershipFactory(patch=patch, property=homes[0])
    client = client_for(leader.user)

    response = client.get(block.get_absolute_url())

    assert response.context["unplaced_count"] == 1
    assert [(row, count) for row, count, _ in response.context["patches"]] == [
        (patch, 1)
    ]
    assert b"Move the whole block" in response.content
    csv = client.get(block.get_absolute_url(), {"format": "csv"})
    assert b'"KS-05"' in b"".join(csv.streaming_content)


def test_block_page_asks_as_often_for_two_homes_as_for_twelve(
    place, manager, client_for, django_assert_num_queries
):
    block = BlockFactory(ward=place)
    client = client_for(manager)

    def add(count):
        for _ in range(count):
            home = PropertyFactory(block=block, ward=place)
            PatchMembershipFactory(patch=PatchFactory(ward=place), property=home)

    add(2)
    client.get(block.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(block.get_absolute_url())
    add(10)
    with django_assert_num_queries(len(few)):
        client.get(block.get_absolute_url())
