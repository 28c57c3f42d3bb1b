"""Pages of drop-in sessions, kept by the leaders of their wards."""

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
from housingplus.common.dates import today
from housingplus.common.editing import save_form
from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from officers.assignments.scope import wards_run_by
from officers.directory.presenters import history_items

from . import forms, services
from .filters import DropInFilter
from .models import DropIn
from .presenters import drop_in_line
from .selectors import list_drop_ins, list_drop_ins_kept_by

COLUMNS = {
    "ward": ("ward__name", "weekday", "opens_at"),
    "place": ("place", "weekday", "opens_at"),
    "day": ("weekday", "opens_at", "place"),
}


@require_GET
@permission_required(Permission.VIEW_OFFICERS)
def drop_in_list(request: HttpRequest) -> HttpResponse:
    """Sessions held today or later, with what each says in public."""
    filtered = DropInFilter(request.GET, queryset=list_drop_ins())
    chosen = sorting(request, COLUMNS, default="ward")
    rows = filtered.qs.order_by(*chosen.order_by)
    page_obj = Paginator(rows, 50).get_page(request.GET.get("page"))
    user = request.user
    may_keep = user.has_permission(Permission.KEEP_WARD_CONTACTS)
    context = {
        "page_obj": page_obj,
        "lines": [drop_in_line(drop_in, today()) for drop_in in page_obj],
        "filter": filtered,
        "sorting": chosen,
        "may_add": may_keep,
        "kept": set(wards_run_by(user).values_list("pk", flat=True)),
    }
    return render(request, "officers/drop_ins/list.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Add a session of a ward one runs."""
    check_permission(request, Permission.KEEP_WARD_CONTACTS)
    form = forms.NewDropInForm(
        request.POST or None,
        wards=wards_run_by(request.user).defer("boundary"),
        initial={"ward": request.GET.get("ward")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            added = services.add_drop_in(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"{added} added to {added.ward}")
            return redirect(_list_of(added))
    context = {
        "form": form,
        "title": "Add a drop-in session",
        "back_url": reverse("officers:drop_ins:list"),
    }
    return render(request, "officers/drop_ins/form.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a session, or set its last day."""
    check_permission(request, Permission.KEEP_WARD_CONTACTS)
    drop_in = get_object_or_404(list_drop_ins_kept_by(request.user), pk=pk)

    def present() -> dict[str, Any]:
        row = DropIn.objects.get(pk=pk)
        names = forms.EditDropInForm.base_fields
        return {name: getattr(row, name) for name in names}

    def save(values: dict[str, Any]) -> None:
        services.edit_drop_in(drop_in=drop_in, by=request.user, **values)

    saving = save_form(request, forms.EditDropInForm, save, present)
    if saving.is_done:
        messages.success(request, "Changes saved")
        return redirect(_list_of(drop_in))
    context = {
        "form": saving.form,
        "saving": saving,
        "drop_in": drop_in,
        "title": f"Change {drop_in}",
        "back_url": _list_of(drop_in),
        "may_remove": drop_in.starts_on > today(),
        "events": history_items(list_events_about(drop_in)[:20]),
    }
    return render(request, "officers/drop_ins/form.html", context, status=saving.status)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a session that has not begun."""
    check_permission(request, Permission.KEEP_WARD_CONTACTS)
    drop_in = get_object_or_404(list_drop_ins_kept_by(request.user), pk=pk)
    services.remove_drop_in(drop_in=drop_in, by=request.user)
    messages.success(request, f"{drop_in} removed")
    return redirect(_list_of(drop_in))


def _list_of(drop_in: DropIn) -> str:
    return f"{reverse('officers:drop_ins:list')}?ward={drop_in.ward_id}"
