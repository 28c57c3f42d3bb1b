"""What must hold of a drop-in session."""

from __future__ import annotations

import datetime as dt

from housingplus.common.dates import long_date, today

from .errors import ClosesBeforeOpening, DropInBegun, DropInOver, EndsBeforeStart
from .models import DropIn


def check_not_over(drop_in: DropIn) -> None:
    """A session that is held no longer stays as it was."""
    if drop_in.ends_on is not None and drop_in.ends_on < today():
        raise DropInOver(f"It was held until {long_date(drop_in.ends_on)}.")


def check_ends_after_start(starts_on: dt.date, ends_on: dt.date | None) -> None:
    """A session is not over before it begins."""
    if ends_on is not None and ends_on < starts_on:
        raise EndsBeforeStart(
            f"The last day must be {long_date(starts_on)} or later", field="ends_on"
        )


def check_closes_after_opening(opens_at: dt.time, closes_at: dt.time) -> None:
    """A session closes later on the day than it opens."""
    if closes_at <= opens_at:
        raise ClosesBeforeOpening(
            "The closing time must be later than the opening time", field="closes_at"
        )


def check_not_begun(drop_in: DropIn) -> None:
    """Only a session that is still to come can be taken back."""
    if drop_in.starts_on <= today():
        raise DropInBegun(
            f"It has been held since {long_date(drop_in.starts_on)}. "
            "Enter the last day instead."
        )
