"""Briefing councillors by e-mail: what they are told, once each, and what is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import smtplib
import threading
import uuid

import pypdfium2
import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from housingplus.common.dates import today
from housingplus.jobs.models import LEASE
from officers.models import NoticeDelivery, NoticeRecipient, NoticeSending
from officers.notices import services
from officers.notices.errors import SentMeanwhile
from officers.notices.models import NoticeKind
from officers.notices.presenters.changes import change_sentences
from officers.notices.selectors.changes import changes_in_ward
from officers.notices.selectors.log import (
    DeliveryState,
    day_last_told,
    list_briefings,
    list_delivered,
)
from tests.factories.officers import (
    AssignmentFactory,
    CouncillorFactory,
    NoticeDeliveryFactory,
    NoticeRecipientFactory,
    NoticeSendingFactory,
    OfficerFactory,
    UserFactory,
)
from tests.factories.patches import (
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)

LONG_AGO = dt.date(2024, 1, 1)


@pytest.fixture
def patch(ward, team):
    patch = PatchFactory(ward=ward, code="S01", name="")
    PatchMembershipFactory(
        patch=patch, property=PropertyFactory(ward=ward, street="Elm Road")
    )
    AssignmentFactory(patch=patch, officer=OfficerFactory(name="Ada Fern"))
    return patch


@pytest.fixture
def councillors(ward):
    return [
        CouncillorFactory(ward=ward, name=f"Cllr {name}", email=f"{name}@ward.example")
        for name in ("Noor", "Jean")
    ]


def notice(ward, **given):
    return services.Notice(
        **{
            "kind": NoticeKind.BRIEFING,
            "ward": ward,
            "day": today(),
            "since": today(),
            "subject": "Harbour",
            "body": "Dear councillor,",
            "pdf": b"%PDF-1.7 Harbour",
            "pdf_name": "briefing.pdf",
            "reply_to": "team@kestrelford.example",
        }
        | given
    )


def send(ward, by, *, token=None, latest_seen=None, people=None):
    return services.send_notice(
        notice=notice(ward),
        recipients=people or [("Noor", "noor@ward.example")],
        others=NoticeSending.objects.filter(ward=ward),
        latest_seen=latest_seen,
        token=token or uuid.uuid4(),
        by=by,
    )


def sent_after_commit(capture, act):
    with capture(execute=True):
        return act()


@pytest.mark.django_db
def test_a_leader_looks_and_then_sends(
    client_for, leader, ward, patch, councillors, django_capture_on_commit_callbacks
):
    CouncillorFactory(ward=ward, name="Cllr Paper", email="")
    client = client_for(leader.user)
    url = reverse("officers:notices:brief", args=[ward.pk])
    asked = client.get(url)
    assert "Cllr Paper" in asked.content.decode()
    form = asked.context["form"]
    given = {
        "recipients": form.initial["recipients"],
        "on": form.initial["on"],
        "since": form.initial["since"],
        "token": form.initial["token"],
        "words": "See you on Monday.",
    }
    checked = client.post(url, given)
    draft = checked.context["draft"]
    assert "See you on Monday." in draft.body
    assert "S01: Ada Fern, 07700 900123" in draft.body
    assert not NoticeSending.objects.exists()

    confirmed = {**given, "seen": draft.seen, "latest": ""}
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(url, confirmed)
        again = client.post(url, confirmed)

    sending = NoticeSending.objects.get()
    assert done.url == again.url == sending.get_absolute_url()
    assert sorted(message.to[0] for message in mail.outbox) == [
        "Jean@ward.example",
        "Noor@ward.example",
    ]
    name, content, kind = mail.outbox[0].attachments[0]
    assert (name, kind) == (sending.pdf_name, "application/pdf")
    assert hashlib.sha256(content).hexdigest() == sending.pdf_sha256
    page = client.get(done.url).content.decode()
    assert page.count("Sent</strong>") == 2
    assert client.get(f"{done.url}pdf/").content == content


@pytest.mark.django_db
def test_what_changed_since_it_was_shown_is_shown_again(
    client_for, leader, ward, patch, councillors
):
    client = client_for(leader.user)
    url = reverse("officers:notices:brief", args=[ward.pk])
    given = {
        "recipients": ["noor@ward.example"],
        "on": today(),
        "since": today(),
        "token": uuid.uuid4(),
    }
    seen = client.post(url, given).context["draft"].seen
    PatchFactory(ward=ward, code="S02", name="")
    page = client.post(url, {**given, "seen": seen}).content.decode()

    assert "Something has changed since you looked" in page
    assert not NoticeSending.objects.exists()


@pytest.mark.django_db
def test_nobody_sends_what_somebody_else_has_just_sent(ward, leader):
    first = send(ward, leader.user)
    with pytest.raises(SentMeanwhile, match="after you opened this page"):
        send(ward, UserFactory())
    send(ward, leader.user, latest_seen=first.pk)


class Broken(EmailBackend):
    """A mail server that does not know one address."""

    def send_messages(self, messages):
        if any("noor" in message.to[0] for message in messages):
            raise smtplib.SMTPRecipientsRefused({"noor": (550, b"No such mailbox")})
        return super().send_messages(messages)


@pytest.mark.django_db
def test_trying_again_sends_to_those_it_did_not_reach(
    settings, client_for, ward, leader, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    people = [("Jean", "jean@ward.example"), ("Noor", "noor@ward.example")]
    sending = sent_after_commit(
        django_capture_on_commit_callbacks,
        lambda: send(ward, leader.user, people=people),
    )
    jean, noor = list_delivered(sending)
    assert (jean.state, noor.state) == (DeliveryState.SENT, DeliveryState.FAILED)
    assert "No such mailbox" in noor.detail

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    url = reverse("officers:notices:sent_again", args=[sending.pk])
    ticked = {"to": [jean.recipient.pk, noor.recipient.pk]}
    with django_capture_on_commit_callbacks(execute=True):
        client_for(leader.user).post(url, ticked)

    assert [m.to for m in mail.outbox] == [["jean@ward.example"], ["noor@ward.example"]]
    assert list_delivered(sending)[1].state == DeliveryState.SENT
    with django_capture_on_commit_callbacks(execute=True):
        page = client_for(leader.user).post(url, ticked, follow=True)
    assert "Select somebody to send it to" in page.content.decode()
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_a_worker_that_was_not_heard_from_again_is_not_known(ward):
    begun = NoticeDeliveryFactory()
    (now,) = list_delivered(begun.recipient.sending)
    with time_machine.travel(timezone.now() + LEASE + dt.timedelta(seconds=1)):
        (later,) = list_delivered(begun.recipient.sending)

    assert (now.state, now.may_try_again) == (DeliveryState.SENDING, False)
    assert (later.state, later.may_try_again) == (DeliveryState.UNKNOWN, True)


@pytest.mark.django_db
def test_changes_are_told_since_the_last_briefing_that_went_out(ward):
    assert day_last_told(list_briefings(ward), today()) == today() - dt.timedelta(28)
    NoticeSendingFactory(ward=ward, day=dt.date(2026, 3, 9))
    sent = NoticeSendingFactory(ward=ward, day=dt.date(2026, 3, 3))
    NoticeDeliveryFactory(recipient__sending=sent, step="sent")

    assert day_last_told(list_briefings(ward), today()) == dt.date(2026, 3, 3)


@pytest.mark.django_db
def test_what_changed_is_told_in_sentences(ward, team, leader, patch):
    day = today()
    since = day - dt.timedelta(days=7)
    assert changes_in_ward(ward, since, day).is_empty
    AssignmentFactory(
        patch=patch,
        kind="cover",
        officer=OfficerFactory(name="Bo Reed"),
        starts_on=day,
        ends_on=day + dt.timedelta(days=3),
    )
    vacant = PatchFactory(ward=ward, code="S02", name="")
    AssignmentFactory(
        patch=vacant,
        officer=OfficerFactory(name="Cy Dale"),
        ends_on=day - dt.timedelta(days=1),
    )
    home = PropertyFactory(ward=ward, street="Oak Road")
    PatchMembershipFactory(
        patch=patch, property=home, ends_on=day - dt.timedelta(days=1)
    )
    PatchMembershipFactory(patch=vacant, property=home, starts_on=day)
    said = change_sentences(changes_in_ward(ward, since, day))

    assert said[0].startswith("Patch S01: Bo Reed covers for Ada Fern from")
    assert said[1] == (
        "Patch S02 has no officer of its own at the moment. "
        f"{team.name} answers in place of Cy Dale."
    )
    assert said[2] == "1 home went from patch S01 to patch S02: Oak Road."


@pytest.mark.django_db
def test_posters_of_the_places_ticked(client_for, officer, ward, patch):
    other = PatchFactory(ward=ward, code="S02", name="")
    PatchMembershipFactory(
        patch=other, property=PropertyFactory(ward=ward, street="Elm Road")
    )
    client = client_for(officer.user)
    page = client.get(reverse("officers:notices:places", args=[ward.pk]))
    (_, (place,)) = page.context["patches"][0]
    url = reverse("officers:notices:places_pdf", args=[ward.pk])
    pdf = pypdfium2.PdfDocument(client.get(url, {"place": place.key}).content)
    words = pdf[0].get_textpage().get_text_range()
    pdf.close()

    assert "Your housing officer for Elm Road is" in words
    assert "Only some homes of Elm Road are in patch S01" in words


class TestAtOnce:
    """On the database in use, with a connection for each worker."""

    pytestmark = pytest.mark.django_db(transaction=True)

    def both(self, act) -> list:
        start, results = threading.Barrier(2), []

        def run() -> None:
            start.wait()
            try:
                results.append(act())
            except SentMeanwhile as refusal:
                results.append(refusal)
            finally:
                connection.close()

        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    def test_two_clicks_send_once(self):
        ward, by, token = WardFactory(), UserFactory(), uuid.uuid4()
        first, second = self.both(lambda: send(ward, by, token=token))

        assert first == second
        assert len(mail.outbox) == 1

    def test_two_people_do_not_both_send(self):
        ward, by = WardFactory(), UserFactory()
        results = self.both(lambda: send(ward, by))

        assert sum(isinstance(row, SentMeanwhile) for row in results) == 1
        assert len(mail.outbox) == 1

    @pytest.mark.parametrize(("is_kept", "count"), [(True, 1), (False, 2)])
    def test_two_workers_send_an_attempt_once(self, monkeypatch, is_kept, count):
        """With the twin: an attempt that is not claimed is sent by both."""
        recipient = NoticeRecipientFactory()
        if not is_kept:
            monkeypatch.setattr(services, "begin_attempt", lambda *_: True)
            monkeypatch.setattr(services, "_end_attempt", lambda *_: None)
        monkeypatch.setattr(services, "advance", lambda *_, **__: None)
        self.both(lambda: services.deliver([(recipient.pk, 1)], None))

        assert len(mail.outbox) == count
        begun = NoticeDelivery.objects.filter(step="begun").count()
        assert begun == (1 if is_kept else 0)
        assert NoticeRecipient.objects.count() == 1
