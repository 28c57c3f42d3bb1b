"""Background work of notices, through Django's Tasks interface."""

from __future__ import annotations

from functools import partial

from django_tasks import task

from housingplus.jobs.services import run_job

from .services import deliver


@task()
def send_notice_emails(job_id: int, attempts: list[list[int]]) -> None:
    """Send a notice to recipients, each by the number of the attempt."""
    run_job(job_id, partial(deliver, attempts))
