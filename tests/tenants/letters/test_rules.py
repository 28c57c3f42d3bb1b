"""Which moves of a run are legal, and what each needs."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from housingplus.jobs.models import Job, JobStatus
from tenants.letters import rules
from tenants.letters.errors import (
    MoveRefused,
    NothingToSend,
    NumbersDoNotAdd,
    SecondPersonNeeded,
    TemplateRefused,
)
from tenants.letters.models import LetterRun, LetterTemplate, RunStatus

pytestmark = pytest.mark.django_db

LEGAL = {
    ("composing", "composed"),
    ("composing", "failed"),
    ("composing", "cancelled"),
    ("composed", "composing"),
    ("composed", "approved"),
    ("composed", "cancelled"),
    ("approved", "producing"),
    ("approved", "cancelled"),
    ("producing", "produced"),
    ("producing", "failed"),
    ("producing", "paused"),
    ("producing", "cancelled"),
    ("paused", "producing"),
    ("paused", "cancelled"),
    ("produced", "producing"),
    ("produced", "posted"),
    ("produced", "cancelled"),
}


def test_every_status_is_in_the_table_and_can_be_reached():
    assert set(rules.MOVES) == set(RunStatus)
    reached = {to for allowed in rules.MOVES.values() for to in allowed}
    assert reached == set(RunStatus)


@pytest.mark.parametrize("to", RunStatus)
@pytest.mark.parametrize("status", [s for s in RunStatus if s != "failed"])
def test_moves_are_those_of_the_table(status, to):
    run = LetterRun(title="Introductions", status=status)
    assert rules.can_move(run, to) is ((status, to) in LEGAL)


@pytest.mark.parametrize(
    ("approved", "to", "allowed"),
    [
        (False, "composing", True),
        (False, "producing", False),
        (False, "cancelled", True),
        (True, "composing", False),
        (True, "producing", True),
        (True, "cancelled", True),
        (True, "posted", False),
    ],
)
def test_what_failed_is_tried_again_from_where_it_was(approved, to, allowed):
    run = LetterRun(
        title="Introductions",
        status="failed",
        approved_at=timezone.now() if approved else None,
    )
    assert rules.can_move(run, RunStatus(to)) is allowed


def test_a_refused_move_says_what_the_run_is():
    run = LetterRun(title="Introductions", status="posted")
    with pytest.raises(MoveRefused, match="“Introductions” is posted"):
        rules.check_can_move(run, to=RunStatus.CANCELLED)


def test_a_run_without_letters_goes_no_further():
    with pytest.raises(NothingToSend, match="no letters"):
        rules.check_has_letters(LetterRun(letter_count=0))
    rules.check_has_letters(LetterRun(letter_count=1))


@pytest.mark.parametrize(
    ("needed", "same", "refused"),
    [
        (False, True, False),
        (False, False, False),
        (True, True, True),
        (True, False, False),
    ],
)
def test_second_person_is_needed_only_when_the_setting_says_so(
    settings, leader, manager, needed, same, refused
):
    settings.LETTERS_NEED_SECOND_PERSON = needed
    run = LetterRun(created_by=leader.user)
    by = leader.user if same else manager
    if refused:
        with pytest.raises(SecondPersonNeeded):
            rules.check_second_person(run, by=by)
    else:
        rules.check_second_person(run, by=by)


@time_machine.travel(dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC), tick=False)
@pytest.mark.parametrize(
    ("day", "allowed"),
    [(8, False), (9, True), (10, True), (11, False)],
)
def test_letters_are_posted_between_approval_and_today(day, allowed):
    run = LetterRun(approved_at=dt.datetime(2026, 3, 9, 9, tzinfo=dt.UTC))
    if allowed:
        rules.check_posted_on(run, dt.date(2026, 3, day))
    else:
        with pytest.raises(MoveRefused) as refused:
            rules.check_posted_on(run, dt.date(2026, 3, day))
        assert refused.value.field == "posted_on"


def test_an_archived_template_writes_nothing_new():
    with pytest.raises(TemplateRefused, match="archived"):
        rules.check_template_in_use(LetterTemplate(name="Old", is_archived=True))
    rules.check_template_in_use(LetterTemplate(name="New"))


def test_numbers_must_add_up(composed, street, patch):
    run = composed(patch)
    rules.check_adds_up(run)
    run.homes.filter(pk=run.homes.first().pk).update(is_exception=True, reason="void")
    with pytest.raises(NumbersDoNotAdd):
        rules.check_adds_up(run)


def _job(**fields) -> Job:
    return Job(kind="letters.produce", **fields)


@pytest.mark.parametrize(
    ("job", "stopped"),
    [
        (None, True),
        (_job(status=JobStatus.FAILED), True),
        (_job(status=JobStatus.RUNNING, heartbeat_at=None), True),
        (_job(status=JobStatus.RUNNING, heartbeat_at="now"), False),
        (_job(status=JobStatus.WAITING, created_at="now"), False),
        (_job(status=JobStatus.WAITING, created_at="long ago"), True),
    ],
)
def test_work_that_nobody_does_has_stopped(job, stopped):
    moments = {
        "now": timezone.now(),
        "long ago": timezone.now() - dt.timedelta(hours=1),
    }
    if job is not None:
        job.heartbeat_at = moments.get(job.heartbeat_at)
        job.created_at = moments.get(job.created_at)
    run = LetterRun(status="producing", produce_job=job)
    assert rules.has_stopped(run) is stopped
    assert rules.has_stopped(LetterRun(status="composed")) is False
