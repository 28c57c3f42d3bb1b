"""Kinds of work: their names, and who does the back-office part."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from housingplus.common.editing import save_form
from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from housingplus.govuk.lists import sorting
from patches.design.forms.assumptions import WorkTypeForm
from patches.design.models import WorkType
from patches.design.rules.assumptions import can_remove_work
from patches.design.selectors.assumptions import list_work_types
from patches.design.services import rates as services

from .assumptions import may_change

_SORTED = {
    "order": ("order", "name"),
    "name": "name",
    "service": ("service", "name"),
    "sets": ("set_count", "name"),
}
_changing = permission_required(Permission.DESIGN_PATCHES)


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def work_type_list(request: HttpRequest) -> HttpResponse:
    """Every kind of work, and what speaks of it."""
    order = sorting(request, _SORTED, default="order")
    rows = list_work_types().order_by(*order.order_by)
    context = {
        "page_obj": Paginator(rows, 100).get_page(request.GET.get("page")),
        "sorting": order,
        "may_change": may_change(request),
    }
    return render(request, "patches/workload/work_type_list.html", context)


@require_http_methods(["GET", "POST"])
@_changing
def work_type_add(request: HttpRequest) -> HttpResponse:
    """Add a kind of work."""
    return _write(request, None)


@require_http_methods(["GET", "POST"])
@_changing
def work_type_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a kind of work, or say who does its back office."""
    return _write(request, get_object_or_404(WorkType, pk=pk))


def _write(request: HttpRequest, work_type: WorkType | None) -> HttpResponse:
    def present() -> dict[str, Any]:
        if work_type is None:
            return {"order": 100, "version": None}
        row = WorkType.objects.get(pk=work_type.pk)
        return {
            "name": row.name,
            "service": row.service,
            "order": row.order,
            "version": services.seen_as(row),
        }

    def save(values: dict[str, Any]) -> None:
        services.save_work_type(work_type=work_type, by=request.user, **values)

    saving = save_form(request, WorkTypeForm, save, present)
    back = reverse("patches:workload:work_type_list")
    if saving.is_done:
        messages.success(request, "Kind of work saved")
        return redirect(back)
    context = {
        "form": saving.form,
        "saving": saving,
        "work_type": work_type,
        "can_remove": work_type is not None and can_remove_work(work_type),
        "back_url": back,
    }
    return render(
        request, "patches/workload/work_type_form.html", context, status=saving.status
    )


@require_POST
@_changing
def work_type_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a kind of work nothing speaks of."""
    work_type = get_object_or_404(WorkType, pk=pk)
    services.remove_work_type(work_type=work_type, by=request.user)
    messages.success(request, f"{work_type} removed")
    return redirect("patches:workload:work_type_list")
