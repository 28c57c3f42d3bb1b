"""What must hold of teams, their wards, members and leaders."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from housingplus.common.dates import long_date, today
from housingplus.common.models import DatedModel
from officers.assignments.models import Assignment
from officers.assignments.rules import earliest_change

from . import errors
from .models import TeamMembership, TeamWard, WardTeam

if TYPE_CHECKING:
    from officers.directory.models import Officer


def check_in_post(officer: Officer, day: dt.date) -> None:
    """A member or leader of a team works on the day they begin."""
    if officer.started_on > day:
        raise errors.NotInPost(
            f"{officer.name} starts work on {long_date(officer.started_on)}",
            field="starts_on",
        )
    if officer.left_on is not None and officer.left_on < day:
        raise errors.NotInPost(
            f"{officer.name}’s last day was {long_date(officer.left_on)}",
            field="officer",
        )


def check_nothing_later(later: list[DatedModel], what: str) -> None:
    """A change already planned is ended first, never pushed aside."""
    if later:
        first = min(row.starts_on for row in later)
        raise errors.LaterChangePlanned(
            f"{what} changes on {long_date(first)} already. Choose a later day",
            field="starts_on",
        )


def check_can_close(team: WardTeam) -> None:
    """A team is closed once it has no ward, now or later."""
    wards = TeamWard.objects.filter(team=team).from_day(today())
    if first := wards.select_related("ward").first():
        raise errors.StillHasWards(
            f"{team.name} has {first.ward}. Give its wards to other teams first",
            field="is_closed",
        )
    answering = Assignment.objects.filter(team=team).from_day(today())
    if row := answering.select_related("patch").first():
        raise errors.StillAnswers(
            f"{team.name} answers for {row.patch.code}. Assign somebody else first",
            field="is_closed",
        )


def check_open(team: WardTeam) -> None:
    """A closed team takes on no ward and nobody."""
    if team.is_closed:
        raise errors.TeamIsClosed(f"{team.name} is closed")


def check_not_rewriting_history(present: DatedModel | None, starts_on: dt.date) -> None:
    """Whose ward it was over a month ago, and who led, is not changed."""
    earliest = earliest_change()
    if present is not None and starts_on < earliest:
        raise errors.StartsTooLongAgo(
            f"It was another’s on that day. Choose {long_date(earliest)} or later",
            field="starts_on",
        )


def check_membership_runs(row: TeamMembership, ends_on: dt.date) -> None:
    """Time in a team is ended while it runs, a month ago at the earliest."""
    if row.ends_on is not None and row.ends_on < today():
        raise errors.EndedAlready(
            f"Their time in the team ended on {long_date(row.ends_on)}."
        )
    earliest = max(row.starts_on, earliest_change())
    if ends_on < earliest:
        raise errors.EndsBeforeStart(
            f"The last day must be {long_date(earliest)} or later", field="ends_on"
        )
