"""What is held here that a list of households is compared with."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType

from housingplus.audit.models import AuditEvent
from patches.properties.models import Landlord, Property
from tenants.households.models import CommunicationNeeds, Household
from tenants.tenancies.models import Tenancy, TenancyPerson

from .representatives import Representative
from .rows import PersonName

_CHUNK = 5_000


class HeldHome(NamedTuple):
    pk: int
    uprn: str | None
    landlord_id: int
    reference: str
    managed_to: dt.date | None


class HeldHousehold(NamedTuple):
    pk: int
    home: int
    starts_on: dt.date
    ends_on: dt.date | None
    correspondence_address: str
    do_not_write: bool


class HeldTenancy(NamedTuple):
    pk: int
    household: int
    landlord_id: int
    reference: str
    kind: str
    starts_on: dt.date
    ends_on: dt.date | None


class HeldHolder(NamedTuple):
    pk: int
    person: int
    name: PersonName
    phone: str
    email: str


class HeldNeeds(NamedTuple):
    letter_format: str
    language: str
    email: str
    representative: Representative


class Held:
    """Homes, households and tenancies, each by what a list calls it."""

    def __init__(self) -> None:
        self._read_homes()
        self._read_households()
        self._read_tenancies()
        needs = CommunicationNeeds.objects.values_list(
            "household",
            "letter_format",
            "language",
            "email",
            *Representative._fields,
        )
        self.needs = {
            household: HeldNeeds(letter_format, language, email, Representative(*who))
            for household, letter_format, language, email, *who in needs.iterator(
                chunk_size=_CHUNK
            )
        }
        # What staff decided here is theirs from then on; a list only remarks on it.
        self.needs_by_staff = _households_with("household.needs_changed")
        self.address_by_staff = _households_with("household.address_changed")
        self.mark_lifted = _households_with("household.do_not_write_lifted")

    def _read_homes(self) -> None:
        rows = Property.objects.order_by("pk").values_list(
            "pk", "uprn", "landlord_id", "reference", "managed_to"
        )
        homes = [HeldHome(*row) for row in rows.iterator(chunk_size=_CHUNK)]
        self.home_by_uprn = {home.uprn: home for home in homes if home.uprn}
        self.homes_by_reference: dict[str, list[HeldHome]] = defaultdict(list)
        for home in homes:
            self.homes_by_reference[home.reference].append(home)
        landlords = list(Landlord.objects.all())
        self.landlord_ids = {row.code.casefold(): row.pk for row in landlords} | {
            row.name.casefold(): row.pk for row in landlords
        }

    def _read_households(self) -> None:
        rows = Household.objects.order_by("starts_on", "pk").values_list(
            "pk",
            "property_id",
            "starts_on",
            "ends_on",
            "correspondence_address",
            "do_not_write",
        )
        self.households: dict[int, HeldHousehold] = {}
        self.households_of: dict[int, list[HeldHousehold]] = defaultdict(list)
        for row in rows.iterator(chunk_size=_CHUNK):
            household = HeldHousehold(*row)
            self.households[household.pk] = household
            self.households_of[household.home].append(household)

    def _read_tenancies(self) -> None:
        rows = Tenancy.objects.order_by("pk").values_list(
            "pk",
            "household_id",
            "landlord_id",
            "reference",
            "kind",
            "starts_on",
            "ends_on",
        )
        self.tenancies: dict[tuple[int, str], HeldTenancy] = {}
        self.tenancies_of: dict[int, list[HeldTenancy]] = defaultdict(list)
        for row in rows.iterator(chunk_size=_CHUNK):
            tenancy = HeldTenancy(*row)
            self.tenancies[tenancy.landlord_id, tenancy.reference] = tenancy
            self.tenancies_of[tenancy.household].append(tenancy)
        holders = TenancyPerson.objects.order_by("order", "pk").values_list(
            "tenancy_id",
            "pk",
            "person_id",
            "person__title",
            "person__first_name",
            "person__last_name",
            "person__phone",
            "person__email",
        )
        self.holders: dict[int, list[HeldHolder]] = defaultdict(list)
        for (
            tenancy_id,
            pk,
            person,
            title,
            first,
            last,
            phone,
            email,
        ) in holders.iterator(chunk_size=_CHUNK):
            self.holders[tenancy_id].append(
                HeldHolder(pk, person, PersonName(title, first, last), phone, email)
            )


def _households_with(verb: str) -> set[int]:
    """Return the households to whom staff did this at least once."""
    kind = ContentType.objects.get_for_model(Household)
    events = AuditEvent.objects.filter(verb=verb, subject_type=kind).order_by()
    return set(events.values_list("subject_id", flat=True))
