"""Moving homes of many patches at once, as one plan, and taking all of it back."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from housingplus.audit.services import record, record_many
from housingplus.common.counting import plural
from housingplus.common.dates import long_date
from patches.register.errors import UndoRefused
from patches.register.models import MovedHome, Patch, PatchMembership, PatchMove
from patches.register.rules import Departure

from .moving import change_memberships
from .undoing import give_back_memberships

if TYPE_CHECKING:
    from officers.accounts.models import User

# Values in one statement: SQLite takes so many.
_AT_ONCE = 10_000


def move_groups(
    groups: Iterable[tuple[Patch | None, Sequence[Departure]]],
    *,
    starts_on: dt.date,
    reason: str,
    by: User | None,
) -> list[PatchMove]:
    """Move homes to each of several patches from a day; one move for each.

    In the caller's transaction: it has locked the patches and the homes, and checked
    that every home may go where it goes.
    """
    moves = []
    for to_patch, departures in groups:
        for start in range(0, len(departures), _AT_ONCE):
            part = departures[start : start + _AT_ONCE]
            move = PatchMove.objects.create(
                moved_by=by,
                to_patch=to_patch,
                starts_on=starts_on,
                reason=reason[:300],
                token=uuid.uuid4(),
                home_count=len(part),
            )
            change_memberships(move, part)
            left = sorted({row.from_patch_id for row in part if row.from_patch_id})
            record(
                "homes.moved",
                subject=move,
                by=by,
                summary=f"{move} from {long_date(starts_on)}",
                changes={"patch": [left, move.to_patch_id]},
            )
            moves.append(move)
    return moves


def take_back_moves(moves: Collection[PatchMove], *, by: User | None) -> None:
    """Take planned moves back as if they had never been made, all of them or none.

    In the caller's transaction, with the patches locked. Nothing may have happened to
    the homes since. What stays is what was recorded.
    """
    ids = [move.pk for move in moves]
    changed = _count_changed(ids)
    if changed:
        homes = plural(changed, "home has", "homes have")
        raise UndoRefused(
            f"Since then {homes} been moved again, or planned to move. Undo those "
            "moves first."
        )
    give_back_memberships(ids)
    MovedHome.objects.filter(move__in=ids).delete()
    record_many("homes.move_undone", subjects=moves, by=by, summary="Plan cancelled")
    PatchMove.objects.filter(pk__in=ids).delete()


def _count_changed(move_ids: Collection[int]) -> int:
    """Return how many homes are no longer as the moves left them."""
    moved = MovedHome.objects.filter(move__in=move_ids)
    begun = PatchMembership.objects.filter(
        started_by_move__in=move_ids, ended_by_move=None, ends_on=None
    )
    ended = PatchMembership.objects.filter(ended_by_move__in=move_ids)
    return max(
        moved.filter(move__to_patch__isnull=False).count() - begun.count(),
        moved.filter(from_patch__isnull=False).count() - ended.count(),
    )
