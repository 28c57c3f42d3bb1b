"""What must hold before a notice is sent."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from housingplus.common.dates import long_date

from .errors import NobodyToSendTo, SentMeanwhile
from .models import NoticeSending


def check_has_recipients(recipients: Sequence[object]) -> None:
    """A notice is sent to somebody."""
    if not recipients:
        raise NobodyToSendTo("Select somebody to send it to.", field="recipients")


def check_nobody_sent_since(
    others: QuerySet[NoticeSending], latest_seen: int | None
) -> None:
    """Whoever sends has seen what was sent before, so that nothing goes twice."""
    later = (
        others.defer("pdf", "body").select_related("sent_by").order_by("-pk").first()
    )
    if later is not None and later.pk != latest_seen:
        raise SentMeanwhile(
            f"{later.sent_by} sent “{later.subject}” on {long_date(later.sent_at)}, "
            "after you opened this page. Look at it before you send another."
        )
