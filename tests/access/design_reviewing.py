"""What each role gets at the pages that look back at designs and ahead of drift."""

from __future__ import annotations

from . import EVERYONE, Row, to

ROWS = [
    Row("patches:designs:actual", get=to(EVERYONE)),
    Row("patches:designs:actual_patches", get=to(EVERYONE)),
    Row(
        "patches:designs:actual_patch",
        args=lambda world: [world.patch.pk],
        get=to(EVERYONE),
    ),
    Row("patches:designs:drift", get=to(EVERYONE)),
]
