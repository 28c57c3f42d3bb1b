"""An approved run is produced at the time set, once, with whoever is due then."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from housingplus.audit.models import AuditEvent
from tenants.letters.errors import MoveRefused
from tenants.letters.services import runs, scheduling
from tenants.letters.services.due import prepare_letters_due
from tenants.models import Household, LetterRunEvent

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def scheduled(composed, leader, street, patch):
    """An approved run set for an hour from now."""
    run = runs.approve_run(run=composed(patch), by=leader.user)
    return scheduling.schedule_run(run=run, at=timezone.now() + HOUR, by=leader.user)


def start(after: dt.timedelta) -> tuple[list[str], list[str]]:
    started, refused = scheduling.start_scheduled_runs(timezone.now() + after)
    return [run.status for run in started], [run.not_started for run in refused]


def times_begun(run) -> int:
    return LetterRunEvent.objects.filter(run=run, to_status="producing").count()


def test_a_run_is_started_when_its_time_has_come_and_once(scheduled, leader, work):
    assert start(HOUR / 2) == ([], [])
    assert start(HOUR * 2) == (["producing"], [])
    assert start(HOUR * 2) == ([], [])
    run = work.produce(scheduled)
    assert (run.status, run.letter_count, times_begun(run)) == ("produced", 6, 1)
    assert (run.scheduled_for, run.scheduled_by) == (None, None)
    assert run.events.get(to_status="producing").by == leader.user


def test_two_at_the_same_time_start_it_once(scheduled, monkeypatch):
    lock_run = scheduling.lock_run

    def another_first(run_id):
        monkeypatch.setattr(scheduling, "lock_run", lock_run)
        assert start(HOUR * 2) == (["producing"], [])
        return lock_run(run_id)

    monkeypatch.setattr(scheduling, "lock_run", another_first)
    assert start(HOUR * 2) == ([], [])
    assert times_begun(scheduled) == 1


def test_what_must_not_be_sent_by_then_is_taken_out(
    ward, work, leader, template, street
):
    (run,) = prepare_letters_due(day=timezone.localdate(), wards=[ward], by=None)
    run = runs.approve_run(run=work.compose(run), by=leader.user)
    scheduling.schedule_run(run=run, at=timezone.now() + HOUR, by=leader.user)
    Household.objects.filter(property=street[0]).update(
        do_not_write=True, do_not_write_reason="Asked not to be"
    )
    Household.objects.filter(property=street[1]).update(
        ends_on=timezone.localdate() - dt.timedelta(days=1)
    )
    start(HOUR * 2)
    run = work.produce(run)
    assert (run.status, run.letter_count) == ("produced", 4)
    assert set(
        run.homes.filter(is_exception=True).values_list("reason", flat=True)
    ) == {
        "do_not_write",
        "not_due",
    }


def test_one_that_cannot_start_says_why_and_the_others_go_on(
    scheduled, composed, leader, add_home, patch, client_for, work
):
    Household.objects.update(do_not_write=True, do_not_write_reason="Asked not to be")
    add_home(patch, ("Ms", "New", "Comer"))
    other = runs.approve_run(run=composed(patch), by=leader.user)
    scheduling.schedule_run(run=other, at=timezone.now() + HOUR, by=leader.user)

    started, (why,) = start(HOUR * 2)
    assert started == ["producing"]
    assert "no letters" in why
    scheduled.refresh_from_db()
    assert (scheduled.status, scheduled.scheduled_for) == ("approved", None)
    assert scheduled.letter_count == 6
    client = client_for(leader.user)
    assert "no letters" in client.get(scheduled.get_absolute_url()).content.decode()
    assert "Not produced as set" in client.get("/letters/").content.decode()
    assert start(HOUR * 2) == ([], [])


def test_only_an_approved_run_is_set_and_only_for_a_time_to_come(
    composed, leader, street, patch
):
    run = composed(patch)
    with pytest.raises(MoveRefused, match="Only an approved run"):
        scheduling.schedule_run(run=run, at=timezone.now() + HOUR, by=leader.user)
    runs.approve_run(run=run, by=leader.user)
    with pytest.raises(MoveRefused, match="still to come"):
        scheduling.schedule_run(run=run, at=timezone.now() - HOUR, by=leader.user)
    with pytest.raises(MoveRefused, match="a year"):
        scheduling.schedule_run(
            run=run, at=timezone.now() + HOUR * 9000, by=leader.user
        )


@pytest.mark.parametrize("act", ["produce", "cancel", "call off"])
def test_nothing_is_set_any_more_afterwards(scheduled, leader, act):
    if act == "produce":
        runs.produce_run(run=scheduled, by=leader.user)
    elif act == "cancel":
        runs.cancel_run(run=scheduled, reason="Not now", by=leader.user)
    else:
        scheduling.unschedule_run(run=scheduled, by=leader.user)
        scheduling.unschedule_run(run=scheduled, by=leader.user)
    scheduled.refresh_from_db()
    assert (scheduled.scheduled_for, scheduled.scheduled_by) == (None, None)
    assert start(HOUR * 2) == ([], [])


def test_what_has_started_cannot_be_called_off(client_for, leader, scheduled):
    runs.produce_run(run=scheduled, by=leader.user)
    with pytest.raises(MoveRefused, match="produced already"):
        scheduling.unschedule_run(run=scheduled, by=leader.user)
    address = f"/letters/runs/{scheduled.pk}/schedule/call-off/"
    page = client_for(leader.user).post(address, follow=True).content.decode()
    assert "produced already" in page
    assert "Called off." not in page


def test_the_pages_set_change_and_call_off(client_for, leader, scheduled):
    client = client_for(leader.user)
    url = f"/letters/runs/{scheduled.pk}/schedule/"
    day = timezone.localdate() + dt.timedelta(days=3)
    answers = {
        "scheduled_on_day": day.day,
        "scheduled_on_month": day.month,
        "scheduled_on_year": day.year,
        "scheduled_time": "6:30",
    }
    page = client.post(url, answers, follow=True).content.decode()
    said = f"produced from {day.day} {day:%B %Y} at 6:30am"
    assert said in " ".join(page.split())
    assert f"To be {said}" in client.get("/letters/").content.decode()
    assert "06:30" in client.get(url).content.decode()

    wrong = client.post(url, answers | {"scheduled_time": "half past"}).content.decode()
    assert "Enter a time on the 24-hour clock" in wrong
    past = client.post(url, answers | {"scheduled_on_year": day.year - 1})
    assert "still to come" in past.content.decode()

    client.post(url, answers | {"scheduled_time": "6.45pm"})
    scheduled.refresh_from_db()
    assert f"{timezone.localtime(scheduled.scheduled_for):%H:%M}" == "18:45"

    client.post(f"{url}call-off/")
    scheduled.refresh_from_db()
    assert scheduled.scheduled_for is None
    assert AuditEvent.objects.filter(verb="letter run.schedule called off").exists()


def test_the_command_says_what_it_did(scheduled):
    type(scheduled).objects.filter(pk=scheduled.pk).update(
        scheduled_for=timezone.now() - HOUR
    )
    said = StringIO()
    call_command("produce_scheduled_letters", stdout=said)
    call_command("produce_scheduled_letters", stdout=said)
    assert said.getvalue() == f"Started: {scheduled.title}\n1 run started, 0 not.\n"
