"""Reads of homes."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from housingplus.common.dates import today


class PropertyQuerySet(models.QuerySet):
    """Homes, in walking order unless told otherwise."""

    def managed_on(self, day: dt.date) -> Self:
        """Homes under management on `day`."""
        return self.filter(
            Q(managed_to__isnull=True) | Q(managed_to__gte=day), managed_from__lte=day
        )

    def managed(self) -> Self:
        """Homes under management today."""
        return self.managed_on(today())

    def in_walking_order(self) -> Self:
        """Streets by name; in a street, numbers as a person walks them."""
        return self.order_by("street_key", "walk_key", "pk")
