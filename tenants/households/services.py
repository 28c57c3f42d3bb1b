"""Every change of a household made one at a time; imports have their own bulk way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from housingplus.audit import services as audit
from housingplus.audit.conflicts import changed_by_whom
from housingplus.common.dates import today
from housingplus.common.locking import lock
from patches.properties.models import Property
from tenants.tenancies.models import Tenancy

from . import rules
from .errors import HouseholdChanged
from .indexing import rebuild_household_words
from .models import CommunicationNeeds, Household, HouseholdMember, Person

if TYPE_CHECKING:
    from officers.accounts.models import User

# Recorded as given or not, never as typed: these say who people are.
_PERSONAL = frozenset(
    {
        "correspondence_address",
        "representative_name",
        "representative_contact",
        "representative_address",
        "email",
        "notes",
    }
)


@transaction.atomic
def start_household(
    *,
    home: Property,
    starts_on: dt.date,
    people: Iterable[tuple[Person, str]] = (),
    ends_on: dt.date | None = None,
    by: User | None,
) -> Household:
    """Begin a household in a home; `people` are saved persons with their roles."""
    home = lock(Property.objects.filter(pk=home.pk)).get()
    rules.check_home_is_free(home, starts_on, ends_on)
    household = Household.objects.create(
        property=home, starts_on=starts_on, ends_on=ends_on
    )
    for person, role in people:
        HouseholdMember.objects.create(
            household=household,
            person=person,
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
        )
    audit.record(
        "household.started",
        subject=household,
        by=by,
        changes={"starts_on": [None, starts_on.isoformat()]},
    )
    rebuild_household_words([household])
    return household


@transaction.atomic
def end_household(
    *, household: Household, ends_on: dt.date, by: User | None
) -> Household:
    """End a household, and with it its members and tenancies that still run."""
    household = lock(Household.objects.filter(pk=household.pk)).get()
    rules.check_lives_there(household, ends_on)
    rules.check_ends_after_start(household.starts_on, ends_on)
    before = household.ends_on
    rules.check_nothing_starts_later(household, ends_on)
    for rows in (HouseholdMember.objects, Tenancy.objects):
        rows.filter(household=household).from_day(ends_on).update(ends_on=ends_on)
    Household.objects.filter(pk=household.pk).update(
        ends_on=ends_on, version=F("version") + 1
    )
    audit.record(
        "household.ended",
        subject=household,
        by=by,
        changes={
            "ends_on": [before.isoformat() if before else None, ends_on.isoformat()]
        },
    )
    household.refresh_from_db()
    rebuild_household_words([household])
    return household


@transaction.atomic
def add_member(
    *,
    household: Household,
    person: Person,
    role: str,
    starts_on: dt.date,
    by: User | None,
) -> HouseholdMember:
    """Say that a person lives in a household from a day."""
    household = lock(Household.objects.filter(pk=household.pk)).get()
    rules.check_lives_there(household, starts_on)
    rules.check_ends_after_start(household.starts_on, starts_on)
    rules.check_not_member(household, person, starts_on, household.ends_on)
    member = HouseholdMember.objects.create(
        household=household,
        person=person,
        role=role,
        starts_on=starts_on,
        ends_on=household.ends_on,
    )
    audit.record(
        "household.member_added",
        subject=household,
        by=by,
        changes={"person": [None, person.pk], "starts_on": [None, str(starts_on)]},
    )
    rebuild_household_words([household])
    return member


@transaction.atomic
def end_member(
    *, member: HouseholdMember, ends_on: dt.date, by: User | None
) -> HouseholdMember:
    """Say which day was a person's last in a household."""
    household = lock(Household.objects.filter(pk=member.household_id)).get()
    member = HouseholdMember.objects.get(pk=member.pk)
    rules.check_ends_after_start(member.starts_on, ends_on)
    member.ends_on = ends_on
    member.save(update_fields=["ends_on"])
    audit.record(
        "household.member_left",
        subject=household,
        by=by,
        changes={"person": [member.person_id, None], "ends_on": [None, str(ends_on)]},
    )
    rebuild_household_words([household])
    return member


@transaction.atomic
def edit_needs(
    *, household: Household, version: int, by: User, **values: Any
) -> CommunicationNeeds:
    """Change how a household wants to be written to.

    `version` is that of the needs the person saw, 0 where there were none.
    """
    household = lock(Household.objects.filter(pk=household.pk)).get()
    rules.check_lives_there(household, today())
    rules.check_email_format_has_address(values["letter_format"], values["email"])
    name, address = values["representative_name"], values["representative_address"]
    rules.check_copy_has_somewhere_to_go(
        name, address, wants_copy=values["copy_to_representative"]
    )
    rules.check_representative_can_be_written_to(name, address)
    needs = CommunicationNeeds.objects.filter(household=household).first()
    if (needs.version if needs else 0) != version:
        raise HouseholdChanged(changed_by_whom(household))
    before = needs or CommunicationNeeds(household=household)
    changes = _differences(before, values)
    if needs is None:
        needs = CommunicationNeeds.objects.create(household=household, **values)
    elif changes:
        CommunicationNeeds.objects.filter(pk=needs.pk, version=version).update(
            version=F("version") + 1, **values
        )
        needs.refresh_from_db()
    if changes:
        audit.record(
            "household.needs_changed", subject=household, by=by, changes=changes
        )
    return needs


@transaction.atomic
def set_correspondence_address(
    *, household: Household, version: int, address: str, by: User
) -> Household:
    """Say where to write instead of the home; empty means to the home again."""
    household = lock(Household.objects.filter(pk=household.pk)).get()
    rules.check_lives_there(household, today())
    values = {"correspondence_address": address}
    return _save(household, version, values, "household.address_changed", by)


@transaction.atomic
def mark_do_not_write(
    *, household: Household, version: int, reason: str, review_on: dt.date, by: User
) -> Household:
    """Stop letters to a household until somebody lifts the mark."""
    household = lock(Household.objects.filter(pk=household.pk)).get()
    rules.check_lives_there(household, today())
    rules.check_reason_given(reason)
    rules.check_review_is_ahead(review_on)
    values = {
        "do_not_write": True,
        "do_not_write_reason": reason.strip(),
        "do_not_write_by": by,
        "do_not_write_review_on": review_on,
    }
    return _save(household, version, values, "household.do_not_write_set", by)


@transaction.atomic
def lift_do_not_write(
    *, household: Household, version: int, reason: str, by: User
) -> Household:
    """Let letters go to a household again."""
    household = lock(Household.objects.filter(pk=household.pk)).get()
    rules.check_is_marked(household)
    rules.check_reason_given(reason)
    values = {
        "do_not_write": False,
        "do_not_write_reason": "",
        "do_not_write_by": None,
        "do_not_write_review_on": None,
    }
    return _save(
        household,
        version,
        values,
        "household.do_not_write_lifted",
        by,
        why_now=reason.strip(),
    )


@transaction.atomic
def mark_safe_contact(
    *, household: Household, version: int, how: str, review_on: dt.date, by: User
) -> Household:
    """Have a household contacted only in a way that is safe; no letter goes to it."""
    household = lock(Household.objects.filter(pk=household.pk)).get()
    rules.check_lives_there(household, today())
    rules.check_says_how(how)
    rules.check_review_is_ahead(review_on)
    values = {
        "safe_contact_only": True,
        "safe_contact_how": how.strip(),
        "safe_contact_by": by,
        "safe_contact_on": household.safe_contact_on or today(),
        "safe_contact_review_on": review_on,
    }
    return _save(household, version, values, "household.safe_contact_set", by)


@transaction.atomic
def lift_safe_contact(
    *, household: Household, version: int, reason: str, by: User
) -> Household:
    """Let a household be contacted in any way again; another mark stays."""
    household = lock(Household.objects.filter(pk=household.pk)).get()
    rules.check_is_safe_contact(household)
    rules.check_reason_given(reason)
    values = {
        "safe_contact_only": False,
        "safe_contact_how": "",
        "safe_contact_by": None,
        "safe_contact_on": None,
        "safe_contact_review_on": None,
    }
    return _save(
        household,
        version,
        values,
        "household.safe_contact_lifted",
        by,
        why_now=reason.strip(),
    )


def record_sensitive_read(*, household: Household, by: User) -> None:
    """Record that a person was shown why a household is not written to."""
    audit.record("household.reason_read", subject=household, by=by)


def _save(
    household: Household,
    version: int,
    values: dict[str, Any],
    verb: str,
    by: User,
    *,
    why_now: str = "",
) -> Household:
    changes = _differences(household, values)
    saved = Household.objects.filter(pk=household.pk, version=version).update(
        version=F("version") + 1, **values
    )
    if not saved:
        raise HouseholdChanged(changed_by_whom(household))
    if why_now:
        changes["why_now"] = [None, why_now]
    audit.record(verb, subject=household, by=by, changes=changes)
    household.refresh_from_db()
    return household


def _differences(row: Any, values: dict[str, Any]) -> dict[str, list[Any]]:
    changes = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            changes[name] = [_recorded(name, before), _recorded(name, value)]
    return changes


def _recorded(name: str, value: Any) -> Any:
    """Return a value as the audit keeps it: plain, and never who somebody is."""
    if name in _PERSONAL:
        return "given" if value else ""
    if isinstance(value, dt.date):
        return value.isoformat()
    return getattr(value, "pk", value)
