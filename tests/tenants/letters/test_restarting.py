"""Work whose worker died starts again by itself, once, and nothing else does."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from housingplus.audit.models import AuditEvent
from housingplus.jobs.models import LEASE, Job, JobStatus
from housingplus.jobs.services import take_job
from tenants.letters.services import claims, composing, production, restarting, runs
from tenants.letters.tasks import help_produce_letters, produce_letters

from .crew import together

LONG_AGO = LEASE + dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def queued(settings, monkeypatch):
    """A queue in the database, as in production, of which nobody takes anything."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.LETTER_WORKERS = 3
    monkeypatch.setattr(composing, "CHUNK_SIZE", 2)


@pytest.fixture
def producing(composed, street, patch, leader):
    run = runs.approve_run(run=composed(patch), by=leader.user)
    return runs.produce_run(run=run, by=leader.user)


def died(run) -> None:
    """Its worker took the job and was not heard from since."""
    take_job(run.produce_job_id)
    Job.objects.filter(pk=run.produce_job_id).update(
        heartbeat_at=timezone.now() - LONG_AGO
    )


def tasks_of(task) -> int:
    return DBTaskResult.objects.filter(task_path=task.module_path).count()


@pytest.mark.django_db
def test_a_job_whose_worker_died_is_started_again_once(producing, work, capsys):
    died(producing)
    call_command("restart_stalled_work")
    call_command("restart_stalled_work")
    assert capsys.readouterr().out == f"{producing}: started again.\n"
    before, producing.produce_job_id = producing.produce_job_id, None
    producing.refresh_from_db()
    assert producing.produce_job_id != before
    assert Job.objects.get(pk=before).status == JobStatus.FAILED
    assert AuditEvent.objects.filter(verb="letter run.started again").count() == 1
    assert work.produce(producing).status == "produced"


@pytest.mark.django_db
def test_a_job_at_work_and_one_that_waits_its_turn_are_left_alone(
    producing, django_capture_on_commit_callbacks
):
    assert list(restarting.restart_stalled()) == []
    job = Job.objects.filter(pk=producing.produce_job_id)
    produce_letters.enqueue(producing.pk, producing.produce_job_id)
    job.update(created_at=timezone.now() - LONG_AGO)
    assert list(restarting.restart_stalled()) == []
    take_job(producing.produce_job_id)
    with django_capture_on_commit_callbacks():
        list(restarting.restart_stalled())
    producing.refresh_from_db()
    assert producing.produce_job_id == job.get().pk


@pytest.mark.django_db
def test_a_job_whose_task_was_lost_is_started_again(producing):
    Job.objects.filter(pk=producing.produce_job_id).update(
        created_at=timezone.now() - LONG_AGO
    )
    assert list(restarting.restart_stalled()) == [f"{producing}: started again."]


@pytest.mark.django_db
def test_composing_whose_worker_died_is_started_again(new_run, street, patch, work):
    run = new_run(patch)
    take_job(run.compose_job_id)
    Job.objects.filter(pk=run.compose_job_id).update(heartbeat_at=None)
    assert list(restarting.restart_stalled()) == [f"{run}: started again."]
    assert work.compose(run).status == "composed"


@pytest.mark.django_db
def test_workers_are_called_in_place_of_those_that_died(
    producing, django_capture_on_commit_callbacks
):
    take_job(producing.produce_job_id)
    claims.claim_work(producing.pk, "the worker with the job")
    dead = claims.claim_work(producing.pk, "dead")
    for expected in (1, 0):
        with django_capture_on_commit_callbacks(execute=True):
            assert restarting.call_helpers(producing) == expected
    type(dead).objects.filter(pk=dead.pk).update(claimed_until=timezone.now())
    for expected in (1, 0):
        with django_capture_on_commit_callbacks(execute=True):
            assert restarting.call_helpers(producing) == expected
    assert tasks_of(help_produce_letters) == 2


@pytest.mark.django_db
def test_a_helper_leaves_where_enough_are_at_work(producing, settings, monkeypatch):
    settings.LETTER_WORKERS = 2
    take_job(producing.produce_job_id)
    for worker in ("one", "two"):
        claims.claim_work(producing.pk, worker)
    monkeypatch.setattr(production, "_do_next", pytest.fail)
    production.help_produce(producing.pk, producing.produce_job_id)


@pytest.mark.django_db(transaction=True)
def test_two_that_restart_at_once_start_it_once(producing):
    died(producing)
    asked = tasks_of(produce_letters)
    assert together(4, lambda: list(restarting.restart_stalled())) == []
    assert tasks_of(produce_letters) == asked + 1
    assert Job.objects.filter(kind=runs.PRODUCE).count() == 2
    assert AuditEvent.objects.filter(verb="letter run.started again").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would_start_it_twice(producing, monkeypatch):
    """The twin: deciding on what was read before, each starts it."""
    died(producing)
    producing.refresh_from_db()
    monkeypatch.setattr(runs, "lock_run", lambda pk: type(producing).objects.get(pk=pk))
    monkeypatch.setattr(runs.rules, "has_stopped", lambda run: True)
    together(4, lambda: list(restarting.restart_stalled()))
    assert Job.objects.filter(kind=runs.PRODUCE).count() > 2
