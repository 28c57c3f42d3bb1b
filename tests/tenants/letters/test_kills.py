"""Workers killed at random moments: no letter lost, none twice, the same bytes."""

from __future__ import annotations

import copy
import os
import random
import signal
import subprocess
import time
import uuid
from collections import Counter
from pathlib import Path

import pytest

from housingplus.jobs.models import Job
from tenants.letters.selectors.runs import list_packs
from tenants.letters.services import files, restarting, runs
from tenants.letters.services.files import path_of
from tenants.models import Letter, LetterRun
from tests.stress import rounds

from .crew import (
    LETTERS,
    check_whole,
    crew_of,
    set_off,
    start_worker,
    together,
    two_minutes_pass,
    wait_for,
)
from .test_production import mark, pages_of
from .test_sharing import check_packs
from .worker import STEPS

KILLS = rounds(10, 50)


def _produce_under_kills(
    run: LetterRun, chance: random.Random, *options: str
) -> tuple[LetterRun, int]:
    """Kill crew after crew, one worker at a time, each on what the last left.

    Returns the run, finished by a crew left in peace, and how many workers were killed
    at work.
    """
    kills = 0
    while run.status == "producing" and kills < KILLS:
        crew = crew_of(run, *options)
        chance.shuffle(crew)
        for worker in crew:
            time.sleep(chance.uniform(0.0, 0.2))
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            two_minutes_pass(run)
            run.refresh_from_db()
            kills += run.status == "producing"
        if run.status == "producing":
            two_minutes_pass(run, without_the_job=True)
            run.refresh_from_db()
            # Nobody presses "Start again".
            list(restarting.restart_stalled())
            run.refresh_from_db()
    if run.status == "producing":
        wait_for(crew_of(run, *options))
    run.refresh_from_db()
    return run, kills


def _content(run: LetterRun) -> list[bytes]:
    return [path_of(pack.file).read_bytes() for pack in run.packs.all()]


@pytest.mark.django_db(transaction=True)
def test_packs_made_under_kills_are_those_made_in_peace(by_workers, leader, work):
    chance = random.Random(20260303)
    kills = 0
    while kills < KILLS:
        run, killed = _produce_under_kills(by_workers(), chance)
        kills += killed
        check_whole(run)

    under_kills = _content(run)
    files.remove_run(run.pk)
    runs.produce_run(run=run, by=leader.user)
    assert _content(work.produce(run)) == under_kills


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", STEPS)
def test_a_worker_that_dies_in_the_middle_leaves_nothing_half(by_workers, step):
    run = by_workers()
    # What a sweep finds: left behind by work before.
    old = path_of(files.run_folder(run.pk)) / "chunk-00001-old.pdf"
    old.parent.mkdir(parents=True, exist_ok=True)
    old.write_bytes(b"%PDF-1.7")
    (worker,) = set_off([start_worker(run, "--die", step)])
    wait_for([worker])
    assert worker.returncode == -signal.SIGKILL
    run.refresh_from_db()
    assert (run.status, run.ledger_file) == ("producing", "")
    assert not list_packs(run).exists()
    for row in (*run.packs.exclude(file=""), *run.chunks.exclude(file="")):
        assert files.is_whole(row.file, row.sha256)

    two_minutes_pass(run, without_the_job=True)
    list(restarting.restart_stalled())
    run.refresh_from_db()
    wait_for(crew_of(run, helpers=1))
    run.refresh_from_db()
    check_whole(run)


@pytest.mark.django_db(transaction=True)
def test_marking_before_writing_would_lose_letters(by_workers, leader):
    """The twin: with the row written before the file a kill leaves a hole."""
    chance = random.Random(20260303)
    for _ in range(4):
        run, _ = _produce_under_kills(by_workers(), chance, "--mark-first")
        done = run.chunks.filter(done_at__isnull=False)
        if any(not path_of(chunk.file).exists() for chunk in done):
            break
    else:
        pytest.fail("No kill fell between the row and the file.")
    assert run.status != "produced"


def _set_by(run: LetterRun, log: Path, *options: str) -> Counter[str]:
    """How often each chunk is set by a crew left in peace."""
    wait_for(crew_of(run, "--log", str(log), *options))
    run.refresh_from_db()
    return Counter(log.read_text().split())


@pytest.mark.django_db(transaction=True)
def test_workers_share_a_run_and_set_each_chunk_once(by_workers, tmp_path):
    run = by_workers()
    often = _set_by(run, tmp_path / "log")
    check_whole(run)
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
    wait_for(set_off([start_worker(run), start_worker(run)]))
    run.refresh_from_db()
    check_whole(run)
    assert run.events.filter(to_status="produced").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_froze_and_wakes_changes_nothing(by_workers, leader):
    run = by_workers()
    (frozen,) = set_off([start_worker(run, "--freeze")])
    os.waitpid(frozen.pid, os.WUNTRACED)
    two_minutes_pass(run, without_the_job=True)
    run.refresh_from_db()
    assert run.status == "producing"
    run = runs.produce_run(run=run, by=leader.user)
    wait_for(crew_of(run, helpers=1))
    run.refresh_from_db()
    check_whole(run)
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
    (frozen,) = set_off([start_worker(run, "--help", "--freeze-pack", *options)])
    os.waitpid(frozen.pid, os.WUNTRACED)
    pack = run.packs.exclude(claim="").get()
    letter = Letter.objects.filter(chunk__pack=pack).first()
    mark(letter.household)
    two_minutes_pass(run)
    wait_for(crew_of(run, helpers=0))
    run.refresh_from_db()
    check_whole(run, LETTERS - 1)
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


@pytest.mark.django_db(transaction=True)
def test_two_people_who_produce_at_once_start_it_once(by_workers, leader, manager):
    run = by_workers(producing=False)
    people = iter([leader.user, manager, leader.user, manager])
    assert not together(4, lambda: runs.produce_run(run=run, by=next(people)))
    run.refresh_from_db()
    assert run.events.filter(to_status="producing").count() == 1
    assert Job.objects.filter(kind=runs.PRODUCE).count() == 1
    wait_for(crew_of(run, helpers=1))
    run.refresh_from_db()
    check_whole(run)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_people_would_start_it_twice(
    by_workers, leader, monkeypatch
):
    """The twin: deciding on what was read before, everybody starts it."""
    run = by_workers(producing=False)
    monkeypatch.setattr(runs, "lock_run", lambda pk: copy.copy(run))
    together(4, lambda: runs.produce_run(run=run, by=leader.user))
    assert run.events.filter(to_status="producing").count() > 1


@pytest.mark.django_db(transaction=True)
def test_pressing_twice_at_the_same_moment_makes_one_run(by_workers, new_run, patch):
    by_workers()
    token = uuid.uuid4()
    made = []
    failures = together(4, lambda: made.append(new_run(patch, token=token).pk))
    assert failures == []
    assert len(set(made)) == 1
    assert LetterRun.objects.filter(token=token).count() == 1
