"""May this person change this patch, or move these homes?"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from housingplus.common.permissions import Permission

from .models import Patch, PatchMove

if TYPE_CHECKING:
    from officers.accounts.models import User


def can_change_in(user: User, ward_id: int, run_ward_ids: Collection[int]) -> bool:
    """Whether the person may change patches and move homes in a ward."""
    return user.has_permission(Permission.MOVE_HOMES) and ward_id in run_ward_ids


def check_can_change_in(
    user: User, ward_id: int, run_ward_ids: Collection[int]
) -> None:
    """The ward is one of those the person runs (`officers…scope.wards_run_by`)."""
    if not can_change_in(user, ward_id, run_ward_ids):
        raise PermissionDenied("You can change patches of your own wards only.")


def can_undo(user: User, move: PatchMove, run_ward_ids: Collection[int]) -> bool:
    """Whether the person runs the wards of every patch the move touched."""
    if not user.has_permission(Permission.MOVE_HOMES):
        return False
    left = Patch.objects.filter(homes_moved_out__move=move).order_by()
    wards = set(left.values_list("ward", flat=True).distinct())
    if move.to_patch is not None:
        wards.add(move.to_patch.ward_id)
    return wards <= set(run_ward_ids)


def check_can_undo(user: User, move: PatchMove, run_ward_ids: Collection[int]) -> None:
    """The person runs the wards of every patch the move touched."""
    if not can_undo(user, move, run_ward_ids):
        raise PermissionDenied("You can undo moves in your own wards only.")
