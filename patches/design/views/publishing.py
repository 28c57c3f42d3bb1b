"""Publishing a design: choose the day, check what changes, confirm; cancelling."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import day_before, long_date
from housingplus.common.errors import Conflict, Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import check_permission, permission_required
from officers.assignments.selectors import answers_for
from officers.designs import services
from officers.designs.planning import LeadsPlan, plan_leads
from patches.design.forms.deciding import CancelPublicationForm, PublishForm
from patches.design.forms.leads import StartDateForm
from patches.design.models import DesignStatus, PatchDesign
from patches.design.presenters.publishing import (
    PatchLine,
    closing_line,
    home_lists,
    line_of,
    patch_after,
)
from patches.design.rules import deciding as rules
from patches.design.selectors.publishing import PublicationPlan, plan_publication
from patches.properties.models import Property
from patches.register.models import PatchMembership

from .deciding import act, check_offered, posted
from .designs import get_design

_drawing = permission_required(Permission.DESIGN_PATCHES)
HEADER = ["Address", "Postcode", "UPRN", "Reference", "Ward", "Patch before", "Then"]
# SQLite takes so many values in one query.
_AT_ONCE = 10_000


@require_http_methods(["GET", "POST"])
@_drawing
def design_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The three steps of publishing; nothing changes before the last is posted."""
    design = get_design(request, pk)
    check_offered(request, design, DesignStatus.SCHEDULED)
    form = PublishForm(posted(request), initial={"version": design.version})
    step = request.POST.get("step", "")
    if request.method == "POST" and step != "change" and form.is_valid():
        try:
            if step == "confirm":
                return _publish(request, design, form)
            services.check_can_publish(design, form.cleaned_data["starts_on"])
        except Conflict as conflict:
            return _check(request, design, form, conflict=conflict.message)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return _check(request, design, form)
    context = {"form": form, "design": design, "back_url": design.get_absolute_url()}
    return render(request, "patches/design/publish.html", context)


def _publish(
    request: HttpRequest, design: PatchDesign, form: PublishForm
) -> HttpResponse:
    design = services.publish_design(
        design=design,
        by=request.user,
        seen=request.POST.get("seen", ""),
        **form.cleaned_data,
    )
    return redirect("patches:designs:follows", design.pk)


def _check(
    request: HttpRequest, design: PatchDesign, form: PublishForm, conflict: str = ""
) -> HttpResponse:
    """What publishing on the day does, before anybody confirms it."""
    fresh = get_design(request, design.pk)
    if fresh.status != DesignStatus.APPROVED:
        messages.error(request, conflict)
        return redirect(fresh)
    starts_on: dt.date = form.cleaned_data["starts_on"]
    plan = plan_publication(fresh, starts_on)
    leads = plan_leads(plan)
    lists = home_lists(plan)
    context = {
        "design": fresh,
        "form": form,
        "starts_on": starts_on,
        "conflict": conflict,
        "plan": plan,
        "leads": leads,
        "lists": [one for one in lists.values() if one.count],
        "moving_count": lists["moving"].count,
        "staying_count": lists["staying"].count,
        "new_count": sum(row.is_new for row in plan.patches),
        "kept_count": sum(not row.is_new for row in plan.patches),
        "lines": _lines(plan, leads),
        "obstacles": [*plan.obstacles, *leads.obstacles],
        "seen": services.fingerprint(plan, leads),
        "version": fresh.version,
    }
    status = 409 if conflict else 200
    return render(request, "patches/design/publish_check.html", context, status=status)


def _lines(plan: PublicationPlan, leads: LeadsPlan) -> list[PatchLine]:
    """Return every patch of the plan, those that close last, with who answers."""
    patches = [*plan.closing, *(row.patch for row in plan.patches if row.patch)]
    answers = answers_for(patches, day_before(plan.starts_on))
    lines = [
        line_of(
            lead.patch,
            who_before=answers[lead.patch.patch.pk].name if lead.patch.patch else "",
            who_after=lead.name,
        )
        for lead in leads.leads
    ]
    lines += [
        closing_line(
            patch, before=plan.before(patch), who_before=answers[patch.pk].name
        )
        for patch in plan.closing
    ]
    return lines


@require_safe
@_drawing
def publish_homes(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The homes behind one number of the check before publishing."""
    design = get_design(request, pk)
    rules.check_can_move(design, to=DesignStatus.SCHEDULED)
    form = StartDateForm(request.GET)
    if not form.is_valid() or not form.cleaned_data["starts_on"]:
        return redirect("patches:designs:publish", design.pk)
    starts_on: dt.date = form.cleaned_data["starts_on"]
    plan = plan_publication(design, starts_on)
    found = home_lists(plan).get(kind)
    if found is None:
        raise Http404("There is no such list.")
    then = patch_after(plan)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            f"design-{pk}-{kind}.csv", HEADER, _csv(found.home_ids, starts_on, then)
        )
    page = Paginator(_in_order(found.home_ids), 50).get_page(request.GET.get("page"))
    page.object_list = _rows(list(page.object_list), starts_on, then)
    context = {
        "design": design,
        "list": found,
        "page_obj": page,
        "starts_on": starts_on,
        "may_export": request.user.has_permission(Permission.EXPORT_LISTS),
    }
    return render(request, "patches/design/publish_homes.html", context)


def _in_order(home_ids: list[int]) -> list[int]:
    """Return homes in walking order, each ten thousand by themselves."""
    ordered: list[int] = []
    for start in range(0, len(home_ids), _AT_ONCE):
        part = Property.objects.filter(pk__in=home_ids[start : start + _AT_ONCE])
        ordered += part.in_walking_order().values_list("pk", flat=True)
    return ordered


def _rows(
    home_ids: list[int], starts_on: dt.date, then: dict[int, tuple[str, str]]
) -> list[dict[str, Any]]:
    """Return homes with their patch the day before and from the day on."""
    before = dict(
        PatchMembership.objects.as_at(day_before(starts_on))
        .filter(property__in=home_ids)
        .order_by()
        .values_list("property", "patch__code")
    )
    homes = Property.objects.select_related("ward").in_bulk(home_ids)
    return [
        {
            "home": homes[pk],
            "before": before.get(pk, ""),
            "after": then.get(pk, ("", ""))[0],
            "with": then.get(pk, ("", ""))[1],
        }
        for pk in home_ids
    ]


def _csv(home_ids: list[int], starts_on: dt.date, then: dict[int, Any]) -> Any:
    ordered = _in_order(home_ids)
    for start in range(0, len(ordered), 2_000):
        for row in _rows(ordered[start : start + 2_000], starts_on, then):
            home = row["home"]
            yield [
                home.first_line,
                home.postcode,
                home.uprn,
                home.reference,
                home.ward,
                row["before"],
                row["after"],
            ]


@require_http_methods(["GET", "POST"])
@_drawing
def design_cancel_publication(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a publication back before its day."""
    design = get_design(request, pk)
    if request.method != "POST":
        services.check_can_cancel(design)
    form = CancelPublicationForm(posted(request), initial={"version": design.version})
    response = act(
        request,
        design,
        form,
        lambda given: services.cancel_publication(
            design=design, by=request.user, **given
        ),
        "The publication is cancelled. Everything is as it was before it.",
    )
    context = {
        "form": form,
        "design": design,
        "starts_on": long_date(design.starts_on) if design.starts_on else "",
        "back_url": reverse("patches:designs:detail", args=[design.pk]),
    }
    template = "patches/design/cancel_publication.html"
    return response or render(request, template, context)
