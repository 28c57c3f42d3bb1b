"""Reads of households, never beyond what a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from housingplus.common.models import DatedQuerySet
from housingplus.common.permissions import Permission
from officers.assignments.scope import homes_with_visible_people

if TYPE_CHECKING:
    from officers.accounts.models import User


class HouseholdQuerySet(DatedQuerySet):
    """Households; views start from `visible_to`."""

    def visible_to(self, user: User) -> Self:
        """Households of homes the person may see people in today (rule 9)."""
        if user.has_permission(Permission.VIEW_ALL_HOUSEHOLDS):
            return self.all()
        return self.filter(property__in=homes_with_visible_people(user))
