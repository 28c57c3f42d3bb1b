"""When homes may be moved by hand, and what such an alternative may be called."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import F

from patches.design.errors import AdjustmentRefused
from patches.design.models import (
    AlternativeKind,
    DesignPlacement,
    DesignStatus,
)

from .drawing import is_being_drawn

if TYPE_CHECKING:
    from patches.design.models import (
        DesignAlternative,
        DesignArea,
        DesignUnit,
        PatchDesign,
    )


def check_can_adjust(design: PatchDesign) -> None:
    """Homes move by hand only in a draft that is drawn and not being drawn again.

    People speak about, and decide on, what they were shown (issue 3, §3).
    """
    if design.status != DesignStatus.DRAFT:
        raise AdjustmentRefused(
            f"“{design}” is {DesignStatus(design.status).label.lower()}, so no homes "
            "are moved in it. Send it back to draft first, or copy it."
        )
    if is_being_drawn(design):
        raise AdjustmentRefused(
            f"“{design}” is being drawn just now. Wait until its maps are there."
        )
    if design.drawn_at is None:
        raise AdjustmentRefused(f"“{design}” is not drawn yet. Draw it first.")


def can_adjust(design: PatchDesign) -> bool:
    """Whether `check_can_adjust` lets homes be moved."""
    try:
        check_can_adjust(design)
    except AdjustmentRefused:
        return False
    return True


def check_is_by_hand(alternative: DesignAlternative) -> None:
    """A map the computer drew stays as it is: homes are moved in a copy of it."""
    if alternative.kind != AlternativeKind.BY_HAND:
        raise AdjustmentRefused(
            f"“{alternative}” stays as it was drawn. Copy it and move homes in the "
            "copy."
        )


def check_patches_inside_areas(alternative: DesignAlternative) -> None:
    """Homes move within a ward team's area, so each patch must lie in one area."""
    across = (
        DesignPlacement.objects.filter(alternative=alternative)
        .exclude(unit__area=F("patch__area"))
        .order_by("patch__code")
        .values_list("patch__code", flat=True)
        .distinct()[:5]
    )
    if codes := ", ".join(across):
        raise AdjustmentRefused(
            f"In “{alternative}” some patches lie in the areas of several ward teams "
            f"({codes}), so homes cannot be moved in it one by one. Start from another "
            "alternative."
        )


def check_same_area(units: Collection[DesignUnit], to: DesignArea) -> None:
    """A patch never crosses the edge of its ward team's area."""
    for unit in units:
        if unit.area_id != to.pk:
            raise AdjustmentRefused(
                f"{unit} is in the area of {unit.area}, and patches stay inside their "
                "ward team’s area. Choose places of one area and a patch of it."
            )


def check_name_is_free(design: PatchDesign, name: str) -> None:
    """Two alternatives of a design never have the same name: people talk by it."""
    if design.alternatives.filter(name__iexact=name).exists():
        raise AdjustmentRefused(
            f"There is an alternative “{name}” already. Enter another name",
            field="name",
        )


def check_can_remove(alternative: DesignAlternative) -> None:
    """What is chosen, or what people commented on, is not thrown away."""
    check_is_by_hand(alternative)
    if alternative.design.chosen_id == alternative.pk:
        raise AdjustmentRefused(
            f"“{alternative}” is chosen. Choose another alternative first."
        )
    if alternative.patches.filter(comments__isnull=False).exists():
        raise AdjustmentRefused(
            f"People have commented on patches of “{alternative}”, so it stays."
        )
