"""The table of every address × role × GET and POST (issue 1, RELIABILITY S1 and S2).

Each module of this package declares `ROWS`; `tests/test_access.py` runs them all and
fails on an address without a row. A row speaks of a record in the ward of `world`, so
"outside scope" is what `other_officer` and `other_leader` get for the same record.

    ROWS = [
        Row("patches:register:list", get=to(EVERYONE)),
        Row(
            "patches:register:detail",
            args=lambda world: [world.patch.pk],
            get=to(EVERYONE),
        ),
        Row(
            "tenants:households:edit_needs",
            args=lambda world: [world.household.pk],
            get=to(INSIDE, analyst=403, other_officer=404, other_leader=404),
            post=to(INSIDE, analyst=403, other_officer=404, other_leader=404),
        ),
    ]

`get` or `post` left out means the method is refused: 405, or 403 or 404 before it
comes to that. Signed-out people are sent to sign in, whatever the method, unless the
row is `public`. After each request the database is as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .world import World, build_world

ROLES = (
    "officer",
    "other_officer",
    "leader",
    "other_leader",
    "manager",
    "analyst",
    "administrator",
)
EVERYONE = ROLES
WHOLE_SERVICE = ("manager", "administrator")
LEADERS = ("leader", "other_leader", *WHOLE_SERVICE)
OFFICERS = ("officer", "other_officer", *LEADERS)
# Those whose scope the world's ward, patch and household are in.
INSIDE_LEADERS = ("leader", *WHOLE_SERVICE)
INSIDE = ("officer", *INSIDE_LEADERS)

REFUSED = frozenset({403, 404, 405})

Statuses = Mapping[str, int | Collection[int]]


@dataclass(frozen=True)
class Row:
    """What each role gets at one address."""

    name: str
    args: Callable[[World], list[Any]] = field(default=lambda world: [])
    kwargs: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    get: Statuses | None = None
    post: Statuses | None = None
    query: str = ""
    data: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    public: bool = False
    case: str = ""

    @property
    def label(self) -> str:
        return f"{self.name} {self.case}".strip()


def to(
    roles: Iterable[str],
    *,
    status: int | Collection[int] = 200,
    others: int = 403,
    **exceptions: int | Collection[int],
) -> dict[str, int | Collection[int]]:
    """Return `status` for the given roles, `others` for the rest, then exceptions."""
    allowed = set(roles)
    unknown = (allowed | set(exceptions)) - set(ROLES)
    if unknown:
        raise ValueError(f"No such roles: {', '.join(sorted(unknown))}")
    return {
        role: exceptions.get(role, status if role in allowed else others)
        for role in ROLES
    }


__all__ = [
    "EVERYONE",
    "INSIDE",
    "INSIDE_LEADERS",
    "LEADERS",
    "OFFICERS",
    "REFUSED",
    "ROLES",
    "WHOLE_SERVICE",
    "Row",
    "Statuses",
    "World",
    "build_world",
    "to",
]
