"""Reads of tenancies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from housingplus.common.models import DatedQuerySet

if TYPE_CHECKING:
    from officers.accounts.models import User


class TenancyQuerySet(DatedQuerySet):
    """Tenancies; views start from `visible_to`."""

    def visible_to(self, user: User) -> Self:
        """Tenancies of households the person may see."""
        from tenants.households.models import Household

        return self.filter(household__in=Household.objects.visible_to(user))
