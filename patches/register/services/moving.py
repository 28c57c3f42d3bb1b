"""Moving homes from patch to patch, or out of their patch, from a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from housingplus.audit.services import record
from housingplus.common.bulk import insert_rows
from housingplus.common.dates import day_before, long_date, today
from housingplus.common.locking import lock
from patches.properties.models import Property
from patches.register import rules
from patches.register.errors import HomesChanged
from patches.register.models import MovedHome, Patch, PatchMembership, PatchMove
from patches.register.selectors.moves import (
    fingerprint,
    latest_move_of,
    list_positions,
)

if TYPE_CHECKING:
    from officers.accounts.models import User


def move_homes(
    *,
    properties: Collection[int],
    to_patch: Patch | None,
    starts_on: dt.date,
    reason: str,
    token: UUID,
    by: User | None,
    ward_ids: Collection[int] | None = None,
    seen: str = "",
) -> PatchMove:
    """Move homes (their ids) to a patch, or out of theirs when `to_patch` is None.

    `ward_ids` are the wards of the patch's ward team, where its homes may lie; not
    given, only the patch's own ward. `seen` is the fingerprint of the positions the
    person decided on: when somebody moved one of the homes since, this is refused
    with who and when. The same `token` again returns the move already made.
    """
    home_ids = sorted(set(properties))
    rules.check_number_of_homes(len(home_ids))
    try:
        with transaction.atomic():
            return _move(
                home_ids, to_patch, starts_on, reason.strip(), token, by, ward_ids, seen
            )
    except IntegrityError as error:
        if made := PatchMove.objects.filter(token=token).first():
            return made
        raise homes_changed(home_ids) from error


def _move(
    home_ids: list[int],
    to_patch: Patch | None,
    starts_on: dt.date,
    reason: str,
    token: UUID,
    by: User | None,
    ward_ids: Collection[int] | None,
    seen: str,
) -> PatchMove:
    locked = _lock_patches(home_ids, to_patch, starts_on)
    list(lock(Property.objects.filter(pk__in=home_ids)).values_list("pk"))
    if made := PatchMove.objects.filter(token=token).first():
        return made
    rules.check_move_date(starts_on, today())
    if to_patch is not None:
        to_patch = locked[to_patch.pk]
        rules.check_patch_takes_homes(to_patch, starts_on)
    positions = list_positions(home_ids, starts_on)
    if seen and fingerprint(positions) != seen:
        raise homes_changed(home_ids)
    _check_each(positions, to_patch, starts_on, ward_ids)
    move = PatchMove.objects.create(
        moved_by=by,
        to_patch=to_patch,
        starts_on=starts_on,
        reason=reason,
        token=token,
        home_count=len(positions),
    )
    change_memberships(move, [_departure(row, starts_on) for row in positions])
    record(
        "homes.moved",
        subject=move,
        by=by,
        summary=f"{move} from {long_date(starts_on)}",
        changes={"patch": [sorted(_patches_left(positions)), move.to_patch_id]},
    )
    return move


def _lock_patches(
    home_ids: list[int], to_patch: Patch | None, starts_on: dt.date
) -> dict[int, Patch]:
    """Lock every patch the move touches, in primary key order, before looking."""
    left = PatchMembership.objects.from_day(starts_on).filter(property__in=home_ids)
    ids = set(left.order_by().values_list("patch", flat=True).distinct())
    if to_patch is not None:
        ids.add(to_patch.pk)
    return {patch.pk: patch for patch in lock(Patch.objects.filter(pk__in=ids))}


def _check_each(
    positions: Sequence[rules.Position],
    to_patch: Patch | None,
    starts_on: dt.date,
    ward_ids: Collection[int] | None,
) -> None:
    if ward_ids is None:
        ward_ids = {to_patch.ward_id} if to_patch else set()
    refused = [
        (position.home, why)
        for position in positions
        if (
            why := rules.why_not_move(
                position, to_patch=to_patch, starts_on=starts_on, ward_ids=ward_ids
            )
        )
    ]
    rules.check_homes_can_move(refused, asked_count=len(positions))


def change_memberships(move: PatchMove, leaving: Sequence[rules.Departure]) -> None:
    """End what runs the day before, take the place of what began that day, start.

    The homes and patches are locked, and every rule of moving has been checked.
    """
    replaced = [row.replaced.pk for row in leaving if row.replaced is not None]
    shortened = [
        row.membership_id
        for row in leaving
        if row.membership_id is not None and row.replaced is None
    ]
    PatchMembership.objects.filter(pk__in=replaced).delete()
    PatchMembership.objects.filter(pk__in=shortened).update(
        ends_on=day_before(move.starts_on),
        ends_on_before_move=F("ends_on"),
        ended_by_move=move,
    )
    insert_rows(
        MovedHome,
        [
            "move",
            "property",
            "from_patch",
            "is_replaced",
            "replaced_ends_on",
            "replaced_reason",
            "replaced_move",
        ],
        (_moved_home(move, row) for row in leaving),
    )
    if move.to_patch_id is not None:
        insert_rows(
            PatchMembership,
            ["property", "patch", "starts_on", "reason", "started_by_move"],
            (
                (row.home_id, move.to_patch_id, move.starts_on, move.reason, move.pk)
                for row in leaving
            ),
        )


def _departure(position: rules.Position, starts_on: dt.date) -> rules.Departure:
    running = position.membership
    return rules.Departure(
        home_id=position.home.pk,
        membership_id=running.pk if running else None,
        from_patch_id=position.patch_id,
        replaced=running if running and running.starts_on == starts_on else None,
    )


def _moved_home(move: PatchMove, row: rules.Departure) -> tuple[object, ...]:
    kept = row.replaced
    return (
        move.pk,
        row.home_id,
        row.from_patch_id,
        kept is not None,
        kept.ends_on if kept else None,
        kept.reason if kept else "",
        kept.started_by_move_id if kept else None,
    )


def _patches_left(positions: Sequence[rules.Position]) -> set[int]:
    return {row.patch_id for row in positions if row.patch_id is not None}


def homes_changed(home_ids: Collection[int]) -> HomesChanged:
    """Return the refusal that says who moved some of the homes first, and when."""
    move = latest_move_of(home_ids)
    if move is None:
        return HomesChanged(
            "Somebody else changed some of these homes while you were deciding. Look "
            "at where they are now, then go on."
        )
    if move.undone_at is not None:
        at = timezone.localtime(move.undone_at)
        what = f"{move.undone_by} undid a move of some of these homes"
    else:
        at = timezone.localtime(move.moved_at)
        where = move.to_patch or "no patch"
        what = f"{move.moved_by or 'An import'} moved some of these homes to {where}"
    return HomesChanged(
        f"{what} on {long_date(at)} at {at:%H:%M}. Look at where they are now, then "
        "go on."
    )
