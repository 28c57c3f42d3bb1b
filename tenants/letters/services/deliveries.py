"""One letter's sending: claimed before the call that sends it, written down after.

A claim is made with the run locked, so that no letter is taken out of the run while it
is on its way. What the call came to is written only by the worker that holds the claim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from tenants.households.models import Household
from tenants.letters.models import (
    DeliveryService,
    DeliveryStatus,
    Letter,
    LetterDelivery,
    LetterRun,
    RunStatus,
)
from tenants.letters.querysets import copy_not_to_go

from .moves import lock_run

# Longer than any call takes: see EMAIL_TIMEOUT and the Notify client's.
CLAIM = dt.timedelta(minutes=2)
MOST_ATTEMPTS = 8
_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Outcome:
    """What a call to send a letter came to."""

    status: DeliveryStatus
    remote_id: str = ""
    remote_status: str = ""
    error: str = ""


def claim_delivery(
    run: LetterRun, worker: str, services: Collection[str]
) -> LetterDelivery | None:
    """Mark the next letter as being sent; None when none is free just now.

    A household not to be written to by now is passed over, and its letter fails; so
    does a copy that is not wanted any more.
    """
    while True:
        with transaction.atomic():
            locked = lock_run(run.pk)
            free = _free(run).filter(service__in=services)
            found = free.select_related("letter__chunk").order_by("pk").first()
            if found is None or locked.status != RunStatus.PRODUCED:
                return None
            if not (why := _why_not_to_go(found)):
                found.status = DeliveryStatus.SENDING
                found.claim, found.claimed_until = worker, timezone.now() + CLAIM
                found.started_at = timezone.now()
                found.attempts += 1
                found.save(
                    update_fields=[
                        "status",
                        "claim",
                        "claimed_until",
                        "started_at",
                        "attempts",
                    ]
                )
                return found
            found.status = DeliveryStatus.FAILED
            found.error = why
            found.save(update_fields=["status", "error"])


def _free(run: LetterRun) -> QuerySet[LetterDelivery]:
    return LetterDelivery.objects.filter(
        Q(not_before__isnull=True) | Q(not_before__lte=timezone.now()),
        run=run.pk,
        status=DeliveryStatus.WAITING,
    )


def _why_not_to_go(delivery: LetterDelivery) -> str:
    """Why a letter must not be sent any more; nothing where it may."""
    marked = Household.objects.not_written_to()
    if marked.filter(pk=delivery.letter.household_id).exists():
        return "The household is not to be written to: nothing was sent."
    if Letter.objects.filter(copy_not_to_go(), pk=delivery.letter_id).exists():
        return "The representative is to have no copies any more: nothing was sent."
    if Letter.objects.filter(pk=delivery.letter_id).changed_since().exists():
        return "They left, or want letters elsewhere by now: nothing was sent."
    return ""


def record_outcome(delivery: LetterDelivery, outcome: Outcome) -> bool:
    """Write down what a call came to, fenced by the claim; False when it was lost.

    To be tried again it waits: two seconds, four, eight, at most five minutes.
    """
    now = timezone.now()
    status, not_before = outcome.status, None
    if status == DeliveryStatus.WAITING:
        if delivery.attempts >= MOST_ATTEMPTS:
            status = DeliveryStatus.FAILED
        else:
            wait = min(2**delivery.attempts, 300)
            not_before = now + dt.timedelta(seconds=wait)
    return bool(
        LetterDelivery.objects.filter(
            pk=delivery.pk, claim=delivery.claim, status=DeliveryStatus.SENDING
        ).update(
            status=status,
            not_before=not_before,
            remote_id=outcome.remote_id,
            remote_status=outcome.remote_status,
            error=outcome.error[:300],
            sent_at=now if status == DeliveryStatus.ACCEPTED else None,
            claim="",
            claimed_until=None,
        )
    )


def settle_lost(run: LetterRun) -> None:
    """Decide on letters whose worker died while sending them.

    Notify can be asked by reference before it is sent again. A mail server cannot:
    whether the e-mail went is for a person to decide.
    """
    lost = LetterDelivery.objects.filter(
        run=run.pk, status=DeliveryStatus.SENDING, claimed_until__lt=timezone.now()
    )
    lost.filter(service=DeliveryService.NOTIFY).update(
        status=DeliveryStatus.WAITING, claim="", claimed_until=None
    )
    lost.filter(service=DeliveryService.EMAIL).update(
        status=DeliveryStatus.UNKNOWN,
        claim="",
        claimed_until=None,
        error="The work stopped while this was being sent. It may have arrived.",
    )


def is_within_rate(service: str) -> bool:
    """Whether another letter may go this minute, all runs and workers together."""
    most = {
        DeliveryService.EMAIL: settings.EMAILS_A_MINUTE,
        DeliveryService.NOTIFY: settings.NOTIFY_LETTERS_A_MINUTE,
    }[DeliveryService(service)]
    begun = LetterDelivery.objects.filter(
        service=service, started_at__gt=timezone.now() - _MINUTE
    )
    return begun.count() < most
