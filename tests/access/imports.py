"""What each role gets at the pages of imports."""

from __future__ import annotations

import uuid

from . import WHOLE_SERVICE, Row, to


def _batch(world):
    return [world.batch.pk]


ROWS = [
    Row("imports:list", get=to(WHOLE_SERVICE)),
    Row(
        "imports:upload",
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
        data=lambda world: {"kind": "properties", "token": uuid.uuid4()},
    ),
    Row("imports:help", get=to(WHOLE_SERVICE)),
    Row(
        "imports:template",
        args=lambda world: ["properties", "csv"],
        get=to(WHOLE_SERVICE),
    ),
    Row("imports:detail", args=_batch, get=to(WHOLE_SERVICE)),
    # The world's list has no file any more, so these lead back to it.
    Row(
        "imports:columns",
        args=_batch,
        get=to(WHOLE_SERVICE, status=302),
        post=to(WHOLE_SERVICE, status=302),
    ),
    Row("imports:progress", args=_batch, get=to(WHOLE_SERVICE, status=302)),
    Row(
        "imports:confirm",
        args=_batch,
        get=to(WHOLE_SERVICE, status=302),
        post=to(WHOLE_SERVICE, status=302),
    ),
    Row("imports:cancel", args=_batch, post=to(WHOLE_SERVICE, status={302, 409})),
    Row("imports:start_again", args=_batch, post=to(WHOLE_SERVICE, status={302, 409})),
    Row(
        "imports:failed_rows",
        args=lambda world: [world.batch.pk, "csv"],
        get=to(WHOLE_SERVICE, status=404),
    ),
]
