"""Letting letters go on whose worker died: what is safe to do twice starts by itself.

A task that a killed worker had is never given to another by the queue. Started again
are composing, producing and sending; workers that helped are called anew. Whoever is
first does it: every step looks once more with the run's row locked.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from housingplus.common.errors import Refusal
from housingplus.jobs import services as jobs
from housingplus.jobs.models import LEASE, Job, JobStatus
from housingplus.jobs.queue import count_waiting
from tenants.letters.models import LetterRun, RunStatus

from .claims import count_at_work, is_work_free
from .moves import lock_run
from .runs import produce_run, recompose_run
from .sending import send_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def restart_stalled() -> Iterator[str]:
    """Start again what nobody does; yield a sentence about each."""
    from tenants.letters import tasks

    kinds: list[tuple[Any, str, Any, Callable[..., LetterRun]]] = [
        (
            LetterRun.objects.filter(status=RunStatus.COMPOSING),
            "compose_job",
            tasks.compose_letters,
            recompose_run,
        ),
        (
            LetterRun.objects.filter(status=RunStatus.PRODUCING),
            "produce_job",
            tasks.produce_letters,
            produce_run,
        ),
        (
            LetterRun.objects.filter(
                send_job__status__in=[JobStatus.WAITING, JobStatus.RUNNING]
            ),
            "send_job",
            tasks.send_letters,
            send_run,
        ),
    ]
    for rows, field, task, start in kinds:
        for run in rows.select_related(field).order_by("pk"):
            if _is_left(getattr(run, field), task, run):
                yield _start(run, field, start)
    for run in LetterRun.objects.filter(status=RunStatus.PRODUCING).order_by("pk"):
        if called := call_helpers(run):
            yield f"{run}: {called} more workers called."


def call_helpers(run: LetterRun) -> int:
    """Call workers to a run in place of those that died; return how many."""
    from tenants.letters.tasks import help_produce_letters

    with transaction.atomic():
        run = lock_run(run.pk)
        job = run.produce_job
        if (
            run.status != RunStatus.PRODUCING
            or job is None
            or job.status != JobStatus.RUNNING
            or job.is_stalled
            or not is_work_free(run.pk)
        ):
            return 0
        waiting = count_waiting(help_produce_letters, run.pk, job.pk)
        missing = settings.LETTER_WORKERS - count_at_work(run.pk) - waiting
        for _ in range(missing):
            jobs.enqueue_after_commit(
                partial(help_produce_letters.enqueue, run.pk, job.pk)
            )
    return max(0, missing)


def _is_left(job: Job | None, task: Any, run: LetterRun) -> bool:
    """Whether nobody does a job and nobody will: its worker died, or its task is lost.

    A job that waits its turn behind others is left alone.
    """
    if job is None or job.is_finished:
        return True
    if job.status == JobStatus.RUNNING:
        return job.is_stalled
    is_old = job.created_at < timezone.now() - LEASE
    return is_old and not count_waiting(task, run.pk, job.pk)


def _start(run: LetterRun, field: str, start: Callable[..., LetterRun]) -> str:
    before = getattr(run, f"{field}_id")
    try:
        again = start(run=run, by=None)
    except Refusal as refusal:
        return f"{run}: {refusal.message}"
    if getattr(again, f"{field}_id") == before:
        return f"{run}: somebody else started it again."
    return f"{run}: started again."
