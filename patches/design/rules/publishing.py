"""What publishing a design asks of patches and homes, in sentences fit to show."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from housingplus.common.counting import plural
from housingplus.common.dates import long_date

if TYPE_CHECKING:
    from patches.register.models import Patch


class Follows(StrEnum):
    """What a home that was not drawn goes with when its own patch closes."""

    BLOCK = "its block"
    STREET_SIDE = "its street and postcode"
    POSTCODE = "its postcode"
    STREET = "its street"


def why_cannot_go_on(patch: Patch) -> str:
    """A patch goes on only if it is in force the day before, with no last day set."""
    if patch.ends_on is not None:
        return (
            f"The plan goes on with {patch}, which closes on "
            f"{long_date(patch.ends_on)}. Keep {patch.code} open, or draw it again."
        )
    return (
        f"The plan goes on with {patch}, which is only in force from "
        f"{long_date(patch.starts_on)}. Choose a later date."
    )


def why_cannot_close(patch: Patch, starts_on: dt.date) -> str:
    """A patch of the design's wards that nothing goes on with ends the day before.

    One with a last day already, or a first day then or later, was planned otherwise;
    returns why it cannot end, or nothing.
    """
    if patch.starts_on >= starts_on:
        return (
            f"{patch} is to begin on {long_date(patch.starts_on)} and is not in the "
            "plan. Choose a later date, or give it an earlier first day."
        )
    if patch.ends_on is not None:
        return (
            f"{patch} is to close on {long_date(patch.ends_on)} already. Choose a date "
            f"after that, or keep {patch.code} open first."
        )
    return ""


def band_is_planned(patch: Patch, starts_on: dt.date) -> str:
    """A patch has one band from a day on."""
    return (
        f"{patch} is to have another band from {long_date(starts_on)} already. "
        "Withdraw that band first."
    )


def code_is_taken(code: str) -> str:
    """A code stands for one patch for ever."""
    return f"There is or was a patch {code} already. Give the new patch another code."


def have_plans(count: int, day: str) -> str:
    """What is planned for the day or later for homes that move is undone first."""
    homes = plural(count, "home has a move", "homes have moves")
    those = "that move" if count == 1 else "those moves"
    return f"{homes} planned for {day} or later already. Undo {those} first."


def go_nowhere(count: int) -> str:
    """A home whose patch closes needs another one."""
    homes = plural(count, "home was", "homes were")
    its, them = ("its", "it") if count == 1 else ("their", "them")
    return (
        f"{homes} not drawn, {its} patch closes, and nothing of {its} street or "
        f"postcode was drawn either. Move {them} to a patch that goes on first."
    )
