"""Keeping hold of a job through one long step that cannot report how far it is."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError, connection

from .services import JobCancelled, LeaseLost, advance

if TYPE_CHECKING:
    from .models import Job

SECONDS_BETWEEN = 20.0


def _renew(job: Job) -> None:
    """Renew it once; while the database is away the next time may do."""
    try:
        advance(job, done=job.done)
    except (OperationalError, InterfaceError):
        connection.close()


@contextlib.contextmanager
def lease_kept(job: Job) -> Iterator[None]:
    """Renew the job's lease every few seconds until the step is over.

    Losing it is noticed by the next `check_lease`, before anything is written down.
    """
    is_over = threading.Event()

    def renew() -> None:
        try:
            while not is_over.wait(SECONDS_BETWEEN):
                _renew(job)
        except (LeaseLost, JobCancelled):
            return
        finally:
            connection.close()

    renewing = threading.Thread(target=renew, name=f"lease of job {job.pk}")
    renewing.start()
    try:
        yield
    finally:
        is_over.set()
        renewing.join()
