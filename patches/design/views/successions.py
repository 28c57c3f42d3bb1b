"""Where patches went: of one patch for ever, of a design all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from patches.design.deciding_filters import SuccessionFilter
from patches.design.models import DesignStatus, PatchSuccession
from patches.design.selectors.successions import list_successions, successions_of
from patches.register.models import Patch

from .designs import get_design

COLUMNS = {
    "from": ("from_patch__code", "-home_count"),
    "to": ("to_patch__code", "-home_count"),
    "homes": ("home_count", "from_patch__code", "to_patch__code"),
}
HEADER = ["From patch", "Its name", "To patch", "Its name", "Homes", "From"]


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def patch_where(request: HttpRequest, patch_pk: int) -> HttpResponse:
    """Where the homes of a patch went and came from, whenever it was redesigned."""
    patch = get_object_or_404(Patch.objects.select_related("ward"), pk=patch_pk)
    context = {
        "patch": patch,
        "successions": successions_of(patch),
        "today": today(),
        "is_closed": patch.ends_on is not None and patch.ends_on < today(),
    }
    return render(request, "patches/design/where.html", context)


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def succession_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole map of a published design: old patch, new patch, homes each."""
    design = get_design(request, pk)
    if design.status != DesignStatus.SCHEDULED:
        raise Http404("This design is not published.")
    chosen = sorting(request, COLUMNS, default="from")
    filtered = SuccessionFilter(request.GET, queryset=list_successions(design))
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(f"design-{pk}-patches.csv", HEADER, _csv(rows, design))
    context = {
        "design": design,
        "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
        "filter": filtered,
        "sorting": chosen,
        "may_export": request.user.has_permission(Permission.EXPORT_LISTS),
    }
    return render(request, "patches/design/successions.html", context)


def _csv(rows: Iterable[PatchSuccession], design: Any) -> Iterable[list[Any]]:
    for row in rows:
        yield [
            row.from_patch.code if row.from_patch else "No patch",
            row.from_patch.name if row.from_patch else "",
            row.to_patch.code if row.to_patch else "No patch",
            row.to_patch.name if row.to_patch else "",
            row.home_count,
            design.starts_on,
        ]
