"""Pages that say which homes have been told, and which letters are due."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.errors import Refusal
from housingplus.common.numbers import whole_number
from housingplus.common.paging import page_by_keys
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from officers.assignments.scope import wards_run_by
from patches.properties.models import Property
from patches.wards.models import Ward
from tenants.letters import permissions, presenters
from tenants.letters.filters import CoverageFilter
from tenants.letters.forms import DayForm
from tenants.letters.letter_dates import check_dated
from tenants.letters.reasons import reason_label, shown_counts
from tenants.letters.selectors import coverage as selectors
from tenants.letters.selectors.due import days_of_coming_changes, open_runs_of_due
from tenants.letters.services import proving as services
from tenants.letters.services.due import prepare_letters_due

HOME_COLUMNS = {
    "address": ("street_key", "walk_key"),
    "since": ("since", "street_key", "walk_key"),
    "state": ("stands", "street_key", "walk_key"),
}
HOME_HEADER = [
    "UPRN",
    "Landlord's reference",
    "Address",
    "Ward",
    "Patch",
    "State",
    "Reason",
    "Who answers since",
    "Days",
]


def _wards(request: HttpRequest) -> list[Ward]:
    """Wards the person may ask about: those they run, or all for measures."""
    if request.user.has_permission(Permission.VIEW_MEASURES):
        return list(Ward.objects.order_by("name"))
    check_permission(request, Permission.WRITE_LETTERS)
    return list(wards_run_by(request.user).order_by("name"))


def _day(request: HttpRequest) -> tuple[dt.date, DayForm]:
    asks = any(key == "on" or key.startswith("on_") for key in request.GET)
    form = DayForm(request.GET if asks else None)
    if form.is_bound and form.is_valid():
        return form.cleaned_data["on"] or today(), form
    return today(), form


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """Every home of the wards: told, due a letter, or an exception by reason."""
    wards = _wards(request)
    day, form = _day(request)
    counts = selectors.count_coverage(day, ward_ids=[ward.pk for ward in wards])
    names_marks = permissions.can_read_marks(request.user)
    for one in counts.values():
        one.exceptions = shown_counts(one.exceptions, names_marks=names_marks)
    lines = [
        (ward, counts.get(ward.pk, selectors.CoverageCounts()))
        for ward in wards
        if ward.pk in counts
    ]
    total = selectors.total_of(counts.values())
    reasons = [
        (reason, reason_label(reason, names_marks=names_marks))
        for reason in sorted(total.exceptions, key=lambda r: -total.exceptions[r])
    ]
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return _coverage_as_csv(lines, reasons, day)
    context = {
        "lines": presenters.coverage_lines(lines, reasons),
        "total": total,
        "reasons": [
            (reason, label, total.exceptions[reason]) for reason, label in reasons
        ],
        "day": day,
        "is_today": day == today(),
        "form": form,
        "may_open": request.user.has_permission(Permission.WRITE_LETTERS),
    }
    return render(request, "tenants/letters/coverage.html", context)


def _coverage_as_csv(lines: Any, reasons: Any, day: dt.date) -> HttpResponse:
    header = ["Ward", "Homes", "Told", "Letter due", "Exceptions"]
    return csv_response(
        f"letter-coverage-{day}.csv",
        [*header, *(label for _, label in reasons)],
        (
            [
                ward,
                counts.homes,
                counts.told,
                counts.due,
                counts.exception_count,
                *(counts.exceptions.get(reason, 0) for reason, _ in reasons),
            ]
            for ward, counts in lines
        ),
    )


@require_GET
@permission_required(Permission.WRITE_LETTERS)
def coverage_homes(request: HttpRequest) -> HttpResponse:
    """The homes behind each count of coverage."""
    wards = wards_run_by(request.user)
    day, _ = _day(request)
    homes = Property.objects.managed_on(day).filter(ward__in=wards)
    stand = selectors.with_coverage(homes, day).select_related("ward")
    chosen = sorting(request, HOME_COLUMNS, default="address")
    names_marks = permissions.can_read_marks(request.user)
    filtered = CoverageFilter(
        request.GET, queryset=stand, wards=wards, day=day, names_marks=names_marks
    )
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        rows = filtered.qs.order_by(*chosen.order_by)
        return csv_response(
            f"letter-coverage-homes-{day}.csv",
            HOME_HEADER,
            presenters.coverage_rows(rows, day, names_marks=names_marks),
        )
    # All homes by address are put in order without asking where each of them stands.
    asks_all = filtered.narrows or chosen.key != "address"
    page = page_by_keys(
        request.GET.get("page"),
        ordered=(filtered.qs if asks_all else homes).order_by(*chosen.order_by),
        shown=stand,
        is_slow=filtered.narrows,
    )
    context = {
        "page_obj": page,
        "homes": presenters.coverage_homes(
            page.object_list, day, names_marks=names_marks
        ),
        "filter": filtered,
        "sorting": chosen,
        "day": day,
        "is_today": day == today(),
    }
    return render(request, "tenants/letters/coverage_homes.html", context)


@require_GET
@permission_required(Permission.WRITE_LETTERS)
def coverage_proof(request: HttpRequest) -> FileResponse:
    """Every home and the letter that told it, as files a stranger can check."""
    check_permission(request, Permission.EXPORT_LISTS)
    wards = wards_run_by(request.user)
    day, _ = _day(request)
    file = services.export_proof(day=day, wards=wards, by=request.user)
    return FileResponse(file, as_attachment=True, filename=f"letter-proof-{day}.zip")


@require_GET
@permission_required(Permission.WRITE_LETTERS)
def due(request: HttpRequest) -> HttpResponse:
    """Letters due by ward, and the runs already prepared for them."""
    wards = {ward.pk: ward for ward in wards_run_by(request.user)}
    day, form = _day(request)
    found = selectors.list_due(day, ward_ids=wards)
    prepared = open_runs_of_due(wards)
    context = {
        "lines": presenters.due_lines(wards, found, prepared, day),
        "home_count": sum(ward.homes for ward in found.values()),
        "has_homes": bool(found)
        or Property.objects.managed_on(day).filter(ward__in=wards).exists(),
        "coming": days_of_coming_changes(wards, today()),
        "day": day,
        "is_today": day == today(),
        "form": form,
    }
    return render(request, "tenants/letters/due.html", context)


@require_POST
@permission_required(Permission.WRITE_LETTERS)
def due_prepare(request: HttpRequest) -> HttpResponse:
    """Prepare a run of the letters due in each ward asked for, or in all."""
    form = DayForm(request.POST)
    day = (form.is_valid() and form.cleaned_data["on"]) or today()
    wards = wards_run_by(request.user)
    if asked := request.POST.get("ward"):
        wards = wards.filter(pk=whole_number(asked))
    try:
        check_dated(day)
        runs = prepare_letters_due(day=day, wards=wards, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("tenants:letters:due")
    if len(runs) == 1:
        return redirect(runs[0])
    if runs:
        messages.success(request, f"{len(runs)} runs are being prepared")
    else:
        messages.info(request, "No letters are due that are not in a run already.")
    return redirect("tenants:letters:run_list" if runs else "tenants:letters:due")
