"""Patches that are leaving their band, and why."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from patches.design.forms.reviewing import DriftFilter
from patches.design.presenters.drift import DriftLine, drift_lines
from patches.design.rules.drifting import DriftState
from patches.design.selectors.drift import forecast_patches
from patches.design.selectors.drift_work import work_drift
from patches.register.models import Patch
from tenants.households.vacancies import count_empty_homes


def _is_asked(line: DriftLine, what: str) -> bool:
    if what == "work":
        return line.is_work_beyond
    states = {
        "soon": DriftState.SOON,
        "out": DriftState.OUT,
        "empty": DriftState.EMPTY,
    }
    if what in states:
        return line.forecast.state == states[what]
    return what == "all" or line.is_warning


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def drift(request: HttpRequest) -> HttpResponseBase:
    """Patches out of their band, soon to be, or with other work than when drawn."""
    day = today()
    patches = Patch.objects.as_at(day).with_home_count(day).select_related("ward")
    filtered = DriftFilter(request.GET, queryset=patches.order_by("code"))
    chosen = list(filtered.qs)
    ids = [patch.pk for patch in chosen]
    lines = drift_lines(
        forecast_patches(chosen, day, empty=count_empty_homes(day, ids)),
        work_drift(chosen, day),
    )
    lines = [line for line in lines if _is_asked(line, filtered.what_asked)]
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        rows = [line.as_row() for line in lines]
        return csv_response("patches-that-drift.csv", DriftLine.HEADER, rows)
    return render(
        request,
        "patches/design/drift.html",
        {
            "filter": filtered,
            "page_obj": Paginator(lines, 50).get_page(request.GET.get("page")),
            "has_patches": bool(chosen),
        },
    )
