"""Workers killed at random moments: no letter lost, none twice, the same bytes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from housingplus.jobs.models import Job
from tenants.letters.services import composing, files, runs
from tenants.letters.services.files import path_of
from tenants.models import LetterRun
from tests.stress import rounds

from .test_production import ledger_of, pages_of

ROOT = Path(__file__).parents[3]
KILLS = rounds(10, 100)
_started: list[subprocess.Popen] = []


@pytest.fixture(autouse=True)
def _no_worker_outlives_its_test():
    yield
    while _started:
        worker = _started.pop()
        if worker.poll() is None:
            worker.kill()
            worker.wait()
        worker.stdout.close()


def _environment() -> dict[str, str]:
    """What the worker needs to find this test's database and files."""
    made = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{made['NAME']}"
    else:
        url = (
            f"postgres://{made['USER']}:{made['PASSWORD']}@{made['HOST']}:"
            f"{made['PORT']}/{made['NAME']}"
        )
    return os.environ | {
        "DATABASE_URL": url,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "DJANGO_SETTINGS_MODULE": "housingplus.settings.test",
        "PYTHONPATH": str(ROOT),
    }


def _start(run: LetterRun, job: Job, *options: str) -> subprocess.Popen:
    worker = subprocess.Popen(
        [
            sys.executable,
            str(Path(__file__).with_name("worker.py")),
            str(run.pk),
            str(job.pk),
            *options,
        ],
        env=_environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    _started.append(worker)
    assert worker.stdout.readline()
    return worker


def _kill(worker: subprocess.Popen, after: float) -> None:
    time.sleep(after)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    worker.stdout.close()


def _produce_under_kills(
    run: LetterRun, leader, chance: random.Random, *options: str
) -> tuple[LetterRun, int]:
    """Kill worker after worker, each started on what the last left; then let one end.

    Returns the run and how many workers were killed at work.
    """
    kills = 0
    while run.status == "producing" and kills < KILLS:
        worker = _start(run, run.produce_job, *options)
        _kill(worker, chance.uniform(0.0, 0.4))
        run.refresh_from_db()
        if run.status == "producing":
            kills += 1
            # Two minutes pass without a sign of life.
            Job.objects.filter(pk=run.produce_job_id, status="running").update(
                heartbeat_at=None
            )
            runs.produce_run(run=run, by=leader.user)
            run.refresh_from_db()
    if run.status == "producing":
        worker = _start(run, run.produce_job, *options)
        worker.wait(timeout=120)
        worker.stdout.close()
    run.refresh_from_db()
    return run, kills


@pytest.fixture
def by_workers(monkeypatch, composed, add_home, patch, leader):
    """An approved run of small chunks, to be produced by workers of their own."""
    monkeypatch.setattr(composing, "CHUNK_SIZE", 2)
    monkeypatch.setattr(runs, "_enqueue_produce", lambda run, job: None)
    monkeypatch.setattr(runs, "_enqueue_compose", lambda run, job: None)
    for number in range(40):
        add_home(patch, ("Ms", "Bea", f"Tenant{number}"), postcode=f"ZK{number} 1AA")

    def make() -> LetterRun:
        run = composed(patch, is_double_sided=False)
        runs.approve_run(run=run, by=leader.user)
        return runs.produce_run(run=run, by=leader.user)

    return make


def _check_whole(run: LetterRun) -> None:
    """Every letter is in the pack, the ledger and the rows exactly once."""
    assert run.status == "produced"
    wanted = Counter(run.letters.values_list("reference", flat=True))
    assert len(wanted) == 40
    assert Counter(row["Reference"] for row in ledger_of(run)) == wanted
    pages = pages_of(run.pack_file)
    assert len(pages) == 40
    for letter in run.letters.all():
        assert sum(letter.reference in page for page in pages) == 1
    left = {path.name for path in path_of(files.run_folder(run.pk)).iterdir()}
    named = {Path(name).name for name in run.chunks.values_list("file", flat=True)}
    assert left == named | {Path(run.pack_file).name, Path(run.ledger_file).name}


@pytest.mark.django_db(transaction=True)
def test_a_pack_made_under_kills_is_the_pack_made_in_peace(by_workers, leader, work):
    chance = random.Random(20260303)
    kills = 0
    while kills < KILLS:
        run, killed = _produce_under_kills(by_workers(), leader, chance)
        kills += killed
        _check_whole(run)

    under_kills = path_of(run.pack_file).read_bytes()
    files.remove_run(run.pk)
    runs.produce_run(run=run, by=leader.user)
    in_peace = work.produce(run)
    assert path_of(in_peace.pack_file).read_bytes() == under_kills


@pytest.mark.django_db(transaction=True)
def test_marking_before_writing_would_lose_letters(by_workers, leader):
    """The twin: with the row written before the file a kill leaves a hole."""
    chance = random.Random(20260303)
    for _ in range(4):
        run, _ = _produce_under_kills(by_workers(), leader, chance, "--mark-first")
        done = run.chunks.filter(done_at__isnull=False)
        if any(not path_of(chunk.file).exists() for chunk in done):
            break
    else:
        pytest.fail("No kill fell between the row and the file.")
    assert run.status != "produced"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_pack(by_workers):
    run = by_workers()
    workers = [_start(run, run.produce_job) for _ in range(2)]
    for worker in workers:
        worker.wait(timeout=120)
        worker.stdout.close()
    run.refresh_from_db()
    _check_whole(run)
    assert run.events.filter(to_status="produced").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_froze_and_wakes_changes_nothing(by_workers, leader):
    run = by_workers()
    frozen = _start(run, run.produce_job, "--freeze")
    os.waitpid(frozen.pid, os.WUNTRACED)
    Job.objects.filter(pk=run.produce_job_id, status="running").update(
        heartbeat_at=None
    )
    run.refresh_from_db()
    assert run.status == "producing"
    run = runs.produce_run(run=run, by=leader.user)
    second = _start(run, run.produce_job)
    second.wait(timeout=120)
    second.stdout.close()
    run.refresh_from_db()
    _check_whole(run)
    before = path_of(run.pack_file).read_bytes()
    frozen.send_signal(signal.SIGCONT)
    frozen.wait(timeout=120)
    frozen.stdout.close()
    run.refresh_from_db()
    assert run.status == "produced"
    assert path_of(run.pack_file).read_bytes() == before
    assert run.events.filter(to_status="produced").count() == 1


@pytest.mark.django_db(transaction=True)
def test_pressing_twice_at_the_same_moment_makes_one_run(by_workers, new_run, patch):
    by_workers()
    token = uuid.uuid4()
    start = threading.Barrier(4)
    made, failures = [], []

    def press() -> None:
        try:
            start.wait()
            made.append(new_run(patch, token=token).pk)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(set(made)) == 1
    assert LetterRun.objects.filter(token=token).count() == 1
