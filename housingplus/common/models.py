"""Abstract models every app shares."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q

from .dates import today


class DatedQuerySet(models.QuerySet):
    """Reads of rows that are true for a time. Both days count as in force."""

    def as_at(self, day: dt.date) -> Self:
        """Rows in force on `day`."""
        return self.filter(in_force(day))

    def current(self) -> Self:
        """Rows in force today."""
        return self.as_at(today())

    def upcoming(self) -> Self:
        """Rows that start after today."""
        return self.filter(starts_on__gt=today())

    def ended(self) -> Self:
        """Rows that ended before today."""
        return self.filter(ends_on__lt=today())

    def from_day(self, day: dt.date) -> Self:
        """Rows in force on `day` or at any time after it."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def overlapping(self, starts_on: dt.date, ends_on: dt.date | None) -> Self:
        """Rows in force on any day of the given period."""
        rows = self.from_day(starts_on)
        return rows if ends_on is None else rows.filter(starts_on__lte=ends_on)


def in_force(day: dt.date, prefix: str = "") -> Q:
    """Return the condition "in force on `day`" for a related dated model.

    `prefix` is the relation's look-up path with its underscores, for example
    ``"memberships__"``. The one place where the date filter is written.
    """
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gte": day})
    )


class DatedModel(models.Model):
    """Something true from a day to a day, both included; no end means still true."""

    starts_on = models.DateField("from")
    ends_on = models.DateField("to", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message="The last day cannot be before the first.",
            )
        ]

    def is_in_force(self, day: dt.date) -> bool:
        """Whether this row is true on `day`."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


class VersionedModel(models.Model):
    """Carries a number that grows with every edit, so that no edit is lost.

    A service changes such a row with `filter(pk=…, version=seen).update(…)`; a
    count other than one is a conflict.
    """

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
