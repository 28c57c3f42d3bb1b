"""Cover: who answers while the lead is away, until a last day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from housingplus.common.dates import day_before
from officers.assignments import rules
from officers.assignments.conflicts import one_at_a_time
from officers.assignments.errors import CoverNotRunning, NothingChosen
from officers.assignments.models import Assignment, AssignmentKind
from officers.assignments.selectors import teams_of_wards
from officers.directory.models import Officer
from officers.teams.models import WardTeam
from patches.register.models import Patch

from .leads import begin, check_answerer, lock_officers, lock_patches, remove, shorten

if TYPE_CHECKING:
    from officers.accounts.models import User


def set_cover(
    *,
    patches: Iterable[Patch],
    officer: Officer | None = None,
    team: WardTeam | None = None,
    starts_on: dt.date,
    ends_on: dt.date,
    reason: str = "",
    by: User | None,
) -> list[Assignment]:
    """Let an officer or a team answer for some patches between two days.

    It expires by itself. All the patches or none; asking for the same again, as a
    double click does, returns the cover that is there.
    """
    rules.check_cover_dates(starts_on, ends_on)
    with one_at_a_time():
        locked = lock_patches([patch.pk for patch in patches])
        if not locked:
            raise NothingChosen("Choose at least one patch", field="patches")
        if officer is not None:
            officer = lock_officers([officer.pk])[officer.pk]
        overlapping = _overlapping(locked, starts_on, ends_on)
        same = [
            row
            for row in overlapping
            if row.kind == AssignmentKind.COVER
            and (row.starts_on, row.ends_on) == (starts_on, ends_on)
            and (row.officer, row.team) == (officer, team)
            and row.created_by_id == (by.pk if by else None)
        ]
        if {row.patch_id for row in same} == {patch.pk for patch in locked}:
            return same
        _check(locked, overlapping, officer, team, starts_on, ends_on)
        return [
            begin(
                Assignment(
                    patch=patch,
                    kind=AssignmentKind.COVER,
                    officer=officer,
                    team=team,
                    starts_on=starts_on,
                    ends_on=ends_on,
                    reason=reason,
                    created_by=by,
                ),
                by=by,
            )
            for patch in locked
        ]


def check_cover(
    *,
    patches: Iterable[Patch],
    officer: Officer | None,
    team: WardTeam | None,
    starts_on: dt.date,
    ends_on: dt.date,
) -> None:
    """Check every rule of cover without setting it."""
    rules.check_cover_dates(starts_on, ends_on)
    chosen = list(patches)
    overlapping = _overlapping(chosen, starts_on, ends_on)
    _check(chosen, overlapping, officer, team, starts_on, ends_on)


def end_cover(
    *, assignment: Assignment, last_day: dt.date, by: User | None
) -> Assignment:
    """End cover before its time, after `last_day`; the lead answers from the next day.

    Cover that has not begun is cancelled by `cancel_planned` instead.
    """
    with one_at_a_time():
        lock_patches([assignment.patch_id])
        rows = Assignment.objects.select_related("patch", "officer", "team")
        row: Assignment | None = rows.filter(pk=assignment.pk).first()
        if row is None:
            raise CoverNotRunning("This cover was cancelled.")
        rules.check_can_end_cover(row, last_day)
        if row.ends_on != last_day:
            shorten(row, last_day, by=by)
        return row


def end_or_remove(
    row: Assignment, first_day_without: dt.date, *, by: User | None
) -> None:
    """Make sure an assignment is not in force from a day on."""
    if row.starts_on >= first_day_without:
        remove(row, by=by)
    elif row.ends_on is None or row.ends_on >= first_day_without:
        shorten(row, day_before(first_day_without), by=by)


def _check(
    patches: list[Patch],
    overlapping: list[Assignment],
    officer: Officer | None,
    team: WardTeam | None,
    starts_on: dt.date,
    ends_on: dt.date,
) -> None:
    check_answerer(officer, team, starts_on)
    if officer is not None:
        rules.check_officer_not_left(officer, ends_on)
    wards = {patch.ward_id for patch in patches} if team is not None else set()
    teams_first = teams_of_wards(wards, starts_on)
    teams_last = teams_of_wards(wards, ends_on)
    for patch in patches:
        rules.check_patch_in_force(patch, starts_on)
        if team is not None:
            rules.check_team_keeps_ward(
                team,
                at_start=teams_first.get(patch.ward_id),
                at_end=teams_last.get(patch.ward_id),
            )
        rows = [row for row in overlapping if row.patch_id == patch.pk]
        covers = [row for row in rows if row.kind == AssignmentKind.COVER]
        leads = [row for row in rows if row.kind == AssignmentKind.LEAD]
        rules.check_no_other_cover(patch, covers)
        rules.check_cover_is_not_lead(
            patch, leads[0] if len(leads) == 1 else None, officer
        )


def _overlapping(
    patches: list[Patch], starts_on: dt.date, ends_on: dt.date
) -> list[Assignment]:
    return list(
        Assignment.objects.filter(patch__in=patches)
        .overlapping(starts_on, ends_on)
        .select_related("officer", "team", "patch")
        .order_by("starts_on", "pk")
    )
