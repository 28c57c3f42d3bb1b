"""Workers in processes of their own, and what must hold when they have done."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from housingplus.jobs.models import Job
from tenants.letters.services import files
from tenants.letters.services.files import path_of
from tenants.models import LetterRun

from .test_production import ledger_of, pages_of
from .test_sharing import check_packs

ROOT = Path(__file__).parents[3]
LETTERS = 40
_started: list[subprocess.Popen] = []


def end_all() -> None:
    """Leave no worker behind."""
    while _started:
        worker = _started.pop()
        if worker.poll() is None:
            worker.kill()
            worker.wait()
        worker.stdin.close()
        worker.stdout.close()


def database_address() -> str:
    """Where this test's database is, for programs of their own."""
    made = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{made['NAME']}"
    return (
        f"postgres://{made['USER']}:{made['PASSWORD']}@{made['HOST']}:"
        f"{made['PORT']}/{made['NAME']}"
    )


def worker_environment() -> dict[str, str]:
    """What the worker needs to find this test's database and files."""
    return os.environ | {
        "DATABASE_URL": database_address(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DJANGO_SETTINGS_MODULE": "housingplus.settings.test",
        "PYTHONPATH": str(ROOT),
    }


def start_worker(run: LetterRun, *options: str) -> subprocess.Popen:
    worker = subprocess.Popen(
        [
            sys.executable,
            str(Path(__file__).with_name("worker.py")),
            str(run.pk),
            str(run.produce_job_id),
            *options,
        ],
        env=worker_environment(),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    _started.append(worker)
    return worker


def set_off(workers: list[subprocess.Popen]) -> list[subprocess.Popen]:
    """Let workers begin together, once all of them are ready."""
    for worker in workers:
        assert worker.stdout.readline()
    for worker in workers:
        worker.stdin.write(b"go\n")
        worker.stdin.flush()
    return workers


def crew_of(run: LetterRun, *options: str, helpers: int = 2) -> list[subprocess.Popen]:
    """Set off the worker with the job and some that take a hand in it."""
    workers = [start_worker(run, *options)]
    workers += [start_worker(run, "--help", *options) for _ in range(helpers)]
    return set_off(workers)


def wait_for(workers: list[subprocess.Popen]) -> None:
    for worker in workers:
        worker.wait(timeout=120)


def two_minutes_pass(run: LetterRun, *, without_the_job: bool = False) -> None:
    """Let every claim run out, and the job's lease, too, if its worker is dead."""
    past = timezone.now() - dt.timedelta(seconds=1)
    for rows in (run.chunks, run.packs):
        rows.exclude(claim="").update(claimed_until=past)
    if without_the_job:
        Job.objects.filter(pk=run.produce_job_id, status="running").update(
            heartbeat_at=None
        )


def check_whole(run: LetterRun, letters: int = LETTERS) -> None:
    """Every letter is in the packs, the ledger and the rows exactly once."""
    assert run.status == "produced"
    wanted = Counter(run.letters.values_list("reference", flat=True))
    assert len(wanted) == letters
    assert Counter(row["Reference"] for row in ledger_of(run)) == wanted
    check_packs(run)
    pages = [page for pack in run.packs.all() for page in pages_of(pack.file)]
    assert len(pages) == letters
    for reference in wanted:
        assert sum(reference in page for page in pages) == 1
    for rows in (run.chunks, run.packs):
        assert all(files.is_whole(row.file, row.sha256) for row in rows.all())
    left = {path.name for path in path_of(files.run_folder(run.pk)).iterdir()}
    named = {Path(row.file).name for row in [*run.chunks.all(), *run.packs.all()]}
    assert left == named | {Path(run.ledger_file).name}


def together(number: int, act: Callable[[], object]) -> list[Exception]:
    """Do something in several threads at the same moment; return what went wrong."""
    start = threading.Barrier(number)
    failures = []

    def press() -> None:
        try:
            start.wait()
            act()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures
