"""What the second of two people is told when both changed the same row."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from housingplus.common.dates import long_date

from .selectors import list_events_about


def changed_by_whom(subject: models.Model) -> str:
    """Return who changed a row last and when, as the beginning of a conflict page."""
    event = list_events_about(subject).first()
    if event is None:
        return "Somebody changed this while you had the page open."
    at = timezone.localtime(event.at)
    who = event.by or "An import"
    return f"{who} changed this on {long_date(at)} at {at:%H:%M}."
