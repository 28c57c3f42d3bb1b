"""Every write of councillors."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from housingplus.audit import services as audit
from housingplus.audit.conflicts import changed_by_whom
from housingplus.common.dates import long_date
from housingplus.common.locking import lock
from patches.wards.models import Ward

from . import rules
from .errors import CouncillorChanged
from .models import Councillor

if TYPE_CHECKING:
    from officers.accounts.models import User


@transaction.atomic
def add_councillor(
    *,
    ward: Ward,
    name: str,
    party: str,
    email: str,
    phone: str,
    starts_on: dt.date,
    token: uuid.UUID | None,
    by: User | None,
) -> Councillor:
    """Add a councillor of a ward; the same token again returns the one added."""
    lock(Ward.objects.filter(pk=ward.pk)).get()
    if token and (done := Councillor.objects.filter(token=token).first()):
        return done
    councillor = Councillor.objects.create(
        ward=ward,
        name=name,
        party=party,
        email=email,
        phone=phone,
        starts_on=starts_on,
        token=token,
    )
    audit.record(
        "councillor.added",
        subject=councillor,
        by=by,
        summary=f"{ward}, from {long_date(starts_on)}",
    )
    return councillor


@transaction.atomic
def edit_councillor(
    *, councillor: Councillor, version: int, by: User | None, **details: Any
) -> Councillor:
    """Correct what is known of a councillor; `version` is the one that was seen."""
    councillor = lock(Councillor.objects.filter(pk=councillor.pk)).get()
    rules.check_not_over(councillor)
    starts_on = details.get("starts_on", councillor.starts_on)
    rules.check_ends_after_start(starts_on, councillor.ends_on)
    changes = {
        name: [_plain(getattr(councillor, name)), _plain(value)]
        for name, value in details.items()
        if getattr(councillor, name) != value
    }
    saved = Councillor.objects.filter(pk=councillor.pk, version=version).update(
        version=F("version") + 1, **details
    )
    if not saved:
        raise CouncillorChanged(changed_by_whom(councillor))
    audit.record("councillor.edited", subject=councillor, by=by, changes=changes)
    councillor.refresh_from_db()
    return councillor


@transaction.atomic
def end_councillor(
    *, councillor: Councillor, ends_on: dt.date, by: User | None
) -> Councillor:
    """Set a councillor's last day in office."""
    councillor = lock(Councillor.objects.filter(pk=councillor.pk)).get()
    if councillor.ends_on == ends_on:
        return councillor
    rules.check_not_over(councillor)
    rules.check_ends_after_start(councillor.starts_on, ends_on)
    changes = {"ends_on": [_plain(councillor.ends_on), _plain(ends_on)]}
    Councillor.objects.filter(pk=councillor.pk).update(
        ends_on=ends_on, version=F("version") + 1
    )
    audit.record(
        "councillor.ended",
        subject=councillor,
        by=by,
        summary=f"Last day {long_date(ends_on)}",
        changes=changes,
    )
    councillor.refresh_from_db()
    return councillor


@transaction.atomic
def remove_councillor(*, councillor: Councillor, by: User | None) -> None:
    """Take back a councillor whose time in office has not begun."""
    found = lock(Councillor.objects.filter(pk=councillor.pk)).first()
    if found is None:  # A second click.
        return
    rules.check_not_begun(found)
    audit.record(
        "councillor.removed",
        subject=found,
        by=by,
        summary=f"Ward {found.ward_id}, was to begin {long_date(found.starts_on)}",
    )
    found.delete()


def _plain(value: Any) -> str | None:
    return None if value is None else str(value)
