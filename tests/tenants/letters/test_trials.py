"""A test letter goes to whoever asks and to nobody else, marked as one."""

from __future__ import annotations

from contextlib import closing

import pypdfium2
import pytest
from django.core import mail
from django.urls import reverse

from housingplus.audit.models import AuditEvent
from tenants.letters.services import trials

pytestmark = pytest.mark.django_db

URL = "/letters/templates/preview/test/"


@pytest.fixture
def client(client_for, leader):
    return client_for(leader.user)


def wording(home, **fields) -> dict[str, object]:
    return {
        "subject": "Hello ((addressee))",
        "body": "You may ask ((officer name)).",
        "household": home.households.get().pk,
    } | fields


def marks_of(content: bytes) -> list[str]:
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        found = []
        for page in pdf:
            with closing(page.get_textpage()) as words:
                found.append(words.get_text_range())
            page.close()
        return found


def test_the_letter_shown_goes_to_whoever_asks(client, leader, street):
    answers = wording(street[0], to="resident@example.org", email="other@example.org")
    page = client.post(URL, answers)

    assert leader.user.email in page.content.decode()
    (message,) = mail.outbox
    assert message.recipients() == [leader.user.email]
    ((_, content, kind),) = message.attachments
    assert kind == "application/pdf"
    (text,) = marks_of(content)
    assert "TEST" in text
    assert "Tenant1" in text
    event = AuditEvent.objects.get(verb=trials.ASKED)
    assert (event.by, event.subject) == (leader.user, street[0].households.get())


def test_the_sample_of_a_run_goes_to_whoever_asks(
    client, leader, composed, street, patch
):
    run = composed(patch)
    url = reverse("tenants:letters:run_test_letters", args=[run.pk])
    page = client.post(url, follow=True).content.decode()

    assert f"sent to you at {leader.user.email}" in page
    (message,) = mail.outbox
    assert message.recipients() == [leader.user.email]
    assert all("TEST" in text for text in marks_of(message.attachments[0][1]))
    assert AuditEvent.objects.get(verb=trials.ASKED).subject == run


def test_only_so_many_go_in_an_hour(client, street, monkeypatch):
    monkeypatch.setattr(trials, "MOST_AN_HOUR", 1)
    assert client.post(URL, wording(street[0])).status_code == 200
    refused = client.post(URL, wording(street[0]))
    assert "1 test letters in the last hour" in refused.content.decode()
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_away_is_said(client, street, monkeypatch):
    def refuse(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(trials.EmailMessage, "send", refuse)
    refused = client.post(URL, wording(street[0]))
    assert "could not be sent" in refused.content.decode()
    assert AuditEvent.objects.filter(verb=trials.FAILED).count() == 1
