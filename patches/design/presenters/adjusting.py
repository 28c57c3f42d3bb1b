"""Moves by hand in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from .patches import band_tag

if TYPE_CHECKING:
    from patches.design.models import DesignEdit, DesignPatch
    from patches.design.services.adjusting import Adjusted

EDIT_HEADER = ["Number", "Move", "By", "On", "Undone"]


def patch_lines(patches: Iterable[DesignPatch]) -> list[dict[str, Any]]:
    """Return patches with their size in words, as a table shows them."""
    return [{"patch": patch, "band": band_tag(patch)} for patch in patches]


def edit_row(edit: DesignEdit) -> list[Any]:
    """Return a move by hand as a row of a CSV."""
    return [
        edit.number,
        edit.summary,
        edit.made_by,
        f"{timezone.localtime(edit.made_at):%Y-%m-%d %H:%M}",
        "Yes" if edit.is_undone else "No",
    ]


def said_of(adjusted: Adjusted, done: str) -> str:
    """Return what a move did: "Moved Elm Road …. S01: 282 to 258 homes, under band"."""
    edit = adjusted.edit
    if edit is None:
        return f"{done} already"
    effects = "; ".join(
        f"{change.patch.code}: {change.homes_before} to {change.patch.home_count} "
        f"homes, {band_tag(change.patch).lower()}, "
        f"{change.patch.deviation_percent} from the mean"
        for change in adjusted.changes
    )
    return f"{done}: {edit.summary}." + (f" {effects}." if effects else "")


def suggested_name(source: str, taken: set[str]) -> str:
    """Return a name for a copy that no other alternative has."""
    base = f"{source[:60]}, by hand"
    number = 1
    name = base
    while name.casefold() in taken:
        number += 1
        name = f"{base} {number}"
    return name
