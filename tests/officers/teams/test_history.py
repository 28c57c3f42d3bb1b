"""What teams were and did stays as it was, whatever is changed later."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import OperationalError

from housingplus.common.dates import today
from officers.assignments.models import Assignment
from officers.assignments.selectors import who_answers
from officers.teams import errors, services
from officers.teams.models import TeamMembership, TeamWard
from tests.factories.officers import (
    AssignmentFactory,
    OfficerFactory,
    TeamMembershipFactory,
    WardTeamFactory,
)
from tests.factories.patches import PatchFactory

pytestmark = pytest.mark.django_db


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def test_whose_ward_it_was_is_not_changed(manager, ward, team):
    patch = PatchFactory(ward=ward)
    with pytest.raises(errors.StartsTooLongAgo):
        services.give_ward(
            team=WardTeamFactory(), ward=ward, starts_on=in_days(-32), by=manager
        )
    assert who_answers(patch, in_days(-32)).team == team


def test_who_led_a_team_is_not_changed(manager, team, leader):
    with pytest.raises(errors.StartsTooLongAgo):
        services.set_leader(
            team=team, officer=OfficerFactory(), starts_on=in_days(-32), by=manager
        )


def test_time_in_a_team_that_is_over_stays_as_it_was(manager, team):
    over = TeamMembershipFactory(
        team=team, starts_on=in_days(-400), ends_on=in_days(-100)
    )
    with pytest.raises(errors.EndedAlready):
        services.end_membership(membership=over, ends_on=in_days(-200), by=manager)
    running = TeamMembershipFactory(team=team, starts_on=in_days(-400))
    with pytest.raises(errors.EndsBeforeStart):
        services.end_membership(membership=running, ends_on=in_days(-200), by=manager)


def test_ward_goes_with_all_its_former_team_answers_for(manager, ward, team):
    """Also where it covers, and where a person follows on a day already planned."""
    new, patch = WardTeamFactory(), PatchFactory(ward=ward)
    person = OfficerFactory()
    AssignmentFactory(patch=patch, officer=None, team=team, ends_on=in_days(20))
    AssignmentFactory(patch=patch, officer=person, starts_on=in_days(21))
    AssignmentFactory(
        patch=patch,
        officer=None,
        team=team,
        kind="cover",
        starts_on=in_days(30),
        ends_on=in_days(40),
    )
    services.give_ward(team=new, ward=ward, starts_on=in_days(10), by=manager)
    expected = {9: team, 10: new, 20: new, 30: new, 40: new}
    assert {day: who_answers(patch, in_days(day)).team for day in expected} == expected
    assert who_answers(patch, in_days(21)).officer == person
    assert who_answers(patch, in_days(41)).officer == person
    assert not Assignment.objects.filter(team=team).from_day(in_days(10)).exists()


def test_closed_team_takes_on_nothing(manager, ward):
    closed = WardTeamFactory(is_closed=True)
    for act in (
        lambda: services.give_ward(
            team=closed, ward=ward, starts_on=today(), by=manager
        ),
        lambda: services.add_member(
            team=closed, officer=OfficerFactory(), starts_on=today(), by=manager
        ),
        lambda: services.set_leader(
            team=closed, officer=OfficerFactory(), starts_on=today(), by=manager
        ),
    ):
        with pytest.raises(errors.TeamIsClosed):
            act()
    assert not TeamWard.objects.filter(team=closed).exists()


def test_team_that_answers_for_a_patch_is_not_closed(manager, ward):
    team = WardTeamFactory()
    AssignmentFactory(patch=PatchFactory(ward=ward), officer=None, team=team)
    with pytest.raises(errors.StillAnswers):
        services.save_team(
            team=team,
            version=1,
            name=team.name,
            phone="",
            email="",
            is_closed=True,
            by=manager,
        )


def test_member_who_leaves_is_in_the_team_until_then(manager, team):
    officer = OfficerFactory(left_on=in_days(10))
    services.add_member(team=team, officer=officer, starts_on=today(), by=manager)
    assert TeamMembership.objects.get(officer=officer).ends_on == in_days(10)


def test_busy_database_is_a_conflict(manager, ward, team, monkeypatch):
    def busy(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(services, "lock", busy)
    with pytest.raises(errors.TeamChanged):
        services.give_ward(team=team, ward=ward, starts_on=today(), by=manager)
