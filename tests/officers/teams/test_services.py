"""Teams, their wards, members and leaders over time."""

from __future__ import annotations

import datetime as dt

import pytest

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from officers.assignments.selectors import who_answers
from officers.teams import errors, services
from officers.teams.models import TeamLeadership, TeamMembership, TeamWard
from tests.factories.officers import AssignmentFactory, OfficerFactory, WardTeamFactory
from tests.factories.patches import PatchFactory, WardFactory

pytestmark = pytest.mark.django_db
TOMORROW = today() + dt.timedelta(days=1)


def save(manager, team=None, **values):
    values = {"name": "Elm team", "phone": "", "email": "", "version": 1} | values
    return services.save_team(team=team, by=manager, **values)


def test_team_names_are_unique_whatever_the_case(manager):
    save(manager)
    with pytest.raises(errors.TeamNameTaken):
        save(manager, name="ELM TEAM")


def test_editing_a_team_is_recorded(manager):
    team = save(manager)
    save(manager, team=team, name="Oak team")
    event = AuditEvent.objects.get(verb="team.edited")
    assert event.changes == {"name": ["Elm team", "Oak team"]}


def test_team_with_wards_is_not_closed(manager, team):
    with pytest.raises(errors.StillHasWards):
        save(manager, team=team, is_closed=True)


def test_ward_goes_from_team_to_team(manager, ward, team):
    new = WardTeamFactory()
    vacant = PatchFactory(ward=ward)
    AssignmentFactory(patch=vacant, officer=None, team=team)
    for _ in range(2):
        services.give_ward(team=new, ward=ward, starts_on=TOMORROW, by=manager)
    assert TeamWard.objects.get(team=team).ends_on == today()
    assert TeamWard.objects.get(team=new).starts_on == TOMORROW
    assert who_answers(vacant, today()).team == team
    assert who_answers(vacant, TOMORROW).team == new


def test_ward_with_a_later_change_is_refused(manager, ward, team):
    later = TOMORROW + dt.timedelta(days=5)
    services.give_ward(team=WardTeamFactory(), ward=ward, starts_on=later, by=manager)
    with pytest.raises(errors.LaterChangePlanned):
        services.give_ward(
            team=WardTeamFactory(), ward=ward, starts_on=TOMORROW, by=manager
        )


def test_new_ward_needs_no_former_team(manager, team):
    row = services.give_ward(
        team=team, ward=WardFactory(), starts_on=today(), by=manager
    )
    assert row.team == team


def test_member_joins_once_and_leaves(manager, team):
    officer = OfficerFactory()
    for _ in range(2):
        row = services.add_member(
            team=team, officer=officer, starts_on=today(), by=manager
        )
    assert TeamMembership.objects.filter(officer=officer).count() == 1
    with pytest.raises(errors.InTeamAlready):
        services.add_member(team=team, officer=officer, starts_on=TOMORROW, by=manager)
    with pytest.raises(errors.EndsBeforeStart):
        services.end_membership(
            membership=row, ends_on=today() - dt.timedelta(days=1), by=manager
        )
    services.end_membership(membership=row, ends_on=today(), by=manager)
    assert TeamMembership.objects.get(officer=officer).ends_on == today()


@pytest.mark.parametrize(
    "dates", [{"started_on": TOMORROW}, {"left_on": dt.date(2025, 1, 1)}]
)
def test_member_is_in_post(manager, team, dates):
    with pytest.raises(errors.NotInPost):
        services.add_member(
            team=team, officer=OfficerFactory(**dates), starts_on=today(), by=manager
        )


def test_leader_follows_leader(manager, team, leader):
    new = OfficerFactory()
    for _ in range(2):
        services.set_leader(team=team, officer=new, starts_on=TOMORROW, by=manager)
    assert TeamLeadership.objects.get(officer=leader).ends_on == today()
    assert TeamLeadership.objects.get(officer=new).starts_on == TOMORROW
    assert TeamMembership.objects.filter(officer=new, team=team).exists()


def test_leader_is_not_set_twice(manager, team, leader):
    with pytest.raises(errors.LeadsAlready):
        services.set_leader(team=team, officer=leader, starts_on=TOMORROW, by=manager)
