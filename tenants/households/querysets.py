"""Reads of households, never beyond what a person may see."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db.models import OuterRef, Prefetch, Q, Subquery

from housingplus.common.dates import today
from housingplus.common.models import DatedQuerySet
from housingplus.common.permissions import Permission
from officers.assignments.scope import homes_with_visible_people
from patches.register.models import PatchMembership

if TYPE_CHECKING:
    from officers.accounts.models import User


def not_written_to(path: str = "") -> Q:
    """The condition under which no letter and no e-mail goes to a household.

    `path` leads to it from another model, with its underscores: "household__".
    """
    marks = ("do_not_write", "safe_contact_only")
    return reduce(or_, (Q(**{f"{path}{mark}": True}) for mark in marks))


class HouseholdQuerySet(DatedQuerySet):
    """Households; views start from `visible_to`."""

    def visible_to(self, user: User) -> Self:
        """Households of homes the person may see people in today (rule 9)."""
        if user.has_permission(Permission.VIEW_ALL_HOUSEHOLDS):
            return self.all()
        return self.filter(property__in=homes_with_visible_people(user))

    def review_due(self, day: dt.date) -> Self:
        """Households not written to whose mark is due to be looked at again."""
        return self.filter(
            Q(do_not_write=True, do_not_write_review_on__lte=day)
            | Q(safe_contact_only=True, safe_contact_review_on__lte=day)
        )

    def not_written_to(self) -> Self:
        """Households no letter and no e-mail may go to."""
        return self.filter(not_written_to())

    def with_patch(self, day: dt.date) -> Self:
        """Annotate `patch_id` and `patch_code` of the home's patch on `day`."""
        membership = PatchMembership.objects.as_at(day).filter(
            property=OuterRef("property")
        )
        return self.annotate(
            patch_id=Subquery(membership.values("patch")[:1]),
            patch_code=Subquery(membership.values("patch__code")[:1]),
        )

    def with_people(self, day: dt.date) -> Self:
        """Fetch `members_now` and `tenancies_now` with their people, to name them."""
        from tenants.tenancies.models import Tenancy, TenancyPerson

        from .models import HouseholdMember

        members = HouseholdMember.objects.as_at(day).select_related("person")
        holders = TenancyPerson.objects.select_related("person")
        tenancies = Tenancy.objects.as_at(day).prefetch_related(
            Prefetch("holders", queryset=holders)
        )
        return self.prefetch_related(
            Prefetch("members", queryset=members, to_attr="members_now"),
            Prefetch("tenancies", queryset=tenancies, to_attr="tenancies_now"),
        )

    def for_list(self) -> Self:
        """Gather what the list of households shows."""
        day = today()
        return (
            self.select_related("property", "property__ward", "needs")
            .with_patch(day)
            .with_people(day)
        )
