"""The list of patches and the list of homes with no patch."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from officers.models import AssignmentKind
from patches.models import PatchMembership
from patches.register import services
from tests.factories.officers import AssignmentFactory, OfficerFactory, UserFactory
from tests.factories.patches import (
    LONG_AGO,
    PatchFactory,
    PatchMembershipFactory,
    PatchMoveFactory,
    PropertyFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db
LIST = reverse("patches:register:list")
UNPLACED = reverse("patches:register:unplaced")
MOVES = reverse("patches:register:move_list")


def codes(response):
    return [line.patch.code for line in response.context["lines"]]


def text(response):
    return b"".join(response.streaming_content).decode()


def test_list_shows_size_and_who_answers(place, officer, client_for):
    AssignmentFactory(patch=place.first, officer=officer, starts_on=dt.date(2025, 3, 3))

    response = client_for(officer.user).get(LIST)

    line = response.context["lines"][0]
    assert (line.patch.home_count, line.band) == (3, "Under band")
    assert (line.answer.officer, line.answer_tag) == (officer, "")
    assert b"3 March 2025" in response.content
    assert response.context["lines"][1].answer_tag == "Ward team"


def test_signed_out_people_are_sent_to_sign_in(client):
    assert client.get(LIST).status_code == 302
    assert client.get(UNPLACED).status_code == 302


def test_list_filters(place, officer, analyst, client_for):
    elsewhere = PatchFactory(code="QH-01", band_min=1, band_max=2)
    PatchMembershipFactory.create_batch(2, patch=elsewhere)
    cover = OfficerFactory()
    AssignmentFactory(patch=place.first, officer=officer)
    AssignmentFactory(
        patch=place.first,
        officer=cover,
        kind=AssignmentKind.COVER,
        starts_on=today(),
        ends_on=today(),
    )
    client = client_for(analyst)

    def found(**query):
        return codes(client.get(LIST, query))

    assert found() == ["KS-01", "KS-02", "QH-01"]
    assert found(q="harbour ks") == ["KS-01"]
    assert found(ward=place.ward.pk) == ["KS-01", "KS-02"]
    assert found(area=elsewhere.ward.area_id) == ["QH-01"]
    assert found(size="in") == ["QH-01"]
    assert found(size="out") == found(size="under") == ["KS-01", "KS-02"]
    assert found(answered_by="person") == found(answered_by="cover") == ["KS-01"]
    assert found(answered_by="team") == ["KS-02"]
    assert found(answered_by="nobody") == ["QH-01"]
    assert found(answered_by="none") == ["KS-02", "QH-01"]
    assert found(officer=cover.pk) == ["KS-01"]
    assert found(sort="-homes") == ["KS-01", "QH-01", "KS-02"]
    assert found(sort="nonsense") == ["KS-01", "KS-02", "QH-01"]


def test_list_as_at_a_day(place, move, officer, client_for):
    starts_on = today() + dt.timedelta(days=5)
    move(starts_on=starts_on)
    PatchFactory(code="OLD", ward=place.ward, ends_on=LONG_AGO)
    client = client_for(officer.user)

    def sizes(day):
        lines = client.get(LIST, {"as_at": day.isoformat()}).context["lines"]
        return {line.patch.code: line.patch.home_count for line in lines}

    assert sizes(today()) == {"KS-01": 3, "KS-02": 0}
    assert sizes(starts_on) == {"KS-01": 0, "KS-02": 3}
    assert "OLD" in sizes(LONG_AGO)


def test_list_names_patches_that_start_later(place, officer, client_for):
    PatchFactory(code="NEW-1", starts_on=today() + dt.timedelta(days=9))

    response = client_for(officer.user).get(LIST)

    assert "NEW-1" not in codes(response)
    assert b"NEW-1" in response.content


def test_an_impossible_day_says_so_and_shows_today(place, officer, client_for):
    response = client_for(officer.user).get(LIST, {"as_at": "2026-02-31"})

    assert response.status_code == 200
    assert b"There is a problem" in response.content


def test_list_as_csv(place, officer, client_for):
    response = client_for(officer.user).get(LIST, {"format": "csv", "q": "KS-01"})

    lines = text(response).splitlines()
    assert lines[0].startswith('\ufeff"Code","Name","Ward"')
    assert len(lines) == 2
    assert '"KS-01","Harbour"' in lines[1]


def test_empty_lists_say_what_to_do(manager, client_for):
    client = client_for(manager)

    assert b"make a patch and move homes to it" in client.get(LIST).content
    assert b"Every home has a patch" in client.get(UNPLACED).content
    assert b"No homes have been moved yet" in client.get(MOVES).content
    assert b"Nothing matches" in client.get(LIST, {"q": "x"}).content


def test_unplaced_lists_and_filters_homes(place, leader, client_for):
    PropertyFactory(ward=place.ward, building="4", street="Ash Lane")
    PropertyFactory(
        ward=place.ward, building="5", street="Ash Lane", postcode="ZS9 9AA"
    )
    PropertyFactory(ward=WardFactory(), building="6", street="Oak Row")
    client = client_for(leader.user)

    def found(**query):
        page = client.get(UNPLACED, query).context["page_obj"]
        return [home.building for home in page]

    assert found() == ["4", "5", "6"]
    assert found(ward=place.ward.pk) == ["4", "5"]
    assert found(street="ash", side="odds") == ["5"]
    assert found(side="evens") == ["4", "6"]
    assert found(postcode="zs9") == ["5"]
    assert found(property_type="flat") == []


def test_unplaced_offers_ticks_for_own_wards_only(place, leader, officer, client_for):
    mine = PropertyFactory(ward=place.ward)
    other = PropertyFactory()

    content = client_for(leader.user).get(UNPLACED).content.decode()
    assert f'name="homes" value="{mine.pk}"' in content
    assert f'name="homes" value="{other.pk}"' not in content
    assert b'name="homes"' not in client_for(officer.user).get(UNPLACED).content


def test_unplaced_as_csv(place, officer, client_for):
    PropertyFactory(ward=place.ward, reference="H-1")

    response = client_for(officer.user).get(UNPLACED, {"format": "csv"})

    assert '"H-1"' in text(response)


@pytest.mark.parametrize(
    "url", [LIST, UNPLACED, MOVES, LIST + "?size=under&sort=-homes"]
)
def test_lists_ask_as_often_for_two_rows_as_for_twelve(
    url, ward, team, leader, client_for, django_assert_num_queries
):
    client = client_for(leader.user)

    def add(count):
        for _ in range(count):
            patch = PatchFactory(ward=WardFactory())
            PatchMembershipFactory(patch=patch)
            AssignmentFactory(patch=patch)
            PropertyFactory()
            PatchMoveFactory(moved_by=UserFactory())

    add(2)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    add(10)
    with django_assert_num_queries(len(few)):
        client.get(url)
    assert PatchMembership.objects.count() == 12


def test_moves_are_listed_and_filtered(place, move, leader, client_for):
    client = client_for(leader.user)
    planned = move(place.homes[:1], starts_on=today() + dt.timedelta(days=3))
    done = move(place.homes[1:2], to_patch=None, by=leader.user)
    undone = services.undo_move(move=move(place.homes[2:]), by=leader.user)
    other = PatchMoveFactory()

    def found(**query):
        return set(client.get(MOVES, query).context["page_obj"])

    assert found() == {planned, done, undone, other}
    assert found(state="planned") == {planned}
    assert found(state="done") == {done, other}
    assert found(state="undone") == {undone}
    assert found(patch=place.first.pk) == {planned, done, undone}
    assert found(patch=place.second.pk) == {planned, undone}
    assert found(ward=other.to_patch.ward_id) == {other}
    csv = text(client.get(MOVES, {"format": "csv"})).splitlines()
    assert len(csv) == 5
