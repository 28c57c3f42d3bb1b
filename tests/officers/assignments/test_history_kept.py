"""Who answered on a day long past is never changed by what is arranged today."""

from __future__ import annotations

import datetime as dt

import pytest

from housingplus.common.dates import today
from officers.assignments import errors, services
from officers.assignments.models import Assignment
from officers.assignments.selectors import who_answers
from officers.teams.services import give_ward
from tests.factories.officers import (
    AssignmentFactory,
    OfficerFactory,
    WardTeamFactory,
)
from tests.factories.patches import PatchFactory

pytestmark = pytest.mark.django_db


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


@pytest.fixture
def patch(ward, team):
    return PatchFactory(ward=ward)


def leave(officer, manager, left_on):
    return services.reassign_all(
        officer=officer, left_on=left_on, successors={}, reason="Left", by=manager
    )


@pytest.mark.parametrize(("days", "is_refused"), [(-32, True), (-31, False)])
def test_cover_begins_a_month_ago_at_the_earliest(patch, manager, days, is_refused):
    lead = AssignmentFactory(patch=patch).officer
    other = OfficerFactory()

    def cover():
        services.set_cover(
            patches=[patch],
            officer=other,
            starts_on=in_days(days),
            ends_on=in_days(1),
            by=manager,
        )

    if is_refused:
        with pytest.raises(errors.StartsTooLongAgo):
            cover()
    else:
        cover()
    answered = who_answers(patch, in_days(days)).officer
    assert answered == (lead if is_refused else other)


@pytest.mark.parametrize(("days", "is_refused"), [(-32, True), (-31, False)])
def test_last_day_is_a_month_ago_at_the_earliest(patch, manager, days, is_refused):
    lead = AssignmentFactory(patch=patch).officer
    if is_refused:
        with pytest.raises(errors.StartsTooLongAgo):
            leave(lead, manager, in_days(days))
    else:
        leave(lead, manager, in_days(days))
    lead.refresh_from_db()
    assert who_answers(patch, in_days(days)).officer == lead
    assert (lead.left_on is None) == is_refused


def test_person_who_answered_for_nothing_left_on_any_day(manager):
    officer = OfficerFactory()
    leave(officer, manager, in_days(-200))
    officer.refresh_from_db()
    assert officer.left_on == in_days(-200)


def test_nobody_leaves_before_they_began_to_answer(patch, manager):
    row = AssignmentFactory(patch=patch, starts_on=in_days(-5))
    with pytest.raises(errors.LeavesBeforeStart):
        leave(row.officer, manager, in_days(-10))
    assert Assignment.objects.get() == row


def test_nobody_hands_over_to_themselves(patch, manager):
    row = AssignmentFactory(patch=patch)
    with pytest.raises(errors.OfficerHasLeft):
        services.reassign_all(
            officer=row.officer,
            left_on=today(),
            successors={patch.pk: row.officer},
            reason="Left",
            by=manager,
        )
    assert Assignment.objects.get() == row


def test_ward_that_went_to_another_team_is_answered_by_that_one(patch, team, manager):
    new = WardTeamFactory()
    give_ward(team=new, ward=patch.ward, starts_on=in_days(-5), by=manager)
    AssignmentFactory(patch=patch)
    services.make_vacant(patch=patch, starts_on=in_days(-10), reason="", by=manager)
    assert who_answers(patch, today()).team == new


def test_team_answers_until_its_ward_goes_as_planned(patch, team, manager):
    new = WardTeamFactory()
    AssignmentFactory(patch=patch)
    give_ward(team=new, ward=patch.ward, starts_on=in_days(10), by=manager)
    services.make_vacant(patch=patch, starts_on=in_days(5), reason="", by=manager)
    assert who_answers(patch, in_days(9)).team == team
    assert who_answers(patch, in_days(10)).team == new


def test_cover_cancelled_meanwhile_is_not_ended(patch, manager):
    row = AssignmentFactory(
        patch=patch, kind="cover", starts_on=today(), ends_on=in_days(5)
    )
    services.cancel_planned(assignment=row, by=manager)
    with pytest.raises(errors.CoverNotRunning):
        services.end_cover(assignment=row, last_day=in_days(2), by=manager)


def test_a_gap_of_long_ago_stays_one(patch, manager, team):
    AssignmentFactory(patch=patch, ends_on=in_days(-60))
    with pytest.raises(errors.StartsTooLongAgo):
        services.assign_lead(
            patch=patch, officer=OfficerFactory(), starts_on=in_days(-40), by=manager
        )
    assert who_answers(patch, in_days(-40)).team == team


def test_a_patch_never_assigned_gets_its_first_lead_from_long_ago(patch, manager):
    first = OfficerFactory()
    services.assign_lead(
        patch=patch, officer=first, starts_on=in_days(-200), by=manager
    )
    assert who_answers(patch, in_days(-100)).officer == first


def test_team_does_not_cover_beyond_its_time_with_the_ward(patch, manager, team):
    successor = WardTeamFactory()
    give_ward(team=successor, ward=patch.ward, starts_on=in_days(10), by=manager)
    with pytest.raises(errors.TeamLosesWard, match="takes the ward over"):
        services.set_cover(
            patches=[patch],
            team=team,
            starts_on=in_days(0),
            ends_on=in_days(30),
            by=manager,
        )
    services.set_cover(
        patches=[patch], team=team, starts_on=in_days(0), ends_on=in_days(9), by=manager
    )
    assert who_answers(patch, in_days(10)).team == successor
