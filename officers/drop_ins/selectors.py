"""When and where a ward's team can be met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from officers.assignments.scope import wards_run_by

from .models import DropIn

if TYPE_CHECKING:
    from officers.accounts.models import User

# A session is told of so many days before it begins.
ANNOUNCED_DAYS = 28


def list_drop_ins_of_wards(ward_ids: Iterable[int], day: dt.date) -> QuerySet[DropIn]:
    """Return the sessions of wards held on a day or beginning soon after, by week."""
    soon = day + dt.timedelta(days=ANNOUNCED_DAYS)
    return (
        DropIn.objects.from_day(day)
        .filter(ward__in=list(ward_ids), starts_on__lte=soon)
        .select_related("ward")
        .defer("ward__boundary")
    )


def list_drop_ins() -> QuerySet[DropIn]:
    """Return sessions with their wards, boundaries left out."""
    return DropIn.objects.select_related("ward").defer("ward__boundary")


def list_drop_ins_kept_by(user: User) -> QuerySet[DropIn]:
    """Return the sessions of wards the person runs today."""
    return list_drop_ins().filter(ward__in=wards_run_by(user))
