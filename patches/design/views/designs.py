"""The list of designs; making, changing and copying one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.editing import save_form
from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from patches.design.filters import DesignFilter
from patches.design.forms.designs import CopyForm, DesignForm, ScopeForm
from patches.design.models import AssumptionSet, PatchDesign
from patches.design.presenters.designs import LIST_HEADER, design_row, where
from patches.design.rules.drawing import check_can_draw
from patches.design.selectors.assumptions import default_assumptions
from patches.design.services import designs as services
from patches.wards.models import Ward

from .scopes import scope_of

COLUMNS = {
    "name": "name",
    "state": ("status", "starts_on", "name"),
    "homes": ("homes_on", "name"),
    "starts": ("starts_on", "name"),
    "made": "created_at",
}
_drawing = permission_required(Permission.DESIGN_PATCHES)


def get_design(request: HttpRequest, pk: int) -> PatchDesign:
    """Return a design the person may see, with what every page of it needs."""
    designs = PatchDesign.objects.visible_to(request.user).select_related(
        "assumptions", "barriers", "job", "chosen", "created_by"
    )
    return get_object_or_404(designs, pk=pk)


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def design_list(request: HttpRequest) -> HttpResponse:
    """Designs the person may see, the latest first."""
    chosen = sorting(request, COLUMNS, default="-made")
    designs = PatchDesign.objects.visible_to(request.user)
    filtered = DesignFilter(request.GET, queryset=designs.for_list())
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response("patch-designs.csv", LIST_HEADER, _csv_rows(rows))
    page_obj = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {
        "page_obj": page_obj,
        "lines": [_line(design) for design in page_obj],
        "filter": filtered,
        "sorting": chosen,
        "may_design": request.user.has_permission(Permission.DESIGN_PATCHES),
        "may_export": request.user.has_permission(Permission.EXPORT_LISTS),
        "has_assumptions": AssumptionSet.objects.exists(),
    }
    return render(request, "patches/design/list.html", context)


def _line(design: PatchDesign) -> dict[str, Any]:
    return {
        "design": design,
        "state": design.state_on(today()),
        "where": where(design.wards.all()),
    }


def _csv_rows(rows: Iterable[PatchDesign]) -> Iterator[list[Any]]:
    return (design_row(design, today()) for design in rows)


@require_safe
@_drawing
def design_create(request: HttpRequest) -> HttpResponse:
    """The first question, which homes; the answer leads to the next page."""
    form = ScopeForm(request.GET if "kind" in request.GET else None)
    if form.is_valid():
        return redirect("patches:designs:create_for", form.cleaned_data["kind"])
    context = {
        "form": form,
        "back_url": reverse("patches:designs:list"),
        "has_assumptions": AssumptionSet.objects.filter(is_archived=False).exists(),
        "has_wards": Ward.objects.exists(),
    }
    return render(request, "patches/design/create.html", context)


@require_http_methods(["GET", "POST"])
@_drawing
def design_create_for(request: HttpRequest, kind: str) -> HttpResponse:
    """The rest of a design: why, by which assumptions, how many, what matters."""
    form = DesignForm(
        request.POST if request.method == "POST" else None,
        initial={
            "assumptions": default_assumptions(),
            "scope": request.GET.getlist("scope"),
        },
        scope=scope_of(kind),
    )
    if request.method == "POST" and form.is_valid():
        answers = {k: v for k, v in form.cleaned_data.items() if k != "version"}
        try:
            design = services.create_design(**answers, by=request.user)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Design made. Check what is to be drawn.")
            return redirect(design)
    context = {
        "form": form,
        "kind": kind,
        "has_assumptions": form.fields["assumptions"].queryset.exists(),
        "has_wards": Ward.objects.exists(),
        "back_url": reverse("patches:designs:create"),
    }
    return render(request, "patches/design/form.html", context)


@require_http_methods(["GET", "POST"])
@_drawing
def design_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is to be drawn of a draft."""
    design = get_design(request, pk)
    check_can_draw(design)
    scope = scope_of("wards")

    def save(answers: dict[str, Any]) -> None:
        answers.pop("token")
        answers["version"] = answers["version"] or 0
        services.edit_design(design=design, **answers, by=request.user)

    def present() -> dict[str, Any]:
        design.refresh_from_db()
        return {
            **{field: getattr(design, field) for field in services.FIELDS},
            "name": design.name,
            "version": design.version,
            "scope": [str(ward.pk) for ward in design.wards.all()],
        }

    def form_class(*args: Any, **kwargs: Any) -> DesignForm:
        return DesignForm(*args, scope=scope, design=design, **kwargs)

    saving = save_form(request, form_class, save, present)
    if saving.is_done:
        messages.success(request, "Design changed")
        return redirect(design)
    context = {
        "form": saving.form,
        "saving": saving,
        "design": design,
        "kind": "wards",
        "has_assumptions": True,
        "back_url": design.get_absolute_url(),
    }
    return render(request, "patches/design/form.html", context, status=saving.status)


@require_http_methods(["GET", "POST"])
@_drawing
def design_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Make another draft by the same wishes and rules."""
    design = get_design(request, pk)
    form = CopyForm(
        request.POST if request.method == "POST" else None,
        initial={"name": f"{design.name[:70]} (copy)"},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.copy_design(
                design=design, **form.cleaned_data, by=request.user
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Design copied. Change what you want, then draw.")
            return redirect(made)
    context = {
        "form": form,
        "design": design,
        "back_url": design.get_absolute_url(),
    }
    return render(request, "patches/design/copy.html", context)
