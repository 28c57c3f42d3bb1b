"""One alternative: its patches, its maps, the streets it splits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.functions import Abs
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from officers.designs.comparing import leads_of
from officers.directory.models import Officer
from patches.design.filters import DrawnPatchFilter
from patches.design.models import DesignAlternative, DesignPatch
from patches.design.presenters.designs import sizes_in_words
from patches.design.presenters.patches import PATCH_HEADER, band_tag, patch_row
from patches.design.rules.adjusting import can_adjust
from patches.design.selectors.alternatives import list_split_streets
from patches.design.selectors.maps import alternative_shapes, change_shapes

from .designs import get_design

COLUMNS = {
    "code": "code",
    "team": ("area__name", "code"),
    "ward": ("ward__name", "code"),
    "homes": ("home_count", "code"),
    "hours": ("hours", "code"),
    "deviation": ("deviation", "code"),
    "gap": ("gap", "code"),
    "walk": ("walk_metres", "code"),
    "moved": ("moved_count", "code"),
}
_viewing = permission_required(Permission.VIEW_DESIGNS)


def get_alternative(request: HttpRequest, pk: int, number: int) -> DesignAlternative:
    """Return an alternative of a design the person may see."""
    design = get_design(request, pk)
    alternative = get_object_or_404(design.alternatives, number=number)
    alternative.design = design
    return alternative


def may_adjust(request: HttpRequest, alternative: DesignAlternative) -> bool:
    """Whether the person may move homes in the alternative, or a copy of it, now."""
    may_draw = request.user.has_permission(Permission.DESIGN_PATCHES)
    return may_draw and can_adjust(alternative.design)


@require_safe
@_viewing
def alternative_detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The patches of an alternative, with the size, work and lead of each."""
    alternative = get_alternative(request, pk, number)
    chosen = sorting(request, COLUMNS, default="code")
    filtered = DrawnPatchFilter(
        request.GET,
        queryset=alternative.patches.annotate(gap=Abs("deviation")).select_related(
            "area", "ward", "continues"
        ),
        alternative=alternative,
    )
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        name = f"design-{pk}-alternative-{number}-patches.csv"
        return csv_response(name, PATCH_HEADER, _csv_rows(rows))
    page_obj = Paginator(rows, 50).get_page(request.GET.get("page"))
    patches = list(page_obj)
    _, leads = leads_of(patches)
    context = {
        "design": alternative.design,
        "alternative": alternative,
        "page_obj": page_obj,
        "lines": [_line(patch, alternative, leads) for patch in patches],
        "filter": filtered,
        "sorting": chosen,
        "size": sizes_in_words(alternative.measures),
        "worst": f"{alternative.measures['worst'] * 100:.1f}",
        "may_export": request.user.has_permission(Permission.EXPORT_LISTS),
        "may_adjust": may_adjust(request, alternative),
        "may_see_measures": request.user.has_permission(Permission.VIEW_MEASURES),
    }
    return render(request, "patches/design/alternative.html", context)


def _line(
    patch: DesignPatch,
    alternative: DesignAlternative,
    leads: dict[int, Officer | None],
) -> dict[str, Any]:
    patch.alternative = alternative
    return {"patch": patch, "band": band_tag(patch), "lead": leads[patch.pk]}


def _csv_rows(rows: QuerySet[DesignPatch]) -> Iterator[list[Any]]:
    patches = list(rows)
    _, leads = leads_of(patches)
    return (patch_row(patch, leads[patch.pk]) for patch in patches)


@require_safe
@_viewing
def split_streets(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Streets whose houses would be in several patches."""
    alternative = get_alternative(request, pk, number)
    streets = list_split_streets(alternative)
    context = {
        "design": alternative.design,
        "alternative": alternative,
        "page_obj": Paginator(streets, 100).get_page(request.GET.get("page")),
    }
    return render(request, "patches/design/split_streets.html", context)


@require_safe
@_viewing
def alternative_map(request: HttpRequest, pk: int, number: int) -> JsonResponse:
    """The patches of an alternative for a map."""
    return JsonResponse(alternative_shapes(get_alternative(request, pk, number)))


@require_safe
@_viewing
def changes_map(request: HttpRequest, pk: int, number: int) -> JsonResponse:
    """Where homes change patch in an alternative."""
    return JsonResponse(change_shapes(get_alternative(request, pk, number)))
