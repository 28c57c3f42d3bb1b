"""Workers killed at random moments: no letter lost, none twice, the same bytes."""

from __future__ import annotations

import copy
import datetime as dt
import os
import random
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from housingplus.jobs.models import Job
from tenants.letters.services import composing, files, packing, runs
from tenants.letters.services.files import path_of
from tenants.models import Letter, LetterRun
from tests.stress import rounds

from .test_production import ledger_of, mark, pages_of
from .test_sharing import check_packs

ROOT = Path(__file__).parents[3]
KILLS = rounds(10, 50)
LETTERS = 40
_started: list[subprocess.Popen] = []


@pytest.fixture(autouse=True)
def _no_worker_outlives_its_test():
    yield
    while _started:
        worker = _started.pop()
        if worker.poll() is None:
            worker.kill()
            worker.wait()
        worker.stdin.close()
        worker.stdout.close()


def worker_environment() -> dict[str, str]:
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


def _start(run: LetterRun, *options: str) -> subprocess.Popen:
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


def _set_off(workers: list[subprocess.Popen]) -> list[subprocess.Popen]:
    """Let workers begin together, once all of them are ready."""
    for worker in workers:
        assert worker.stdout.readline()
    for worker in workers:
        worker.stdin.write(b"go\n")
        worker.stdin.flush()
    return workers


def _crew(run: LetterRun, *options: str, helpers: int = 2) -> list[subprocess.Popen]:
    """Set off the worker with the job and some that take a hand in it."""
    workers = [_start(run, *options)]
    workers += [_start(run, "--help", *options) for _ in range(helpers)]
    return _set_off(workers)


def _wait(workers: list[subprocess.Popen]) -> None:
    for worker in workers:
        worker.wait(timeout=120)


def _two_minutes_pass(run: LetterRun, *, without_the_job: bool = False) -> None:
    """Let every claim run out, and the job's lease, too, if its worker is dead."""
    past = timezone.now() - dt.timedelta(seconds=1)
    for rows in (run.chunks, run.packs):
        rows.exclude(claim="").update(claimed_until=past)
    if without_the_job:
        Job.objects.filter(pk=run.produce_job_id, status="running").update(
            heartbeat_at=None
        )


def _produce_under_kills(
    run: LetterRun, leader, chance: random.Random, *options: str
) -> tuple[LetterRun, int]:
    """Kill crew after crew, one worker at a time, each on what the last left.

    Returns the run, finished by a crew left in peace, and how many workers were killed
    at work.
    """
    kills = 0
    while run.status == "producing" and kills < KILLS:
        crew = _crew(run, *options)
        chance.shuffle(crew)
        for worker in crew:
            time.sleep(chance.uniform(0.0, 0.2))
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            _two_minutes_pass(run)
            run.refresh_from_db()
            kills += run.status == "producing"
        if run.status == "producing":
            _two_minutes_pass(run, without_the_job=True)
            run.refresh_from_db()
            run = runs.produce_run(run=run, by=leader.user)
    if run.status == "producing":
        _wait(_crew(run, *options))
    run.refresh_from_db()
    return run, kills


@pytest.fixture
def by_workers(monkeypatch, composed, add_home, patch, leader):
    """An approved run of small chunks and packs, for workers of their own."""
    monkeypatch.setattr(composing, "CHUNK_SIZE", 2)
    monkeypatch.setattr(packing, "LETTERS_IN_A_PACK", 10)
    monkeypatch.setattr(runs, "_enqueue_produce", lambda run, job: None)
    monkeypatch.setattr(runs, "_enqueue_compose", lambda run, job: None)
    for number in range(LETTERS):
        add_home(patch, ("Ms", "Bea", f"Tenant{number}"), postcode=f"ZK{number} 1AA")

    def make(*, producing: bool = True) -> LetterRun:
        run = composed(patch, is_double_sided=False)
        run = runs.approve_run(run=run, by=leader.user)
        return runs.produce_run(run=run, by=leader.user) if producing else run

    return make


def _check_whole(run: LetterRun, letters: int = LETTERS) -> None:
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


def _content(run: LetterRun) -> list[bytes]:
    return [path_of(pack.file).read_bytes() for pack in run.packs.all()]


@pytest.mark.django_db(transaction=True)
def test_packs_made_under_kills_are_those_made_in_peace(by_workers, leader, work):
    chance = random.Random(20260303)
    kills = 0
    while kills < KILLS:
        run, killed = _produce_under_kills(by_workers(), leader, chance)
        kills += killed
        _check_whole(run)

    under_kills = _content(run)
    files.remove_run(run.pk)
    runs.produce_run(run=run, by=leader.user)
    assert _content(work.produce(run)) == under_kills


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


def _set_by(run: LetterRun, log: Path, *options: str) -> Counter[str]:
    """How often each chunk is set by a crew left in peace."""
    _wait(_crew(run, "--log", str(log), *options))
    run.refresh_from_db()
    return Counter(log.read_text().split())


@pytest.mark.django_db(transaction=True)
def test_workers_share_a_run_and_set_each_chunk_once(by_workers, tmp_path):
    run = by_workers()
    often = _set_by(run, tmp_path / "log")
    _check_whole(run)
    assert often == Counter(str(number) for number in range(1, LETTERS // 2 + 1))
    assert run.events.filter(to_status="produced").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_claims_workers_would_do_the_same_work(by_workers, tmp_path):
    """The twin: with claims off chunks are set more than once."""
    often = _set_by(by_workers(), tmp_path / "log", "--no-claims")
    assert max(often.values()) > 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_job_make_the_packs_once(by_workers):
    run = by_workers()
    _wait(_set_off([_start(run), _start(run)]))
    run.refresh_from_db()
    _check_whole(run)
    assert run.events.filter(to_status="produced").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_froze_and_wakes_changes_nothing(by_workers, leader):
    run = by_workers()
    (frozen,) = _set_off([_start(run, "--freeze")])
    os.waitpid(frozen.pid, os.WUNTRACED)
    _two_minutes_pass(run, without_the_job=True)
    run.refresh_from_db()
    assert run.status == "producing"
    run = runs.produce_run(run=run, by=leader.user)
    _wait(_crew(run, helpers=1))
    run.refresh_from_db()
    _check_whole(run)
    before = _content(run)
    frozen.send_signal(signal.SIGCONT)
    frozen.wait(timeout=120)
    run.refresh_from_db()
    assert run.status == "produced"
    assert _content(run) == before
    assert run.events.filter(to_status="produced").count() == 1


def _freeze_with_a_pack(run: LetterRun, *options: str) -> tuple[str, subprocess.Popen]:
    """Freeze a helper with a pack in hand, and mark a household of that pack.

    The others finish the run without it. Returns the letter and the frozen worker.
    """
    (frozen,) = _set_off([_start(run, "--help", "--freeze-pack", *options)])
    os.waitpid(frozen.pid, os.WUNTRACED)
    pack = run.packs.exclude(claim="").get()
    letter = Letter.objects.filter(chunk__pack=pack).first()
    mark(letter.household)
    _two_minutes_pass(run)
    _wait(_crew(run, helpers=0))
    run.refresh_from_db()
    _check_whole(run, LETTERS - 1)
    frozen.send_signal(signal.SIGCONT)
    frozen.wait(timeout=120)
    return letter.reference, frozen


@pytest.mark.django_db(transaction=True)
def test_a_helper_that_wakes_does_not_bring_back_what_was_taken_out(by_workers):
    run = by_workers()
    reference, _ = _freeze_with_a_pack(run)
    run.refresh_from_db()
    pages = [page for pack in run.packs.all() for page in pages_of(pack.file)]
    assert not any(reference in page for page in pages)
    check_packs(run)


@pytest.mark.django_db(transaction=True)
def test_without_the_fence_a_helper_that_wakes_would_undo_the_pack(by_workers):
    """The twin: with the claim not compared the row names the old pack again."""
    run = by_workers()
    _freeze_with_a_pack(run, "--no-fence")
    assert not all(files.is_whole(pack.file, pack.sha256) for pack in run.packs.all())


def _together(number: int, act: Callable[[], object]) -> list[Exception]:
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


@pytest.mark.django_db(transaction=True)
def test_two_people_who_produce_at_once_start_it_once(by_workers, leader, manager):
    run = by_workers(producing=False)
    people = iter([leader.user, manager, leader.user, manager])
    assert not _together(4, lambda: runs.produce_run(run=run, by=next(people)))
    run.refresh_from_db()
    assert run.events.filter(to_status="producing").count() == 1
    assert Job.objects.filter(kind=runs.PRODUCE).count() == 1
    _wait(_crew(run, helpers=1))
    run.refresh_from_db()
    _check_whole(run)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_people_would_start_it_twice(
    by_workers, leader, monkeypatch
):
    """The twin: deciding on what was read before, everybody starts it."""
    run = by_workers(producing=False)
    monkeypatch.setattr(runs, "lock_run", lambda pk: copy.copy(run))
    _together(4, lambda: runs.produce_run(run=run, by=leader.user))
    assert run.events.filter(to_status="producing").count() > 1


@pytest.mark.django_db(transaction=True)
def test_pressing_twice_at_the_same_moment_makes_one_run(by_workers, new_run, patch):
    by_workers()
    token = uuid.uuid4()
    made = []
    failures = _together(4, lambda: made.append(new_run(patch, token=token).pk))
    assert failures == []
    assert len(set(made)) == 1
    assert LetterRun.objects.filter(token=token).count() == 1
