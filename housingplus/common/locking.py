"""Two people at once: the row lock that makes the second wait, and giving up."""

from __future__ import annotations

from typing import TypeVar

from django.db import OperationalError, models

Row = TypeVar("Row", bound=models.Model)
# PostgreSQL: lock not available, deadlock detected, could not serialise.
_BUSY_STATES = {"55P03", "40P01", "40001"}


def lock(queryset: models.QuerySet[Row]) -> models.QuerySet[Row]:
    """Return the rows locked until the transaction ends, in primary key order.

    PostgreSQL locks the rows; on SQLite every transaction that writes already
    excludes the others, as transactions begin IMMEDIATE (see settings).
    """
    return queryset.select_for_update(of=("self",)).order_by("pk")


def is_busy(error: OperationalError) -> bool:
    """Whether the database gave up waiting for somebody else, or chose a victim."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state in _BUSY_STATES or "locked" in str(error)
