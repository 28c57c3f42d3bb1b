"""Every change of an association, its committee, its officers and its contacts."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from housingplus.audit import services as audit
from housingplus.audit.conflicts import changed_by_whom
from housingplus.common.dates import day_before
from housingplus.common.locking import lock
from officers.notices.services import send_notice
from patches.properties.walking import street_key

from . import rules
from .errors import TaraChanged
from .models import (
    Tara,
    TaraBlock,
    TaraContact,
    TaraNotice,
    TaraOfficer,
    TaraPatch,
    TaraRole,
    TaraStreet,
)

if TYPE_CHECKING:
    from officers.accounts.models import User
    from officers.directory.models import Officer
    from officers.notices.models import NoticeSending
    from patches.properties.models import Block
    from patches.register.models import Patch
    from patches.wards.models import Ward


@transaction.atomic
def create_tara(
    *, name: str, ward: Ward, by: User, token: uuid.UUID | None = None, **details: Any
) -> Tara:
    """Add an association; what it speaks for is set next. One `token` adds once."""
    if token and (done := Tara.objects.filter(token=token).first()):
        return done
    rules.check_name_is_free(name)
    rules.check_closes_after_recognition(
        details.get("recognised_on"), details.get("closed_on")
    )
    tara = Tara.objects.create(name=name, ward=ward, token=token, **details)
    audit.record("tara.created", subject=tara, by=by, summary=name)
    return tara


@transaction.atomic
def edit_tara(*, tara: Tara, version: int, by: User, **details: Any) -> Tara:
    """Change what is known of an association; `version` is the one that was seen."""
    tara = lock(Tara.objects.filter(pk=tara.pk)).get()
    rules.check_name_is_free(details["name"], but=tara)
    rules.check_closes_after_recognition(details["recognised_on"], details["closed_on"])
    changes = {
        name: [_plain(getattr(tara, name)), _plain(value)]
        for name, value in details.items()
        if getattr(tara, name) != value
    }
    saved = Tara.objects.filter(pk=tara.pk, version=version).update(
        version=F("version") + 1, **details
    )
    if not saved:
        raise TaraChanged(changed_by_whom(tara))
    audit.record("tara.changed", subject=tara, by=by, changes=changes)
    tara.refresh_from_db()
    return tara


@transaction.atomic
def set_area(
    *,
    tara: Tara,
    version: int,
    streets: Iterable[tuple[Ward, str]],
    blocks: Iterable[Block],
    patches: Iterable[Patch],
    by: User,
) -> Tara:
    """Say which streets, blocks and patches an association speaks for from now on."""
    tara = lock(Tara.objects.filter(pk=tara.pk)).get()
    saved = Tara.objects.filter(pk=tara.pk, version=version).update(
        version=F("version") + 1
    )
    if not saved:
        raise TaraChanged(changed_by_whom(tara))
    before = _area_sizes(tara)
    tara.streets.all().delete()
    tara.blocks.all().delete()
    tara.patches.all().delete()
    TaraStreet.objects.bulk_create(
        TaraStreet(tara=tara, ward=ward, street=name, street_key=street_key(name))
        for ward, name in streets
    )
    TaraBlock.objects.bulk_create(TaraBlock(tara=tara, block=row) for row in blocks)
    TaraPatch.objects.bulk_create(TaraPatch(tara=tara, patch=row) for row in patches)
    after = _area_sizes(tara)
    audit.record(
        "tara.area_changed",
        subject=tara,
        by=by,
        changes={kind: [before[kind], after[kind]] for kind in after},
    )
    tara.refresh_from_db()
    return tara


@transaction.atomic
def add_role(
    *,
    tara: Tara,
    role: str,
    name: str,
    phone: str,
    email: str,
    starts_on: dt.date,
    by: User,
    token: uuid.UUID | None = None,
) -> TaraRole:
    """Put somebody on the committee from a day; the same `token` adds once."""
    tara = lock(Tara.objects.filter(pk=tara.pk)).get()
    rules.check_is_open(tara, starts_on)
    if token and (done := TaraRole.objects.filter(token=token).first()):
        return done
    row = TaraRole.objects.create(
        tara=tara,
        role=role,
        name=name,
        phone=phone,
        email=email,
        starts_on=starts_on,
        token=token,
    )
    audit.record(
        "tara.role_added",
        subject=tara,
        by=by,
        summary=row.get_role_display(),
        changes={"role": [None, row.pk], "starts_on": [None, str(starts_on)]},
    )
    return row


@transaction.atomic
def end_role(*, role: TaraRole, ends_on: dt.date, by: User) -> TaraRole:
    """Say which day was somebody's last on the committee."""
    role = lock(TaraRole.objects.filter(pk=role.pk)).get()
    rules.check_ends_after_start(role.starts_on, ends_on)
    before = role.ends_on
    role.ends_on = ends_on
    role.save(update_fields=["ends_on"])
    audit.record(
        "tara.role_ended",
        subject=role.tara,
        by=by,
        summary=role.get_role_display(),
        changes={"role": [role.pk, None], "ends_on": [_plain(before), str(ends_on)]},
    )
    return role


@transaction.atomic
def set_officer(
    *, tara: Tara, kind: str, officer: Officer | None, starts_on: dt.date, by: User
) -> TaraOfficer | None:
    """Name the lead or liaison officer from a day, ending the present one before it.

    Without an officer the part is free from that day: the ward team leader leads.
    """
    tara = lock(Tara.objects.filter(pk=tara.pk)).get()
    rules.check_is_open(tara, starts_on)
    if officer is not None:
        rules.check_in_post(officer, starts_on)
    rules.check_nobody_named_later(tara, kind, starts_on)
    present = TaraOfficer.objects.as_at(starts_on).filter(tara=tara, kind=kind).first()
    if present is not None:
        if officer is not None and present.officer_id == officer.pk:
            return present
        present.ends_on = day_before(starts_on)
        present.save(update_fields=["ends_on"])
    named = None
    if officer is not None:
        named = TaraOfficer.objects.create(
            tara=tara, kind=kind, officer=officer, starts_on=starts_on
        )
    audit.record(
        f"tara.{kind}_set",
        subject=tara,
        by=by,
        changes={
            "officer": [
                present.officer_id if present else None,
                officer.pk if officer else None,
            ],
            "starts_on": [None, str(starts_on)],
        },
    )
    return named


@transaction.atomic
def record_contact(
    *,
    tara: Tara,
    on: dt.date,
    kind: str,
    note: str,
    officer: Officer | None,
    by: User,
    token: uuid.UUID | None = None,
) -> TaraContact:
    """Record a meeting or another contact; the same `token` records once."""
    tara = lock(Tara.objects.filter(pk=tara.pk)).get()
    rules.check_has_happened(on)
    if token and (done := TaraContact.objects.filter(token=token).first()):
        return done
    contact = TaraContact.objects.create(
        tara=tara,
        on=on,
        kind=kind,
        note=note,
        officer=officer,
        recorded_by=by,
        token=token,
    )
    audit.record(
        "tara.contact_recorded",
        subject=tara,
        by=by,
        summary=contact.get_kind_display(),
        changes={"contact": [None, contact.pk], "on": [None, str(on)]},
    )
    return contact


def _area_sizes(tara: Tara) -> dict[str, int]:
    return {
        "streets": tara.streets.count(),
        "blocks": tara.blocks.count(),
        "patches": tara.patches.count(),
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return getattr(value, "pk", value)


@transaction.atomic
def send_tara_notice(*, tara: Tara, by: User, **given: Any) -> NoticeSending:
    """Send a notice to an association and keep that it was about it.

    `given` is what `officers.notices.services.send_notice` takes.
    """
    sending = send_notice(by=by, **given)
    TaraNotice.objects.get_or_create(tara=tara, sending=sending)
    return sending
