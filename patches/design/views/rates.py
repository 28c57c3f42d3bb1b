"""What kinds of work take in a set, and other rates of areas and types of home."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from housingplus.common.editing import save_form
from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import permission_required
from patches.design.forms.assumptions import AreaRateForm, RateForm
from patches.design.models import AreaRate, AssumptionSet, WorkRate
from patches.design.presenters.assumptions import of_what, typed
from patches.design.rules.assumptions import check_can_have_area_rates
from patches.design.services import rates as services

from .assumptions import refuse_change

_changing = permission_required(Permission.DESIGN_PATCHES)
_VALUES = ("basis", "nature", "officer_minutes", "back_office_minutes", "per_year")


def _rate(pk: int, rate_pk: int) -> WorkRate:
    rates = WorkRate.objects.select_related("assumptions", "work_type")
    return get_object_or_404(rates, pk=rate_pk, assumptions=pk)


@require_http_methods(["GET", "POST"])
@_changing
def rate_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a kind of work the set does not have."""
    found = get_object_or_404(AssumptionSet, pk=pk)
    if refused := refuse_change(request, found):
        return refused

    def present() -> dict[str, Any]:
        return {"version": AssumptionSet.objects.get(pk=pk).version}

    def save(values: dict[str, Any]) -> None:
        services.add_rate(assumptions=found, by=request.user, **values)

    context = {"set": found, "back_url": found.get_absolute_url()}
    form_class = partial(RateForm, assumptions=found)
    return _save(request, form_class, save, present, context)


@require_http_methods(["GET", "POST"])
@_changing
def rate_edit(request: HttpRequest, pk: int, rate_pk: int) -> HttpResponse:
    """Change what a kind of work takes; its other rates are on the same page."""
    rate = _rate(pk, rate_pk)
    if refused := refuse_change(request, rate.assumptions):
        return refused

    def present() -> dict[str, Any]:
        row = WorkRate.objects.select_related("assumptions").get(pk=rate_pk)
        values = {name: typed(getattr(row, name)) for name in _VALUES}
        return {**values, "version": row.assumptions.version}

    def save(values: dict[str, Any]) -> None:
        services.save_rate(rate=rate, by=request.user, **values)

    context = {
        "set": rate.assumptions,
        "rate": rate,
        "others": [
            (of_what(row), typed(row.per_year), row)
            for row in rate.area_rates.select_related("area")
        ],
        "back_url": rate.assumptions.get_absolute_url(),
    }
    return _save(request, RateForm, save, present, context)


def _save(
    request: HttpRequest,
    form_class: Callable[..., RateForm],
    save: Callable[[dict[str, Any]], None],
    present: Callable[[], dict[str, Any]],
    context: dict[str, Any],
) -> HttpResponse:
    saving = save_form(request, form_class, save, present)
    if saving.is_done:
        messages.success(request, "Kind of work saved")
        return redirect(context["set"])
    context |= {"form": saving.form, "saving": saving}
    return render(
        request, "patches/workload/rate_form.html", context, status=saving.status
    )


@require_POST
@_changing
def rate_remove(request: HttpRequest, pk: int, rate_pk: int) -> HttpResponse:
    """Take a kind of work out of a set."""
    rate = _rate(pk, rate_pk)
    services.remove_rate(rate=rate, by=request.user)
    messages.success(request, f"{rate.work_type} taken out of {rate.assumptions}")
    return redirect(rate.assumptions)


@require_http_methods(["GET", "POST"])
@_changing
def area_rate_add(request: HttpRequest, pk: int, rate_pk: int) -> HttpResponse:
    """Say how often work comes in an area or for a type of home."""
    rate = _rate(pk, rate_pk)
    if refused := refuse_change(request, rate.assumptions):
        return refused
    check_can_have_area_rates(rate)
    form = AreaRateForm(request.POST if request.method == "POST" else None)
    back = reverse("patches:workload:rate_edit", args=[pk, rate_pk])
    if request.method == "POST" and form.is_valid():
        try:
            services.save_area_rate(rate=rate, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Rate saved")
            return redirect(back)
    context = {
        "form": form,
        "rate": rate,
        "usual": typed(rate.per_year),
        "set": rate.assumptions,
        "back_url": back,
    }
    return render(request, "patches/workload/area_rate_form.html", context)


@require_POST
@_changing
def area_rate_remove(
    request: HttpRequest, pk: int, rate_pk: int, area_rate_pk: int
) -> HttpResponse:
    """Let an area or type of home have the usual rate again."""
    rate = _rate(pk, rate_pk)
    area_rate = get_object_or_404(
        AreaRate.objects.select_related("rate__assumptions"), pk=area_rate_pk, rate=rate
    )
    services.remove_area_rate(area_rate=area_rate, by=request.user)
    messages.success(request, "Rate removed")
    return redirect("patches:workload:rate_edit", pk, rate_pk)
