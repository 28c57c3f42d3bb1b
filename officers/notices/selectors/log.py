"""What was sent of a ward, and since when changes are to be told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from housingplus.jobs.models import LEASE
from officers.notices.models import (
    DeliveryStep,
    NoticeDelivery,
    NoticeKind,
    NoticeRecipient,
    NoticeSending,
)
from patches.wards.models import Ward

# What a first briefing looks back on.
FIRST_LOOKS_BACK = dt.timedelta(days=28)


class DeliveryState(StrEnum):
    """What is known of a notice to somebody."""

    WAITING = "Waiting"
    SENDING = "Being sent"
    SENT = "Sent"
    FAILED = "Not sent"
    # A worker began and was not heard from again: it may have gone, or not.
    UNKNOWN = "Not known"


@dataclass(frozen=True)
class Delivered:
    """A recipient, and what came of the attempts to send to them."""

    recipient: NoticeRecipient
    state: DeliveryState
    at: dt.datetime
    detail: str
    attempts: int
    may_try_again: bool


def list_delivered(sending: NoticeSending) -> list[Delivered]:
    """Return what came of a sending for each recipient; two queries."""
    rows = sending.recipients.prefetch_related("deliveries").order_by("name", "pk")
    return [_delivered(row, sending) for row in rows]


def _delivered(recipient: NoticeRecipient, sending: NoticeSending) -> Delivered:
    steps = list(recipient.deliveries.all())
    latest = steps[-1] if steps else None
    at = latest.at if latest else sending.sent_at
    is_quiet = at < timezone.now() - LEASE
    if latest is None:
        state, again = DeliveryState.WAITING, is_quiet
    elif latest.step == DeliveryStep.SENT:
        state, again = DeliveryState.SENT, False
    elif latest.step == DeliveryStep.FAILED:
        state, again = DeliveryState.FAILED, True
    elif is_quiet:
        state, again = DeliveryState.UNKNOWN, True
    else:
        state, again = DeliveryState.SENDING, False
    return Delivered(
        recipient=recipient,
        state=state,
        at=at,
        detail=latest.detail if latest else "",
        attempts=max((step.attempt for step in steps), default=0),
        may_try_again=again,
    )


def list_sendings() -> QuerySet[NoticeSending]:
    """Return what was sent, newest first, without the files.

    Each has `recipient_count` and `sent_count`, to how many it is known to have gone.
    """
    sent = Q(recipients__deliveries__step=DeliveryStep.SENT)
    return (
        NoticeSending.objects.defer("pdf", "body")
        .select_related("ward", "sent_by")
        .defer("ward__boundary")
        .annotate(
            recipient_count=Count("recipients", distinct=True),
            sent_count=Count("recipients", filter=sent, distinct=True),
        )
        .order_by("-sent_at", "-pk")
    )


def list_briefings(ward: Ward) -> QuerySet[NoticeSending]:
    """Return the briefings sent to councillors of a ward."""
    return list_sendings().filter(ward=ward, kind=NoticeKind.BRIEFING)


def went_out(sendings: QuerySet[NoticeSending]) -> QuerySet[NoticeSending]:
    """Return those known to have reached somebody's mail server."""
    sent = NoticeDelivery.objects.filter(
        recipient__sending=OuterRef("pk"), step=DeliveryStep.SENT
    )
    return sendings.filter(Exists(sent))


def day_last_told(sendings: QuerySet[NoticeSending], day: dt.date) -> dt.date:
    """Return the day what was sent last tells of, or some weeks before `day`."""
    told = went_out(sendings).filter(day__lte=day).order_by("-day")
    last: dt.date | None = told.values_list("day", flat=True).first()
    return last or day - FIRST_LOOKS_BACK
