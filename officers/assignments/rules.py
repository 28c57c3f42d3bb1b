"""When somebody may answer for a patch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from housingplus.common.dates import long_date, today
from officers.directory.models import Officer
from officers.teams.models import WardTeam

from . import errors

if TYPE_CHECKING:
    from patches.register.models import Patch

    from .models import Assignment

BACKDATE_DAYS = 31
LONGEST_COVER_DAYS = 366


def check_officer_started(officer: Officer, starts_on: dt.date) -> None:
    """An officer answers from their first day of work on, not before it."""
    if officer.started_on > starts_on:
        raise errors.OfficerNotStarted(
            f"{officer.name} starts work on {long_date(officer.started_on)}. "
            "Choose that day or a later one, or somebody else.",
            field="starts_on",
        )


def check_officer_not_left(officer: Officer, day: dt.date) -> None:
    """An officer answers until their last day of work, not after it."""
    if officer.left_on is not None and officer.left_on < day:
        raise errors.OfficerHasLeft(
            f"{officer.name}’s last day is {long_date(officer.left_on)}. "
            "Choose somebody else, or an earlier day.",
            field="officer",
        )


def check_team_open(team: WardTeam) -> None:
    """A closed team answers for nothing."""
    if team.is_closed:
        raise errors.TeamClosed(f"{team.name} is closed. Choose another team.")


def check_team_keeps_ward(
    team: WardTeam, *, at_start: WardTeam | None, at_end: WardTeam | None
) -> None:
    """A ward team covers its ward's patches only while it has the ward."""
    if at_start == team and at_end not in (None, team):
        raise errors.TeamLosesWard(
            f"{at_end} takes the ward over before then. Choose a last day before that.",
            field="ends_on",
        )


def check_ward_has_team(patch: Patch, team: WardTeam | None) -> None:
    """A patch without a person is answered by its ward team (DESIGN.md §4, rule 2)."""
    if team is None:
        raise errors.NoTeamForWard(
            f"No team has {patch.ward.name} on that day, so nobody would answer for "
            f"{patch.code}. Give the ward a team first.",
        )


def check_patch_in_force(patch: Patch, starts_on: dt.date) -> None:
    """A patch is answered for on the days it is in force."""
    if patch.is_in_force(starts_on):
        return
    if patch.starts_on > starts_on:
        message = f"{patch.code} begins on {long_date(patch.starts_on)}."
    else:
        message = f"{patch.code} ended on {long_date(patch.ends_on or starts_on)}."
    raise errors.PatchNotInForce(
        f"{message} Choose a day when it is in force.", field="starts_on"
    )


def check_not_lead_already(
    present: Assignment | None,
    officer: Officer | None,
    team: WardTeam | None,
    patch: Patch,
) -> None:
    """A new lead is somebody other than the present one."""
    if present is None or present.ends_on is not None:
        return
    if officer is not None and present.officer_id == officer.pk:
        raise errors.AlreadyLead(
            f"{officer.name} leads on {patch.code} already, since "
            f"{long_date(present.starts_on)}.",
            field="officer",
        )
    if team is not None and present.team_id == team.pk:
        raise errors.AlreadyLead(
            f"{team.name} answers for {patch.code} already, since "
            f"{long_date(present.starts_on)}."
        )


def earliest_change() -> dt.date:
    """Return the first day about which what is recorded may still be put right."""
    return today() - dt.timedelta(days=BACKDATE_DAYS)


def check_not_rewriting_history(present: Assignment | None, starts_on: dt.date) -> None:
    """Who led over a month ago is not changed (DESIGN.md §4, rule 3)."""
    earliest = earliest_change()
    if present is not None and starts_on < earliest:
        raise errors.StartsTooLongAgo(
            f"Somebody else led on that day. Choose {long_date(earliest)} or later.",
            field="starts_on",
        )


def check_gap_not_rewritten(*, has_history: bool, starts_on: dt.date) -> None:
    """The ward team answered in a gap, so a gap of over a month ago stays one.

    A patch nobody was ever assigned to may get its first lead from its first day:
    that is how a service's present state is entered (DESIGN.md §4, rule 3).
    """
    earliest = earliest_change()
    if has_history and starts_on < earliest:
        raise errors.StartsTooLongAgo(
            "The ward team answered on that day. "
            f"Choose {long_date(earliest)} or later.",
            field="starts_on",
        )


def check_no_later_lead(patch: Patch, later: Sequence[Assignment]) -> None:
    """A lead already planned is kept or cancelled on purpose, never by accident."""
    if later:
        first = min(later, key=lambda row: row.starts_on)
        raise errors.LaterLeadPlanned(
            f"{first.answerer} leads on {patch.code} from "
            f"{long_date(first.starts_on)} on. Say what becomes of that.",
            planned=later,
        )


def check_cover_dates(starts_on: dt.date, ends_on: dt.date) -> None:
    """Cover lasts a year at most, until today or later, from a month ago or later."""
    if ends_on < starts_on:
        raise errors.CoverEndsBeforeStart(
            "The last day of cover must be the same as the first day or after it",
            field="ends_on",
        )
    if ends_on < today():
        raise errors.CoverInThePast(
            "The last day of cover must be today or later", field="ends_on"
        )
    if starts_on < earliest_change():
        raise errors.StartsTooLongAgo(
            "Somebody else answered on that day. "
            f"Choose {long_date(earliest_change())} or later",
            field="starts_on",
        )
    if (ends_on - starts_on).days >= LONGEST_COVER_DAYS:
        raise errors.CoverTooLong(
            "Cover can last a year at most. For longer, assign a new lead",
            field="ends_on",
        )


def check_no_other_cover(patch: Patch, covers: Sequence[Assignment]) -> None:
    """One cover at a time: two would leave nobody knowing who answers."""
    if covers:
        cover = covers[0]
        raise errors.CoverOverlaps(
            f"{cover.answerer} covers {patch.code} from {long_date(cover.starts_on)} "
            f"to {long_date(cover.ends_on or cover.starts_on)}. "
            f"Leave {patch.code} out, choose other dates, or end that cover first.",
            field="patches",
        )


def check_cover_is_not_lead(
    patch: Patch, lead: Assignment | None, officer: Officer | None
) -> None:
    """The one who is away cannot stand in for themselves."""
    if officer is not None and lead is not None and lead.officer_id == officer.pk:
        raise errors.CoversOwnPatch(
            f"{officer.name} leads on {patch.code}. Choose somebody else to cover it.",
            field="officer",
        )


def check_can_cancel(assignment: Assignment) -> None:
    """Only what has not been true yet may be taken back; the rest is ended."""
    if assignment.starts_on < today():
        raise errors.CannotCancel(
            f"It has been in force since {long_date(assignment.starts_on)}. "
            "Assign somebody else from a date instead."
        )


def can_cancel(assignment: Assignment) -> bool:
    """Whether `check_can_cancel` allows it."""
    return assignment.starts_on >= today()


def check_can_end_cover(assignment: Assignment, last_day: dt.date) -> None:
    """Cover that runs is ended on a day of its own time, yesterday at the earliest."""
    ends_on = assignment.ends_on
    if assignment.kind != "cover" or ends_on is None or ends_on < today():
        raise errors.CoverNotRunning("This cover is over already.")
    earliest = max(assignment.starts_on, today() - dt.timedelta(days=1))
    if not earliest <= last_day <= ends_on:
        raise errors.CoverEndsBeforeStart(
            f"The last day must be from {long_date(earliest)} to {long_date(ends_on)}",
            field="ends_on",
        )


def check_can_leave(officer: Officer, last_day: dt.date) -> None:
    """A person leaves once, on their first day of work or later."""
    if officer.left_on is not None:
        raise errors.AlreadyLeft(
            f"{officer.name} is marked as leaving on {long_date(officer.left_on)}."
        )
    if last_day < officer.started_on:
        raise errors.LeavesBeforeStart(
            f"The last day must be {long_date(officer.started_on)}, "
            "when they started, or later",
            field="left_on",
        )


def check_leaving_keeps_history(
    officer: Officer, last_day: dt.date, work: Sequence[Assignment]
) -> None:
    """Leaving gives away what is to come: who answered before stays as it was.

    `work` is what the officer answers for after the last day. A last day up to a month
    ago puts the record right, unless the officer began to answer after it.
    """
    begun = [row.starts_on for row in work if last_day < row.starts_on < today()]
    if begun:
        raise errors.LeavesBeforeStart(
            f"{officer.name} began to answer for a patch on {long_date(max(begun))}. "
            "Choose that day or later",
            field="left_on",
        )
    if work and last_day < earliest_change():
        raise errors.StartsTooLongAgo(
            f"{officer.name} answered for patches after that day. "
            f"Choose {long_date(earliest_change())} or later",
            field="left_on",
        )
