"""Every write of teams, their wards, members and leaders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, OperationalError, transaction

from housingplus.audit import services as audit
from housingplus.audit.conflicts import changed_by_whom
from housingplus.common.dates import day_before, long_date
from housingplus.common.locking import is_busy, lock
from officers.assignments.models import Assignment
from officers.assignments.services.covers import end_or_remove
from officers.assignments.services.leads import begin, lock_patches
from officers.directory.models import Officer
from patches.wards.models import Ward

from . import errors, rules
from .models import TeamLeadership, TeamMembership, TeamWard, WardTeam

if TYPE_CHECKING:
    from officers.accounts.models import User


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise errors.TeamChanged(
            "Somebody changed this at the same moment. Look again and try once more."
        ) from error
    except OperationalError as error:
        if not is_busy(error):
            raise
        raise errors.TeamChanged(
            "Somebody is changing this right now. Try again in a moment."
        ) from error


def save_team(
    *,
    team: WardTeam | None,
    name: str,
    phone: str,
    email: str,
    is_closed: bool = False,
    version: int = 0,
    by: User | None,
) -> WardTeam:
    """Make a team, or change its name and how to reach it.

    `version` is that of the team the person saw.
    """
    with _one_at_a_time():
        same_name = WardTeam.objects.filter(name__iexact=name)
        if team is not None:
            team = lock(WardTeam.objects.filter(pk=team.pk)).get()
            if team.version != version:
                raise errors.TeamChanged(changed_by_whom(team))
            same_name = same_name.exclude(pk=team.pk)
        if taken := same_name.first():
            raise errors.TeamNameTaken(
                f"There is a team {taken.name} already", field="name"
            )
        if is_closed and team is not None:
            rules.check_can_close(team)
        values = {"name": name, "phone": phone, "email": email, "is_closed": is_closed}
        if team is None:
            team = WardTeam.objects.create(**values)
            audit.record("team.added", subject=team, by=by)
            return team
        changes = {
            key: [getattr(team, key), value]
            for key, value in values.items()
            if getattr(team, key) != value
        }
        WardTeam.objects.filter(pk=team.pk).update(**values, version=version + 1)
        audit.record("team.edited", subject=team, by=by, changes=changes)
        return WardTeam.objects.get(pk=team.pk)


def give_ward(
    *, team: WardTeam, ward: Ward, starts_on: dt.date, by: User | None
) -> TeamWard:
    """Give a team a ward from a day; the team that has it loses it the day before.

    Where the former team answers for a patch of the ward, the new one takes over.
    """
    with _one_at_a_time():
        lock(Ward.objects.filter(pk=ward.pk)).get()
        rules.check_open(lock(WardTeam.objects.filter(pk=team.pk)).get())
        present, later = _from(TeamWard.objects.filter(ward=ward), starts_on)
        same = present or next(
            (row for row in later if row.starts_on == starts_on), None
        )
        if same is not None and same.team_id == team.pk:
            return same
        rules.check_nothing_later(later, f"The team of {ward}")
        rules.check_not_rewriting_history(present, starts_on)
        if present is not None:
            _end(present, day_before(starts_on))
            _hand_team_patches(ward, present.team, team, starts_on, by)
        row = TeamWard.objects.create(team=team, ward=ward, starts_on=starts_on)
        audit.record(
            "team.ward_given",
            subject=team,
            by=by,
            summary=f"{ward} from {long_date(starts_on)}",
            changes={
                "ward": [None, ward.pk],
                "from_team": [_team_pk(present), team.pk],
            },
        )
        return row


def add_member(
    *, team: WardTeam, officer: Officer, starts_on: dt.date, by: User | None
) -> TeamMembership:
    """Take an officer into a team from a day on."""
    with _one_at_a_time():
        rules.check_open(lock(WardTeam.objects.filter(pk=team.pk)).get())
        officer = lock(Officer.objects.filter(pk=officer.pk)).get()
        rules.check_in_post(officer, starts_on)
        mine = TeamMembership.objects.filter(team=team, officer=officer)
        if there := mine.filter(starts_on=starts_on).first():
            return there
        if mine.from_day(starts_on).exists():
            raise errors.InTeamAlready(
                f"{officer.name} is in {team.name} already", field="officer"
            )
        row = TeamMembership.objects.create(
            team=team, officer=officer, starts_on=starts_on, ends_on=officer.left_on
        )
        _record_person("team.member_added", row, by)
        return row


def end_membership(
    *, membership: TeamMembership, ends_on: dt.date, by: User | None
) -> TeamMembership:
    """End an officer's time in a team on a day."""
    with _one_at_a_time():
        row = lock(TeamMembership.objects.filter(pk=membership.pk)).get()
        rules.check_membership_runs(row, ends_on)
        _end(row, ends_on)
        _record_person("team.member_left", row, by)
        return row


def set_leader(
    *, team: WardTeam, officer: Officer, starts_on: dt.date, by: User | None
) -> TeamLeadership:
    """Make an officer the team's leader from a day on, and a member if need be."""
    with _one_at_a_time():
        rules.check_open(lock(WardTeam.objects.filter(pk=team.pk)).get())
        officer = lock(Officer.objects.filter(pk=officer.pk)).get()
        rules.check_in_post(officer, starts_on)
        present, later = _from(TeamLeadership.objects.filter(team=team), starts_on)
        for row in later:
            if row.starts_on == starts_on and row.officer_id == officer.pk:
                return row
        rules.check_nothing_later(later, f"The leader of {team.name}")
        if present is not None and present.officer_id == officer.pk:
            raise errors.LeadsAlready(
                f"{officer.name} leads {team.name} already", field="officer"
            )
        rules.check_not_rewriting_history(present, starts_on)
        if present is not None:
            _end(present, day_before(starts_on))
        row = TeamLeadership.objects.create(
            team=team, officer=officer, starts_on=starts_on, ends_on=officer.left_on
        )
        members = TeamMembership.objects.filter(team=team, officer=officer)
        if not members.from_day(starts_on).exists():
            TeamMembership.objects.create(
                team=team, officer=officer, starts_on=starts_on, ends_on=officer.left_on
            )
        _record_person("team.leader_set", row, by)
        return row


def _from(rows: Any, starts_on: dt.date) -> tuple[Any, list[Any]]:
    """Return the row running into a day, and those that start then or later."""
    found = list(rows.from_day(starts_on).select_related("team").order_by("starts_on"))
    running = [row for row in found if row.starts_on < starts_on]
    return (running[0] if running else None), found[len(running) :]


def _end(row: Any, ends_on: dt.date) -> None:
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])


def _team_pk(row: TeamWard | None) -> int | None:
    return row.team_id if row else None


def _record_person(
    verb: str, row: TeamMembership | TeamLeadership, by: User | None
) -> None:
    audit.record(
        verb,
        subject=row.team,
        by=by,
        summary=f"Officer {row.officer_id}, {long_date(row.ends_on or row.starts_on)}",
        changes={"officer": [None, row.officer_id]},
    )


def _hand_team_patches(
    ward: Ward, old: WardTeam, new: WardTeam, starts_on: dt.date, by: User | None
) -> None:
    """Let the new team answer where the old one did without a person, or covers."""
    theirs = Assignment.objects.filter(patch__ward=ward, team=old).from_day(starts_on)
    lock_patches(theirs.values_list("patch", flat=True))
    for row in theirs.select_related("patch"):
        ends_on = row.ends_on
        end_or_remove(row, starts_on, by=by)
        begin(
            Assignment(
                patch=row.patch,
                kind=row.kind,
                team=new,
                starts_on=max(row.starts_on, starts_on),
                ends_on=ends_on,
                reason=f"{ward} goes to {new.name}",
                created_by=by,
            ),
            by=by,
        )
