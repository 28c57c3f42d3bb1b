"""The pages of ward teams, as people use them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from officers.teams.models import TeamMembership, WardTeam
from tests.factories.officers import (
    AssignmentFactory,
    OfficerFactory,
    TeamLeadershipFactory,
    TeamMembershipFactory,
    TeamWardFactory,
    WardTeamFactory,
)
from tests.factories.patches import PatchFactory, PatchMembershipFactory, WardFactory

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"officers:teams:{name}", args=args)


@pytest.fixture
def page(client_for, manager):
    return client_for(manager)


def test_list_counts_patches_and_gaps(page, ward, team, leader):
    AssignmentFactory(patch=PatchFactory(ward=ward), officer=leader)
    PatchFactory(ward=ward)
    PatchFactory()
    [(row, parts)] = page.get(url("list")).context["rows"]
    assert (row.member_count, row.patch_count, row.vacant_count) == (1, 2, 1)
    assert (parts.leader, [w.ward for w in parts.wards]) == (leader, [ward])


def test_list_filters(page, ward, team):
    closed = WardTeamFactory(is_closed=True)
    PatchFactory(ward=ward)
    assert [t for t, _ in page.get(url("list")).context["rows"]] == [team]
    shown = page.get(url("list"), {"closed": "on"}).context["rows"]
    assert {t for t, _ in shown} == {team, closed}
    found = page.get(url("list"), {"vacant": "on", "ward": ward.pk}).context["rows"]
    assert [t for t, _ in found] == [team]
    none = page.get(url("list"), {"q": "nothing like it"})
    assert "Nothing matches these filters" in none.content.decode()


def test_list_downloads_as_csv(page, team):
    response = page.get(url("list"), {"format": "csv"})
    assert team.name in b"".join(response.streaming_content).decode()


def test_team_page_shows_gaps_and_loads(page, ward, team, officer, leader):
    patch = PatchFactory(ward=ward)
    PatchMembershipFactory(patch=patch)
    AssignmentFactory(patch=patch, officer=officer)
    PatchFactory(ward=ward)
    response = page.get(url("detail", team.pk))
    assert (response.context["vacant"], response.context["homes"]) == (1, 1)
    assert response.context["leader"].officer == leader


@pytest.mark.parametrize("name", ["list", "detail"])
def test_queries_do_not_grow(page, ward, team, name, django_assert_num_queries):
    address = url(name) if name == "list" else url(name, team.pk)

    def more(count):
        for _ in range(count):
            other = TeamWardFactory(ward=WardFactory()).team
            TeamLeadershipFactory(team=other)
            officer = OfficerFactory()
            TeamMembershipFactory(team=team, officer=officer)
            AssignmentFactory(patch=PatchFactory(ward=ward), officer=officer)

    more(2)
    page.get(address)
    with CaptureQueriesContext(connection) as few:
        page.get(address)
    more(10)
    with django_assert_num_queries(len(few)):
        page.get(address)


def test_making_and_changing_a_team(page):
    made = page.post(url("create"), {"name": "Elm team"})
    team = WardTeam.objects.get()
    assert made.url == team.get_absolute_url()
    again = page.post(url("create"), {"name": "elm team"})
    assert "There is a team Elm team already" in again.content.decode()
    page.post(url("edit", team.pk), {"name": "Oak team", "version": 1})
    team.refresh_from_db()
    assert team.name == "Oak team"


def test_adding_what_a_team_needs(page, team, ward):
    officer, new_ward = OfficerFactory(), WardFactory()
    day = {"starts_on": today().isoformat()}
    page.post(url("give_ward", team.pk), day | {"ward": new_ward.pk})
    page.post(url("add_member", team.pk), day | {"officer": officer.pk})
    page.post(url("set_leader", team.pk), day | {"officer": officer.pk})
    text = page.get(url("detail", team.pk)).content.decode()
    assert new_ward.name in text
    assert officer.name in text
    membership = TeamMembership.objects.get(officer=officer)
    end = {"ends_on": today().isoformat()}
    assert page.post(url("end_membership", membership.pk), end).status_code == 302


@pytest.mark.parametrize("name", ["give_ward", "add_member", "set_leader", "edit"])
def test_invalid_form_shows_summary(page, team, name):
    text = page.post(url(name, team.pk), {"name": ""}).content.decode()
    assert "There is a problem" in text


def test_refusal_is_shown_in_the_form(page, team, officer):
    data = {"officer": officer.pk, "starts_on": today().isoformat()}
    text = page.post(url("add_member", team.pk), data).content.decode()
    assert "already" in text


def test_second_of_two_who_change_a_team_sees_the_first(client_for, manager, team):
    page = client_for(manager)
    page.post(
        url("edit", team.pk), {"name": team.name, "phone": "07700 900111", "version": 1}
    )
    late = page.post(url("edit", team.pk), {"name": "Oak team", "version": 1})
    assert late.status_code == 409
    text = late.content.decode()
    assert f"{manager} changed this on" in text
    assert "07700 900111" in text
    assert 'value="Oak team"' in text
    team.refresh_from_db()
    assert team.name != "Oak team"
    page.post(url("edit", team.pk), {"name": "Oak team", "version": 2})
    team.refresh_from_db()
    assert team.name == "Oak team"
