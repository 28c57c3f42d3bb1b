"""Dates as people say them, and the one way to ask what day it is here."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format


def today() -> dt.date:
    """Return today's date where the council is, not the server's or UTC's."""
    return timezone.localdate()


def day_before(day: dt.date) -> dt.date:
    """Return the day before, on which something ends when its successor starts."""
    return day - dt.timedelta(days=1)


def years_after(day: dt.date, years: int) -> dt.date:
    """Return the same day some years later; of 29 February the 28th where there is
    none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def long_date(day: dt.date | dt.datetime) -> str:
    """Return a date, or the date of a moment here, as text: "3 March 2026"."""
    if isinstance(day, dt.datetime) and timezone.is_aware(day):
        day = timezone.localtime(day)
    return date_format(day, "j F Y")


def period(starts_on: dt.date, ends_on: dt.date | None) -> str:
    """Return a period as text: "3 March 2026 to 9 April 2026", "since 3 March 2026"."""
    if ends_on is None:
        return f"since {long_date(starts_on)}"
    return f"{long_date(starts_on)} to {long_date(ends_on)}"
