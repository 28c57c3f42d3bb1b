"""Reads of assignments, and the one expression that says who answers for a patch."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Case, OuterRef, Subquery, Value, When

from housingplus.common.models import DatedQuerySet


class AssignmentQuerySet(DatedQuerySet):
    """Times of answering for a patch."""

    def answering_first(self) -> Self:
        """Order so that the one who answers comes first: cover before lead."""
        return self.order_by(
            Case(When(kind="cover", then=Value(0)), default=Value(1)), "-starts_on"
        )


def answering_assignment(
    day: dt.date, *, patch: str = "pk", field: str = "pk"
) -> Subquery:
    """Return `field` of the assignment that answers for a patch on `day`.

    Cover if running, else the lead, else NULL: then the ward team answers. `patch` is
    the outer query's look-up path of the patch's primary key. Every reading of "who
    answers here?" goes through this expression.
    """
    from .models import Assignment

    return Subquery(
        Assignment.objects.as_at(day)
        .filter(patch=OuterRef(patch))
        .answering_first()
        .values(field)[:1],
        output_field=models.BigIntegerField(null=True),
    )
