"""What must hold of teams, their wards, members and leaders."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from housingplus.common.dates import long_date, today
from housingplus.common.models import DatedModel

from . import errors
from .models import TeamWard, WardTeam

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


def check_ends_after_start(row: DatedModel, ends_on: dt.date) -> None:
    """A time ends on its first day or later."""
    if ends_on < row.starts_on:
        raise errors.EndsBeforeStart(
            f"The last day must be {long_date(row.starts_on)} or later",
            field="ends_on",
        )


def check_can_close(team: WardTeam) -> None:
    """A team is closed once it has no ward, now or later."""
    wards = TeamWard.objects.filter(team=team).from_day(today())
    if first := wards.select_related("ward").first():
        raise errors.StillHasWards(
            f"{team.name} has {first.ward}. Give its wards to other teams first",
            field="is_closed",
        )
