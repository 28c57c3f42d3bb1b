"""Assumption sets: listing, looking, copying, changing, comparing two."""

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

from housingplus.audit.selectors import list_events_about
from housingplus.common.dates import today
from housingplus.common.editing import save_form
from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import permission_required
from housingplus.govuk.lists import sorting
from patches.design.errors import AssumptionsRefused
from patches.design.forms.assumptions import CompareForm, NameForm, SetForm
from patches.design.models import AssumptionSet, PatchDesign
from patches.design.presenters import assumptions as presenters
from patches.design.presenters.workload import number, signed
from patches.design.rules.assumptions import can_change, check_can_change
from patches.design.selectors import assumptions as selectors
from patches.design.selectors.staffing import SetEffect, compare_effects
from patches.design.services import assumptions as services
from patches.wards.models import Ward

_SORTED = {
    "name": "name",
    "dated": ("dated", "name"),
    "work": ("work_count", "name"),
}
_reading = permission_required(Permission.VIEW_DESIGNS)
_changing = permission_required(Permission.DESIGN_PATCHES)


def may_change(request: HttpRequest) -> bool:
    """Whether the person may change assumptions at all."""
    return request.user.has_permission(Permission.DESIGN_PATCHES)


def refuse_change(request: HttpRequest, found: AssumptionSet) -> HttpResponse | None:
    """Return a page that says why a set no longer changes and offers a copy, if so."""
    try:
        check_can_change(found)
    except AssumptionsRefused as refusal:
        context = {"set": found, "message": refusal.message}
        return render(request, "patches/workload/set_used.html", context, status=409)
    return None


@require_safe
@_reading
def set_list(request: HttpRequest) -> HttpResponse:
    """Sets in use, or archived ones."""
    order = sorting(request, _SORTED, default="-dated")
    archived = request.GET.get("archived") == "1"
    rows = selectors.list_assumptions().filter(is_archived=archived)
    context = {
        "page_obj": Paginator(rows.order_by(*order.order_by), 50).get_page(
            request.GET.get("page")
        ),
        "sorting": order,
        "archived": archived,
        "archived_count": AssumptionSet.objects.filter(is_archived=True).count(),
        "may_change": may_change(request),
    }
    return render(request, "patches/workload/set_list.html", context)


@require_safe
@_reading
def set_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One set: an officer's month step by step, each kind of work, who used it."""
    sets = AssumptionSet.objects.select_related("copied_from")
    found = get_object_or_404(sets, pk=pk)
    rates = list(selectors.list_rates(found))
    designs = PatchDesign.objects.visible_to(request.user).filter(assumptions=found)
    context = {
        "set": found,
        "steps": presenters.capacity_steps(found),
        "lines": [presenters.RateLine(rate) for rate in rates],
        "designs": designs[:20],
        "may_change": may_change(request),
        "can_change": can_change(found),
        "can_archive": not found.is_default,
        "can_be_default": not found.is_default and not found.is_archived,
        "events": presenters.history(list_events_about(found)[:20]),
    }
    return render(request, "patches/workload/set_detail.html", context)


@require_POST
@_changing
def set_start(request: HttpRequest) -> HttpResponse:
    """Make the set to start from."""
    made = services.create_default_assumptions(by=request.user)
    messages.success(
        request, "These are our assumptions. Copy them and put in your own figures"
    )
    return redirect(made)


@require_http_methods(["GET", "POST"])
@_changing
def set_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a set like another, to be changed from there."""
    source = get_object_or_404(AssumptionSet, pk=pk)
    form = NameForm(
        request.POST if request.method == "POST" else None,
        initial={"notes": source.notes, "dated": today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.copy_assumptions(
                source=source, by=request.user, **form.cleaned_data
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"{made} made. Now change what differs")
            return redirect(made)
    context = {"form": form, "set": source, "back_url": source.get_absolute_url()}
    return render(request, "patches/workload/set_copy.html", context)


@require_http_methods(["GET", "POST"])
@_changing
def set_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a set's name, an officer's time, the weight of records, the band."""
    found = get_object_or_404(AssumptionSet, pk=pk)
    if refused := refuse_change(request, found):
        return refused

    def present() -> dict[str, Any]:
        row = AssumptionSet.objects.get(pk=pk)
        names = SetForm.base_fields
        return {name: presenters.typed(getattr(row, name)) for name in names}

    def save(values: dict[str, Any]) -> None:
        services.save_assumptions(assumptions=found, by=request.user, **values)

    saving = save_form(request, SetForm, save, present)
    if saving.is_done:
        messages.success(request, "Assumptions saved")
        return redirect(found)
    context = {
        "form": saving.form,
        "saving": saving,
        "set": found,
        "back_url": found.get_absolute_url(),
    }
    return render(
        request, "patches/workload/set_edit.html", context, status=saving.status
    )


@require_POST
@_changing
def set_make_default(request: HttpRequest, pk: int) -> HttpResponse:
    """Use this set where no other is named."""
    found = get_object_or_404(AssumptionSet, pk=pk)
    services.make_default(assumptions=found, by=request.user)
    messages.success(request, f"{found} is now used where no other set is named")
    return redirect(found)


@require_POST
@_changing
def set_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a set away, or take it back."""
    found = get_object_or_404(AssumptionSet, pk=pk)
    archive = request.POST.get("archive") == "1"
    services.set_archived(assumptions=found, is_archived=archive, by=request.user)
    said = "archived" if archive else "taken back"
    messages.success(request, f"{found} {said}")
    return redirect(found)


@require_safe
@_reading
def set_compare(request: HttpRequest) -> HttpResponse:
    """Two sets side by side: what they say, and what that does to each ward."""
    asked = {"first", "second"} <= request.GET.keys()
    form = CompareForm(
        request.GET if asked else None, initial={"first": request.GET.get("first")}
    )
    context: dict[str, Any] = {
        "form": form,
        "back_url": reverse("patches:workload:set_list"),
    }
    if form.is_bound and form.is_valid():
        both = [form.cleaned_data["first"], form.cleaned_data["second"]]
        context |= {"both": both, **_compared(*both)}
    return render(request, "patches/workload/set_compare.html", context)


def _compared(first: AssumptionSet, second: AssumptionSet) -> dict[str, Any]:
    homes, effects = compare_effects([first, second], today())
    one, other = effects
    wards = Ward.objects.defer("boundary").filter(
        pk__in=[pk for pk in homes if homes[pk]]
    )
    return {
        "capacity": presenters.compared_capacity(first, second),
        "rates": presenters.compared_rates(
            selectors.list_rates(first), selectors.list_rates(second)
        ),
        "wards": [
            {
                "ward": ward,
                "homes": homes[ward.pk],
                **_effect(
                    one.hours[ward.pk],
                    other.hours[ward.pk],
                    one.needed(ward.pk),
                    other.needed(ward.pk),
                ),
            }
            for ward in wards.order_by("name")
        ],
        "total": {
            "homes": sum(homes.values()),
            **_effect(one.total, other.total, one.needed_in_all, other.needed_in_all),
        },
        "summary": _summary(one, other),
    }


def _effect(
    hours: float, other_hours: float, needed: float | None, other: float | None
) -> dict[str, Any]:
    gap = None if needed is None or other is None else other - needed
    return {
        "hours": hours,
        "other_hours": other_hours,
        "needed": needed,
        "other_needed": other,
        "gap": signed(gap),
    }


def _summary(one: SetEffect, other: SetEffect) -> str:
    """Return in a sentence what choosing the second set would do."""
    first, second = one.needed_in_all, other.needed_in_all
    if first is None or second is None:
        return (
            "One of the sets leaves an officer no time for homes, so it cannot be said "
            "how many officers it asks for."
        )
    if round(first, 1) == round(second, 1):
        return f"Both ask for about {number(first, 1)} full-time officers."
    way = "more" if second > first else "fewer"
    return (
        f"{other.assumptions} asks for {number(abs(second - first), 1)} full-time "
        f"officers {way} than {one.assumptions}: {number(second, 1)} instead of "
        f"{number(first, 1)}."
    )
