"""Dates, times and numbers as people read them."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from housingplus.govuk.phones import british


def govdate(value: dt.date | dt.datetime | None) -> str:
    """3 March 2026."""
    if not value:
        return ""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return date_format(value, "j F Y")


def govdatetime(value: dt.datetime | None) -> str:
    """3 March 2026 at 2:05pm."""
    if not value:
        return ""
    if timezone.is_aware(value):
        value = timezone.localtime(value)
    hour = value.hour % 12 or 12
    half = "am" if value.hour < 12 else "pm"
    return f"{date_format(value, 'j F Y')} at {hour}:{value.minute:02}{half}"


def phone(value: str | None) -> str:
    """07700 900123."""
    return british(str(value)) if value else ""


def council_name() -> str:
    """The council's name, for pages drawn without a request (errors)."""
    return settings.COUNCIL_NAME
