"""Modelled against actual: the whole service, each patch, one patch by month."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from patches.design.forms.reviewing import PatchWorkFilter, WorkFilter
from patches.design.presenters import actual_work as presenters
from patches.design.selectors.actual_work import WorkComparison, compare_work
from patches.register.models import Patch

_SORTED = {
    "code": "code",
    "ward": "ward",
    "expected": "expected",
    "recorded": "recorded",
    "difference": "difference",
}
_KEYS = {
    "code": lambda line: line.patch.code,
    "ward": lambda line: (line.patch.ward.name, line.patch.code),
    "expected": lambda line: line.sum.expected_hours,
    "recorded": lambda line: line.sum.recorded_hours,
    "difference": lambda line: line.sum.extra_hours,
}


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def actual(request: HttpRequest) -> HttpResponseBase:
    """Which assumption is off, and by how much."""
    filtered = WorkFilter(request.GET, queryset=Patch.objects.all(), day=today())
    comparison = _compared(filtered)
    lines = presenters.kind_lines(comparison.by_kind())
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        rows = [line.as_row() for line in lines]
        return csv_response(
            "expected-and-recorded-work.csv", presenters.KindLine.HEADER, rows
        )
    months = presenters.month_lines(comparison)
    return render(
        request,
        "patches/design/actual.html",
        {
            "filter": filtered,
            "page_obj": Paginator(lines, 100).get_page(1),
            "lines": lines,
            "total": comparison.total(),
            "overall": presenters.overall(comparison.total()),
            "findings": presenters.findings(lines),
            "not_recorded": presenters.not_recorded(lines),
            "comparison": comparison,
            "months": months,
            "chart": presenters.hours_chart("Officer hours by month", months),
        },
    )


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def actual_patches(request: HttpRequest) -> HttpResponseBase:
    """Each patch: hours expected and recorded, and what makes the difference."""
    filtered = PatchWorkFilter(request.GET, queryset=Patch.objects.all(), day=today())
    comparison = _compared(filtered)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            "expected-and-recorded-work-by-patch.csv",
            presenters.MONTH_HEADER,
            presenters.month_rows(comparison),
        )
    chosen = sorting(request, _SORTED, default="code")
    lines = presenters.patch_lines(comparison)
    if filtered.form.is_valid() and filtered.form.cleaned_data["off"]:
        lines = [line for line in lines if line.verdict.is_off or line.mostly]
    lines.sort(key=_KEYS[chosen.key], reverse=chosen.is_descending)
    return render(
        request,
        "patches/design/actual_patches.html",
        {
            "filter": filtered,
            "page_obj": Paginator(lines, 50).get_page(request.GET.get("page")),
            "sorting": chosen,
            "comparison": comparison,
            "month_query": _month_query(request),
        },
    )


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def actual_patch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One patch, month by month and by kind of work."""
    patch = get_object_or_404(Patch.objects.select_related("ward"), pk=pk)
    filtered = WorkFilter(request.GET, queryset=Patch.objects.none(), day=today())
    comparison = compare_work([patch], filtered.months)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            f"patch-{patch.pk}-expected-and-recorded-work.csv",
            presenters.KIND_MONTH_HEADER,
            presenters.kind_month_rows(comparison),
        )
    lines = presenters.kind_lines(comparison.by_kind())
    months = presenters.month_lines(comparison)
    return render(
        request,
        "patches/design/actual_patch.html",
        {
            "patch": patch,
            "filter": filtered,
            "comparison": comparison,
            "lines": lines,
            "findings": presenters.findings(lines),
            "not_recorded": presenters.not_recorded(lines),
            "total": comparison.total(),
            "overall": presenters.overall(comparison.total()),
            "months": months,
            "chart": presenters.hours_chart(f"Officer hours of {patch}", months),
        },
    )


def _compared(filtered: WorkFilter) -> WorkComparison:
    months = filtered.months
    patches = (
        filtered.qs.overlapping(months[0].first, months[-1].last)
        .select_related("ward")
        .order_by("code")
    )
    return compare_work(list(patches), months)


def _month_query(request: HttpRequest) -> str:
    month = request.GET.get("month", "")
    return f"?month={month}" if month[:4].isdecimal() else ""
