"""Reads of patch designs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from housingplus.common.permissions import Permission

if TYPE_CHECKING:
    from officers.accounts.models import User


class PatchDesignQuerySet(models.QuerySet):
    """Designs; drafts are seen by those who draw."""

    def visible_to(self, user: User) -> Self:
        """Designs the person may see: all, or those proposed at some time."""
        if user.has_permission(Permission.DESIGN_PATCHES):
            return self.all()
        if not user.has_permission(Permission.VIEW_DESIGNS):
            return self.none()
        return self.exclude(status="draft").exclude(
            status="withdrawn", consult_from__isnull=True
        )

    def for_list(self) -> Self:
        """With what a line of the list of designs shows."""
        return self.select_related("created_by", "job", "chosen").prefetch_related(
            "wards"
        )

    def in_state(self, state: str, day: dt.date) -> Self:
        """Designs in a state people see; a date makes scheduled ones more than that."""
        if state == "open":
            return self.open_for_comment(day)
        published = self.filter(status="scheduled")
        if state == "in_force":
            return self.in_force_on(day)
        if state == "superseded":
            return published.filter(superseded_on__lte=day)
        if state == "scheduled":
            return published.filter(starts_on__gt=day).exclude(superseded_on__lte=day)
        return self.filter(status=state)

    def open_for_comment(self, day: dt.date) -> Self:
        """Proposed designs people may comment on that day."""
        return self.filter(
            status="proposed", consult_from__lte=day, consult_until__gte=day
        )

    def in_force_on(self, day: dt.date) -> Self:
        """Published designs that are in force on a day."""
        return self.filter(status="scheduled", starts_on__lte=day).filter(
            Q(superseded_on__isnull=True) | Q(superseded_on__gt=day)
        )
