"""Writing what a checked list of households changes, in the caller's transaction."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from housingplus.audit.services import record_many
from housingplus.common.bulk import insert_rows
from housingplus.common.dates import day_before
from housingplus.imports.options import ImportOptions
from tenants.households.indexing import rebuild_household_words
from tenants.households.models import (
    CommunicationNeeds,
    Household,
    HouseholdMember,
    Person,
)
from tenants.tenancies.models import Tenancy, TenancyPerson

from .comparing import HolderChange, wanted_needs
from .planning import Located, NewHousehold, Writes
from .representatives import Representative
from .rows import PersonName

if TYPE_CHECKING:
    from officers.accounts.models import User

_AT_ONCE = 2_000
_NEEDS_FIELDS = (
    "household",
    "letter_format",
    "language",
    "email",
    "needs_interpreter",
    *Representative._fields,
    "notes",
    "version",
)
Role = HouseholdMember.Role


class Applying:
    """One list being written. The caller holds the transaction and the locks."""

    def __init__(
        self, writes: Writes, *, options: ImportOptions, source: str, by: User | None
    ) -> None:
        self._writes = writes
        self._starts_on = options.starts_on
        self._end_missing = options.end_missing
        self._summary = f"List {source}"[:250]
        self._by = by
        self._touched: set[int] = set()

    def run(self) -> None:
        """End what ends, then begin and change the rest."""
        self._end_households(self._writes.ended_households)
        if self._end_missing:
            self._end_tenancies()
        self._change_households()
        self._change_tenancies()
        self._change_needs()
        self._change_people()
        self._change_holders()
        self._add_tenancies(self._writes.added_tenancies)
        self._add_households()
        self._index()

    def _end_households(self, endings: dict[int, dt.date]) -> None:
        """End households, and their members and tenancies that still run."""
        households = Household.objects.in_bulk(list(endings))
        for pk, household in households.items():
            household.ends_on = endings[pk]
            household.version += 1
        Household.objects.bulk_update(
            households.values(), ["ends_on", "version"], batch_size=_AT_ONCE
        )
        members = list(
            HouseholdMember.objects.filter(
                household__in=households, ends_on__isnull=True
            )
        )
        tenancies = list(
            Tenancy.objects.filter(household__in=households, ends_on__isnull=True)
        )
        for member in members:
            member.ends_on = max(endings[member.household_id], member.starts_on)
        for tenancy in tenancies:
            tenancy.ends_on = max(endings[tenancy.household_id], tenancy.starts_on)
        HouseholdMember.objects.bulk_update(members, ["ends_on"], batch_size=_AT_ONCE)
        Tenancy.objects.bulk_update(tenancies, ["ends_on"], batch_size=_AT_ONCE)
        self._record("household.ended", households.values())
        self._touched |= households.keys()

    def _end_tenancies(self) -> None:
        """End tenancies the list lacks; a household without any left ends with them."""
        last_day = day_before(self._starts_on)
        missing = {tenancy.pk for tenancy in self._writes.missing}
        rows = list(Tenancy.objects.filter(pk__in=missing))
        for row in rows:
            row.ends_on = max(last_day, row.starts_on)
        Tenancy.objects.bulk_update(rows, ["ends_on"], batch_size=_AT_ONCE)
        households = {row.household_id: row.ends_on for row in rows}
        going_on = set(
            Tenancy.objects.filter(household__in=households)
            .from_day(self._starts_on)
            .exclude(pk__in=missing)
            .values_list("household", flat=True)
        ) | {key for key, _ in self._writes.added_tenancies}
        open_ones = set(
            Household.objects.filter(pk__in=households, ends_on__isnull=True)
            .order_by()
            .values_list("pk", flat=True)
        )
        self._end_households(
            {
                pk: ends_on
                for pk, ends_on in households.items()
                if pk in open_ones and pk not in going_on and ends_on is not None
            }
        )
        self._touched |= set(households) & going_on

    def _change_households(self) -> None:
        households = Household.objects.in_bulk(list(self._writes.households))
        for pk, household in households.items():
            for name, value in self._writes.households[pk].items():
                setattr(household, name, value)
            household.version += 1
        Household.objects.bulk_update(
            households.values(),
            [
                "starts_on",
                "correspondence_address",
                "do_not_write",
                "do_not_write_reason",
                "version",
            ],
            batch_size=_AT_ONCE,
        )
        shown = self._writes.changed
        record_many(
            "household.import_changed",
            subjects=(Household(pk=pk) for pk in shown),
            by=self._by,
            summary=self._summary,
            changes={
                pk: {name: [None, "changed"] for name in shown[pk]} for pk in shown
            },
        )
        self._touched |= shown.keys()

    def _change_tenancies(self) -> None:
        tenancies = Tenancy.objects.in_bulk(list(self._writes.tenancies))
        for pk, tenancy in tenancies.items():
            for name, value in self._writes.tenancies[pk].items():
                setattr(tenancy, name, value)
        Tenancy.objects.bulk_update(
            tenancies.values(), ["kind", "starts_on"], batch_size=_AT_ONCE
        )

    def _change_needs(self) -> None:
        wanted = self._writes.needs
        needs = {
            row.household_id: row
            for row in CommunicationNeeds.objects.filter(household__in=wanted)
        }
        fresh = [
            CommunicationNeeds(household_id=pk) for pk in wanted if pk not in needs
        ]
        for row in (*needs.values(), *fresh):
            for name, value in wanted[row.household_id].items():
                setattr(row, name, value)
            row.version += 1
        CommunicationNeeds.objects.bulk_update(
            needs.values(),
            [
                "letter_format",
                "language",
                "email",
                *Representative._fields,
                "version",
            ],
            batch_size=_AT_ONCE,
        )
        CommunicationNeeds.objects.bulk_create(fresh, batch_size=_AT_ONCE)

    def _change_people(self) -> None:
        people = Person.objects.in_bulk(list(self._writes.people))
        for pk, person in people.items():
            for name, value in self._writes.people[pk].items():
                setattr(person, name, value)
        Person.objects.bulk_update(
            people.values(),
            ["title", "first_name", "last_name", "phone", "email"],
            batch_size=_AT_ONCE,
        )

    def _change_holders(self) -> None:
        """People who leave a tenancy leave the household; who joins it moves in."""
        changes = self._writes.holders
        left = [change for change in changes if change.holder is not None]
        TenancyPerson.objects.filter(
            pk__in=[c.holder.pk for c in left if c.holder]
        ).delete()
        self._end_members(left)
        joining = [change for change in changes if change.name is not None]
        people = Person.objects.bulk_create(
            [_person(c.name, c.phone, c.email) for c in joining], batch_size=_AT_ONCE
        )
        TenancyPerson.objects.bulk_create(
            (
                TenancyPerson(tenancy_id=c.tenancy, person=person, order=c.order)
                for c, person in zip(joining, people, strict=True)
            ),
            batch_size=_AT_ONCE,
        )
        starts = dict(
            Household.objects.filter(pk__in={c.household for c in joining}).values_list(
                "pk", "starts_on"
            )
        )
        HouseholdMember.objects.bulk_create(
            (
                HouseholdMember(
                    household_id=c.household,
                    person=person,
                    role=Role.JOINT_TENANT if c.order else Role.TENANT,
                    starts_on=max(self._starts_on, starts[c.household]),
                )
                for c, person in zip(joining, people, strict=True)
            ),
            batch_size=_AT_ONCE,
        )

    def _end_members(self, left: list[HolderChange]) -> None:
        last_day = day_before(self._starts_on)
        gone = {(c.household, c.holder.person) for c in left if c.holder is not None}
        members = [
            member
            for member in HouseholdMember.objects.filter(
                household__in={household for household, _ in gone},
                ends_on__isnull=True,
            )
            if (member.household_id, member.person_id) in gone
        ]
        for member in members:
            member.ends_on = max(last_day, member.starts_on)
        HouseholdMember.objects.bulk_update(members, ["ends_on"], batch_size=_AT_ONCE)

    def _add_households(self) -> None:
        planned = self._writes.new_households
        households = Household.objects.bulk_create(
            [_household(new) for new in planned], batch_size=_AT_ONCE
        )
        insert_rows(
            CommunicationNeeds,
            _NEEDS_FIELDS,
            (
                _needs(household, new)
                for household, new in zip(households, planned, strict=True)
            ),
        )
        self._record("household.imported", households)
        self._add_tenancies(
            [
                (household.pk, found)
                for household, new in zip(households, planned, strict=True)
                for found in new.rows
            ],
            {household.pk: household.starts_on for household in households},
        )

    def _add_tenancies(
        self,
        planned: list[tuple[int, Located]],
        starts: dict[int, dt.date] | None = None,
    ) -> None:
        """Add tenancies with their people; in a new household `starts` is its day."""
        first_days = starts or {}
        tenancies = Tenancy.objects.bulk_create(
            [
                Tenancy(
                    household_id=household,
                    landlord_id=found.home.landlord_id,
                    reference=found.row.reference,
                    kind=found.row.kind or "secure",
                    starts_on=max(
                        found.row.starts_on,
                        first_days.get(household, found.row.starts_on),
                    ),
                )
                for household, found in planned
            ],
            batch_size=_AT_ONCE,
        )
        holding = [
            (tenancy, order, name, found)
            for tenancy, (_, found) in zip(tenancies, planned, strict=True)
            for order, name in enumerate(found.row.people or ())
        ]
        people = Person.objects.bulk_create(
            [
                _person(
                    name,
                    "" if order else found.row.phone,
                    "" if order else found.row.email,
                )
                for _, order, name, found in holding
            ],
            batch_size=_AT_ONCE,
        )
        pairs = list(zip(holding, people, strict=True))
        insert_rows(
            TenancyPerson,
            ["tenancy", "person", "order"],
            ((tenancy.pk, person.pk, order) for (tenancy, order, *_), person in pairs),
        )
        insert_rows(
            HouseholdMember,
            ["household", "person", "role", "starts_on"],
            (
                (
                    tenancy.household_id,
                    person.pk,
                    str(Role.JOINT_TENANT if order else Role.TENANT),
                    tenancy.starts_on,
                )
                for (tenancy, order, *_), person in pairs
            ),
        )
        self._touched |= {household for household, _ in planned}

    def _index(self) -> None:
        # Only the key of each is looked at.
        rebuild_household_words(Household(pk=pk) for pk in sorted(self._touched))

    def _record(self, verb: str, households: Any) -> None:
        record_many(verb, subjects=households, by=self._by, summary=self._summary)


def _person(name: PersonName | None, phone: str, email: str) -> Person:
    assert name is not None  # noqa: S101
    return Person(
        title=name.title,
        first_name=name.first_name,
        last_name=name.last_name,
        phone=phone,
        email=email,
    )


def _household(new: NewHousehold) -> Household:
    rows = [found.row for found in new.rows]
    reason = next((row.do_not_write for row in rows if row.do_not_write), "")
    return Household(
        property_id=new.home,
        starts_on=new.starts_on,
        correspondence_address=next(
            (text for row in rows if (text := row.correspondence_address)), ""
        ),
        do_not_write=bool(reason),
        do_not_write_reason=reason,
    )


def _needs(household: Household, new: NewHousehold) -> tuple[Any, ...]:
    """Return the values of `_NEEDS_FIELDS` a new household starts with."""
    wanted = wanted_needs([found.row for found in new.rows])
    letter_format = wanted.letter_format
    if letter_format == "email" and not wanted.email:
        letter_format = "standard"
    return (
        household.pk,
        letter_format or "standard",
        wanted.language or "",
        wanted.email,
        False,
        *(wanted.representative or Representative()),
        "",
        1,
    )
