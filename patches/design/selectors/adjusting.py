"""Reads for moving homes by hand: places with their patches, and the moves made."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from housingplus.common.words import words_asked
from patches.design.models import (
    AlternativeKind,
    DesignAlternative,
    DesignArea,
    DesignEdit,
    DesignPatch,
    DesignUnit,
    PatchDesign,
)


def list_places(
    alternative: DesignAlternative, area: DesignArea
) -> QuerySet[DesignUnit]:
    """Return the streets and blocks of an area with the patch of each.

    Annotates `drawn_patch_id` and `drawn_code`, empty for a unit in no patch.
    """
    here = FilteredRelation(
        "placements", condition=Q(placements__alternative=alternative)
    )
    return DesignUnit.objects.filter(area=area).annotate(
        here=here, drawn_patch_id=F("here__patch"), drawn_code=F("here__patch__code")
    )


def matching_places(
    places: QuerySet[DesignUnit], text: str, home_ids: QuerySet[Any]
) -> QuerySet[DesignUnit]:
    """Return the places whose name has every word, or that have one of the homes."""
    named = Q()
    for word in words_asked(text):
        named &= Q(name__icontains=word)
    of_homes = DesignUnit.objects.filter(homes__property__in=home_ids)
    return places.filter(named | Q(pk__in=of_homes.order_by().values("pk")))


def list_patches_of_area(
    alternative: DesignAlternative, area: DesignArea
) -> list[DesignPatch]:
    """Return the patches of one area of an alternative, by code."""
    patches = list(
        alternative.patches.filter(area=area)
        .select_related("area", "continues")
        .order_by("code")
    )
    for patch in patches:
        patch.alternative = alternative
    return patches


def list_copies(design: PatchDesign) -> list[DesignAlternative]:
    """Return the alternatives adjusted by hand, with what they were copied from.

    Annotates `edit_count`: moves that were not undone.
    """
    return list(
        design.alternatives.filter(kind=AlternativeKind.BY_HAND)
        .select_related("copied_from", "created_by")
        .annotate(edit_count=Count("edits", filter=Q(edits__is_undone=False)))
        .order_by("number")
    )


def list_sources(design: PatchDesign) -> list[DesignAlternative]:
    """Return the alternatives as they were drawn, to be copied."""
    drawn = design.alternatives.exclude(kind=AlternativeKind.BY_HAND)
    return list(drawn.order_by("number"))


def list_edits(alternative: DesignAlternative) -> QuerySet[DesignEdit]:
    """Return the moves made by hand, the latest first, those undone too."""
    return alternative.edits.select_related("made_by").order_by("-number")


def get_next_undo(alternative: DesignAlternative) -> DesignEdit | None:
    """Return the move that undoing would take back."""
    return alternative.edits.filter(is_undone=False).order_by("-number").first()


def get_next_redo(alternative: DesignAlternative) -> DesignEdit | None:
    """Return the move that redoing would make again."""
    return alternative.edits.filter(is_undone=True).order_by("number").first()


def names_of_places(
    alternative: DesignAlternative, keys: Collection[int]
) -> list[DesignUnit]:
    """Return units of the alternative's design by their keys, in order of names."""
    return list(
        DesignUnit.objects.filter(
            pk__in=keys, area__design=alternative.design_id
        ).order_by("name")
    )
