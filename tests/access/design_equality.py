"""What each role gets at the equality check: measures without names."""

from __future__ import annotations

from typing import Any

from patches.models import PatchDesign
from tests.factories.designs import make_drawn_design

from . import WHOLE_SERVICE, Row, World, to

_MEASURES = to((*WHOLE_SERVICE, "analyst"))


def _made(world: World, name: str, **values: Any) -> list[Any]:
    found = PatchDesign.objects.filter(name=name).first()
    if found is None:
        found = make_drawn_design(
            ward=world.ward, author=world.users["manager"], name=name, **values
        ).design
    return [found.pk, 2]


def _proposed(world: World) -> list[Any]:
    return _made(world, "Proposed, to be checked", status="proposed")


ROWS = [
    Row("patches:designs:equality", args=_proposed, get=_MEASURES),
    Row(
        "patches:designs:equality",
        case="as a file",
        args=_proposed,
        query="format=csv",
        get=_MEASURES,
    ),
    Row(
        "patches:designs:equality",
        case="of a draft",
        args=lambda world: _made(world, "A draft to be checked"),
        get=to(WHOLE_SERVICE, others=404),
    ),
]
