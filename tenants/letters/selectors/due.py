"""Letters due: the runs prepared for them, and what has changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from housingplus.common.dates import today
from officers.assignments.models import Assignment
from patches.properties.models import Property
from patches.register.models import PatchMembership
from tenants.letters.models import LetterRun, RunStatus, ScopeKind

from .coverage import Coverage, homes_due, with_coverage, with_in_hand
from .returns import households_to_check
from .scope import homes_in_scope

LOOK_AHEAD = dt.timedelta(days=90)
MOST_DAYS = 8


def homes_not_due(run: LetterRun) -> list[int]:
    """Return ids of a run's homes with letters that need none any more.

    Only runs of letters due are asked; the rest write to everybody in their scope.
    """
    if not run.only_due:
        return []
    homes = Property.objects.filter(letter_run_homes__run=run)
    now = {
        pk: set(keys)
        for pk, *keys in with_coverage(homes, run.dated, details_on=details_day(run))
        .filter(coverage=Coverage.DUE)
        .values_list("pk", "key_now", "key_meanwhile")
    }
    rows = run.homes.filter(is_exception=False).values_list(
        "pk", "property", "told_key"
    )
    return [
        pk
        for pk, home, told_key in rows
        if now.get(home, set()).isdisjoint(told_key.split())
    ]


def causes_of(run: LetterRun) -> dict[int, str]:
    """Return the homes a run is about by id: why a letter is due, where it asks that.

    A run of letters due leaves those in hand with another run, approved but not posted.
    """
    homes = homes_in_scope(run)
    if not run.only_due:
        return dict.fromkeys(homes.values_list("pk", flat=True), "")
    due = with_in_hand(homes_due(homes, run.dated, details_on=details_day(run)))
    return dict(due.filter(in_hand=False).order_by("pk").values_list("pk", "cause"))


def details_day(run: LetterRun) -> dt.date:
    """Return the day whose contact details a run prints, if it is composed now."""
    return max(run.dated, today())


def homes_came_back(run: LetterRun) -> list[int]:
    """Return ids of a run's homes with letters to households that must be checked.

    An earlier letter to them came back, and nobody has said yet to write again.
    """
    day = max(run.dated, today())
    homes = run.homes.filter(
        is_exception=False, letters__household__in=households_to_check(day)
    )
    return list(homes.order_by().values_list("pk", flat=True).distinct())


def open_runs_of_due(ward_ids: Iterable[int]) -> dict[int, LetterRun]:
    """Return the run of letters due not yet posted of each ward that has one."""
    wanted = set(ward_ids)
    runs = (
        LetterRun.objects.filter(only_due=True, scope_kind=ScopeKind.WARDS)
        .exclude(status__in=[RunStatus.POSTED, RunStatus.CANCELLED])
        .defer("senders")
        .order_by("pk")
    )
    return {pk: run for run in runs for pk in run.scope_ids if pk in wanted}


def days_of_coming_changes(ward_ids: Iterable[int], day: dt.date) -> list[dt.date]:
    """Return the next days on which who answers for homes of some wards changes."""
    wards = list(ward_ids)
    soon = (day + dt.timedelta(days=1), day + LOOK_AHEAD)
    leads = Assignment.objects.filter(patch__ward__in=wards, starts_on__range=soon)
    homes = PatchMembership.objects.filter(
        property__ward__in=wards, starts_on__range=soon
    )
    days = {
        *leads.order_by().values_list("starts_on", flat=True).distinct(),
        *homes.order_by().values_list("starts_on", flat=True).distinct(),
    }
    return sorted(days)[:MOST_DAYS]
