"""What each role gets at the pages of wards, patches, blocks and moves."""

from __future__ import annotations

import uuid

from housingplus.common.dates import today

from . import EVERYONE, INSIDE_LEADERS, LEADERS, Row, to


def _homes(world):
    return {"homes": str(world.home.pk)}


def _patch_form(world):
    return {
        "version": world.patch.version,
        "code": "KS-99",
        "ward": world.ward.pk,
        "band_min": 280,
        "band_max": 300,
        "starts_on_day": world.patch.starts_on.day,
        "starts_on_month": world.patch.starts_on.month,
        "starts_on_year": world.patch.starts_on.year,
    }


def _confirm(world):
    day = today()
    return {
        "step": "confirm",
        "homes": str(world.unplaced_home.pk),
        "token": uuid.uuid4(),
        "to_patch": world.patch.pk,
        "starts_on_day": day.day,
        "starts_on_month": day.month,
        "starts_on_year": day.year,
        "reason": "New homes",
    }


ROWS: list[Row] = [
    Row("patches:wards:list", get=to(EVERYONE)),
    Row("patches:wards:detail", args=lambda world: [world.ward.pk], get=to(EVERYONE)),
    Row("patches:wards:map", args=lambda world: [world.ward.pk], get=to(EVERYONE)),
    Row("patches:register:list", get=to(EVERYONE)),
    Row("patches:register:list", get=to(EVERYONE), query="format=csv", case="CSV"),
    Row("patches:register:unplaced", get=to(EVERYONE)),
    Row(
        "patches:register:detail", args=lambda world: [world.patch.pk], get=to(EVERYONE)
    ),
    Row("patches:register:walk", args=lambda world: [world.patch.pk], get=to(EVERYONE)),
    Row("patches:register:map", args=lambda world: [world.patch.pk], get=to(EVERYONE)),
    Row(
        "patches:properties:block",
        args=lambda world: [world.block.pk],
        get=to(EVERYONE),
    ),
    Row(
        "patches:register:create",
        get=to(LEADERS),
        post=to(INSIDE_LEADERS, status=302, other_leader=200),
        data=_patch_form,
    ),
    Row(
        "patches:register:edit",
        args=lambda world: [world.patch.pk],
        get=to(INSIDE_LEADERS),
        post=to(INSIDE_LEADERS, status=302),
        data=_patch_form,
    ),
    Row(
        "patches:register:close",
        args=lambda world: [world.vacant_patch.pk],
        get=to(INSIDE_LEADERS),
        post=to(INSIDE_LEADERS, status=302),
        data=lambda world: {"version": world.vacant_patch.version},
    ),
    Row(
        "patches:register:move_homes",
        get=to(LEADERS, status=302),
        post=to(INSIDE_LEADERS, other_leader=404),
        data=_homes,
        case="choosing",
    ),
    Row(
        "patches:register:move_homes",
        get=to(LEADERS, status=302),
        post=to(INSIDE_LEADERS, status=302, other_leader=404),
        data=_confirm,
        case="confirming",
    ),
    Row("patches:register:move_list", get=to(EVERYONE)),
    Row(
        "patches:register:move_detail",
        args=lambda world: [world.move.pk],
        get=to(EVERYONE),
    ),
    Row(
        "patches:register:move_undo",
        args=lambda world: [world.move.pk],
        post=to(INSIDE_LEADERS, status=302),
    ),
]
