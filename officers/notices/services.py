"""Sending notices by e-mail: written down first, then sent in the background."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from housingplus.audit import services as audit
from housingplus.common.locking import lock
from housingplus.jobs.models import Job
from housingplus.jobs.services import advance, create_job, enqueue_after_commit
from patches.wards.models import Ward

from . import rules
from .models import (
    DeliveryStep,
    NoticeDelivery,
    NoticeKind,
    NoticeRecipient,
    NoticeSending,
)
from .selectors.log import list_delivered

if TYPE_CHECKING:
    from officers.accounts.models import User


@dataclass(frozen=True)
class Notice:
    """A briefing or notice, ready to send."""

    kind: NoticeKind
    ward: Ward
    day: dt.date
    since: dt.date
    subject: str
    body: str
    pdf: bytes
    pdf_name: str
    reply_to: str


@transaction.atomic
def send_notice(
    *,
    notice: Notice,
    recipients: Sequence[tuple[str, str]],
    others: QuerySet[NoticeSending],
    latest_seen: int | None,
    token: uuid.UUID,
    by: User,
) -> NoticeSending:
    """Write a notice down with its recipients (name, e-mail), and send it afterwards.

    The same token again returns the one sent. `others` are those sent before of the
    same kind about the same; `latest_seen` is the latest of them the sender has seen.
    """
    lock(Ward.objects.defer("boundary").filter(pk=notice.ward.pk)).get()
    if done := NoticeSending.objects.filter(token=token).first():
        return done
    rules.check_has_recipients(recipients)
    rules.check_nobody_sent_since(others, latest_seen)
    sending = NoticeSending.objects.create(
        ward=notice.ward,
        kind=notice.kind,
        day=notice.day,
        since=notice.since,
        subject=notice.subject,
        body=notice.body,
        pdf=notice.pdf,
        pdf_name=notice.pdf_name,
        pdf_sha256=hashlib.sha256(notice.pdf).hexdigest(),
        reply_to=notice.reply_to,
        token=token,
        sent_by=by,
    )
    rows = [
        NoticeRecipient.objects.create(sending=sending, name=name, email=email)
        for name, email in recipients
    ]
    audit.record(
        "notice.sent",
        subject=sending,
        by=by,
        summary=f"{notice.subject}: {len(rows)} recipients",
    )
    _enqueue([(row.pk, 1) for row in rows], by)
    return sending


@transaction.atomic
def send_again(
    *, sending: NoticeSending, recipient_ids: Collection[int], by: User
) -> int:
    """Try again with recipients it did not reach; returns how many.

    Each is told by its next attempt's number, so that two people who ask at once have
    it sent once.
    """
    lock(NoticeSending.objects.defer("pdf", "body").filter(pk=sending.pk)).get()
    chosen = [
        row
        for row in list_delivered(sending)
        if row.may_try_again and row.recipient.pk in recipient_ids
    ]
    rules.check_has_recipients(chosen)
    audit.record(
        "notice.sent again",
        subject=sending,
        by=by,
        summary=f"{sending.subject}: {len(chosen)} recipients",
    )
    _enqueue([(row.recipient.pk, row.attempts + 1) for row in chosen], by)
    return len(chosen)


def _enqueue(attempts: list[tuple[int, int]], by: User) -> None:
    from .tasks import send_notice_emails

    job = create_job(kind="notices.send", by=by, total=len(attempts))
    enqueue_after_commit(
        lambda: send_notice_emails.enqueue(
            job_id=job.pk, attempts=[list(row) for row in attempts]
        )
    )


def deliver(attempts: Sequence[Sequence[int]], job: Job) -> None:
    """Send to each recipient whose attempt nobody has begun."""
    for done, (recipient_id, attempt) in enumerate(attempts):
        advance(job, done=done)
        recipient = NoticeRecipient.objects.select_related("sending").get(
            pk=recipient_id
        )
        if begin_attempt(recipient, attempt):
            _end_attempt(recipient, attempt, _failure_of(recipient))
    advance(job, done=len(attempts))


def begin_attempt(recipient: NoticeRecipient, attempt: int) -> bool:
    """Take an attempt on; False when another worker has. It is sent at most once."""
    try:
        with transaction.atomic():
            NoticeDelivery.objects.create(
                recipient=recipient, attempt=attempt, step=DeliveryStep.BEGUN
            )
    except IntegrityError:
        return False
    return True


def _end_attempt(recipient: NoticeRecipient, attempt: int, failure: str) -> None:
    NoticeDelivery.objects.create(
        recipient=recipient,
        attempt=attempt,
        step=DeliveryStep.FAILED if failure else DeliveryStep.SENT,
        detail=failure[:300],
    )


def _failure_of(recipient: NoticeRecipient) -> str:
    """Send a notice to one recipient; return why it could not be, or nothing."""
    sending = recipient.sending
    message = EmailMessage(
        subject=sending.subject,
        body=sending.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[recipient.email],
        reply_to=[sending.reply_to] if sending.reply_to else None,
    )
    message.attach(sending.pdf_name, bytes(sending.pdf), "application/pdf")
    try:
        message.send()
    except Exception as error:  # Each mail service has errors of its own.
        return f"{type(error).__name__}: {error}"
    return ""
