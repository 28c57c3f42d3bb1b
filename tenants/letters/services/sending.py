"""Sending letters one by one: e-mails, and letters through GOV.UK Notify.

Each letter is marked before the call and its outcome written after it, so that a worker
killed at any moment leaves one letter at most of which nobody knows whether it went.
"""

from __future__ import annotations

import time
import uuid
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from housingplus.audit import services as audit
from housingplus.common.dates import today
from housingplus.common.locking import lock
from housingplus.jobs import services as jobs
from housingplus.jobs.services import JobCancelled, advance
from tenants.letters import rules
from tenants.letters.errors import MoveRefused
from tenants.letters.models import (
    DeliveryService,
    DeliveryStatus,
    LetterDelivery,
    LetterRun,
    RunStatus,
)
from tenants.letters.selectors.deliveries import (
    count_sending,
    is_open,
    letters_to_send,
    service_of,
)
from tenants.letters.selectors.due import homes_not_due

from .deliveries import claim_delivery, is_within_rate, record_outcome, settle_lost
from .emailing import EmailCarrier
from .moves import lock_run
from .notify import NotifyCarrier
from .returns import record_not_sent

if TYPE_CHECKING:
    from housingplus.jobs.models import Job
    from officers.accounts.models import User

SEND = "letters.send"
SECONDS_TO_WAIT = 0.5
_CARRIERS: dict[str, type[EmailCarrier | NotifyCarrier]] = {
    DeliveryService.EMAIL: EmailCarrier,
    DeliveryService.NOTIFY: NotifyCarrier,
}


@transaction.atomic
def send_run(*, run: LetterRun, by: User | None) -> LetterRun:
    """Have a run's letters sent in the background; pressing twice starts it once.

    Sending that was paused or stopped goes on with what waits still.
    """
    run = lock_run(run.pk)
    rules.check_can_send(run)
    rules.check_nobody_marked_since(run)
    if rules.is_sending(run):
        return run
    rules.check_all_still_due(run, not_due=len(homes_not_due(run)))
    # Deliveries are sent in the order they are made: households first, then copies.
    letters = letters_to_send(run).filter(delivery__isnull=True).defer("values")
    letters = letters.order_by("is_copy", "sequence")
    LetterDelivery.objects.bulk_create(
        [
            LetterDelivery(letter=letter, run=run, service=service_of(letter))
            for letter in letters
        ],
        batch_size=500,
    )
    run.send_job = jobs.create_job(kind=SEND, by=by)
    run.save(update_fields=["send_job"])
    audit.record("letter run.sending", subject=run, by=by)
    _enqueue(run, run.send_job)
    return run


@transaction.atomic
def pause_sending(*, run: LetterRun, by: User) -> LetterRun:
    """Stop sending between two letters; going on sends the rest."""
    run = lock_run(run.pk)
    if run.send_job is None or run.send_job.is_finished:
        raise MoveRefused("Nothing of this run is being sent.")
    jobs.cancel(run.send_job)
    audit.record("letter run.sending paused", subject=run, by=by)
    return run


@transaction.atomic
def retry_failed(*, run: LetterRun, by: User) -> int:
    """Have every failed letter of a run tried again; return how many."""
    run = lock_run(run.pk)
    rules.check_can_send(run)
    count = run.deliveries.filter(
        status=DeliveryStatus.FAILED, given_up_at__isnull=True
    ).update(status=DeliveryStatus.WAITING, error="", not_before=None, attempts=1)
    audit.record("letter run.failed letters tried again", subject=run, by=by)
    return count


@transaction.atomic
def decide(*, delivery: LetterDelivery, action: str, by: User) -> LetterDelivery:
    """Send a failed or unknown letter again, or say that an unknown one went."""
    run = lock_run(delivery.run_id)
    delivery = lock(LetterDelivery.objects.filter(pk=delivery.pk)).get()
    before = delivery.status
    allowed = {DeliveryStatus.UNKNOWN}
    if action == "again":
        allowed.add(DeliveryStatus.FAILED)
        rules.check_can_send(run)
    if before not in allowed or delivery.given_up_at is not None:
        raise MoveRefused("Somebody else decided on this letter meanwhile.")
    if action == "again":
        delivery.status, delivery.attempts = DeliveryStatus.WAITING, 1
    else:
        delivery.status, delivery.sent_at = DeliveryStatus.ACCEPTED, timezone.now()
    delivery.error, delivery.not_before = "", None
    delivery.save(
        update_fields=["status", "attempts", "sent_at", "error", "not_before"]
    )
    audit.record(
        "letter.sending decided",
        subject=run,
        by=by,
        summary=f"{delivery.letter.reference}: {action}",
        changes={"status": [before, str(delivery.status)]},
    )
    return delivery


@transaction.atomic
def give_up_failed(*, run: LetterRun, reason: str, by: User) -> int:
    """Give up the letters that could not be sent; return how many.

    Once the run is posted their households count as not told: a letter is due by post.
    """
    run = lock_run(run.pk)
    failed = run.deliveries.filter(
        status=DeliveryStatus.FAILED, given_up_at__isnull=True
    )
    found = list(failed.select_related("letter"))
    failed.update(
        given_up_at=timezone.now(), given_up_by=by, given_up_reason=reason[:300]
    )
    if run.status == RunStatus.POSTED:
        for delivery in found:
            delivery.given_up_reason = reason[:300]
            record_not_sent(delivery, on=today(), by=by)
    audit.record(
        "letter run.given up", subject=run, by=by, summary=f"{len(found)}: {reason}"
    )
    return len(found)


def send(run_id: int, job: Job) -> None:
    """Send what waits of a run, for the job that asks for it."""
    run = LetterRun.objects.select_related("template_version").get(pk=run_id)
    worker = uuid.uuid4().hex
    carriers: dict[str, EmailCarrier | NotifyCarrier] = {}
    try:
        while _go_on(run, job):
            if not _send_next(run, worker, carriers):
                time.sleep(SECONDS_TO_WAIT)
    finally:
        for carrier in carriers.values():
            carrier.close()


def _go_on(run: LetterRun, job: Job) -> bool:
    """Say how far it is; False when all was tried. Stops with its run or its job."""
    settle_lost(run)
    sending = count_sending(run)
    advance(
        job,
        done=sending.total - sending.to_send,
        total=sending.total,
        stage="Sending the letters",
    )
    if not LetterRun.objects.filter(
        pk=run.pk, status=RunStatus.PRODUCED, send_job=job.pk
    ).exists():
        raise JobCancelled("The run is not being sent any more.")
    return is_open(run)


def _send_next(
    run: LetterRun, worker: str, carriers: dict[str, EmailCarrier | NotifyCarrier]
) -> bool:
    """Send the next letter; False when none is free or the minute is full."""
    services = set(
        run.deliveries.filter(status=DeliveryStatus.WAITING)
        .order_by()
        .values_list("service", flat=True)
        .distinct()
    )
    within = [service for service in sorted(services) if is_within_rate(service)]
    if not within:
        return False
    delivery = claim_delivery(run, worker, within)
    if delivery is None:
        return False
    if delivery.service not in carriers:
        carriers[delivery.service] = _CARRIERS[delivery.service]()
    letter = delivery.letter
    letter.run = run
    outcome = carriers[delivery.service].send(letter, delivery.attempts)
    record_outcome(delivery, outcome)
    return True


def _enqueue(run: LetterRun, job: Job) -> None:
    from tenants.letters.tasks import send_letters

    jobs.enqueue_after_commit(partial(send_letters.enqueue, run.pk, job.pk))
