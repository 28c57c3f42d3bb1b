"""What the comparison of a design's alternatives is made of."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from officers.designs.comparing import officer_changes_of
from officers.designs.selectors import OfficerChanges
from patches.design.models import (
    AlternativeKind,
    DesignAlternative,
    DesignPatch,
    PatchDesign,
)
from patches.design.presenters.comparing import Comparison, Facts, compare
from patches.design.selectors import alternatives as selectors

from .designs import get_design


def comparison_of(
    design: PatchDesign,
    alternatives: list[DesignAlternative],
    shown: DesignAlternative | None,
) -> Comparison:
    """Return the table of a design's alternatives."""
    return compare(
        alternatives,
        facts_of(design, alternatives),
        suggested=selectors.suggested(alternatives),
        chosen_id=design.chosen_id,
        shown=shown,
    )


def facts_of(
    design: PatchDesign, alternatives: list[DesignAlternative]
) -> dict[int, Facts]:
    """Return what is not among an alternative's own figures; a few queries in all."""
    patches = selectors.list_patches_of(design)
    own: dict[int, list[DesignPatch]] = {row.pk: [] for row in alternatives}
    for patch in patches:
        own.setdefault(patch.alternative_id, []).append(patch)
    changes = officer_changes_of(patches)
    capacity = float(design.assumptions.monthly_capacity)
    return {
        row.pk: Facts(
            smallest=own[row.pk][0] if own[row.pk] else None,
            largest=own[row.pk][-1] if own[row.pk] else None,
            officer_changes=_officer_changes(row, changes),
            capacity=capacity,
        )
        for row in alternatives
    }


def _officer_changes(
    row: DesignAlternative, changes: dict[int, OfficerChanges]
) -> int | None:
    """As it is now nobody's officer changes, though some streets are in two patches."""
    if row.kind == AlternativeKind.AS_NOW:
        return 0
    return changes[row.pk].home_count if row.pk in changes else None


def shown_of(
    request: HttpRequest, design: PatchDesign, alternatives: list[DesignAlternative]
) -> DesignAlternative | None:
    """Return the alternative on the map: asked for, chosen, else suggested."""
    by_number = {str(row.number): row for row in alternatives}
    if asked := by_number.get(request.GET.get("show", "")):
        return asked
    for row in alternatives:
        if row.pk == design.chosen_id:
            return row
    found = selectors.suggested(alternatives)
    return found or (alternatives[0] if alternatives else None)


def comparison_context(request: HttpRequest, design: PatchDesign) -> dict[str, Any]:
    """Return the table, and the alternative whose map is shown."""
    alternatives = selectors.list_alternatives(design)
    shown = shown_of(request, design, alternatives)
    context: dict[str, Any] = {
        "alternatives": alternatives,
        "comparison": comparison_of(design, alternatives, shown),
        "suggested": selectors.suggested(alternatives),
        "shown": shown,
    }
    if shown is not None:
        outside = selectors.list_patches_outside(shown)
        context["outside"] = list(outside[: selectors.MOST_REASONS])
        context["outside_count"] = outside.count()
        for patch in context["outside"]:
            patch.alternative = shown
    return context


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def compare_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of alternatives as a file."""
    design = get_design(request, pk)
    check_permission(request, Permission.EXPORT_LISTS)
    alternatives = selectors.list_alternatives(design)
    header, *rows = comparison_of(design, alternatives, None).as_rows()
    return csv_response(f"design-{design.pk}-alternatives.csv", header, rows)
