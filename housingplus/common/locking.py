"""Two people at once: the row lock that makes the second wait."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def lock(queryset: models.QuerySet[Row]) -> models.QuerySet[Row]:
    """Return the rows locked until the transaction ends, in primary key order.

    PostgreSQL locks the rows; on SQLite every transaction that writes already
    excludes the others, as transactions begin IMMEDIATE (see settings).
    """
    return queryset.select_for_update(of=("self",)).order_by("pk")
