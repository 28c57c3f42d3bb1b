"""What must hold of an officer's dates."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from housingplus.common.dates import long_date
from officers.assignments.models import Assignment

from .errors import StillAnswers

if TYPE_CHECKING:
    from .models import Officer


def check_starts_before_work(officer: Officer, started_on: dt.date) -> None:
    """A first day of work is not moved past patches the officer answered for."""
    first = (
        Assignment.objects.filter(officer=officer, starts_on__lt=started_on)
        .order_by("starts_on")
        .first()
    )
    if first is not None:
        raise StillAnswers(
            f"{officer.name} answered for a patch on {long_date(first.starts_on)}. "
            "The first day of work cannot be later",
            field="started_on",
        )
