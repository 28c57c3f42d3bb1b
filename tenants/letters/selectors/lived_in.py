"""Who lives in a home on a day, as far as a letter asks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tenants.households.models import Household, HouseholdMember
from tenants.households.naming import Name
from tenants.tenancies.models import Tenancy, TenancyPerson

_TENANTS = (HouseholdMember.Role.TENANT, HouseholdMember.Role.JOINT_TENANT)


@dataclass(frozen=True)
class Holding:
    """A tenancy running on the day, and who holds it."""

    pk: int
    reference: str
    holders: tuple[Name, ...]


@dataclass(frozen=True)
class Lived:
    """A household on the day: its tenancies, and those of its members who are tenants.

    The household comes with its communication needs.
    """

    household: Household
    holdings: tuple[Holding, ...]
    tenants: tuple[Name, ...]

    def names_on(self, holding: Holding | None) -> tuple[Name, ...]:
        """Whom a letter is to: who holds the tenancy; else the tenants; maybe nobody
        known."""
        if holding and holding.holders:
            return holding.holders
        return self.tenants if len(self.holdings) < 2 else ()


def lived_in(property_ids: Sequence[int], day: dt.date) -> dict[int, Lived]:
    """Return who lives in each of some homes on a day, by home.

    Four queries. Names come as values: a model for each person of a city, and a list
    for each tenancy, take longer than everything else about a run.
    """
    households = list(
        Household.objects.as_at(day)
        .filter(property__among=property_ids)
        .select_related("needs")
        .order_by()
    )
    ids = [household.pk for household in households]
    tenancies = list(
        Tenancy.objects.as_at(day)
        .filter(household__among=ids)
        .order_by("pk")
        .values_list("household", "pk", "reference")
    )
    holders = _names_by(
        TenancyPerson.objects.filter(tenancy__among=[pk for _, pk, _ in tenancies])
        .order_by("order", "pk")
        .values_list("tenancy", *_NAME)
    )
    tenants = _names_by(
        HouseholdMember.objects.as_at(day)
        .filter(household__among=ids, role__in=_TENANTS)
        .order_by("starts_on", "pk")
        .values_list("household", *_NAME)
    )
    holdings = defaultdict(list)
    for household_id, pk, reference in tenancies:
        holdings[household_id].append(
            Holding(pk, reference, tuple(holders.get(pk, ())))
        )
    return {
        household.property_id: Lived(
            household,
            tuple(holdings.get(household.pk, ())),
            tuple(tenants.get(household.pk, ())),
        )
        for household in households
    }


_NAME = ("person__title", "person__first_name", "person__last_name")


def _names_by(rows: Iterable[tuple[int, str, str, str]]) -> dict[int, list[Name]]:
    names: dict[int, list[Name]] = {}
    for whose, *name in rows:
        names.setdefault(whose, []).append(Name(*name))
    return names
