"""What each role gets at the pages where homes are moved by hand."""

from __future__ import annotations

from typing import Any

from patches.models import AlternativeKind, DesignAlternative, DesignUnit
from tests.factories.designs import DesignEditFactory, make_drawn_design

from . import EVERYONE, WHOLE_SERVICE, Row, World, to


def _by_hand(world: World, name: str = "Adjusted", **values: Any) -> DesignAlternative:
    """An alternative adjusted by hand, of a draft unless told otherwise."""
    found = DesignAlternative.objects.filter(design__name=name, kind="by_hand").first()
    if found is None:
        found = make_drawn_design(
            ward=world.ward, author=world.users["manager"], name=name, **values
        ).alternative
        found.kind = AlternativeKind.BY_HAND
        found.save()
        unit = DesignUnit.objects.filter(area__design=found.design).order_by("pk")[0]
        patch = found.patches.order_by("number")[0]
        DesignEditFactory(alternative=found, moves=[[unit.pk, patch.pk, patch.pk]])
    return found


def _alternative(world: World) -> list[Any]:
    found = _by_hand(world)
    return [found.design_id, found.number]


def _proposed(world: World) -> list[Any]:
    found = _by_hand(world, "Adjusted and proposed", status="proposed")
    return [found.design_id, found.number]


def _area(world: World) -> list[Any]:
    found = _by_hand(world)
    return [*_alternative(world), found.design.areas.get().number]


_EDITS = "patches:designs:edits"

ROWS = [
    Row(
        "patches:designs:alternative_copy",
        args=_alternative,
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
    ),
    Row(
        "patches:designs:alternative_remove",
        args=_alternative,
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE, status=302),
    ),
    Row("patches:designs:adjust", args=_alternative, get=to(WHOLE_SERVICE, status=302)),
    Row(
        "patches:designs:adjust_area",
        args=_area,
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
    ),
    Row("patches:designs:adjust_map", args=_area, get=to(WHOLE_SERVICE)),
    Row(
        "patches:designs:adjust_undo",
        args=_area,
        post=to(WHOLE_SERVICE, status=302),
    ),
    Row(
        "patches:designs:adjust_redo",
        args=_area,
        post=to(WHOLE_SERVICE, status=302),
    ),
    Row(_EDITS, args=_alternative, get=to(WHOLE_SERVICE, others=404)),
    Row(_EDITS, case="proposed", args=_proposed, get=to(EVERYONE)),
    Row(
        _EDITS,
        case="as a file",
        args=_proposed,
        query="format=csv",
        get=to(EVERYONE),
    ),
]
