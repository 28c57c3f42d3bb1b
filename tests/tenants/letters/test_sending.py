"""E-mails of a run: each at most once, every failure for a person to decide."""

from __future__ import annotations

import datetime as dt
import smtplib
from functools import partial

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.utils import timezone

from housingplus.jobs.services import run_job
from tenants.letters import presenters
from tenants.letters.errors import MoveRefused, NotDueAnyMore, NotSent
from tenants.letters.selectors.deliveries import count_sending
from tenants.letters.selectors.runs import count_pages
from tenants.letters.services import emailing, runs, sending
from tenants.letters.services.deliveries import claim_delivery, settle_lost
from tenants.models import LetterDelivery, LetterRun, ReturnedLetter
from tests.factories.tenants import CommunicationNeedsFactory

from .test_production import mark

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    """Time to wait passes at once: a letter to be tried again is free."""

    def pass_by(seconds: float) -> None:
        LetterDelivery.objects.update(not_before=None)

    monkeypatch.setattr(sending.time, "sleep", pass_by)


@pytest.fixture
def wanting_email(add_home, patch):
    """Three homes of which two want e-mail."""
    homes = [
        add_home(patch, ("Ms", "Bea", name), postcode="ZK1 1AA")
        for name in ("One", "Two", "Three")
    ]
    for number, home in enumerate(homes[:2], 1):
        CommunicationNeedsFactory(
            household=home.households.get(),
            letter_format="email",
            email=f"bea{number}@example.org",
        )
    return homes


@pytest.fixture
def send_now(leader):
    """Send a run's letters, as a worker would."""

    def act(run: LetterRun) -> LetterRun:
        run = sending.send_run(run=run, by=leader.user)
        run_job(run.send_job_id, partial(sending.send, run.pk))
        run.refresh_from_db()
        return run

    return act


def _statuses(run: LetterRun) -> list[str]:
    return list(run.deliveries.order_by("pk").values_list("status", flat=True))


@pytest.fixture
def refusing(monkeypatch):
    """Have the mail server answer each message with the next error; then take it."""

    def use(*errors: Exception | None):
        waiting = list(errors)
        take = locmem.EmailBackend.send_messages

        def send_messages(self, messages):
            error = waiting.pop(0) if waiting else None
            if error is not None:
                raise error
            return take(self, messages)

        monkeypatch.setattr(locmem.EmailBackend, "send_messages", send_messages)

    return use


def _refused(code: int) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused(
        {"bea1@example.org": (code, b"No such mailbox")}
    )


@pytest.mark.usefixtures("wanting_email")
def test_each_household_that_wants_email_gets_its_letter(produced, send_now, patch):
    run = send_now(produced(patch))
    assert _statuses(run) == ["accepted", "accepted"]
    first = mail.outbox[0]
    letter = run.letters.filter(channel="email").first()
    assert [message.to for message in mail.outbox] == [
        ["bea1@example.org"],
        ["bea2@example.org"],
    ]
    assert letter.reference in first.subject
    assert first.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "Kestrelford City Council" in first.from_email
    assert letter.salutation in first.body
    (html, kind) = first.alternatives[0]
    assert (kind, "<h1>" in html, 'lang="en-GB"' in html) == ("text/html", True, True)
    (name, pdf, _) = first.attachments[0]
    assert name == f"{letter.reference}.pdf"
    assert b"/StructTreeRoot" in pdf or pdf.startswith(b"%PDF")


@pytest.mark.usefixtures("wanting_email")
def test_sending_twice_sends_nothing_again(produced, send_now, patch):
    send_now(send_now(produced(patch)))
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("wanting_email")
def test_nothing_is_sent_before_the_letters_are_produced(composed, patch, leader):
    with pytest.raises(MoveRefused):
        sending.send_run(run=composed(patch), by=leader.user)


@pytest.mark.usefixtures("wanting_email")
def test_what_is_refused_for_now_is_tried_again(produced, send_now, patch, refusing):
    refusing(_refused(451))
    run = send_now(produced(patch))
    assert _statuses(run) == ["accepted", "accepted"]
    assert run.deliveries.order_by("pk").first().attempts == 2
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("wanting_email")
def test_what_is_refused_for_good_has_failed(produced, send_now, patch, refusing):
    refusing(_refused(550))
    run = send_now(produced(patch))
    assert _statuses(run) == ["failed", "accepted"]
    assert "550 No such mailbox" in run.deliveries.order_by("pk").first().error


@pytest.mark.usefixtures("wanting_email")
def test_a_broken_connection_leaves_a_person_to_decide(
    produced, send_now, patch, refusing, leader
):
    refusing(smtplib.SMTPServerDisconnected("gone"))
    run = send_now(produced(patch))
    assert _statuses(run) == ["unknown", "accepted"]
    delivery = run.deliveries.order_by("pk").first()
    sending.decide(delivery=delivery, action="went", by=leader.user)
    assert _statuses(run) == ["accepted", "accepted"]
    with pytest.raises(MoveRefused):
        sending.decide(delivery=delivery, action="again", by=leader.user)


@pytest.mark.usefixtures("wanting_email")
def test_work_killed_while_sending_leaves_it_unknown(produced, send_now, patch, leader):
    run = sending.send_run(run=produced(patch), by=leader.user)
    delivery = claim_delivery(run, "killed", ["email"])
    settle_lost(run)
    assert _statuses(run) == ["sending", "waiting"]
    LetterDelivery.objects.filter(pk=delivery.pk).update(
        claimed_until=timezone.now() - dt.timedelta(seconds=1)
    )
    run_job(run.send_job_id, partial(sending.send, run.pk))
    assert _statuses(run) == ["unknown", "accepted"]
    assert [message.to for message in mail.outbox] == [["bea2@example.org"]]


def test_a_household_marked_meanwhile_is_not_sent(
    produced, wanting_email, patch, leader
):
    run = sending.send_run(run=produced(patch), by=leader.user)
    mark(wanting_email[0].households.get())
    run_job(run.send_job_id, partial(sending.send, run.pk))
    assert _statuses(run) == ["failed", "accepted"]
    assert [message.to for message in mail.outbox] == [["bea2@example.org"]]


@pytest.mark.usefixtures("wanting_email")
def test_sending_keeps_to_its_pace(produced, patch, leader, settings, monkeypatch):
    settings.EMAILS_A_MINUTE = 1
    waits = []

    def minute_passes(seconds: float) -> None:
        waits.append(len(mail.outbox))
        LetterDelivery.objects.filter(started_at__isnull=False).update(
            started_at=timezone.now() - dt.timedelta(minutes=2)
        )

    monkeypatch.setattr(sending.time, "sleep", minute_passes)
    run = sending.send_run(run=produced(patch), by=leader.user)
    run_job(run.send_job_id, partial(sending.send, run.pk))
    assert waits == [1]
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("wanting_email")
def test_a_run_is_posted_only_when_its_emails_went(produced, send_now, patch, leader):
    run = produced(patch)
    today = timezone.localdate()
    with pytest.raises(NotSent, match="2 letters"):
        runs.mark_posted(run=run, posted_on=today, by=leader.user)
    run = send_now(run)
    assert runs.mark_posted(run=run, posted_on=today, by=leader.user).status == "posted"


@pytest.mark.usefixtures("wanting_email")
def test_a_run_of_which_something_went_is_not_cancelled(
    produced, send_now, patch, leader
):
    run = send_now(produced(patch))
    with pytest.raises(MoveRefused, match="2 letters of this run went out"):
        runs.cancel_run(run=run, reason="Mistake", by=leader.user)


@pytest.mark.usefixtures("wanting_email")
def test_who_could_not_be_emailed_is_written_to_by_post_next(
    produced, composed, send_now, patch, refusing, leader
):
    refusing(_refused(550))
    run = send_now(produced(patch))
    sending.give_up_failed(run=run, reason="No such mailbox", by=leader.user)
    assert count_sending(run).left == 0
    runs.mark_posted(run=run, posted_on=timezone.localdate(), by=leader.user)
    returned = ReturnedLetter.objects.get()
    assert (returned.reason, returned.outcome) == ("not_sent", "write_again")
    due = composed(patch, only_due=True, dated=timezone.localdate())
    letter = due.letters.get()
    assert letter.household == returned.letter.household
    assert (letter.channel, letter.letter_format) == ("post", "standard")


@pytest.mark.usefixtures("wanting_email")
def test_a_failed_letter_can_be_tried_again(
    produced, send_now, patch, refusing, leader
):
    refusing(_refused(550))
    run = send_now(produced(patch))
    assert sending.retry_failed(run=run, by=leader.user) == 1
    run = send_now(run)
    assert _statuses(run) == ["accepted", "accepted"]


def test_letters_taken_out_after_sending_began_are_counted_once(
    produced, wanting_email, work, patch, leader
):
    run = sending.send_run(run=produced(patch), by=leader.user)
    for home in wanting_email[:2]:
        mark(home.households.get())
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    assert (run.letter_count, run.exception_count) == (1, 2)
    assert run.letters.count() == 1


@pytest.mark.usefixtures("wanting_email")
def test_nothing_is_sent_to_households_told_meanwhile(
    produced, send_now, work, patch, leader, client_for
):
    today = timezone.localdate()
    run = produced(patch, only_due=True, dated=today)
    other = send_now(produced(patch, dated=today))
    runs.mark_posted(run=other, posted_on=today, by=leader.user)
    mail.outbox.clear()
    with pytest.raises(NotDueAnyMore):
        sending.send_run(run=run, by=leader.user)
    page = client_for(leader.user).get(run.get_absolute_url()).text
    assert "Make the packs again without them" in page
    runs.produce_run(run=run, by=leader.user)
    run = send_now(work.produce(run))
    assert (run.letter_count, mail.outbox) == (0, [])


@pytest.mark.usefixtures("wanting_email")
def test_an_address_that_is_none_fails_alone(produced, send_now, patch):
    run = produced(patch)
    first = run.letters.filter(channel="email").first()
    run.letters.filter(pk=first.pk).update(email="bea@example.org\nBcc: x")
    run = send_now(run)
    assert _statuses(run) == ["failed", "accepted"]
    assert [message.to for message in mail.outbox] == [["bea2@example.org"]]


@pytest.mark.usefixtures("wanting_email")
def test_a_landlords_name_cannot_add_a_header(produced, patch):
    run = produced(patch)
    for head in run.senders["letterheads"].values():
        head["name"] = "Council\nBcc: x@example.org"
    letter = run.letters.filter(channel="email").first()
    letter.run = run
    assert emailing.email_of(letter).message()["Bcc"] is None


@pytest.mark.usefixtures("wanting_email")
def test_letters_of_so_many_pages_open_the_same_number(
    produced, patch, client_for, leader
):
    run = produced(patch)
    homes = client_for(leader.user).get(f"{run.get_absolute_url()}homes/?pages=1")
    assert [(row.pages, row.letters) for row in count_pages(run).rows] == [(1, 1)]
    assert homes.context["page_obj"].paginator.count == 1


@pytest.mark.usefixtures("wanting_email")
def test_the_pages_of_sending(produced, send_now, patch, refusing, client_for, leader):
    client = client_for(leader.user)
    run = produced(patch)
    url = run.get_absolute_url()
    assert "Send 2 letters" in client.get(url).content.decode()
    assert "Send 2 letters?" in client.get(f"{url}send/").content.decode()
    refusing(_refused(550), smtplib.SMTPServerDisconnected("gone"))
    send_now(run)
    page = client.get(url).content.decode()
    assert "Try the failed letters again" in page
    assert "Mark as posted" not in page
    listed = client.get(f"{url}sending/?status=unknown")
    assert listed.context["page_obj"].paginator.count == 1
    delivery = run.deliveries.get(status="unknown")
    client.post(f"/letters/deliveries/{delivery.pk}/decide/", {"action": "went"})
    given_up = client.post(f"{url}send/give-up/", {"reason": "No such mailbox"})
    assert given_up.status_code == 302
    assert "Mark as posted" in client.get(url).content.decode()
    rows = client.get(f"{url}sending/?format=csv").getvalue().decode()
    assert rows.count("\n") == 3


@pytest.mark.usefixtures("wanting_email")
def test_sending_stands_out_where_most_letters_wait_for_it(produced, patch):
    run = produced(patch)
    assert run.letter_count == 3
    assert presenters.send_button(run, 2) == ("Send 2 letters", "")
    assert presenters.send_button(run, 1) == ("Send 1 letter", "secondary")


@pytest.mark.usefixtures("wanting_email")
def test_pausing_says_whether_anything_was_being_sent(
    produced, patch, client_for, leader
):
    run = produced(patch)
    client = client_for(leader.user)
    url = f"{run.get_absolute_url()}send/pause/"
    page = client.post(url, follow=True).content.decode()
    assert "Nothing of this run is being sent" in page
    assert "Sending stops" not in page
    sending.send_run(run=run, by=leader.user)
    page = client.post(url, follow=True).content.decode()
    assert "Sending stops after the letter being sent" in page
