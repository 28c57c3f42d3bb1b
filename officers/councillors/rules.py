"""What must hold of a councillor's time in office."""

from __future__ import annotations

import datetime as dt

from housingplus.common.dates import long_date, today

from .errors import EndsBeforeStart, InOfficeAlready, OutOfOfficeAlready
from .models import Councillor


def check_not_over(councillor: Councillor) -> None:
    """A time in office that is over is history, and stays as it was."""
    if councillor.ends_on is not None and councillor.ends_on < today():
        raise OutOfOfficeAlready(
            f"{councillor.name} left office on {long_date(councillor.ends_on)}."
        )


def check_ends_after_start(starts_on: dt.date, ends_on: dt.date | None) -> None:
    """Nobody leaves office before they come into it."""
    if ends_on is not None and ends_on < starts_on:
        raise EndsBeforeStart(
            f"The last day must be {long_date(starts_on)} or later", field="ends_on"
        )


def check_not_begun(councillor: Councillor) -> None:
    """Only a time in office that is still to come can be taken back."""
    if councillor.starts_on <= today():
        raise InOfficeAlready(
            f"{councillor.name} has been in office since "
            f"{long_date(councillor.starts_on)}. Enter their last day instead."
        )
