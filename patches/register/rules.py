"""Rules of patches in force and of moving homes between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from housingplus.common.counting import plural
from housingplus.common.dates import long_date

from .errors import MoveRefused, PatchRefused, UndoRefused

if TYPE_CHECKING:
    from patches.properties.models import Property
    from patches.wards.models import Ward

    from .models import Patch, PatchBand, PatchMembership, PatchMove

# One act is one transaction, and SQLite takes so many values in one query.
MOST_HOMES = 30_000
# A mistyped year is likelier than a plan this far ahead.
FURTHEST_DAYS = 366 * 2


@dataclass(frozen=True)
class Position:
    """Where one home is on the day of a move, and what is planned for it after."""

    home: Property
    is_managed: bool
    membership: PatchMembership | None
    later: PatchMembership | None

    @property
    def patch_id(self) -> int | None:
        return self.membership.patch_id if self.membership else None

    @property
    def patch(self) -> Patch | None:
        return self.membership.patch if self.membership else None


@dataclass(frozen=True, slots=True)
class Departure:
    """A home that moves: which time in which patch ends, if it has one.

    `replaced` is that time where it began on the very day, so that the move takes its
    place.
    """

    home_id: int
    membership_id: int | None
    from_patch_id: int | None
    replaced: PatchMembership | None = None


def check_move_date(starts_on: dt.date, today: dt.date) -> None:
    """A move starts today or later, at most two years ahead.

    Who answered on a past day, and the letters that said so, stay as they were; a
    mistake found late is put right from today.
    """
    if starts_on < today:
        raise MoveRefused(
            "Moves cannot start in the past. Choose today or a later date.",
            field="starts_on",
        )
    if (starts_on - today).days > FURTHEST_DAYS:
        raise MoveRefused("Choose a date within the next two years.", field="starts_on")


def check_patch_takes_homes(patch: Patch, starts_on: dt.date) -> None:
    """Homes move only into a patch in force that day and with no last day set."""
    if patch.starts_on > starts_on:
        raise MoveRefused(
            f"{patch} is only in force from {long_date(patch.starts_on)}. Choose that "
            "date or later, or another patch.",
            field="to_patch",
        )
    if patch.ends_on is not None:
        verb = "closed" if patch.ends_on < starts_on else "closes"
        raise MoveRefused(
            f"{patch} {verb} on {long_date(patch.ends_on)}. Choose another patch.",
            field="to_patch",
        )


def why_not_move(
    position: Position,
    *,
    to_patch: Patch | None,
    starts_on: dt.date,
    ward_ids: Collection[int],
) -> str:
    """Return why one home cannot move, or nothing when it can.

    A home moves only if it is under management that day, lies in a ward of the
    patch's ward team, is not there already, and has no later planned move.
    """
    if not position.is_managed:
        return f"is not managed on {long_date(starts_on)}"
    if to_patch is not None and position.home.ward_id not in ward_ids:
        return f"lies in {position.home.ward}, outside the patch's ward team"
    if position.patch_id == (to_patch.pk if to_patch else None):
        return "is already there" if to_patch else "has no patch already"
    if position.later is not None:
        where, day = position.later.patch, long_date(position.later.starts_on)
        return f"has a planned move to {where} from {day}"
    ending = position.membership
    if ending is not None and ending.ended_by_move_id and ending.ends_on:
        return f"leaves {ending.patch} after {long_date(ending.ends_on)} (planned)"
    return ""


def check_homes_can_move(
    refused: Sequence[tuple[Property, str]], *, asked_count: int
) -> None:
    """Homes move together or not at all; those that cannot are named."""
    check_number_of_homes(asked_count)
    if not refused:
        return
    named = "; ".join(f"{home.first_line} {why}" for home, why in refused[:5])
    more = f"; and {len(refused) - 5} more" if len(refused) > 5 else ""
    raise MoveRefused(f"These homes cannot move: {named}{more}.")


def check_number_of_homes(count: int) -> None:
    """A move is of one home at least, and of thirty thousand at most."""
    if not count:
        raise MoveRefused("Choose at least one home to move.")
    if count > MOST_HOMES:
        raise MoveRefused(
            f"You chose {count:,} homes. Move at most {MOST_HOMES:,} at a time: choose "
            "a ward or a street first."
        )


def check_is_no_part_of_a_design(move: PatchMove, *, is_of_design: bool) -> None:
    """What a published design moved goes back with the whole of it, never alone."""
    if is_of_design:
        raise UndoRefused(
            "This move is part of a published patch design. Cancel the publication, or "
            "move the homes one by one instead."
        )


def check_can_undo(move: PatchMove, *, changed_count: int) -> None:
    """A move is undone once, while nothing else has happened to its homes."""
    if move.undone_at is not None:
        raise UndoRefused(
            f"{move.undone_by} undid this move on {long_date(move.undone_at)}."
        )
    if changed_count:
        homes = plural(changed_count, "home has", "homes have")
        raise UndoRefused(
            f"This move cannot be undone: since then {homes} moved again or left "
            "management. Move the homes one by one instead."
        )


def check_patch_can_take_back(patch: Patch, day: dt.date) -> None:
    """Undoing a move that has taken effect needs the former patch still in force."""
    if not patch.is_in_force(day):
        raise UndoRefused(
            f"This move cannot be undone: {patch} is closed. Move the homes to "
            "another patch instead."
        )


def check_patch_holds_until(patch: Patch, ends_on: dt.date | None) -> None:
    """Undoing gives no home a day in a patch after the patch's last."""
    if patch.ends_on is not None and (ends_on is None or ends_on > patch.ends_on):
        raise UndoRefused(
            f"This move cannot be undone: {patch} closes on "
            f"{long_date(patch.ends_on)}. Move the homes to another patch instead."
        )


def check_band(band_min: int, band_max: int) -> None:
    """A band is two numbers above zero, the smaller first."""
    if band_min < 1 or band_max < band_min:
        raise PatchRefused(
            "The largest number of homes must be at least the smallest.",
            field="band_max",
        )


def check_band_date(starts_on: dt.date, today: dt.date) -> None:
    """A band changes today or later, at most two years ahead.

    Whether a patch was in band on a past day stays as it was.
    """
    if starts_on < today:
        raise PatchRefused(
            "A band cannot change in the past. Choose today or a later date."
        )
    if (starts_on - today).days > FURTHEST_DAYS:
        raise PatchRefused("Choose a date within the next two years.")


def check_band_reason(reason: str) -> None:
    """Who changes a patch's band by hand says why."""
    if not reason.strip():
        raise PatchRefused("Say why the band changes.", field="band_reason")


def check_band_not_begun(band: PatchBand, today: dt.date) -> None:
    """Only a band that is still to begin can be taken back."""
    if band.starts_on <= today:
        raise PatchRefused(
            f"This band has held since {long_date(band.starts_on)}. Set another band "
            "from today instead."
        )


def check_homes_near(outside_count: int, ward: Ward) -> None:
    """A patch's homes lie in the wards of its ward team, also when its ward changes."""
    if outside_count:
        raise PatchRefused(
            f"{plural(outside_count, 'home is', 'homes are')} "
            f"outside the wards of the team of {ward}. Move "
            "them to another patch first.",
            field="ward",
        )


def check_period_holds_homes(
    *,
    starts_on: dt.date,
    ends_on: dt.date | None,
    homes_before: int,
    homes_after: int,
) -> None:
    """No home is in a patch on a day when the patch is not in force."""
    if ends_on is not None and ends_on < starts_on:
        raise PatchRefused("The last day cannot be before the first.", field="ends_on")
    if homes_before:
        raise PatchRefused(
            f"{plural(homes_before, 'home is', 'homes are')} "
            f"in this patch before {long_date(starts_on)}. "
            "Choose an earlier first day.",
            field="starts_on",
        )
    if homes_after and ends_on is not None:
        raise PatchRefused(
            f"{plural(homes_after, 'home is', 'homes are')} "
            f"still in this patch after {long_date(ends_on)}. "
            "Move them first.",
            field="ends_on",
        )
