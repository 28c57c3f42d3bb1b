"""What each role gets at the pages of councillors, drop-ins and notices to print."""

from __future__ import annotations

import datetime as dt
import uuid

from housingplus.common.dates import today
from officers.models import Councillor, DropIn, NoticeSending
from tests.factories.officers import (
    CouncillorFactory,
    DropInFactory,
    NoticeDeliveryFactory,
    NoticeSendingFactory,
)

from . import EVERYONE, INSIDE_LEADERS, LEADERS, Row, World, to


def _councillor(world: World) -> Councillor:
    found = Councillor.objects.filter(ward=world.ward, name="Cllr Ada Weir").first()
    return found or CouncillorFactory(ward=world.ward, name="Cllr Ada Weir")


def _drop_in(world: World) -> DropIn:
    return DropIn.objects.filter(ward=world.ward).first() or DropInFactory(
        ward=world.ward
    )


def _to_come(world: World) -> list[int]:
    later = today() + dt.timedelta(days=30)
    found = Councillor.objects.filter(ward=world.ward).upcoming().first()
    return [(found or CouncillorFactory(ward=world.ward, starts_on=later)).pk]


def _to_come_drop_in(world: World) -> list[int]:
    later = today() + dt.timedelta(days=30)
    found = DropIn.objects.filter(ward=world.ward).upcoming().first()
    return [(found or DropInFactory(ward=world.ward, starts_on=later)).pk]


def _day(name: str) -> dict[str, int]:
    day = today()
    return {
        f"{name}_day": day.day,
        f"{name}_month": day.month,
        f"{name}_year": day.year,
    }


def _councillor_form(world: World) -> dict:
    return {
        "ward": world.ward.pk,
        "token": uuid.uuid4(),
        "version": 1,
        "name": "Cllr Bo Rowe",
        **_day("starts_on"),
    }


def _drop_in_form(world: World) -> dict:
    return {
        "ward": world.ward.pk,
        "token": uuid.uuid4(),
        "version": 1,
        "place": "Library",
        "weekday": 2,
        "opens_at": "10am",
        "closes_at": "12:30pm",
        **_day("starts_on"),
    }


def _ward(world: World) -> list[int]:
    return [world.ward.pk]


def _sending(world: World) -> NoticeSending:
    found = NoticeSending.objects.filter(ward=world.ward, kind="briefing").first()
    if found is None:
        found = NoticeSendingFactory(ward=world.ward)
        failed = NoticeDeliveryFactory(recipient__sending=found)
        NoticeDeliveryFactory(recipient=failed.recipient, step="failed")
    return found


def _briefing_form(world: World) -> dict:
    return {
        "recipients": _councillor(world).email.casefold(),
        "on": today(),
        "since": today(),
        "token": uuid.uuid4(),
    }


def _own(status: int = 200) -> dict:
    return to(INSIDE_LEADERS, status=status, other_leader=404)


ROWS = [
    Row("officers:notices:ward", args=lambda world: [world.ward.pk], get=to(EVERYONE)),
    Row(
        "officers:notices:pdf",
        args=lambda world: [world.ward.pk, "all"],
        get=to(EVERYONE),
    ),
    Row("officers:notices:places", args=_ward, get=to(EVERYONE)),
    # Nothing is ticked: back to the page that asks.
    Row("officers:notices:places_pdf", args=_ward, get=to(EVERYONE, status=302)),
    Row("officers:notices:sent_list", args=_ward, get=to(EVERYONE)),
    Row(
        "officers:notices:brief",
        args=_ward,
        get=to(INSIDE_LEADERS),
        post=to(INSIDE_LEADERS),
        data=_briefing_form,
    ),
    Row(
        "officers:notices:sent",
        args=lambda world: [_sending(world).pk],
        get=to(EVERYONE),
    ),
    Row(
        "officers:notices:sent_pdf",
        args=lambda world: [_sending(world).pk],
        get=to(EVERYONE),
    ),
    Row(
        "officers:notices:sent_again",
        args=lambda world: [_sending(world).pk],
        post=to(INSIDE_LEADERS, status=302),
    ),
    Row("officers:councillors:list", get=to(EVERYONE)),
    Row(
        "officers:councillors:list",
        get=to(EVERYONE),
        query="format=csv",
        case="CSV",
    ),
    Row(
        "officers:councillors:detail",
        args=lambda world: [_councillor(world).pk],
        get=to(EVERYONE),
    ),
    Row(
        "officers:councillors:create",
        get=to(LEADERS),
        # Another ward is no choice: the form says so.
        post=to(INSIDE_LEADERS, status=302, other_leader=200),
        data=_councillor_form,
    ),
    Row(
        "officers:councillors:edit",
        args=lambda world: [_councillor(world).pk],
        get=_own(),
        post=_own(302),
        data=_councillor_form,
    ),
    Row(
        "officers:councillors:end",
        args=lambda world: [_councillor(world).pk],
        get=_own(),
        post=_own(302),
        data=lambda world: _day("ends_on"),
    ),
    Row("officers:councillors:remove", args=_to_come, post=_own(302)),
    Row("officers:drop_ins:list", get=to(EVERYONE)),
    Row(
        "officers:drop_ins:create",
        get=to(LEADERS),
        post=to(INSIDE_LEADERS, status=302, other_leader=200),
        data=_drop_in_form,
    ),
    Row(
        "officers:drop_ins:edit",
        args=lambda world: [_drop_in(world).pk],
        get=_own(),
        post=_own(302),
        data=_drop_in_form,
    ),
    Row("officers:drop_ins:remove", args=_to_come_drop_in, post=_own(302)),
]
