"""Background work of letter runs, through Django's Tasks interface."""

from __future__ import annotations

from functools import partial

from django_tasks import task

from housingplus.jobs.services import run_job

from .services.composing import compose
from .services.notify import is_configured, poll_deliveries
from .services.production import help_produce, produce
from .services.sending import send


@task()
def compose_letters(run_id: int, job_id: int) -> None:
    """Work out who gets what."""
    run_job(job_id, partial(compose, run_id))


@task()
def send_letters(run_id: int, job_id: int) -> None:
    """Send the e-mails of a run, and its letters through GOV.UK Notify."""
    run_job(job_id, partial(send, run_id))


@task()
def poll_notify() -> None:
    """Ask GOV.UK Notify what became of the letters it accepted."""
    if is_configured():
        poll_deliveries()


@task()
def produce_letters(run_id: int, job_id: int) -> None:
    """Make the packs and their ledger."""
    run_job(job_id, partial(produce, run_id))


@task()
def help_produce_letters(run_id: int, job_id: int) -> None:
    """Take a hand in the packs that job makes."""
    help_produce(run_id, job_id)
