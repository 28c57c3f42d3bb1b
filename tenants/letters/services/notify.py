"""Letters through GOV.UK Notify: a precompiled PDF each, with our own reference."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tenants.letters.errors import NotSent, ProductionFailed
from tenants.letters.models import (
    DeliveryService,
    DeliveryStatus,
    Letter,
    LetterDelivery,
)

from .deliveries import Outcome
from .single import letter_pdf

MOST_PAGES = 10
MOST_BYTES = 2 * 1024 * 1024
MOST_POLLED = 2_000
# What Notify calls a letter, and what that means here.
STATUSES = {
    "created": DeliveryStatus.ACCEPTED,
    "accepted": DeliveryStatus.ACCEPTED,
    "sending": DeliveryStatus.ACCEPTED,
    "pending-virus-check": DeliveryStatus.ACCEPTED,
    "received": DeliveryStatus.DELIVERED,
    "delivered": DeliveryStatus.DELIVERED,
    "cancelled": DeliveryStatus.FAILED,
    "technical-failure": DeliveryStatus.FAILED,
    "permanent-failure": DeliveryStatus.FAILED,
    "validation-failed": DeliveryStatus.FAILED,
    "virus-scan-failed": DeliveryStatus.FAILED,
    "returned-letter": DeliveryStatus.FAILED,
}


def is_configured() -> bool:
    """Whether letters can be sent through Notify here."""
    return bool(settings.NOTIFY_API_KEY)


class NotifyCarrier:
    """Sends letters to Notify. One that was tried before is first asked for there."""

    def __init__(self) -> None:
        self.client: Any = _client()

    def send(self, letter: Letter, attempt: int) -> Outcome:
        from notifications_python_client.errors import APIError, InvalidResponse

        try:
            pdf = letter_pdf(letter)
        except ProductionFailed as error:
            return Outcome(DeliveryStatus.FAILED, error=str(error))
        if wrong := _breaks_rules(pdf):
            return Outcome(DeliveryStatus.FAILED, error=wrong)
        try:
            if attempt > 1 and (known := self._known(letter.reference)):
                return _as_outcome(known)
            answer = self.client.send_precompiled_letter_notification(
                reference=letter.reference,
                pdf_file=BytesIO(pdf),
                postage=settings.NOTIFY_POSTAGE,
            )
        except InvalidResponse as error:
            # It may have been taken: the next attempt asks.
            return Outcome(DeliveryStatus.WAITING, error=f"Notify said: {error}")
        except APIError as error:
            return _refused(error)
        return Outcome(
            DeliveryStatus.ACCEPTED, remote_id=answer["id"], remote_status="created"
        )

    def close(self) -> None:
        """Close the connections to Notify."""
        self.client.request_session.close()

    def _known(self, reference: str) -> dict[str, Any] | None:
        """The letter Notify has under a reference, unless its file was refused."""
        answer = self.client.get_all_notifications(
            template_type="letter", reference=reference
        )
        found = [
            one
            for one in answer["notifications"]
            if one["reference"] == reference
            and STATUSES.get(one["status"]) != DeliveryStatus.FAILED
        ]
        return found[0] if found else None


def poll_deliveries() -> int:
    """Ask Notify what became of letters it accepted; return how many changed.

    Those asked about longest ago come first, so that a run of any size gets its turn.
    """
    from notifications_python_client.errors import APIError

    rows = LetterDelivery.objects.filter(
        service=DeliveryService.NOTIFY, status=DeliveryStatus.ACCEPTED
    ).exclude(remote_id="")
    client: Any = _client()
    changed = 0
    for delivery in rows.order_by("polled_at", "pk")[:MOST_POLLED]:
        try:
            answer = client.get_notification_by_id(delivery.remote_id)
        except APIError as error:
            if error.status_code == 429 or error.status_code >= 500:
                break
            changed += _record_status(delivery, "", f"Notify said: {_words(error)}")
            continue
        changed += _record_status(delivery, answer["status"], "")
    client.request_session.close()
    return changed


@transaction.atomic
def _record_status(delivery: LetterDelivery, said: str, error: str) -> bool:
    """Keep what Notify said of a letter, unless somebody decided on it meanwhile."""
    status = STATUSES.get(said, DeliveryStatus.ACCEPTED)
    if status == DeliveryStatus.FAILED:
        error = f"Notify said: {said}"
    LetterDelivery.objects.filter(
        pk=delivery.pk, status=DeliveryStatus.ACCEPTED
    ).update(
        status=status,
        remote_status=said or delivery.remote_status,
        error=error[:300],
        polled_at=timezone.now(),
    )
    return (said or delivery.remote_status) != delivery.remote_status


def _client() -> Any:
    if not is_configured():
        raise NotSent(
            "GOV.UK Notify is not set up here. Ask whoever runs this site to set "
            "NOTIFY_API_KEY."
        )
    try:
        from notifications_python_client.notifications import NotificationsAPIClient
    except ImportError as error:
        raise NotSent(
            "GOV.UK Notify needs the extra `notify`: pip install housingplus[notify]."
        ) from error
    client: Any = NotificationsAPIClient
    return client(settings.NOTIFY_API_KEY, base_url=settings.NOTIFY_API_URL, timeout=30)


def _breaks_rules(pdf: bytes) -> str:
    """Why Notify would refuse a letter's file; empty when it would not."""
    if len(pdf) > MOST_BYTES:
        return "The letter’s file is larger than 2 MB, the most Notify takes."
    with pikepdf.open(BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    if pages > MOST_PAGES:
        return f"The letter has {pages} pages; Notify takes {MOST_PAGES}."
    return ""


def _as_outcome(known: dict[str, Any]) -> Outcome:
    return Outcome(
        STATUSES.get(known["status"], DeliveryStatus.ACCEPTED),
        remote_id=known["id"],
        remote_status=known["status"],
    )


def _refused(error: Any) -> Outcome:
    """Too many at once, and trouble at Notify: later again. Else it has failed."""
    if error.status_code == 429 or error.status_code >= 500:
        return Outcome(DeliveryStatus.WAITING, error=f"Notify said: {_words(error)}")
    return Outcome(DeliveryStatus.FAILED, error=f"Notify said: {_words(error)}")


def _words(error: Any) -> str:
    said = error.message
    if isinstance(said, list):
        said = "; ".join(str(one.get("message", one)) for one in said)
    return f"{error.status_code} {said}"
