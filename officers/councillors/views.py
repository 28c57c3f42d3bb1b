"""Pages of councillors, kept by the leaders of their wards."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from housingplus.audit.selectors import list_events_about
from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.editing import save_form
from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from officers.assignments.presenters import state_on
from officers.assignments.scope import wards_run_by
from officers.directory.presenters import history_items

from . import forms, services
from .filters import CouncillorFilter
from .models import Councillor
from .selectors import list_councillors, list_councillors_kept_by

COLUMNS = {
    "name": "name",
    "ward": ("ward__name", "name"),
    "party": ("party", "name"),
    "since": ("starts_on", "name"),
}
HEADER = ["Councillor", "Ward", "Party", "E-mail", "Telephone", "From", "To"]
_DETAILS = ("name", "party", "email", "phone", "starts_on")


@require_GET
@permission_required(Permission.VIEW_OFFICERS)
def councillor_list(request: HttpRequest) -> HttpResponse:
    """Councillors by ward, those in office today unless asked otherwise."""
    filtered = CouncillorFilter(request.GET, queryset=list_councillors())
    chosen = sorting(request, COLUMNS, default="ward")
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response("councillors.csv", HEADER, (_as_row(row) for row in rows))
    context = {
        "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
        "filter": filtered,
        "sorting": chosen,
        "may_add": request.user.has_permission(Permission.KEEP_WARD_CONTACTS),
    }
    return render(request, "officers/councillors/list.html", context)


def _as_row(row: Councillor) -> list[Any]:
    dates = [row.starts_on, row.ends_on]
    return [row.name, row.ward, row.party, row.email, row.phone, *dates]


@require_GET
@permission_required(Permission.VIEW_OFFICERS)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How to reach a councillor, and what was changed."""
    councillor = get_object_or_404(list_councillors(), pk=pk)
    user, day = request.user, today()
    state = state_on(councillor.starts_on, councillor.ends_on, day)
    may_keep = user.has_permission(Permission.KEEP_WARD_CONTACTS) and (
        list_councillors_kept_by(user).filter(pk=pk).exists()
    )
    context = {
        "councillor": councillor,
        "state": "In office" if state == "Current" else state,
        "may_change": may_keep and state != "Ended",
        "may_remove": may_keep and state == "Planned",
        "events": history_items(list_events_about(councillor)[:50]),
    }
    return render(request, "officers/councillors/detail.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Add a councillor of a ward one runs."""
    check_permission(request, Permission.KEEP_WARD_CONTACTS)
    form = forms.NewCouncillorForm(
        request.POST or None,
        wards=wards_run_by(request.user).defer("boundary"),
        initial={"ward": request.GET.get("ward")},
    )
    if request.method == "POST" and form.is_valid():
        added = services.add_councillor(by=request.user, **form.cleaned_data)
        messages.success(request, f"{added} added to {added.ward}")
        return redirect(added)
    context = {
        "form": form,
        "title": "Add a councillor",
        "back_url": reverse("officers:councillors:list"),
    }
    return render(request, "officers/councillors/form.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what is known of a councillor."""
    councillor = _kept_or_refused(request, pk)

    def present() -> dict[str, Any]:
        row = Councillor.objects.get(pk=pk)
        return {name: getattr(row, name) for name in (*_DETAILS, "version")}

    def save(values: dict[str, Any]) -> None:
        services.edit_councillor(councillor=councillor, by=request.user, **values)

    saving = save_form(request, forms.EditCouncillorForm, save, present)
    if saving.is_done:
        messages.success(request, "Changes saved")
        return redirect(councillor)
    context = {
        "form": saving.form,
        "saving": saving,
        "title": f"Change {councillor}",
        "back_url": councillor.get_absolute_url(),
    }
    return render(
        request, "officers/councillors/form.html", context, status=saving.status
    )


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a councillor's last day in office."""
    councillor = _kept_or_refused(request, pk)
    form = forms.EndCouncillorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_councillor(
                councillor=councillor, by=request.user, **form.cleaned_data
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"{councillor}’s last day is set")
            return redirect(councillor)
    context = {
        "form": form,
        "title": f"When does {councillor} leave office?",
        "back_url": councillor.get_absolute_url(),
    }
    return render(request, "officers/councillors/form.html", context)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a councillor who has not come into office yet."""
    councillor = _kept_or_refused(request, pk)
    services.remove_councillor(councillor=councillor, by=request.user)
    messages.success(request, f"{councillor} removed")
    return redirect(councillor.ward)


def _kept_or_refused(request: HttpRequest, pk: int) -> Councillor:
    check_permission(request, Permission.KEEP_WARD_CONTACTS)
    return get_object_or_404(list_councillors_kept_by(request.user), pk=pk)
