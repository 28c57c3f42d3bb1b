"""Letters through GOV.UK Notify, against a local fake of its documented HTTP."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
from functools import partial
from io import BytesIO

import pikepdf
import pytest
from django.core.management import call_command
from django.utils import timezone

from housingplus.jobs.models import Job
from housingplus.jobs.services import run_job
from tenants.letters.services import deliveries, notify, sending
from tenants.models import LetterDelivery, LetterRun

from .crew import ROOT, worker_environment
from .fake_notify import API_KEY, FakeNotify

pytestmark = pytest.mark.django_db


@pytest.fixture
def fake(settings):
    """A Notify of our own, which the settings name."""
    server = FakeNotify()
    settings.NOTIFY_API_KEY = API_KEY
    settings.NOTIFY_API_URL = server.url
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    def pass_by(seconds: float) -> None:
        LetterDelivery.objects.update(not_before=None)

    monkeypatch.setattr(sending.time, "sleep", pass_by)


@pytest.fixture
def run(produced, add_home, patch) -> LetterRun:
    """Two letters to go through Notify."""
    for name in ("One", "Two"):
        add_home(patch, ("Ms", "Bea", name), postcode="ZK1 1AA")
    return produced(patch, way_out="notify")


@pytest.fixture
def send_now(run, leader):
    def act() -> LetterRun:
        begun = sending.send_run(run=run, by=leader.user)
        run_job(begun.send_job_id, partial(sending.send, run.pk))
        return begun

    return act


def _statuses(run: LetterRun) -> list[str]:
    return list(run.deliveries.order_by("pk").values_list("status", flat=True))


def test_each_letter_goes_once_as_a_file_notify_takes(fake, run, send_now):
    send_now()
    assert _statuses(run) == ["accepted", "accepted"]
    wanted = list(run.letters.order_by("sequence").values_list("reference", flat=True))
    assert fake.references == wanted
    assert {letter["postage"] for letter in fake.letters} == {"second"}
    assert not fake.asked
    with pikepdf.open(BytesIO(fake.letters[0]["pdf"])) as pdf:
        assert len(pdf.pages) <= notify.MOST_PAGES
    ids = [letter["id"] for letter in fake.letters]
    rows = run.deliveries.order_by("pk")
    assert list(rows.values_list("remote_id", flat=True)) == ids


@pytest.mark.parametrize("code", [429, 500])
def test_trouble_at_notify_is_waited_out(fake, run, send_now, code):
    fake.answers = [code, code]
    send_now()
    assert _statuses(run) == ["accepted", "accepted"]
    assert sorted(fake.references) == sorted(set(fake.references))


@pytest.mark.parametrize(
    ("code", "said"),
    [(400, "Letter content is not a valid PDF"), (403, "API key not found")],
)
def test_what_notify_refuses_has_failed_with_its_words(fake, run, send_now, code, said):
    fake.answers = [code]
    send_now()
    assert _statuses(run) == ["failed", "accepted"]
    assert said in run.deliveries.order_by("pk").first().error


def test_a_wrong_key_is_refused(fake, run, send_now, settings):
    settings.NOTIFY_API_KEY = API_KEY[:-1] + "9"
    send_now()
    assert _statuses(run) == ["failed", "failed"]
    assert not fake.letters


def test_what_never_works_is_given_up_after_some_attempts(
    fake, run, send_now, monkeypatch
):
    monkeypatch.setattr(deliveries, "MOST_ATTEMPTS", 2)
    fake.answers = [500] * 4
    send_now()
    assert _statuses(run) == ["failed", "failed"]


class _Killed(BaseException):
    """The worker dies here."""


@pytest.fixture
def killed_after_sending(monkeypatch, run, leader, fake):
    """A worker that dies when Notify has the letter and nothing says so here."""
    record = sending.record_outcome

    def die(*_: object) -> None:
        raise _Killed

    begun = sending.send_run(run=run, by=leader.user)
    monkeypatch.setattr(sending, "record_outcome", die)
    with pytest.raises(_Killed):
        run_job(begun.send_job_id, partial(sending.send, run.pk))
    monkeypatch.setattr(sending, "record_outcome", record)
    assert (len(fake.letters), _statuses(run)) == (1, ["sending", "waiting"])
    LetterDelivery.objects.filter(status="sending").update(
        claimed_until=timezone.now() - dt.timedelta(seconds=1)
    )
    begun.send_job.refresh_from_db()
    begun.send_job.heartbeat_at = None
    begun.send_job.save(update_fields=["heartbeat_at"])


@pytest.mark.usefixtures("killed_after_sending")
def test_a_letter_sent_before_the_worker_died_is_not_sent_again(fake, run, send_now):
    send_now()
    assert _statuses(run) == ["accepted", "accepted"]
    assert fake.asked == [fake.references[0]]
    assert len(set(fake.references)) == len(fake.references) == 2


@pytest.mark.usefixtures("killed_after_sending")
def test_without_asking_notify_the_letter_would_go_twice(
    fake, run, send_now, monkeypatch
):
    monkeypatch.setattr(notify.NotifyCarrier, "_known", lambda self, reference: None)
    send_now()
    assert len(fake.references) == 3


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("created", "accepted"),
        ("sending", "accepted"),
        ("received", "delivered"),
        ("technical-failure", "failed"),
        ("permanent-failure", "failed"),
        ("validation-failed", "failed"),
        ("cancelled", "failed"),
        ("pending-virus-check", "accepted"),
    ],
)
def test_what_becomes_of_letters_is_asked(fake, run, send_now, said, status):
    send_now()
    fake.letters[0]["status"] = said
    call_command("poll_notify")
    first = run.deliveries.order_by("pk").first()
    assert (first.status, first.remote_status) == (status, said)


def test_without_a_key_the_run_says_why_nothing_goes(
    fake, run, send_now, settings, client_for, leader
):
    settings.NOTIFY_API_KEY = ""
    send_now()
    assert not fake.letters
    page = client_for(leader.user).get(run.get_absolute_url()).content.decode()
    assert "Sending has stopped. GOV.UK Notify is not set up here." in page


@pytest.mark.usefixtures("fake", "patch")
def test_notify_is_offered_only_where_it_is_set_up(client_for, leader, settings):
    client = client_for(leader.user)
    form = client.get("/letters/new/patches/").context["form"]
    assert "notify" in dict(form.fields["way_out"].choices)
    settings.NOTIFY_API_KEY = ""
    form = client.get("/letters/new/patches/").context["form"]
    assert "notify" not in dict(form.fields["way_out"].choices)


_WORKER = """
import os, sys
from functools import partial
import django
django.setup()
from django.conf import settings
settings.MEDIA_ROOT = os.environ["MEDIA_ROOT"]
settings.NOTIFY_API_KEY, settings.NOTIFY_API_URL = sys.argv[3:]
from housingplus.jobs.services import run_job
from tenants.letters.services.sending import send
run_job(int(sys.argv[2]), partial(send, int(sys.argv[1])))
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_once_notify_has_the_letter_doubles_nothing(
    fake, run, send_now, leader, monkeypatch
):
    monkeypatch.setattr(sending, "_enqueue", lambda run, job: None)
    begun = sending.send_run(run=run, by=leader.user)
    with subprocess.Popen(
        [
            *(sys.executable, "-c", _WORKER),
            *(str(run.pk), str(begun.send_job_id), API_KEY, fake.url),
        ],
        env=worker_environment(),
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    ) as worker:
        fake.on_accepted = worker.kill
        assert worker.wait(timeout=120) == -signal.SIGKILL
    fake.on_accepted = lambda: None
    assert (len(fake.letters), _statuses(run)) == (1, ["sending", "waiting"])
    LetterDelivery.objects.filter(status="sending").update(
        claimed_until=timezone.now() - dt.timedelta(seconds=1)
    )
    Job.objects.filter(pk=begun.send_job_id).update(heartbeat_at=None)
    send_now()
    assert _statuses(run) == ["accepted", "accepted"]
    assert len(fake.references) == len(set(fake.references)) == 2
