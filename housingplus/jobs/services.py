"""Starting, taking over, advancing and ending background work.

Whoever holds the lease (`worker`) may write. A worker that froze past its lease and
wakes up finds another name there and stops: every write is fenced by the name.
"""

from __future__ import annotations

import traceback
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from housingplus.common.errors import HousingPlusError

from .models import LEASE, Job, JobStatus
from .patience import patiently

if TYPE_CHECKING:
    from officers.accounts.models import User


class LeaseLost(HousingPlusError):
    """Another worker has taken this job over; the present one must stop."""


class JobCancelled(HousingPlusError):
    """Somebody asked for this job to stop."""


def create_job(*, kind: str, by: User | None, total: int = 0) -> Job:
    """Make the row that shows a piece of work; enqueue the task after commit."""
    return Job.objects.create(kind=kind, created_by=by, total=total)


def take_job(job_id: int) -> Job | None:
    """Claim a waiting or stalled job; None when another worker has it or it ended."""
    now = timezone.now()
    worker = uuid.uuid4().hex
    free = Q(status=JobStatus.WAITING) | Q(
        Q(heartbeat_at__lt=now - LEASE) | Q(heartbeat_at__isnull=True),
        status=JobStatus.RUNNING,
    )
    taken = Job.objects.filter(free, pk=job_id).update(
        status=JobStatus.RUNNING, worker=worker, started_at=now, heartbeat_at=now
    )
    return Job.objects.get(pk=job_id) if taken else None


def advance(
    job: Job,
    *,
    done: int,
    total: int | None = None,
    stage: str | None = None,
    seconds_left: int | None = None,
) -> None:
    """Say how far the work is and renew the lease.

    Only work of an even pace says how many seconds are left. Raises LeaseLost when
    another worker holds the job, JobCancelled when somebody asked for it to stop.
    """
    job.done = done
    if total is not None:
        job.total = total
    if stage is not None:
        job.stage = stage
    job.seconds_left = seconds_left
    kept = Job.objects.filter(
        pk=job.pk, worker=job.worker, status=JobStatus.RUNNING
    ).update(
        done=job.done,
        total=job.total,
        stage=job.stage,
        seconds_left=job.seconds_left,
        heartbeat_at=timezone.now(),
    )
    if not kept:
        raise LeaseLost(f"Job {job.pk} is no longer this worker's.")
    if Job.objects.filter(pk=job.pk, is_cancel_wanted=True).exists():
        raise JobCancelled(f"Job {job.pk} was cancelled.")


def check_lease(job: Job) -> None:
    """Inside a transaction: lock the job and refuse to go on without the lease."""
    held = (
        Job.objects.select_for_update()
        .filter(pk=job.pk, worker=job.worker, status=JobStatus.RUNNING)
        .exists()
    )
    if not held:
        raise LeaseLost(f"Job {job.pk} is no longer this worker's.")


def finish(job: Job, *, status: JobStatus = JobStatus.DONE, error: str = "") -> None:
    """End the job, if this worker still holds it."""
    Job.objects.filter(pk=job.pk, worker=job.worker).update(
        status=status, error=error, finished_at=timezone.now()
    )


def cancel(job: Job) -> None:
    """Ask the worker to stop; a job nobody has started ends at once."""
    Job.objects.filter(pk=job.pk).update(is_cancel_wanted=True)
    Job.objects.filter(pk=job.pk, status=JobStatus.WAITING).update(
        status=JobStatus.CANCELLED, finished_at=timezone.now()
    )


def run_job(job_id: int, work: Callable[[Job], None]) -> None:
    """Claim a job, do `work(job)` and record how it ended.

    An unexpected error is recorded on the job and raised again for the worker's log;
    a sentence fit to show is kept where the work raised one.
    """
    job = patiently(lambda: take_job(job_id))
    if job is None:
        return

    def end(**outcome: Any) -> None:
        patiently(lambda: finish(job, **outcome))

    try:
        work(job)
    except LeaseLost:
        return
    except JobCancelled:
        end(status=JobStatus.CANCELLED)
    except HousingPlusError as refusal:
        end(status=JobStatus.FAILED, error=str(refusal))
    except Exception:
        end(status=JobStatus.FAILED, error=traceback.format_exc(limit=3))
        raise
    else:
        end()


def enqueue_after_commit(enqueue: Callable[[], object]) -> None:
    """Hand work to the queue once the rows it needs are there to be read."""
    transaction.on_commit(lambda: enqueue())
