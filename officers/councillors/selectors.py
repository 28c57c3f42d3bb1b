"""Who speaks for a ward."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from officers.assignments.scope import wards_run_by

from .models import Councillor

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.wards.models import Ward


def list_councillors_of_ward(ward: Ward, day: dt.date) -> QuerySet[Councillor]:
    """Return who is in office for a ward on a day, by name."""
    return Councillor.objects.as_at(day).filter(ward=ward)


def list_councillors_to_come(ward: Ward, day: dt.date) -> QuerySet[Councillor]:
    """Return who comes into office for a ward after a day, by name."""
    return Councillor.objects.filter(ward=ward, starts_on__gt=day)


def list_councillors() -> QuerySet[Councillor]:
    """Return councillors with their wards, boundaries left out."""
    return Councillor.objects.select_related("ward").defer("ward__boundary")


def list_councillors_kept_by(user: User) -> QuerySet[Councillor]:
    """Return the councillors of wards the person runs today."""
    return list_councillors().filter(ward__in=wards_run_by(user))
