"""Reads of a design's alternatives, their patches and homes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    FilteredRelation,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)

from patches.design.models import (
    AlternativeKind,
    DesignAlternative,
    DesignHome,
    DesignPatch,
    PatchDesign,
)

# Enough for a page; the rest is one click away.
MOST_REASONS = 8


def list_alternatives(design: PatchDesign) -> list[DesignAlternative]:
    """Return a design's alternatives in the order they were made."""
    found = list(design.alternatives.order_by("number"))
    for alternative in found:
        alternative.design = design
    return found


def suggested(alternatives: Iterable[DesignAlternative]) -> DesignAlternative | None:
    """Return the alternative with the lowest score; leaving all as it is is none."""
    scored = [
        row
        for row in alternatives
        if row.score is not None and row.kind != AlternativeKind.AS_NOW
    ]
    return min(scored, key=lambda row: (row.score, row.number), default=None)


def list_patches_of(design: PatchDesign) -> list[DesignPatch]:
    """Return the patches of every alternative, with what comparing needs; one query."""
    return list(
        DesignPatch.objects.filter(alternative__design=design)
        .only(
            "alternative",
            "area",
            "number",
            "code",
            "name",
            "continues",
            "home_count",
            "came_from",
            "band_min",
            "band_max",
        )
        .order_by("alternative", "home_count", "code")
    )


def list_patches_outside(alternative: DesignAlternative) -> QuerySet[DesignPatch]:
    """Return patches outside the tolerance, the furthest first."""
    rows = alternative.patches.exclude(why_outside="").select_related("area")
    return rows.annotate(
        gap=Case(When(deviation__lt=0, then=-F("deviation")), default=F("deviation"))
    ).order_by("-gap", "code")


def list_homes(alternative: DesignAlternative) -> QuerySet[Any]:
    """Return every home of a design with its patch in one alternative.

    Annotates `drawn_patch_id`, `drawn_code` and `drawn_continues`; all are empty for a
    home in no patch.
    """
    here = FilteredRelation(
        "unit__placements", condition=Q(unit__placements__alternative=alternative)
    )
    return (
        DesignHome.objects.filter(design=alternative.design_id)
        .annotate(here=here)
        .annotate(
            drawn_patch_id=F("here__patch"),
            drawn_code=F("here__patch__code"),
            drawn_continues=F("here__patch__continues"),
        )
        .select_related("property", "patch", "area")
    )


def moving() -> Q:
    """Return the condition that a home would leave its patch, after `list_homes`."""
    return Q(patch__isnull=False) & (
        Q(drawn_continues__isnull=True) | ~Q(drawn_continues=F("patch"))
    )


def with_leads(
    homes: QuerySet[DesignHome],
    lead_of_present: Mapping[int, int],
    lead_of_drawn: Mapping[int, int],
) -> QuerySet[DesignHome]:
    """Annotate `lead_now` and `lead_then`: keys of officers, 0 for nobody."""
    return homes.annotate(
        lead_now=_looked_up("patch", lead_of_present),
        lead_then=_looked_up("drawn_patch_id", lead_of_drawn),
    )


def _looked_up(field: str, found: Mapping[int, int]) -> Case | Value:
    by_value: dict[int, list[int]] = {}
    for key, value in found.items():
        by_value.setdefault(value, []).append(key)
    if not by_value:
        return Value(0, output_field=IntegerField())
    return Case(
        *(
            When(**{f"{field}__in": keys}, then=Value(value))
            for value, keys in sorted(by_value.items())
        ),
        default=Value(0),
        output_field=IntegerField(),
    )


@dataclass(frozen=True)
class SplitStreet:
    """A street whose houses would be in several patches, with how many in each."""

    name: str
    area: str
    patches: tuple[tuple[int, str, int], ...]


def list_split_streets(alternative: DesignAlternative) -> list[SplitStreet]:
    """Return streets whose houses are in several patches; blocks do not count."""
    found: dict[tuple[str, str], list[tuple[int, str, int]]] = {}
    rows = (
        list_homes(alternative)
        .filter(block="", drawn_patch_id__isnull=False)
        .exclude(street="")
        .order_by("area__number", "street", "drawn_code")
        .values_list("area__name", "street", "drawn_patch_id", "drawn_code")
        .annotate(homes=Count("pk"))
    )
    for area, street, patch_id, code, homes in rows:
        found.setdefault((street, area), []).append((patch_id, code, homes))
    return [
        SplitStreet(street, area, tuple(patches))
        for (street, area), patches in sorted(found.items())
        if len(patches) > 1
    ]
