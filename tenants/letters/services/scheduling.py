"""Producing an approved run later: set, changed, called off, and started when due."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from housingplus.audit import services as audit
from housingplus.common.errors import Refusal
from housingplus.govuk.components.words import govdatetime
from tenants.letters import rules
from tenants.letters.errors import MoveRefused
from tenants.letters.models import LetterRun, RunStatus

from .moves import lock_run
from .runs import produce_run
from .withdrawing import withdraw_marked

if TYPE_CHECKING:
    from officers.accounts.models import User


@transaction.atomic
def schedule_run(*, run: LetterRun, at: dt.datetime, by: User) -> LetterRun:
    """Have an approved run produced at a time to come, in place of any set before."""
    run = lock_run(run.pk)
    rules.check_schedule(run, at)
    return _set(run, at, by, verb="letter run.scheduled")


@transaction.atomic
def unschedule_run(*, run: LetterRun, by: User) -> LetterRun:
    """Call off what was set; the run stays approved. Twice is as good as once.

    Raises MoveRefused if it is too late: the letters are being produced.
    """
    run = lock_run(run.pk)
    if run.status != RunStatus.APPROVED:
        raise MoveRefused("The letters are being produced already, or were.")
    if run.scheduled_for is None:
        return run
    return _set(run, None, None, verb="letter run.schedule called off", act_by=by)


def start_scheduled_runs(now: dt.datetime) -> tuple[list[LetterRun], list[LetterRun]]:
    """Start the runs that are due; return those started and those that could not be.

    Two at the same time start each once: whoever has the run locked second finds that
    nothing is set any more. One that cannot start keeps the others from nothing.
    """
    started, refused = [], []
    due = LetterRun.objects.filter(
        status=RunStatus.APPROVED, scheduled_for__lte=now
    ).order_by("scheduled_for", "pk")
    for pk in list(due.values_list("pk", flat=True)):
        try:
            run = _start(pk, now)
        except Refusal as refusal:
            if (stopped := _say_why(pk, now, refusal.message)) is not None:
                refused.append(stopped)
        else:
            if run is not None:
                started.append(run)
    return started, refused


@transaction.atomic
def _start(run_id: int, now: dt.datetime) -> LetterRun | None:
    """Produce one run as if whoever set it had pressed the button now."""
    run = lock_run(run_id)
    if not _is_due(run, now):
        return None
    by = run.scheduled_by
    withdraw_marked(run, run.letters.all())
    run = produce_run(run=run, by=by)
    rules.check_has_letters(run)
    return run


@transaction.atomic
def _say_why(run_id: int, now: dt.datetime, why: str) -> LetterRun | None:
    run = lock_run(run_id)
    if not _is_due(run, now):
        return None
    run.not_started = f"Set for {govdatetime(run.scheduled_for)}: {why}"[:300]
    run.save(update_fields=["not_started"])
    return _set(run, None, None, verb="letter run.not started", summary=why)


def _is_due(run: LetterRun, now: dt.datetime) -> bool:
    return (
        run.status == RunStatus.APPROVED
        and run.scheduled_for is not None
        and run.scheduled_for <= now
    )


def _set(
    run: LetterRun,
    at: dt.datetime | None,
    by: User | None,
    *,
    verb: str,
    act_by: User | None = None,
    summary: str = "",
) -> LetterRun:
    before = run.scheduled_for
    run.scheduled_for, run.scheduled_by = at, by
    if at is not None:
        run.not_started = ""
    run.save(update_fields=["scheduled_for", "scheduled_by", "not_started"])
    audit.record(
        verb,
        subject=run,
        by=by or act_by,
        summary=summary,
        changes={
            "scheduled_for": [
                before.isoformat() if before else None,
                at.isoformat() if at else None,
            ]
        },
    )
    return run
