"""What each role gets at the pages of homes, households and associations."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from housingplus.common.dates import today
from tests.factories.tenants import TaraNoticeFactory

from . import EVERYONE, INSIDE, INSIDE_LEADERS, LEADERS, OFFICERS, Row, World, to

OUTSIDE = {"analyst": 403, "other_officer": 404, "other_leader": 404}
NEEDS = {"letter_format": "large_print", "version": "0"}


def household(world: World) -> list[Any]:
    return [world.household.pk]


def marked(world: World) -> list[Any]:
    """The household, marked do not write."""
    household = world.household
    type(household).objects.filter(pk=household.pk).update(
        do_not_write=True, do_not_write_reason="Solicitor acts"
    )
    return [household.pk]


def safe(world: World) -> list[Any]:
    """The household, marked safe contact only."""
    household = world.household
    type(household).objects.filter(pk=household.pk).update(
        safe_contact_only=True, safe_contact_how="Telephone at work"
    )
    return [household.pk]


def tara(world: World) -> list[Any]:
    return [world.tara.pk]


def role(world: World) -> list[Any]:
    roles = world.tara.roles
    row = roles.first() or roles.create(
        name="Imran Dale", role="chair", starts_on=dt.date(2024, 1, 1)
    )
    return [world.tara.pk, row.pk]


def date(name: str, day: dt.date) -> dict[str, str]:
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


MARCH = dt.date(2026, 3, 3)


def tara_notice(world: World) -> list[Any]:
    row = world.tara.notices.first() or TaraNoticeFactory(
        tara=world.tara, sending__ward=world.ward
    )
    return [world.tara.pk, row.sending_id]


def tara_details(world: World) -> dict[str, str]:
    return {"name": "Oak Lane Residents", "ward": str(world.ward.pk), "version": "1"}


ROWS = [
    Row(
        "patches:properties:detail",
        args=lambda world: [world.home.pk],
        get=to(EVERYONE),
    ),
    Row(
        "patches:properties:detail",
        case="on a day",
        args=lambda world: [world.home.pk],
        query="as_at=2025-03-03",
        get=to(EVERYONE),
    ),
    Row("tenants:households:list", get=to(OFFICERS)),
    Row(
        "tenants:households:list",
        case="CSV",
        query="format=csv",
        get=to(OFFICERS),
    ),
    Row(
        "tenants:households:detail",
        args=household,
        get=to(INSIDE, **OUTSIDE),
    ),
    Row(
        "tenants:households:detail",
        case="of the other ward",
        args=lambda world: [world.other_household.pk],
        get=to(
            ("other_officer", "other_leader", "manager", "administrator"),
            officer=404,
            leader=404,
            analyst=403,
        ),
    ),
    Row(
        "tenants:households:edit_needs",
        args=household,
        data=lambda world: NEEDS,
        get=to(INSIDE, **OUTSIDE),
        post=to(INSIDE, status=302, **OUTSIDE),
    ),
    Row(
        "tenants:households:correspondence_address",
        args=household,
        data=lambda world: {"address": "4 Oak Lane", "version": "1"},
        get=to(INSIDE, **OUTSIDE),
        post=to(INSIDE, status=302, **OUTSIDE),
    ),
    Row(
        "tenants:households:do_not_write",
        args=household,
        data=lambda world: {
            "reason": "Solicitor acts",
            "version": "1",
            **date("review_on", today() + dt.timedelta(days=365)),
        },
        get=to(INSIDE, **OUTSIDE),
        post=to(INSIDE, status=302, **OUTSIDE),
    ),
    Row(
        "tenants:households:lift_do_not_write",
        args=marked,
        data=lambda world: {"reason": "Case closed", "version": "1"},
        get=to(INSIDE, **OUTSIDE),
        post=to(INSIDE, status=302, **OUTSIDE),
    ),
    Row(
        "tenants:households:safe_contact",
        args=household,
        data=lambda world: {
            "how": "Telephone at work",
            "version": "1",
            **date("review_on", today() + dt.timedelta(days=365)),
        },
        get=to(INSIDE, **OUTSIDE),
        post=to(INSIDE, status=302, **OUTSIDE),
    ),
    Row(
        "tenants:households:lift_safe_contact",
        args=safe,
        data=lambda world: {"reason": "They moved", "version": "1"},
        get=to(INSIDE, **OUTSIDE),
        post=to(INSIDE, status=302, **OUTSIDE),
    ),
    Row("tenants:taras:list", get=to(EVERYONE)),
    Row("tenants:taras:list", case="CSV", query="format=csv", get=to(EVERYONE)),
    Row(
        "tenants:taras:create",
        data=lambda world: tara_details(world) | {"token": str(uuid.uuid4())},
        get=to(LEADERS),
        # A leader of another ward may not choose this one: the form says so.
        post=to(INSIDE_LEADERS, status=302, other_leader=200),
    ),
    Row("tenants:taras:detail", args=tara, get=to(EVERYONE)),
    Row("tenants:taras:homes", args=tara, get=to(EVERYONE)),
    Row(
        "tenants:taras:edit",
        args=tara,
        data=tara_details,
        get=to(INSIDE_LEADERS),
        post=to(INSIDE_LEADERS, status=302),
    ),
    Row(
        "tenants:taras:area",
        args=tara,
        data=lambda world: {"patches": [str(world.patch.pk)], "version": "1"},
        get=to(INSIDE_LEADERS),
        post=to(INSIDE_LEADERS, status=302),
    ),
    Row(
        "tenants:taras:officer",
        args=tara,
        data=lambda world: {
            "kind": "liaison",
            "officer": str(world.officer.pk),
            **date("starts_on", MARCH),
        },
        get=to(INSIDE_LEADERS),
        post=to(INSIDE_LEADERS, status=302),
    ),
    Row(
        "tenants:taras:role_add",
        args=tara,
        data=lambda world: {
            "role": "chair",
            "name": "Imran Dale",
            "token": str(uuid.uuid4()),
            **date("starts_on", MARCH),
        },
        get=to(INSIDE_LEADERS),
        post=to(INSIDE_LEADERS, status=302),
    ),
    Row(
        "tenants:taras:role_end",
        args=role,
        data=lambda world: date("ends_on", MARCH),
        get=to(INSIDE_LEADERS),
        post=to(INSIDE_LEADERS, status=302),
    ),
    Row("tenants:taras:notices", args=tara, get=to(INSIDE)),
    Row("tenants:taras:notice_pdf", args=tara, get=to(EVERYONE)),
    Row(
        "tenants:taras:notice_send",
        args=tara,
        data=lambda world: {
            "recipients": "hello@tara.example",
            "on": MARCH,
            "since": MARCH,
            "token": str(uuid.uuid4()),
        },
        get=to(INSIDE_LEADERS),
        post=to(INSIDE_LEADERS),
    ),
    Row("tenants:taras:notice", args=tara_notice, get=to(INSIDE)),
    Row("tenants:taras:notice_sent_pdf", args=tara_notice, get=to(INSIDE)),
    Row(
        "tenants:taras:notice_again",
        args=tara_notice,
        post=to(INSIDE_LEADERS, status=302),
    ),
    Row(
        "tenants:taras:contact_add",
        args=tara,
        data=lambda world: {
            "kind": "meeting",
            "note": "Annual meeting",
            "token": str(uuid.uuid4()),
            **date("on", MARCH),
        },
        get=to(INSIDE),
        post=to(INSIDE, status=302),
    ),
]
