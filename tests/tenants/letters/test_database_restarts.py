"""PostgreSQL crashes and comes back while letters are produced: none lost, none twice.

On SQLite there is no server to restart; a killed process is what test_kills does.
"""

from __future__ import annotations

import time

import pytest
from django.db import connection

from housingplus.jobs.patience import patiently
from tests.private_postgres import BINARIES, on_a_server_of_its_own
from tests.stress import rounds

from .crew import check_whole, crew_of, database_address

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="There is no server to restart"
    ),
    pytest.mark.skipif(not BINARIES, reason="PostgreSQL's programs are elsewhere"),
]
RESTARTS = rounds(2, 8)


def produce_under_restarts(run, server, *options: str) -> None:
    """Crash the server each time that more is done, until the workers end."""
    workers = crew_of(run, "--slowly", *options, helpers=1)
    done, restarts = 0, 0
    while any(worker.poll() is None for worker in workers):
        now = patiently(lambda: run.chunks.filter(done_at__isnull=False).count())
        if now > done and restarts < RESTARTS:
            server.crash_and_restart()
            done, restarts = now, restarts + 1
        time.sleep(0.1)
    assert restarts
    patiently(run.refresh_from_db)


def test_a_database_that_crashes_loses_and_doubles_no_letter(by_workers):
    run = by_workers()
    with on_a_server_of_its_own(database_address()) as server:
        produce_under_restarts(run, server)
        assert run.events.filter(to_status="produced").count() == 1
        check_whole(run)
