"""What each role gets at the pages of rules and barriers of designs."""

from __future__ import annotations

from typing import Any

from patches.models import BarrierSet
from tests.factories.designs import BarrierSetFactory

from . import EVERYONE, WHOLE_SERVICE, Row, World, to


def _barriers(world: World) -> list[Any]:
    made = BarrierSet.objects.first() or BarrierSetFactory()
    return [made.pk]


ROWS = [
    Row("patches:designs:barrier_list", get=to(EVERYONE)),
    Row(
        "patches:designs:barrier_upload", get=to(WHOLE_SERVICE), post=to(WHOLE_SERVICE)
    ),
    Row("patches:designs:barrier_detail", args=_barriers, get=to(EVERYONE)),
    Row("patches:designs:barrier_map", args=_barriers, get=to(EVERYONE)),
    Row(
        "patches:designs:barrier_archive",
        args=_barriers,
        post=to(WHOLE_SERVICE, status=302),
    ),
]
