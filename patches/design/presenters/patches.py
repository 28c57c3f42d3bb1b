"""Drawn patches in words: tags, rows of lists, where their homes come from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from patches.design.models import DesignPatch
from patches.register.models import Patch

_BAND_TAGS = {"under": "Under band", "in": "In band", "over": "Over band"}
PATCH_HEADER = [
    "Code",
    "Name",
    "Ward team",
    "Ward",
    "Goes on",
    "Homes",
    "Band from",
    "Band to",
    "Size",
    "Hours a month",
    "From the mean (%)",
    "In one piece",
    "Mean distance to the middle (m)",
    "Nine of ten within (m)",
    "Homes that come from elsewhere",
    "Proposed lead",
    "Why outside the limit",
]


def band_tag(patch: DesignPatch) -> str:
    """Return "Under band", "In band" or "Over band"."""
    return _BAND_TAGS[patch.band_state]


def patch_row(patch: DesignPatch, lead: object | None) -> list[Any]:
    """Return a drawn patch as a row of a CSV."""
    return [
        patch.code,
        patch.name,
        patch.area.name,
        patch.ward.name,
        "Yes" if patch.continues_id else "New",
        patch.home_count,
        patch.band_min,
        patch.band_max,
        band_tag(patch),
        round(patch.hours, 1),
        round(patch.deviation * 100, 1),
        "Yes" if patch.is_whole else "No",
        round(patch.walk_metres),
        round(patch.walk_spread),
        patch.moved_count,
        lead or "Ward team",
        patch.why_outside,
    ]


def origins(patch: DesignPatch, patches: Mapping[int, Patch]) -> list[dict[str, Any]]:
    """Return the patches a drawn patch's homes are in now, those with most first."""
    found = [
        {"patch": patches.get(int(key)) if key else None, "homes": homes}
        for key, homes in patch.came_from.items()
    ]
    return sorted(found, key=lambda row: (-row["homes"], str(row["patch"])))
