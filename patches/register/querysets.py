"""Reads of patches and of the homes in them."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from housingplus.common.models import DatedQuerySet, in_force


class PatchQuerySet(DatedQuerySet):
    """Patches; `with_home_count` gives sizes, `with_band` what sizes are allowed."""

    def with_home_count(self, day: dt.date) -> Self:
        """Annotate `home_count`: managed homes in the patch on `day`."""
        from .models import PatchMembership

        counted = (
            PatchMembership.objects.of_managed_homes(day)
            .filter(patch=OuterRef("pk"))
            .order_by()
            .values("patch")
            .annotate(total=Count("pk"))
            .values("total")
        )
        return self.annotate(home_count=Coalesce(Subquery(counted), 0))

    def with_band(self, day: dt.date) -> Self:
        """Annotate `smallest`, `largest` and `band_reason`: the band on `day`.

        It is the dated one in force that day, else the one the patch began with. The
        one place where that is said.
        """
        return self.annotate(
            dated_band=FilteredRelation("bands", condition=in_force(day, "bands__")),
            smallest=Coalesce("dated_band__band_min", "band_min"),
            largest=Coalesce("dated_band__band_max", "band_max"),
            band_reason=Coalesce("dated_band__reason", Value("")),
        )

    def with_band_state(self, day: dt.date) -> Self:
        """Annotate the band on `day` and `band_state`: "under", "in" or "over" it.

        After `with_home_count`.
        """
        return self.with_band(day).annotate(
            band_state=Case(
                When(home_count__lt=F("smallest"), then=Value("under")),
                When(home_count__gt=F("largest"), then=Value("over")),
                default=Value("in"),
                output_field=CharField(),
            )
        )


class MembershipQuerySet(DatedQuerySet):
    """Homes' times in patches."""

    def of_managed_homes(self, day: dt.date) -> Self:
        """Memberships in force on `day` of homes under management that day."""
        return self.as_at(day).filter(
            Q(property__managed_to__isnull=True) | Q(property__managed_to__gte=day),
            property__managed_from__lte=day,
        )
