"""A person leaves: everything they answer for is given to others in one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from housingplus.audit import services as audit
from housingplus.common.dates import long_date
from officers.assignments import rules
from officers.assignments.conflicts import one_at_a_time
from officers.assignments.errors import AssignmentChanged
from officers.assignments.models import Assignment, AssignmentKind
from officers.assignments.selectors import list_work_from
from officers.directory.models import Officer
from officers.teams.models import TeamLeadership, TeamMembership

from .covers import end_or_remove
from .leads import begin, check_answerer, lock_officers, lock_patches, ward_team_of

if TYPE_CHECKING:
    from officers.accounts.models import User


@dataclass
class Reassigned:
    """What became of a leaver's work."""

    leads: list[Assignment] = field(default_factory=list)
    covers: list[Assignment] = field(default_factory=list)
    teams_without_leader: int = 0


def reassign_all(
    *,
    officer: Officer,
    left_on: dt.date,
    successors: Mapping[int, Officer | None],
    reason: str,
    by: User,
    seen: Iterable[int] | None = None,
) -> Reassigned:
    """Mark an officer as leaving on a day, and give their patches to others after it.

    `successors` maps a patch to who takes over; None or a patch left out means its
    ward team. Leads, planned leads and cover all move, as do team membership and
    leadership end. `seen` is the ids of the assignments the person was shown.
    """
    rules.check_can_leave(officer, left_on)
    first_day = left_on + dt.timedelta(days=1)
    with one_at_a_time():
        work = list(list_work_from(officer, first_day))
        lock_patches(row.patch_id for row in work)
        chosen = {who.pk for who in successors.values() if who is not None}
        officers = lock_officers({officer.pk, *chosen})
        officer = officers[officer.pk]
        rules.check_can_leave(officer, left_on)
        work = list(list_work_from(officer, first_day))
        rules.check_leaving_keeps_history(officer, left_on, work)
        if seen is not None and {row.pk for row in work} != set(seen):
            raise AssignmentChanged(
                f"What {officer.name} answers for was changed since you opened "
                "the page."
            )
        # Nobody hands over to themselves: the rule of leavers sees the new last day.
        officer.left_on = left_on
        done = Reassigned()
        for row in work:
            asked = successors.get(row.patch_id)
            successor = officers[asked.pk] if asked else None
            _hand_over(row, successor, first_day, reason, done, by)
        done.teams_without_leader = _leave_teams(officer, left_on)
        Officer.objects.filter(pk=officer.pk).update(
            left_on=left_on, version=officer.version + 1
        )
        audit.record(
            "officer.left",
            subject=officer,
            by=by,
            summary=f"Last day {long_date(left_on)}; {len(done.leads)} patches and "
            f"{len(done.covers)} covers given to others",
            changes={"left_on": [None, left_on.isoformat()]},
        )
        return done


def _hand_over(
    row: Assignment,
    successor: Officer | None,
    first_day: dt.date,
    reason: str,
    done: Reassigned,
    by: User,
) -> None:
    """End one assignment of the leaver and begin its successor's for the rest of it."""
    starts_on = max(row.starts_on, first_day)
    ends_on = row.ends_on
    end_or_remove(row, first_day, by=by)
    if row.kind == AssignmentKind.COVER and successor is None:
        return
    check_answerer(successor, None, starts_on)
    if successor is not None and successor.left_on is not None:
        ends_on = min(successor.left_on, ends_on or successor.left_on)
    if row.kind == AssignmentKind.COVER:
        lead = (
            Assignment.objects.filter(patch=row.patch_id, kind=AssignmentKind.LEAD)
            .as_at(starts_on)
            .first()
        )
        if lead is not None and successor and lead.officer_id == successor.pk:
            return
    begun = begin(
        Assignment(
            patch=row.patch,
            kind=row.kind,
            officer=successor,
            team=None if successor else ward_team_of(row.patch, starts_on),
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason,
            created_by=by,
        ),
        by=by,
    )
    (done.leads if row.kind == AssignmentKind.LEAD else done.covers).append(begun)


def _leave_teams(officer: Officer, left_on: dt.date) -> int:
    """End membership and leadership of teams; returns how many lose their leader."""
    ended = 0
    for model in (TeamMembership, TeamLeadership):
        mine = model.objects.filter(officer=officer)
        mine.filter(starts_on__gt=left_on).delete()
        ended = mine.from_day(left_on).update(ends_on=left_on)
    return ended
