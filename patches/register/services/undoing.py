"""Undoing a move while nothing else has happened to its homes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from housingplus.audit.services import record
from housingplus.common.dates import day_before, today
from housingplus.common.locking import lock
from patches.properties.models import Property
from patches.register import rules
from patches.register.models import MovedHome, Patch, PatchMembership, PatchMove
from patches.register.selectors.moves import count_homes_changed_since

from .moving import homes_changed

if TYPE_CHECKING:
    from officers.accounts.models import User


def undo_move(*, move: PatchMove, by: User) -> PatchMove:
    """Put the homes of a move back where they were.

    Until the end of its first day everything is exactly as before the move. Later
    the days in the new patch have been, so they stay in the history, and the homes
    are back in their former patches from today.
    """
    moved = MovedHome.objects.filter(move=move)
    home_ids = list(moved.values_list("property", flat=True))
    try:
        with transaction.atomic():
            return _undo(move, home_ids, by)
    except IntegrityError as error:
        raise homes_changed(home_ids) from error


def _undo(move: PatchMove, home_ids: list[int], by: User) -> PatchMove:
    patch_ids = set(
        MovedHome.objects.filter(move=move, from_patch__isnull=False)
        .order_by()
        .values_list("from_patch", flat=True)
        .distinct()
    )
    if move.to_patch_id is not None:
        patch_ids.add(move.to_patch_id)
    patches = {row.pk: row for row in lock(Patch.objects.filter(pk__in=patch_ids))}
    list(lock(Property.objects.filter(pk__in=home_ids)).values_list("pk"))
    move = PatchMove.objects.select_for_update(of=("self",)).get(pk=move.pk)
    day = today()
    rules.check_is_no_part_of_a_design(move, is_of_design=hasattr(move, "design_move"))
    rules.check_can_undo(move, changed_count=count_homes_changed_since(move))
    if move.starts_on >= day:
        _restore(move, patches)
    else:
        _send_back(move, patches, day)
    move.undone_at = timezone.now()
    move.undone_by = by
    move.save(update_fields=["undone_at", "undone_by"])
    record("homes.move_undone", subject=move, by=by, summary=f"Undid: {move}")
    return move


def _restore(move: PatchMove, patches: dict[int, Patch]) -> None:
    """Take away what the move began and give back what it shortened or replaced."""
    for patch_id, ends_on in _times_given_back(move):
        rules.check_patch_holds_until(patches[patch_id], ends_on)
    give_back_memberships([move.pk])
    PatchMembership.objects.bulk_create(
        PatchMembership(
            property_id=moved.property_id,
            patch=moved.from_patch,
            starts_on=move.starts_on,
            ends_on=moved.replaced_ends_on,
            reason=moved.replaced_reason,
            started_by_move_id=moved.replaced_move_id,
        )
        for moved in MovedHome.objects.filter(
            move=move, is_replaced=True, from_patch__isnull=False
        ).select_related("from_patch")
    )


def give_back_memberships(move_ids: Collection[int]) -> None:
    """Take away what moves began, then let run on what they ended."""
    PatchMembership.objects.filter(started_by_move__in=move_ids).delete()
    PatchMembership.objects.filter(ended_by_move__in=move_ids).update(
        ends_on=F("ends_on_before_move"), ends_on_before_move=None, ended_by_move=None
    )


def _times_given_back(move: PatchMove) -> set[tuple[int, dt.date | None]]:
    """Return the patches homes return to, each with the last day they had there."""
    moved = MovedHome.objects.filter(move=move, is_replaced=True)
    shortened = PatchMembership.objects.filter(ended_by_move=move).order_by()
    return {
        *moved.order_by().values_list("from_patch", "replaced_ends_on").distinct(),
        *shortened.values_list("patch", "ends_on_before_move").distinct(),
    }


def _send_back(move: PatchMove, patches: dict[int, Patch], day: dt.date) -> None:
    """End the homes' time in the new patch yesterday; the former begins again today."""
    back = [
        (row.property_id, patches[row.from_patch_id])
        for row in MovedHome.objects.filter(move=move)
        if row.from_patch_id is not None
    ]
    for patch in {patch.pk: patch for _, patch in back}.values():
        rules.check_patch_can_take_back(patch, day)
    PatchMembership.objects.filter(started_by_move=move).update(ends_on=day_before(day))
    PatchMembership.objects.bulk_create(
        PatchMembership(
            property_id=property_id,
            patch=patch,
            starts_on=day,
            ends_on=patch.ends_on,
            reason=f"Undoing: {move.reason}"[:300],
        )
        for property_id, patch in back
    )
