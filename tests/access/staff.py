"""What each role gets at the pages of officers, teams and assignments."""

from __future__ import annotations

from . import EVERYONE, INSIDE_LEADERS, LEADERS, WHOLE_SERVICE, Row, World, to

_CONFIRMABLE = {"step": "confirm"}


def _own(**more: int) -> dict:
    return to(INSIDE_LEADERS, other_leader=404, **more)


def _membership(world: World) -> list[int]:
    return [world.team.memberships.get(officer=world.officer).pk]


ROWS = [
    Row("officers:assignments:board", get=to(EVERYONE)),
    Row("officers:assignments:unassigned", get=to(EVERYONE)),
    Row(
        "officers:assignments:history",
        args=lambda world: [world.patch.pk],
        get=to(EVERYONE),
    ),
    Row(
        "officers:assignments:assign",
        args=lambda world: [world.patch.pk],
        get=_own(),
        post=_own(),
        data=lambda world: _CONFIRMABLE,
    ),
    Row(
        "officers:assignments:vacancy",
        args=lambda world: [world.patch.pk],
        get=_own(),
        post=_own(),
        data=lambda world: _CONFIRMABLE,
    ),
    Row("officers:assignments:cover", get=to(LEADERS), post=to(LEADERS)),
    Row("officers:assignments:bulk", get=to(LEADERS), post=to(LEADERS)),
    Row(
        "officers:assignments:done",
        args=lambda world: [world.assignment.pk],
        get=_own(),
    ),
    Row(
        "officers:assignments:cancel",
        args=lambda world: [world.assignment.pk],
        get=_own(),
        # It has been in force for long: refused, and said so.
        post=to(INSIDE_LEADERS, status=409, other_leader=404),
    ),
    Row(
        # The world's assignment is a lead: there is no cover to end.
        "officers:assignments:end_cover",
        args=lambda world: [world.assignment.pk],
        get=to((), **dict.fromkeys(LEADERS, 404)),
        post=to((), **dict.fromkeys(LEADERS, 404)),
    ),
    Row("officers:directory:list", get=to(EVERYONE)),
    Row(
        "officers:directory:detail",
        args=lambda world: [world.officer.pk],
        get=to(EVERYONE),
    ),
    Row("officers:directory:create", get=to(WHOLE_SERVICE), post=to(WHOLE_SERVICE)),
    Row(
        "officers:directory:edit",
        args=lambda world: [world.officer.pk],
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
    ),
    Row(
        "officers:directory:leave",
        args=lambda world: [world.officer.pk],
        get=_own(),
        post=_own(),
    ),
    # The world's officers have no pictures.
    Row(
        "officers:directory:photo",
        args=lambda world: [world.officer.pk],
        get=to((), others=404),
    ),
    Row(
        "officers:directory:signature",
        args=lambda world: [world.officer.pk],
        get=to((), others=404),
    ),
    Row("officers:teams:list", get=to(EVERYONE)),
    Row("officers:teams:detail", args=lambda world: [world.team.pk], get=to(EVERYONE)),
    Row("officers:teams:create", get=to(WHOLE_SERVICE), post=to(WHOLE_SERVICE)),
    *(
        Row(
            f"officers:teams:{name}",
            args=lambda world: [world.team.pk],
            get=to(WHOLE_SERVICE),
            post=to(WHOLE_SERVICE),
        )
        for name in ("edit", "give_ward", "add_member", "set_leader")
    ),
    Row(
        "officers:teams:end_membership",
        args=_membership,
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
    ),
]
