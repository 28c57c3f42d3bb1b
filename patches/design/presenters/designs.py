"""Designs in words: where, how many patches, and rows of the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from patches.design.models import DesignSizing, PatchDesign
from patches.wards.models import Ward

from .workload import counted

MOST_NAMED = 4
LIST_HEADER = [
    "Name",
    "State",
    "Wards",
    "Homes as of",
    "Assumption set",
    "Drawn",
    "In force from",
    "Made",
    "Made by",
]


def where(wards: Iterable[Ward]) -> str:
    """Return wards by name, or how many they are."""
    names = sorted(ward.name for ward in wards)
    if len(names) > MOST_NAMED:
        return f"{len(names)} wards"
    return ", ".join(names)


def design_row(design: PatchDesign, day: dt.date) -> list[Any]:
    """Return a design as a row of the list's CSV."""
    return [
        design.name,
        design.state_on(day),
        "; ".join(sorted(ward.name for ward in design.wards.all())),
        design.homes_on,
        design.assumptions.name,
        timezone.localtime(design.drawn_at).date() if design.drawn_at else "",
        design.starts_on or "",
        timezone.localtime(design.created_at).date(),
        design.created_by or "",
    ]


def sizing_in_words(design: PatchDesign) -> str:
    """Return what says how many patches there are to be."""
    value = float(design.sizing_value or 0)
    low, high = design.assumptions.band_min, design.assumptions.band_max
    return {
        DesignSizing.BAND: f"As many as the band asks: {low} to {high} average homes",
        DesignSizing.PRESENT: "As many as there are now",
        DesignSizing.PATCHES: counted(value, "patch", "patches"),
        DesignSizing.OFFICERS: f"One for each whole officer of {value:,g}",
        DesignSizing.HOURS: f"About {counted(value, 'hour')} a month each",
    }[DesignSizing(design.sizing)]


def strength_in_words(design: PatchDesign) -> str:
    """Return how much the work of a home counts."""
    strength = float(design.weight_strength)
    if strength == 1:
        return "1: the full expected work of each home"
    if strength == 0:
        return "0: each home counts the same"
    return f"{strength:g}: {strength:.0%} of the difference in work"


def weights_in_words(design: PatchDesign) -> str:
    """Return the three weights and what "By your weights" makes of them."""
    weights = design.weights
    aims = weights.in_words(float(design.tolerance), float(design.review_tolerance))
    return (
        f"Equal work {weights.balance}, short distances {weights.compactness}, "
        f"keeping officers {weights.continuity}. By your weights: {aims}"
    )


def sizes_in_words(measures: dict[str, Any]) -> str:
    """Return "8 patches of 258 to 331 homes" of an alternative's measures."""
    patches = counted(measures["patches"], "patch", "patches")
    small, large = measures["smallest_homes"], measures["largest_homes"]
    if small == large:
        return f"{patches} of {counted(large, 'home')}"
    return f"{patches} of {small:,} to {counted(large, 'home')}"
