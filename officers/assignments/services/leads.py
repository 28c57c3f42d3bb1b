"""Leads: who answers for a patch from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from housingplus.audit import services as audit
from housingplus.common.dates import day_before, long_date, today
from housingplus.common.locking import lock
from officers.assignments import notifications, rules
from officers.assignments.conflicts import one_at_a_time
from officers.assignments.errors import AssignmentChanged, NothingChosen
from officers.assignments.models import Assignment, AssignmentKind
from officers.assignments.selectors import (
    latest_assignment_ids,
    lead_before,
    leads_from,
    teams_of_wards,
)
from officers.directory.models import Officer
from officers.teams.models import TeamWard, WardTeam
from patches.register.models import Patch

if TYPE_CHECKING:
    from officers.accounts.models import User


class Planned(StrEnum):
    """What becomes of leads planned to begin on the same day or later."""

    ASK = "ask"
    KEEP = "keep"
    CANCEL = "cancel"


@dataclass(frozen=True)
class LeadChoice:
    """A new lead, an officer or a team, from a day on."""

    starts_on: dt.date
    reason: str = ""
    officer: Officer | None = None
    team: WardTeam | None = None
    planned: Planned = Planned.ASK


def assign_lead(
    *,
    patch: Patch,
    officer: Officer | None = None,
    team: WardTeam | None = None,
    starts_on: dt.date,
    reason: str = "",
    by: User | None,
    seen_assignment_id: int | None = None,
    planned: Planned = Planned.ASK,
) -> Assignment:
    """Make an officer or a team the lead of a patch from a day on.

    The present lead ends the day before. `seen_assignment_id` is the patch's latest
    assignment when the form was shown (0 for none): another one now is a conflict.
    Asking for what is so already, as a double click does, returns it unchanged.
    """
    choice = LeadChoice(starts_on, reason, officer, team, planned)
    with one_at_a_time():
        patch = lock_patches([patch.pk])[0]
        if same := _same_lead(patch, choice, by=by):
            return same
        if seen_assignment_id is not None:
            check_unchanged({patch.pk: seen_assignment_id})
        return place_lead(patch, _with_locked_officer(choice), by=by)


def make_vacant(
    *,
    patch: Patch,
    starts_on: dt.date,
    reason: str,
    by: User | None,
    seen_assignment_id: int | None = None,
    planned: Planned = Planned.ASK,
) -> Assignment:
    """Let the ward team answer for a patch from a day on, until somebody is found."""
    return assign_lead(
        patch=patch,
        team=ward_team_of(patch, starts_on),
        starts_on=starts_on,
        reason=reason,
        by=by,
        seen_assignment_id=seen_assignment_id,
        planned=planned,
    )


def reassign_patches(
    *,
    patches: Iterable[Patch],
    officer: Officer,
    starts_on: dt.date,
    reason: str,
    by: User | None,
    seen: dict[int, int] | None = None,
    planned: Planned = Planned.ASK,
) -> list[Assignment]:
    """Give several patches to one officer from a day on, all of them or none."""
    choice = LeadChoice(starts_on, reason, officer, planned=planned)
    with one_at_a_time():
        locked = lock_patches([patch.pk for patch in patches])
        if not locked:
            raise NothingChosen("Choose at least one patch")
        same = [_same_lead(patch, choice, by=by) for patch in locked]
        if all(same):
            return [row for row in same if row is not None]
        if seen is not None:
            check_unchanged({patch.pk: seen.get(patch.pk, -1) for patch in locked})
        choice = _with_locked_officer(choice)
        return [place_lead(patch, choice, by=by) for patch in locked]


def cancel_planned(*, assignment: Assignment, by: User | None) -> Patch:
    """Take back an assignment that has not begun, or began only today.

    A lead that was shortened to make room for it runs on as before.
    """
    with one_at_a_time():
        patch = lock_patches([assignment.patch_id])[0]
        row = Assignment.objects.filter(pk=assignment.pk).first()
        if row is None:
            return patch
        rules.check_can_cancel(row)
        remove(row, by=by)
        if row.kind == AssignmentKind.LEAD:
            _let_run_on(row, by=by)
        return patch


def lock_patches(patch_ids: Iterable[int]) -> list[Patch]:
    """Lock the patches until the transaction ends, always in the same order."""
    return list(lock(Patch.objects.filter(pk__in=set(patch_ids))))


def lock_officers(officer_ids: Iterable[int]) -> dict[int, Officer]:
    """Lock officers as they are now, after the patches: nobody leaves meanwhile."""
    rows = lock(Officer.objects.filter(pk__in=set(officer_ids)))
    return {officer.pk: officer for officer in rows}


def check_unchanged(seen: dict[int, int]) -> None:
    """Nobody assigned anybody to these patches since the form was shown."""
    latest = latest_assignment_ids(seen)
    changed = [pk for pk, was in seen.items() if latest.get(pk, 0) != was]
    if changed:
        codes = Patch.objects.filter(pk__in=changed).values_list("code", flat=True)
        raise AssignmentChanged(
            f"Who answers for {', '.join(codes)} was changed since you opened the page."
        )


def place_lead(patch: Patch, choice: LeadChoice, *, by: User | None) -> Assignment:
    """Put a lead in place on a locked patch, ending the present one."""
    present, later = check_lead(patch, choice)
    ends_on = choice.officer.left_on if choice.officer else _ward_ends_on(patch, choice)
    for row in later:
        if choice.planned == Planned.CANCEL or row.starts_on == choice.starts_on:
            rules.check_can_cancel(row)
            remove(row, by=by)
        else:
            last = day_before(row.starts_on)
            ends_on = last if ends_on is None else min(ends_on, last)
    if present is not None:
        shorten(present, day_before(choice.starts_on), by=by)
    return begin(
        Assignment(
            patch=patch,
            kind=AssignmentKind.LEAD,
            officer=choice.officer,
            team=choice.team,
            starts_on=choice.starts_on,
            ends_on=ends_on,
            reason=choice.reason,
            created_by=by,
        ),
        by=by,
    )


def check_lead(
    patch: Patch, choice: LeadChoice
) -> tuple[Assignment | None, list[Assignment]]:
    """Check every rule of a new lead; returns the present lead and later ones."""
    check_answerer(choice.officer, choice.team, choice.starts_on)
    rules.check_patch_in_force(patch, choice.starts_on)
    present, later = leads_from(patch, choice.starts_on)
    rules.check_not_lead_already(present, choice.officer, choice.team, patch)
    rules.check_not_rewriting_history(present, choice.starts_on)
    if present is None:
        rules.check_gap_not_rewritten(
            has_history=Assignment.objects.filter(patch=patch).exists(),
            starts_on=choice.starts_on,
        )
    if choice.planned == Planned.ASK:
        rules.check_no_later_lead(patch, later)
    return present, later


def check_answerer(
    officer: Officer | None, team: WardTeam | None, starts_on: dt.date
) -> None:
    """The officer is in post on the day, or the team is open."""
    if officer is not None:
        rules.check_officer_started(officer, starts_on)
        rules.check_officer_not_left(officer, starts_on)
    if team is not None:
        rules.check_team_open(team)


def ward_team_of(patch: Patch, day: dt.date) -> WardTeam:
    """Return the team that answers when no person does; a ward needs one.

    For a day gone by it is today's: what begins then runs on with the ward as it is.
    """
    day = max(day, today())
    team = teams_of_wards([patch.ward_id], day).get(patch.ward_id)
    rules.check_ward_has_team(patch, team)
    assert team is not None  # noqa: S101
    return team


def _ward_ends_on(patch: Patch, choice: LeadChoice) -> dt.date | None:
    """Return the last day the team has the ward; the next team answers after it."""
    day = max(choice.starts_on, today())
    rows = TeamWard.objects.as_at(day).filter(ward=patch.ward_id, team=choice.team)
    return rows.values_list("ends_on", flat=True).first()


def begin(assignment: Assignment, *, by: User | None) -> Assignment:
    """Write a new assignment, record it, and tell the officer after the commit."""
    assignment.save(force_insert=True)
    who = "officer" if assignment.officer_id else "team"
    audit.record(
        f"assignment.{assignment.kind}_started",
        subject=assignment.patch,
        by=by,
        summary=f"{assignment.get_kind_display()} from "
        f"{long_date(assignment.starts_on)}: {who} "
        f"{assignment.officer_id or assignment.team_id}",
        changes={
            "assignment": [None, assignment.pk],
            who: [None, assignment.officer_id or assignment.team_id],
            "ends_on": [None, assignment.ends_on and assignment.ends_on.isoformat()],
        },
    )
    transaction.on_commit(
        partial(notifications.tell_officer, assignment.pk), robust=True
    )
    return assignment


def shorten(assignment: Assignment, last_day: dt.date, *, by: User | None) -> None:
    """End an assignment earlier, on `last_day`."""
    before = assignment.ends_on
    assignment.ends_on = last_day
    assignment.save(update_fields=["ends_on"])
    _record_new_end(assignment, before, by=by)


def let_run_until(
    assignment: Assignment, ends_on: dt.date | None, *, by: User | None
) -> None:
    """Give an assignment that was shortened a later end, or none."""
    before = assignment.ends_on
    assignment.ends_on = ends_on
    assignment.save(update_fields=["ends_on"])
    _record_new_end(assignment, before, by=by)


def remove(assignment: Assignment, *, by: User | None) -> None:
    """Take away an assignment that has not been true yet, and record what it said."""
    audit.record(
        f"assignment.{assignment.kind}_cancelled",
        subject=assignment.patch,
        by=by,
        summary=f"{assignment.get_kind_display()} planned from "
        f"{long_date(assignment.starts_on)} cancelled",
        changes={
            "assignment": [assignment.pk, None],
            "officer": [assignment.officer_id, None],
            "team": [assignment.team_id, None],
            "starts_on": [assignment.starts_on.isoformat(), None],
        },
    )
    Assignment.objects.filter(pk=assignment.pk).delete()


def _with_locked_officer(choice: LeadChoice) -> LeadChoice:
    if choice.officer is None:
        return choice
    officer = lock_officers([choice.officer.pk])[choice.officer.pk]
    return replace(choice, officer=officer)


def _same_lead(
    patch: Patch, choice: LeadChoice, *, by: User | None
) -> Assignment | None:
    """Return the lead this person has just made with the same answers, if any."""
    return Assignment.objects.filter(
        patch=patch,
        kind=AssignmentKind.LEAD,
        officer=choice.officer,
        team=choice.team,
        starts_on=choice.starts_on,
        created_by=by,
    ).first()


def _let_run_on(cancelled: Assignment, *, by: User | None) -> None:
    """Give the lead before a cancelled one its open end back."""
    before = lead_before(cancelled)
    if before is None:
        return
    was = before.ends_on
    before.ends_on = cancelled.ends_on
    if before.officer is not None and before.officer.left_on is not None:
        last = before.officer.left_on
        before.ends_on = min(last, before.ends_on or last)
    before.save(update_fields=["ends_on"])
    _record_new_end(before, was, by=by)


def _record_new_end(
    assignment: Assignment, before: dt.date | None, *, by: User | None
) -> None:
    after = assignment.ends_on
    audit.record(
        f"assignment.{assignment.kind}_ended"
        if after
        else f"assignment.{assignment.kind}_extended",
        subject=assignment.patch,
        by=by,
        summary=f"{assignment.get_kind_display()} "
        + (f"ends on {long_date(after)}" if after else "runs on"),
        changes={
            "assignment": [assignment.pk, assignment.pk],
            "ends_on": [before and before.isoformat(), after and after.isoformat()],
        },
    )
