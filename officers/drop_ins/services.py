"""Every write of drop-in sessions."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from housingplus.audit import services as audit
from housingplus.audit.conflicts import changed_by_whom
from housingplus.common.locking import lock
from patches.wards.models import Ward

from . import rules
from .errors import DropInChanged
from .models import DropIn

if TYPE_CHECKING:
    from officers.accounts.models import User


@transaction.atomic
def add_drop_in(
    *,
    ward: Ward,
    place: str,
    address: str,
    weekday: int,
    opens_at: dt.time,
    closes_at: dt.time,
    note: str,
    starts_on: dt.date,
    ends_on: dt.date | None,
    token: uuid.UUID | None,
    by: User | None,
) -> DropIn:
    """Add a session of a ward; the same token again returns the one added."""
    lock(Ward.objects.filter(pk=ward.pk)).get()
    if token and (done := DropIn.objects.filter(token=token).first()):
        return done
    rules.check_ends_after_start(starts_on, ends_on)
    rules.check_closes_after_opening(opens_at, closes_at)
    drop_in = DropIn.objects.create(
        ward=ward,
        place=place,
        address=address,
        weekday=weekday,
        opens_at=opens_at,
        closes_at=closes_at,
        note=note,
        starts_on=starts_on,
        ends_on=ends_on,
        token=token,
    )
    audit.record("drop_in.added", subject=drop_in, by=by, summary=f"{ward}: {drop_in}")
    return drop_in


@transaction.atomic
def edit_drop_in(
    *, drop_in: DropIn, version: int, by: User | None, **details: Any
) -> DropIn:
    """Change a session or set its last day; `version` is the one that was seen."""
    drop_in = lock(DropIn.objects.filter(pk=drop_in.pk)).get()
    rules.check_not_over(drop_in)
    rules.check_ends_after_start(details["starts_on"], details["ends_on"])
    rules.check_closes_after_opening(details["opens_at"], details["closes_at"])
    changes = {
        name: [_plain(getattr(drop_in, name)), _plain(value)]
        for name, value in details.items()
        if getattr(drop_in, name) != value
    }
    saved = DropIn.objects.filter(pk=drop_in.pk, version=version).update(
        version=F("version") + 1, **details
    )
    if not saved:
        raise DropInChanged(changed_by_whom(drop_in))
    audit.record("drop_in.edited", subject=drop_in, by=by, changes=changes)
    drop_in.refresh_from_db()
    return drop_in


@transaction.atomic
def remove_drop_in(*, drop_in: DropIn, by: User | None) -> None:
    """Take back a session that has not begun."""
    found = lock(DropIn.objects.filter(pk=drop_in.pk)).first()
    if found is None:  # A second click.
        return
    rules.check_not_begun(found)
    audit.record(
        "drop_in.removed",
        subject=found,
        by=by,
        summary=f"Ward {found.ward_id}: {found}",
    )
    found.delete()


def _plain(value: Any) -> str | int | None:
    return value if value is None or isinstance(value, int) else str(value)
