"""Starting and ending tenancies one at a time; imports have their own bulk way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from housingplus.audit import services as audit
from housingplus.common.locking import lock
from tenants.households.indexing import rebuild_household_words
from tenants.households.models import Household
from tenants.households.rules import check_ends_after_start

from . import rules
from .models import Tenancy, TenancyPerson

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.properties.models import Landlord
    from tenants.households.models import Person


@transaction.atomic
def start_tenancy(
    *,
    household: Household,
    landlord: Landlord,
    reference: str,
    kind: str,
    holders: Sequence[Person],
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    by: User | None,
) -> Tenancy:
    """Begin a tenancy held by `holders`, in the order their names are written."""
    household = lock(Household.objects.filter(pk=household.pk)).get()
    rules.check_somebody_holds(holders)
    rules.check_reference_is_free(landlord, reference)
    rules.check_inside_household(household, starts_on, ends_on)
    tenancy = Tenancy.objects.create(
        household=household,
        landlord=landlord,
        reference=reference,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    TenancyPerson.objects.bulk_create(
        TenancyPerson(tenancy=tenancy, person=person, order=order)
        for order, person in enumerate(holders)
    )
    audit.record(
        "tenancy.started",
        subject=household,
        by=by,
        summary=f"Tenancy {reference}",
        changes={"tenancy": [None, tenancy.pk], "starts_on": [None, str(starts_on)]},
    )
    rebuild_household_words([household])
    return tenancy


@transaction.atomic
def end_tenancy(*, tenancy: Tenancy, ends_on: dt.date, by: User | None) -> Tenancy:
    """Say which day is a tenancy's last; the household may live on there."""
    tenancy = lock(Tenancy.objects.filter(pk=tenancy.pk)).get()
    check_ends_after_start(tenancy.starts_on, ends_on)
    rules.check_inside_household(tenancy.household, tenancy.starts_on, ends_on)
    before = tenancy.ends_on
    tenancy.ends_on = ends_on
    tenancy.save(update_fields=["ends_on"])
    audit.record(
        "tenancy.ended",
        subject=tenancy.household,
        by=by,
        summary=f"Tenancy {tenancy.reference}",
        changes={"ends_on": [str(before) if before else None, str(ends_on)]},
    )
    rebuild_household_words([tenancy.household])
    return tenancy
