"""What each role gets on the way of a design from proposal to publication."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from housingplus.common.dates import today
from patches.design.models import DesignComment, DesignStatus, PatchDesign
from tests.factories.designs import DesignCommentFactory, make_drawn_design

from . import EVERYONE, OFFICERS, WHOLE_SERVICE, Row, World, to

_DRAWING = to(WHOLE_SERVICE)
_ALL = dict.fromkeys(EVERYONE, 200)


def _made(world: World, status: DesignStatus, **values: Any) -> list[Any]:
    name = f"Deciding {status}"
    found = PatchDesign.objects.filter(name=name).first()
    if found is None:
        found = make_drawn_design(
            name=name,
            ward=world.ward,
            author=world.users["manager"],
            status=status,
            **values,
        ).design
    return [found.pk]


def _draft(world: World) -> list[Any]:
    return _made(world, DesignStatus.DRAFT)


def _proposed(world: World) -> list[Any]:
    return _made(world, DesignStatus.PROPOSED)


def _approved(world: World) -> list[Any]:
    return _made(world, DesignStatus.APPROVED)


def _scheduled(world: World) -> list[Any]:
    return _made(
        world, DesignStatus.SCHEDULED, starts_on=today() + dt.timedelta(days=30)
    )


def _comment(world: World) -> list[Any]:
    (pk,) = _proposed(world)
    comment = DesignComment.objects.filter(design=pk).first()
    if comment is None:
        design = PatchDesign.objects.get(pk=pk)
        comment = DesignCommentFactory(design=design, made_by=world.users["leader"])
    return [pk, comment.pk]


ROWS = [
    Row(
        "patches:designs:choose",
        args=lambda world: [*_draft(world), 2],
        post=to(WHOLE_SERVICE, status=302),
    ),
    Row(
        "patches:designs:propose",
        args=_draft,
        get=_DRAWING,
        post=_DRAWING,
    ),
    Row("patches:designs:send_back", args=_proposed, get=_DRAWING, post=_DRAWING),
    Row("patches:designs:approve", args=_proposed, get=_DRAWING, post=_DRAWING),
    Row("patches:designs:withdraw", args=_draft, get=_DRAWING, post=_DRAWING),
    Row("patches:designs:comments", args=_proposed, get=_ALL),
    Row(
        "patches:designs:comment_add",
        args=_proposed,
        get=to(OFFICERS),
        post=to(OFFICERS),
        data=lambda world: {"token": str(uuid.uuid4())},
    ),
    Row(
        "patches:designs:comment_answer",
        args=_comment,
        get=_DRAWING,
        post=_DRAWING,
    ),
    Row("patches:designs:leads", args=_approved, get=_ALL, post=_DRAWING),
    Row("patches:designs:publish", args=_approved, get=_DRAWING, post=_DRAWING),
    Row(
        "patches:designs:publish_homes",
        args=lambda world: [*_approved(world), "moving"],
        query=f"starts_on={(today() + dt.timedelta(days=40)).isoformat()}",
        get=_DRAWING,
    ),
    Row(
        "patches:designs:cancel_publication",
        args=_scheduled,
        get=_DRAWING,
        post=_DRAWING,
    ),
    Row("patches:designs:successions", args=_scheduled, get=_ALL),
    Row(
        "patches:designs:where",
        args=lambda world: [world.patch.pk],
        get=_ALL,
    ),
    Row("patches:designs:follows", args=_scheduled, get=_ALL),
    Row("patches:designs:officer_changes", args=_scheduled, get=_ALL),
    Row("patches:designs:briefing", args=_scheduled, get=_ALL),
    Row(
        "patches:designs:ward_briefing",
        args=lambda world: [*_scheduled(world), world.ward.pk],
        get=_ALL,
    ),
    Row("patches:designs:officers_to_tell", args=_scheduled, get=_ALL),
    Row("patches:designs:hand_over", args=_scheduled, get=_ALL),
]
