"""The page of a patch, its walking list and map; making, changing and closing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import day_before, today
from patches.models import Patch
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import (
    LONG_AGO,
    BlockFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)
from tests.factories.tenants import TaraFactory, TaraPatchFactory

pytestmark = pytest.mark.django_db


def url(name, patch):
    return reverse(f"patches:register:{name}", args=[patch.pk])


def day_of(name, day):
    return {
        f"{name}_day": day.day,
        f"{name}_month": day.month,
        f"{name}_year": day.year,
    }


def test_page_shows_homes_answer_block_and_tara(place, officer, client_for):
    building = BlockFactory(ward=place.ward, name="Heron House")
    flat = PropertyFactory(ward=place.ward, block=building, building="Heron House")
    PatchMembershipFactory(patch=place.first, property=flat)
    tara = TaraFactory(ward=place.ward, name="Harbour Residents")
    TaraPatchFactory(tara=tara, patch=place.first)
    AssignmentFactory(patch=place.first, officer=officer)

    content = client_for(officer.user).get(url("detail", place.first)).content.decode()

    for words in ("1 Elm Road", "Heron House", "Harbour Residents", officer.name):
        assert words in content
    assert content.index("1 Elm Road") < content.index("2 Elm Road")
    assert 'name="homes"' not in content


def test_page_names_who_answered_before_and_who_is_next(place, officer, client_for):
    change = today() + dt.timedelta(days=10)
    AssignmentFactory(
        patch=place.first, starts_on=LONG_AGO, ends_on=dt.date(2025, 1, 1)
    )
    AssignmentFactory(
        patch=place.first,
        officer=officer,
        starts_on=dt.date(2025, 1, 2),
        ends_on=day_before(change),
    )
    following = AssignmentFactory(patch=place.first, starts_on=change)

    context = client_for(officer.user).get(url("detail", place.first)).context

    assert context["line"].answer.officer == officer
    assert context["before_text"].endswith("1 January 2024 to 1 January 2025")
    assert context["after_text"].startswith(following.officer.name)


def test_as_at_changes_homes_and_answer(place, move, officer, client_for):
    starts_on = today() + dt.timedelta(days=5)
    move(starts_on=starts_on)
    AssignmentFactory(patch=place.second, officer=officer, starts_on=starts_on)
    client = client_for(officer.user)

    now = client.get(url("detail", place.second)).context
    then = client.get(url("detail", place.second), day_of("as_at", starts_on)).context

    assert (now["patch"].home_count, now["line"].answer.officer) == (0, None)
    assert (then["patch"].home_count, then["line"].answer.officer) == (3, officer)


def test_only_those_who_run_the_ward_may_tick(place, leader, other_leader, client_for):
    page = url("detail", place.first)

    assert b'name="homes"' in client_for(leader.user).get(page).content
    assert b'name="homes"' not in client_for(other_leader.user).get(page).content


def test_history_tells_moves_and_assignments(place, move, leader, client_for):
    AssignmentFactory(patch=place.first)
    move(by=leader.user, reason="Balancing the ward")

    content = client_for(leader.user).get(url("detail", place.first)).content.decode()

    assert "3 homes moved out" in content
    assert "Balancing the ward" in content
    assert "began to answer" in content


def test_homes_as_csv_and_unknown_patch(place, officer, client_for):
    client = client_for(officer.user)

    response = client.get(url("detail", place.first), {"format": "csv"})

    rows = b"".join(response.streaming_content).decode().splitlines()
    assert len(rows) == 4
    assert client.get("/patches/999999/").status_code == 404


def test_walking_list_has_homes_and_nobodys_name(place, officer, client_for):
    response = client_for(officer.user).get(url("walk", place.first))

    assert response.context["home_count"] == 3
    assert b"2 Elm Road" in response.content


def test_map_answers_with_features(place, officer, client_for):
    shapes = client_for(officer.user).get(url("map", place.first)).json()

    assert shapes["type"] == "FeatureCollection"


@pytest.mark.parametrize("name", ["detail", "walk", "map"])
def test_pages_ask_as_often_for_two_homes_as_for_twelve(
    name, place, leader, client_for, django_assert_num_queries
):
    client = client_for(leader.user)
    page = url(name, place.first)

    def add(count):
        for at in range(count):
            home = PropertyFactory(
                ward=WardFactory(),
                block=BlockFactory(),
                street=f"Street {at}",
                latitude=53 + at / 1000,
                longitude=-1.5,
            )
            PatchMembershipFactory(patch=place.first, property=home)
            TaraPatchFactory(patch=place.first)

    add(2)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    add(10)
    AssignmentFactory(patch=place.first)
    with django_assert_num_queries(len(few)):
        client.get(page)


def test_create_a_patch(ward, leader, client_for):
    client = client_for(leader.user)
    page = reverse("patches:register:create")

    form = client.get(page, {"ward": ward.pk}).context["form"]
    assert form.initial["ward"] == ward
    response = client.post(
        page,
        {"code": "KS-09", "ward": ward.pk, "band_min": 280, "band_max": 300}
        | day_of("starts_on", today()),
    )

    patch = Patch.objects.get(code="KS-09")
    assert response.url == patch.get_absolute_url()


def test_create_shows_what_is_wrong(place, leader, client_for):
    client = client_for(leader.user)
    page = reverse("patches:register:create")

    assert b"There is a problem" in client.post(page).content
    taken = client.post(
        page,
        {"code": "KS-01", "ward": place.ward.pk, "band_min": 1, "band_max": 2}
        | day_of("starts_on", today()),
    )
    assert b"already a patch KS-01" in taken.content
    elsewhere = WardFactory()
    outside = client.post(
        page,
        {"code": "X", "ward": elsewhere.pk, "band_min": 1, "band_max": 2}
        | day_of("starts_on", today()),
    )
    assert outside.context["form"].errors["ward"]


def edit_data(place, **changes):
    return (
        {
            "version": 1,
            "code": "KS-01",
            "name": "Old Harbour",
            "ward": place.ward.pk,
            "band_min": 280,
            "band_max": 300,
        }
        | day_of("starts_on", LONG_AGO)
        | changes
    )


def test_edit_a_patch_and_meet_somebody_elses_edit(place, leader, client_for):
    client = client_for(leader.user)
    page = url("edit", place.first)

    assert client.get(page).context["form"].initial["code"] == "KS-01"
    assert client.post(page, edit_data(place)).status_code == 302
    late = client.post(page, edit_data(place, name="Mine"), follow=True)

    assert b"changed this patch on" in late.content
    assert late.context["form"].initial["name"] == "Old Harbour"
    assert (
        b"at least the smallest"
        in client.post(page, edit_data(place, version=2, band_max=100)).content
    )


def test_edit_refuses_a_ward_of_another_team(place, other_leader, manager, client_for):
    elsewhere = other_leader.leaderships.get().team.team_wards.get().ward

    answer = client_for(manager).post(
        url("edit", place.first), edit_data(place, ward=elsewhere.pk)
    )

    assert b"govuk-error-summary" in answer.content
    place.first.refresh_from_db()
    assert place.first.ward == place.ward


def test_close_a_patch(place, leader, client_for):
    client = client_for(leader.user)
    refused = client.post(
        url("close", place.first), {"version": 1} | day_of("ends_on", today())
    )
    closed = client.post(
        url("close", place.second),
        {"version": 1} | day_of("ends_on", today()),
        follow=True,
    )
    kept = client.post(url("close", place.second), {"version": 2}, follow=True)
    late = client.post(url("close", place.second), {"version": 1}, follow=True)

    assert b"3 homes are still in this patch" in refused.content
    assert b"The last day of patch KS-02 is" in closed.content
    assert b"Patch KS-02 stays open" in kept.content
    assert b"changed this patch on" in late.content


@pytest.mark.parametrize("name", ["edit", "close"])
def test_other_wards_leader_and_officers_may_not(
    name, place, officer, other_leader, client_for
):
    page = url(name, place.first)

    assert client_for(officer.user).get(page).status_code == 403
    assert client_for(other_leader.user).get(page).status_code == 403
