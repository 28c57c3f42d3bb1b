"""A run's life: made, composed again, approved, produced, posted or cancelled."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from housingplus.audit import services as audit
from housingplus.common.dates import long_date
from housingplus.common.locking import lock
from housingplus.jobs import services as jobs
from housingplus.jobs.models import Job, JobStatus
from tenants.letters import rules
from tenants.letters.models import (
    EmailLetters,
    LetterRun,
    LetterRunEvent,
    LetterTemplateVersion,
    PackSplit,
    Postage,
    RunStatus,
    WayOut,
)
from tenants.letters.querysets import GONE
from tenants.letters.selectors.deliveries import count_sending
from tenants.letters.selectors.due import homes_not_due

from . import files
from .claims import unmake_packs
from .moves import counts_in_words, lock_run, move
from .returns import record_not_sent
from .withdrawing import (
    withdraw_changed,
    withdraw_marked,
    withdraw_not_due,
    withdraw_returned,
)

if TYPE_CHECKING:
    from officers.accounts.models import User

COMPOSE = "letters.compose"
PRODUCE = "letters.produce"


def create_run(
    *,
    template_version: LetterTemplateVersion,
    title: str,
    dated: dt.date,
    scope_kind: str,
    scope_ids: Sequence[int],
    token: uuid.UUID,
    by: User | None,
    changed_since: dt.date | None = None,
    only_due: bool = False,
    envelope: str = "c5",
    is_double_sided: bool = True,
    split: str = PackSplit.SIZE,
    email_letters: str = EmailLetters.SEND,
    way_out: str = WayOut.PRINT,
    postage: str = Postage.SECOND,
    has_code: bool = True,
    has_fold_marks: bool = False,
    is_bilingual: bool = False,
) -> LetterRun:
    """Make a run and have it composed in the background.

    The token came with the form: pressing twice gives the same run.
    """
    rules.check_template_in_use(template_version.template)
    try:
        with transaction.atomic():
            job = jobs.create_job(kind=COMPOSE, by=by)
            run = LetterRun.objects.create(
                template_version=template_version,
                title=title,
                dated=dated,
                scope_kind=scope_kind,
                scope_ids=sorted(scope_ids),
                changed_since=changed_since,
                only_due=only_due,
                envelope=envelope,
                is_double_sided=is_double_sided,
                split=split,
                email_letters=email_letters,
                way_out=way_out,
                postage=postage,
                has_code=has_code,
                has_fold_marks=has_fold_marks,
                is_bilingual=is_bilingual,
                token=token,
                created_by=by,
                compose_job=job,
            )
            LetterRunEvent.objects.create(run=run, by=by, to_status=run.status)
            audit.record("letter run.created", subject=run, by=by, summary=title)
            _enqueue_compose(run, job)
    except IntegrityError:
        made = LetterRun.objects.filter(token=token).first()
        if made is None:
            raise
        return made
    return run


@transaction.atomic
def recompose_run(*, run: LetterRun, by: User | None) -> LetterRun:
    """Compose a run again from what is known now, in place of what it came to."""
    run = lock_run(run.pk)
    if run.status == RunStatus.COMPOSING:
        if not rules.has_stopped(run):
            return run
        _end_for_good(run.compose_job)
        job = run.compose_job = jobs.create_job(kind=COMPOSE, by=by)
        run.save(update_fields=["compose_job"])
        audit.record("letter run.started again", subject=run, by=by)
    else:
        job = jobs.create_job(kind=COMPOSE, by=by)
        move(run, to=RunStatus.COMPOSING, by=by, compose_job=job)
    _enqueue_compose(run, job)
    return run


@transaction.atomic
def approve_run(*, run: LetterRun, by: User, seen: str | None = None) -> LetterRun:
    """Approve what was composed. Households marked, back or gone since are taken out.

    `seen` is the `seen_mark` of what was looked at: a run changed since is refused.
    """
    _in_turn()
    run = lock_run(run.pk)
    rules.check_can_move(run, to=RunStatus.APPROVED)
    rules.check_second_person(run, by=by)
    if seen is not None:
        rules.check_is_as_seen(run, seen)
    withdraw_marked(run, run.letters.all())
    withdraw_returned(run)
    withdraw_not_due(run)
    withdraw_changed(run)
    rules.check_has_letters(run)
    rules.check_adds_up(run)
    return move(
        run,
        to=RunStatus.APPROVED,
        by=by,
        note=counts_in_words(run.letter_count, run.exception_count),
        approved_at=timezone.now(),
        approved_by=by,
    )


def _in_turn() -> None:
    """Wait for whoever approves another run now, to see what that one has in hand.

    Else two runs of the same letters due, approved at one moment, would both keep them.
    """
    waiting = LetterRun.objects.filter(status=RunStatus.COMPOSED).only("pk")
    list(lock(waiting))


@transaction.atomic
def produce_run(*, run: LetterRun, by: User | None) -> LetterRun:
    """Have the packs made in the background; pressing twice starts it once.

    Work that stopped, failed or was paused is taken up where it was: letters already
    set are not set again. Packs made are made anew only after they were all there.
    """
    run = lock_run(run.pk)
    if run.status == RunStatus.PRODUCING:
        if not rules.has_stopped(run):
            return run
        _end_for_good(run.produce_job)
        job = run.produce_job = jobs.create_job(kind=PRODUCE, by=by)
        run.save(update_fields=["produce_job"])
        audit.record("letter run.started again", subject=run, by=by)
    else:
        rules.check_can_move(run, to=RunStatus.PRODUCING)
        withdraw_returned(run)
        withdraw_not_due(run)
        withdraw_changed(run)
        if run.status in {RunStatus.APPROVED, RunStatus.PRODUCED}:
            unmake_packs(run.packs.all())
        _end_for_good(run.produce_job)
        job = jobs.create_job(kind=PRODUCE, by=by)
        move(
            run,
            to=RunStatus.PRODUCING,
            by=by,
            produce_job=job,
            ledger_file="",
            mail_file="",
            scheduled_for=None,
            scheduled_by=None,
            not_started="",
        )
    _enqueue_produce(run, job)
    return run


@transaction.atomic
def pause_run(*, run: LetterRun, by: User) -> LetterRun:
    """Stop producing for now; workers stop between two chunks, what is set stays."""
    run = lock_run(run.pk)
    move(run, to=RunStatus.PAUSED, by=by)
    if run.produce_job is not None:
        jobs.cancel(run.produce_job)
    return run


@transaction.atomic
def cancel_run(*, run: LetterRun, reason: str, by: User) -> LetterRun:
    """Stop a run for good before it is posted; its files go."""
    run = lock_run(run.pk)
    work = rules.job_of(run)
    rules.check_nothing_gone(gone=run.deliveries.filter(status__in=GONE).count())
    if run.send_job is not None:
        jobs.cancel(run.send_job)
    move(
        run,
        to=RunStatus.CANCELLED,
        by=by,
        note=reason,
        ledger_file="",
        mail_file="",
        scheduled_for=None,
        scheduled_by=None,
        not_started="",
    )
    unmake_packs(run.packs.all())
    if work is not None:
        jobs.cancel(work)
    transaction.on_commit(partial(files.remove_run, run.pk))
    return run


@transaction.atomic
def mark_posted(*, run: LetterRun, posted_on: dt.date, by: User) -> LetterRun:
    """Record that the pack was posted; nothing about the run changes afterwards."""
    run = lock_run(run.pk)
    rules.check_can_move(run, to=RunStatus.POSTED)
    rules.check_posted_on(run, posted_on)
    rules.check_nobody_marked_since(run)
    rules.check_all_sent(left=count_sending(run).left)
    rules.check_all_still_due(run, not_due=len(homes_not_due(run)))
    if rules.says_who_answers(run):
        run.homes.update(settled_on=posted_on)
    _could_not_be_told(run, posted_on, by)
    return move(
        run,
        to=RunStatus.POSTED,
        by=by,
        note=f"Posted on {long_date(posted_on)}",
        posted_on=posted_on,
        posted_by=by,
    )


def _could_not_be_told(run: LetterRun, posted_on: dt.date, by: User) -> None:
    """Letters given up count as come back: their households are due another."""
    given_up = run.deliveries.filter(given_up_at__isnull=False)
    for delivery in given_up.select_related("letter"):
        record_not_sent(delivery, on=posted_on, by=by)


def _end_for_good(job: Job | None) -> None:
    """Take a job away from a worker that froze, so that it stops when it wakes."""
    if job is not None and not job.is_finished:
        Job.objects.filter(pk=job.pk).update(
            status=JobStatus.FAILED,
            worker="",
            error="The work stopped and was started again.",
            finished_at=timezone.now(),
        )


def _enqueue_compose(run: LetterRun, job: Job) -> None:
    from tenants.letters.tasks import compose_letters

    jobs.enqueue_after_commit(partial(compose_letters.enqueue, run.pk, job.pk))


def _enqueue_produce(run: LetterRun, job: Job) -> None:
    """One worker holds the job; as many more as the setting says take a hand."""
    from tenants.letters.tasks import help_produce_letters, produce_letters

    jobs.enqueue_after_commit(partial(produce_letters.enqueue, run.pk, job.pk))
    for _ in range(settings.LETTER_WORKERS - 1):
        jobs.enqueue_after_commit(partial(help_produce_letters.enqueue, run.pk, job.pk))
