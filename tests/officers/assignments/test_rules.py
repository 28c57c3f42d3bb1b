"""One test for each rule of assigning."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from officers.assignments import errors, rules
from officers.assignments.models import Assignment
from officers.directory.models import Officer
from officers.teams.models import WardTeam
from patches.models import Patch, Ward

TODAY = dt.date(2026, 3, 3)
TOMORROW = dt.date(2026, 3, 4)
YESTERDAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC), tick=False):
        yield


def officer(pk=1, **values):
    return Officer(pk=pk, name="Ana Poole", **{"started_on": YESTERDAY} | values)


def patch(**values):
    ward = Ward(pk=1, name="Elm")
    return Patch(pk=1, code="P1", ward=ward, **{"starts_on": YESTERDAY} | values)


def lead(who=None, **values):
    values = {"starts_on": YESTERDAY, "patch": patch(), "kind": "lead"} | values
    return Assignment(officer=who or officer(pk=9), **values)


def test_officer_started():
    rules.check_officer_started(officer(started_on=TODAY), TODAY)
    with pytest.raises(errors.OfficerNotStarted, match="starts work on 4 March 2026"):
        rules.check_officer_started(officer(started_on=TOMORROW), TODAY)


def test_officer_not_left():
    rules.check_officer_not_left(officer(left_on=TODAY), TODAY)
    with pytest.raises(errors.OfficerHasLeft, match="last day is 2 March 2026"):
        rules.check_officer_not_left(officer(left_on=YESTERDAY), TODAY)


def test_team_open():
    rules.check_team_open(WardTeam(name="Elm"))
    with pytest.raises(errors.TeamClosed):
        rules.check_team_open(WardTeam(name="Elm", is_closed=True))


def test_ward_has_team():
    rules.check_ward_has_team(patch(), WardTeam())
    with pytest.raises(errors.NoTeamForWard, match="No team has Elm"):
        rules.check_ward_has_team(patch(), None)


def test_patch_in_force():
    rules.check_patch_in_force(patch(ends_on=TODAY), TODAY)
    with pytest.raises(errors.PatchNotInForce, match="ended on 2 March 2026"):
        rules.check_patch_in_force(patch(ends_on=YESTERDAY), TODAY)
    with pytest.raises(errors.PatchNotInForce, match="begins on 4 March 2026"):
        rules.check_patch_in_force(patch(starts_on=TOMORROW), TODAY)


def test_not_lead_already():
    present = lead(officer(pk=5))
    rules.check_not_lead_already(present, officer(pk=6), None, patch())
    rules.check_not_lead_already(None, officer(pk=5), None, patch())
    with pytest.raises(errors.AlreadyLead):
        rules.check_not_lead_already(present, officer(pk=5), None, patch())


def test_team_not_lead_already():
    team = WardTeam(pk=3, name="Elm")
    present = Assignment(team=team, starts_on=YESTERDAY)
    with pytest.raises(errors.AlreadyLead):
        rules.check_not_lead_already(present, None, team, patch())


@pytest.mark.parametrize("days", [0, 31])
def test_not_rewriting_history_allows_the_last_month(days):
    rules.check_not_rewriting_history(lead(), TODAY - dt.timedelta(days=days))


def test_gap_not_rewritten():
    long_ago = TODAY - dt.timedelta(days=32)
    rules.check_gap_not_rewritten(has_history=False, starts_on=long_ago)
    rules.check_gap_not_rewritten(
        has_history=True, starts_on=TODAY - dt.timedelta(days=31)
    )
    with pytest.raises(errors.StartsTooLongAgo, match="ward team answered"):
        rules.check_gap_not_rewritten(has_history=True, starts_on=long_ago)


def test_not_rewriting_history():
    long_ago = TODAY - dt.timedelta(days=32)
    rules.check_not_rewriting_history(None, long_ago)
    with pytest.raises(errors.StartsTooLongAgo):
        rules.check_not_rewriting_history(lead(), long_ago)


def test_no_later_lead():
    rules.check_no_later_lead(patch(), [])
    with pytest.raises(errors.LaterLeadPlanned, match="from 4 March 2026"):
        rules.check_no_later_lead(patch(), [lead(starts_on=TOMORROW)])


def test_cover_dates():
    rules.check_cover_dates(TODAY, TODAY)
    with pytest.raises(errors.CoverEndsBeforeStart):
        rules.check_cover_dates(TOMORROW, TODAY)
    with pytest.raises(errors.CoverInThePast):
        rules.check_cover_dates(YESTERDAY, YESTERDAY)
    with pytest.raises(errors.CoverTooLong):
        rules.check_cover_dates(TODAY, TODAY + dt.timedelta(days=366))


def test_no_other_cover():
    rules.check_no_other_cover(patch(), [])
    other = lead(kind="cover", ends_on=TOMORROW)
    with pytest.raises(errors.CoverOverlaps, match="end that cover first"):
        rules.check_no_other_cover(patch(), [other])


def test_cover_is_not_lead():
    rules.check_cover_is_not_lead(patch(), lead(officer(pk=5)), officer(pk=6))
    with pytest.raises(errors.CoversOwnPatch):
        rules.check_cover_is_not_lead(patch(), lead(officer(pk=5)), officer(pk=5))


def test_can_cancel():
    assert rules.can_cancel(lead(starts_on=TODAY))
    assert not rules.can_cancel(lead(starts_on=YESTERDAY))
    with pytest.raises(errors.CannotCancel):
        rules.check_can_cancel(lead(starts_on=YESTERDAY))


def test_can_end_cover():
    cover = lead(kind="cover", starts_on=dt.date(2026, 2, 1), ends_on=TOMORROW)
    for day in (YESTERDAY, TODAY, TOMORROW):
        rules.check_can_end_cover(cover, day)
    for day in (dt.date(2026, 3, 1), dt.date(2026, 3, 5)):
        with pytest.raises(errors.CoverEndsBeforeStart):
            rules.check_can_end_cover(cover, day)
    with pytest.raises(errors.CoverNotRunning):
        rules.check_can_end_cover(lead(), TODAY)


def test_can_leave():
    rules.check_can_leave(officer(), TODAY)
    with pytest.raises(errors.AlreadyLeft):
        rules.check_can_leave(officer(left_on=TODAY), TODAY)
    with pytest.raises(errors.LeavesBeforeStart):
        rules.check_can_leave(officer(started_on=TODAY), YESTERDAY)
