"""What homes are expected to need: the whole service, a ward, patch, block or home."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from officers.directory.selectors import count_posts_filled
from patches.design.forms.assumptions import ChooseSetForm
from patches.design.models import AssumptionSet
from patches.design.presenters import workload as presenters
from patches.design.selectors import places as selectors
from patches.design.selectors.assumptions import default_assumptions
from patches.design.selectors.staffing import service_work
from patches.properties.models import Block, Property
from patches.register.models import Patch
from patches.wards.models import Ward
from tenants.households.permissions import can_see_people_of

_WARDS: dict[str, Any] = {
    "ward": lambda row: row.ward.name,
    "homes": lambda row: row.homes,
    "hours": lambda row: row.hours,
    "per_home": lambda row: row.per_home,
    "needed": lambda row: row.needed or 0.0,
    "in_post": lambda row: row.in_post,
    "gap": lambda row: row.gap or 0.0,
    "band": lambda row: row.band,
}
HOME_HEADER = ["Address", "Postcode", "UPRN", "Reference", "Officer hours a month"]


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def service(request: HttpRequest) -> HttpResponseBase:
    """Every ward's work, with officers needed and in post, and back-office posts."""
    chosen = _chosen(request)
    if chosen["set"] is None:
        return render(request, "patches/workload/none.html", chosen)
    day = today()
    posts = count_posts_filled(day)
    found = service_work(
        chosen["set"], on=day, in_post=posts.by_ward, in_post_total=posts.total
    )
    order = sorting(request, dict.fromkeys(_WARDS, ""), default="ward")
    lines = sorted(found.lines, key=_WARDS["ward"])
    lines.sort(key=_WARDS[order.key], reverse=order.is_descending)
    shown = [presenters.WardLine(line) for line in lines]
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        rows = (line.as_row() for line in shown)
        return csv_response("work-by-ward.csv", presenters.WardLine.HEADER, rows)
    context = {
        **chosen,
        "found": found,
        "page_obj": Paginator(shown, 200).get_page(1),
        "sorting": order,
        "total": presenters.WardLine(found.total),
        "parts": presenters.part_lines(found.parts, found.total.homes),
        "without_patch": posts.without_patch,
    }
    return render(request, "patches/workload/service.html", context)


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def ward(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One ward: its work by kind, its patches and its heaviest blocks."""
    place = get_object_or_404(Ward.objects.select_related("area"), pk=pk)
    chosen = _chosen(request)
    if chosen["set"] is None:
        return render(request, "patches/workload/none.html", chosen)
    day = today()
    found = selectors.work_of_ward(chosen["set"], place, day)
    posts = count_posts_filled(day)
    context = {
        **chosen,
        "ward": place,
        "found": found,
        "in_post": posts.by_ward.get(place.pk, 0),
        "parts": presenters.part_lines(found.parts, found.homes),
    }
    return render(request, "patches/workload/ward.html", context)


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def patch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One patch: its work by kind, its officer's hours, its homes by their work."""
    place = get_object_or_404(Patch.objects.select_related("ward"), pk=pk)
    chosen = _chosen(request)
    if chosen["set"] is None:
        return render(request, "patches/workload/none.html", chosen)
    day = today()
    found = selectors.work_of_patch(chosen["set"], place, day)
    fte = count_posts_filled(day).by_patch.get(place.pk)
    there = float(fte) * found.post.monthly_hours if fte else None
    if request.GET.get("format") == "csv":
        return _homes_csv(request, f"patch-{place.pk}-work.csv", found.ranked)
    context = {
        **chosen,
        "patch": place,
        "found": found,
        "fte": fte,
        "there": there,
        "load_text": presenters.load_text(found.hours_in_all, there),
        "parts": presenters.part_lines(found.parts, found.homes),
        **_ranked(request, found.ranked),
    }
    return render(request, "patches/workload/patch.html", context)


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def block(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One block: its work by kind, and its homes by their work."""
    place = get_object_or_404(Block.objects.select_related("ward"), pk=pk)
    chosen = _chosen(request)
    if chosen["set"] is None:
        return render(request, "patches/workload/none.html", chosen)
    found = selectors.work_of_block(chosen["set"], place, today())
    if request.GET.get("format") == "csv":
        return _homes_csv(request, f"block-{place.pk}-work.csv", found.ranked)
    context = {
        **chosen,
        "building": place,
        "found": found,
        "parts": presenters.part_lines(found.parts, found.homes),
        **_ranked(request, found.ranked),
    }
    return render(request, "patches/workload/block.html", context)


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def home(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One home: each part of its work, and the reckoning in words.

    What is recorded of one home says something of who lives there, so it is shown to
    those who may see them; the others see the area's rates and the sum.
    """
    homes = Property.objects.select_related("ward__area", "block")
    place = get_object_or_404(homes, pk=pk)
    chosen = _chosen(request)
    if chosen["set"] is None:
        return render(request, "patches/workload/none.html", chosen)
    found = selectors.work_of_home(chosen["set"], place, today())
    sees_records = can_see_people_of(request.user, place)
    context = {
        **chosen,
        "home": place,
        "found": found,
        "sees_records": sees_records,
        "parts": presenters.home_lines(
            found.parts if found else [],
            place,
            chosen["set"],
            shows_records=sees_records,
        ),
    }
    return render(request, "patches/workload/home.html", context)


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """Return the set a page is worked out by: the one asked for, or the default."""
    form = ChooseSetForm(request.GET)
    asked: AssumptionSet | None = form.cleaned_data["set"] if form.is_valid() else None
    found = asked or default_assumptions()
    is_other = asked is not None and not asked.is_default
    return {
        "set": found,
        "set_form": ChooseSetForm(initial={"set": asked}),
        "has_choice": AssumptionSet.objects.filter(is_archived=False).count() > 1,
        "set_query": f"?set={asked.pk}" if asked is not None and is_other else "",
        "is_other_set": is_other,
        "may_change": request.user.has_permission(Permission.DESIGN_PATCHES),
        "may_import": request.user.has_permission(Permission.IMPORT_LISTS),
        "may_export": request.user.has_permission(Permission.EXPORT_LISTS),
        "start_url": reverse("patches:workload:set_start"),
        "day": today(),
    }


def _ranked(request: HttpRequest, ranked: list[selectors.HomeWork]) -> dict[str, Any]:
    """Return the page of homes asked for, the ones with most work first."""
    page_obj = Paginator(ranked, 50).get_page(request.GET.get("page"))
    homes = _homes([row.property_id for row in page_obj]).in_bulk()
    rows = [(homes[row.property_id], row) for row in page_obj]
    return {"page_obj": page_obj, "rows": rows}


def _homes(ids: Iterable[int]) -> QuerySet[Property]:
    return Property.objects.filter(pk__in=ids)


def _homes_csv(
    request: HttpRequest, name: str, ranked: list[selectors.HomeWork]
) -> HttpResponseBase:
    check_permission(request, Permission.EXPORT_LISTS)
    homes = _homes([row.property_id for row in ranked]).in_bulk()
    return csv_response(
        name,
        HOME_HEADER,
        (
            [
                homes[row.property_id].first_line,
                homes[row.property_id].postcode,
                homes[row.property_id].uprn,
                homes[row.property_id].reference,
                round(row.hours, 3),
            ]
            for row in ranked
        ),
    )
