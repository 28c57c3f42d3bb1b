"""The dates a letter may bear."""

from __future__ import annotations

import datetime as dt

from housingplus.common.dates import long_date, today

from .errors import MoveRefused

MOST_DAYS_BACK = 31
MOST_DAYS_AHEAD = 366


def check_dated(day: dt.date) -> None:
    """Letters are dated from a month ago to a year ahead: others are typing errors.

    Checked where somebody gives the date, not when a run is composed again: one that
    waited long for approval can still be worked out.
    """
    first = today() - dt.timedelta(days=MOST_DAYS_BACK)
    last = today() + dt.timedelta(days=MOST_DAYS_AHEAD)
    if not first <= day <= last:
        raise MoveRefused(
            f"The date on the letters must be between {long_date(first)} and "
            f"{long_date(last)}.",
            field="dated",
        )
