"""A test letter: as it will print, marked TEST, to whoever asks and to nobody else."""

from __future__ import annotations

import datetime as dt
import smtplib
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.utils import timezone

from housingplus.audit import services as audit
from housingplus.audit.models import AuditEvent
from tenants.letters.errors import NotSent
from tenants.letters.selectors.samples import sample_of

from . import proofs

if TYPE_CHECKING:
    from officers.accounts.models import User
    from tenants.households.models import Household
    from tenants.letters.models import LetterRun
    from tenants.letters.typesetting import TypesetBatch

MOST_AN_HOUR = 20
ASKED = "test letter.asked for"
FAILED = "test letter.not sent"


def send_test_letter(*, batch: TypesetBatch, household: Household, by: User) -> str:
    """E-mail a preview's letters to the person's own address; return it.

    That somebody had a household's letter sent is kept with the household.
    """
    _check_may_ask(by)
    pdf = proofs.preview_pdf(batch, proofs.TEST)
    subject = batch.letters[0].content.subject_text
    return _send(pdf, title=subject, about=household, by=by)


def send_test_of_run(*, run: LetterRun, by: User) -> str:
    """E-mail the sample of a run to the person's own address; return it."""
    _check_may_ask(by)
    pdf = proofs.proof_pdf(run, sample_of(run), proofs.TEST)
    return _send(pdf, title=run.title, about=run, by=by)


def _check_may_ask(by: User) -> None:
    """Test letters go to an address that is known, and only so many in an hour."""
    if not by.email:
        raise NotSent("Your account has no e-mail address. Ask an administrator.")
    since = timezone.now() - dt.timedelta(hours=1)
    asked = AuditEvent.objects.filter(by=by, verb=ASKED, at__gt=since).count()
    if asked >= MOST_AN_HOUR:
        raise NotSent(
            f"You had {MOST_AN_HOUR} test letters in the last hour. Wait a while, "
            "or look at the printed page instead."
        )


def _send(pdf: bytes, *, title: str, about: models.Model, by: User) -> str:
    audit.record(ASKED, subject=about, by=by, summary="To their own e-mail address")
    message = EmailMessage(
        subject=" ".join(f"Test letter: {title}".split()),
        body=(
            "This is a test letter. It went to you alone; nobody was written to.\n\n"
            f"“{title}” is attached, each page marked TEST.\n"
        ),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[by.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach("test-letter.pdf", pdf, "application/pdf")
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        audit.record(FAILED, subject=about, by=by)
        raise NotSent(
            f"The test letter could not be sent to {by.email}. Try again later, or "
            "look at the printed page instead."
        ) from error
    return by.email
