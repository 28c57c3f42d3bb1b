"""What each role gets at the pages of designs: made, drawn, compared."""

from __future__ import annotations

from typing import Any

from patches.models import DesignHome, DesignPatch, PatchDesign
from tests.factories.designs import AssumptionSetFactory, make_drawn_design

from . import EVERYONE, WHOLE_SERVICE, Row, World, to

_OTHERS = 404
# A draft is there for those who draw; a proposed design for everybody.
_DRAFT = to(WHOLE_SERVICE, others=_OTHERS)

_EXPORT = to(EVERYONE)


def _made(world: World, name: str, **values: Any) -> PatchDesign:
    found = PatchDesign.objects.filter(name=name).first()
    if found is None:
        found = make_drawn_design(
            ward=world.ward, author=world.users["manager"], name=name, **values
        ).design
    return found


def _draft(world: World) -> list[Any]:
    return [_made(world, "A draft").pk]


def _undrawn(world: World) -> list[Any]:
    design = _made(world, "Not drawn")
    PatchDesign.objects.filter(pk=design.pk).update(drawn_at=None)
    return [design.pk]


def _proposed(world: World) -> list[Any]:
    return [_made(world, "A proposal", status="proposed").pk]


def _alternative(world: World) -> list[Any]:
    """An alternative of a proposed design: its key and number."""
    return [*_proposed(world), 2]


def _patch(world: World) -> list[Any]:
    pk, number = _alternative(world)
    patch = DesignPatch.objects.filter(
        alternative__design=pk, alternative__number=number
    ).first()
    return [pk, number, patch.pk]


def _draft_patch(world: World) -> list[Any]:
    (pk,) = _draft(world)
    patch = DesignPatch.objects.filter(alternative__design=pk).first()
    return [pk, patch.alternative.number, patch.pk]


def _home(world: World) -> list[Any]:
    pk, number = _alternative(world)
    return [pk, number, DesignHome.objects.filter(design=pk).first().property_id]


def _answers(world: World) -> dict[str, Any]:
    return {"assumptions": AssumptionSetFactory().pk, "name": "Spring"}


ROWS = [
    Row("patches:designs:list", get=to(EVERYONE)),
    Row("patches:designs:create", get=to(WHOLE_SERVICE)),
    Row(
        "patches:designs:create_for",
        args=lambda world: ["wards"],
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
        data=_answers,
    ),
    Row("patches:designs:detail", args=_draft, get=_DRAFT),
    Row("patches:designs:detail", case="undrawn", args=_undrawn, get=_DRAFT),
    Row("patches:designs:detail", case="proposed", args=_proposed, get=to(EVERYONE)),
    Row(
        "patches:designs:edit",
        args=_undrawn,
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
    ),
    Row(
        "patches:designs:copy",
        args=_draft,
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
    ),
    Row(
        "patches:designs:draw",
        args=_draft,
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE, status=302),
    ),
    Row(
        "patches:designs:cancel_drawing",
        args=_draft,
        post=to(WHOLE_SERVICE, status=302),
    ),
    Row(
        "patches:designs:progress",
        args=_draft,
        get=to(WHOLE_SERVICE, status=302),
    ),
    Row("patches:designs:no_coordinates", args=_undrawn, get=to(WHOLE_SERVICE)),
    Row("patches:designs:compare_csv", args=_proposed, get=_EXPORT),
    Row("patches:designs:eye", args=_proposed, get=to(EVERYONE)),
    Row("patches:designs:alternative", args=_alternative, get=to(EVERYONE)),
    Row(
        "patches:designs:alternative",
        case="of a draft",
        args=lambda world: [*_draft(world), 2],
        get=_DRAFT,
    ),
    Row(
        "patches:designs:alternative",
        case="as a file",
        args=_alternative,
        query="format=csv",
        get=_EXPORT,
    ),
    Row("patches:designs:summary", args=_alternative, get=to(EVERYONE)),
    Row("patches:designs:alternative_map", args=_alternative, get=to(EVERYONE)),
    Row("patches:designs:changes_map", args=_alternative, get=to(EVERYONE)),
    Row("patches:designs:split_streets", args=_alternative, get=to(EVERYONE)),
    Row("patches:designs:homes", args=_alternative, get=to(EVERYONE)),
    Row(
        "patches:designs:homes",
        case="as a file",
        args=_alternative,
        query="format=csv",
        get=_EXPORT,
    ),
    Row("patches:designs:home", args=_home, get=to(EVERYONE)),
    Row("patches:designs:patch", args=_patch, get=to(EVERYONE)),
    Row("patches:designs:patch_map", args=_patch, get=to(EVERYONE)),
    Row(
        "patches:designs:patch_band",
        args=_draft_patch,
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
    ),
]
