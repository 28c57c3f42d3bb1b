"""Letters due: the runs prepared for them, and what has changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.fields.json import KeyTextTransform

from housingplus.common.dates import today
from officers.assignments.models import Assignment
from patches.properties.models import Property
from patches.register.models import PatchMembership
from tenants.letters.models import DueCause, LetterRun, RunStatus, ScopeKind
from tenants.letters.querysets import letter_has_gone

from .coverage import homes_due, with_in_hand
from .returns import households_to_check
from .scope import homes_in_scope, homes_of

LOOK_AHEAD = dt.timedelta(days=90)
MOST_DAYS = 8


def homes_not_due(run: LetterRun) -> list[int]:
    """Return ids of a run's homes with letters that need none any more.

    Only runs of letters due are asked; the rest write to everybody in their scope.
    """
    if not run.only_due:
        return []
    homes = Property.objects.filter(letter_run_homes__run=run)
    due = homes_due(homes, run.dated, details_on=details_day(run))
    if run.approved_at is None:
        due = with_in_hand(due).filter(in_hand=False)
    keys = due.values_list("pk", F("key_now"), F("key_meanwhile"))
    now = {pk: set(either) for pk, *either in keys}
    rows = (
        run.homes.filter(is_exception=False)
        .filter(~letter_has_gone())
        .values_list("pk", "property", "told_key")
    )
    return [
        pk
        for pk, home, told_key in rows
        if now.get(home, set()).isdisjoint(told_key.split())
    ]


@dataclass(frozen=True)
class DueSince:
    """What became of letters due after a run of them was composed, in homes."""

    more: int = 0
    not_due: int = 0
    day: dt.date | None = None


def count_due_since(run: LetterRun) -> DueSince:
    """Return how many more letters are due in a run's wards, and how many are not.

    As of today, or of the run's day where that is to come.
    """
    settled = {RunStatus.COMPOSING, RunStatus.POSTED, RunStatus.CANCELLED}
    if not run.only_due or run.status in settled:
        return DueSince()
    day = max(run.dated, today())
    homes = homes_of(
        Property.objects.managed_on(day), run.scope_kind, run.scope_ids, day
    )
    more = with_in_hand(homes_due(homes, day)).filter(in_hand=False)
    more = more.exclude(pk__in=run.homes.order_by().values("property"))
    return DueSince(more.count(), len(homes_not_due(run)), day)


@dataclass(frozen=True)
class WhoAndWhy:
    """Homes of a run that get a letter of somebody for one cause, in one patch."""

    cause: str
    label: str
    patch_id: int
    patch_code: str
    who: str
    homes: int


def who_and_why(run: LetterRun) -> list[WhoAndWhy]:
    """Return why the letters of a run are due, and whom they tell of; one query."""
    rows = (
        run.homes.filter(is_exception=False)
        .exclude(cause="")
        .order_by()
        .annotate(who=KeyTextTransform("who answers", "letters__values"))
        .values_list("cause", "patch", "patch__code", "who")
        .annotate(total=Count("pk", distinct=True))
    )
    return [
        WhoAndWhy(cause, str(DueCause(cause).label), patch, code, who or "", total)
        for cause, patch, code, who, total in sorted(
            rows, key=lambda row: (DueCause.values.index(row[0]), row[2])
        )
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
    ).filter(~letter_has_gone())
    return list(homes.order_by().values_list("pk", flat=True).distinct())


def open_runs_of_due(ward_ids: Iterable[int]) -> dict[int, LetterRun]:
    """Return the run of letters due not yet posted of each ward that has one.

    One still to be approved where there is one: there can be approved runs besides.
    """
    wanted = set(ward_ids)
    runs = (
        LetterRun.objects.filter(only_due=True, scope_kind=ScopeKind.WARDS)
        .exclude(status__in=[RunStatus.POSTED, RunStatus.CANCELLED])
        .defer("senders")
        .order_by(F("approved_at").asc(nulls_last=True), "pk")
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
