"""Reads of officers."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q


class OfficerQuerySet(models.QuerySet):
    """Members of staff."""

    def working_on(self, day: dt.date) -> Self:
        """Officers employed on `day`."""
        return self.filter(
            Q(left_on__isnull=True) | Q(left_on__gte=day), started_on__lte=day
        )

    def in_post_from(self, day: dt.date) -> Self:
        """Officers employed on `day` or starting after it."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gte=day))
