"""Looking at associations: the list, one of them, the homes it speaks for."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from housingplus.audit import services as audit
from housingplus.common.counting import plural
from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from patches.properties.models import Property
from tenants.taras import permissions, presenters, selectors
from tenants.taras.filters import TaraFilter
from tenants.taras.models import Tara, TaraContact, TaraRole

_SORTS = {
    "name": "name",
    "ward": ("ward__name", "name"),
    "recognised": ("recognised_on", "name"),
    "contact": ("last_contact_on", "name"),
}


@require_GET
@permission_required(Permission.VIEW_TARAS)
def tara_list(request: HttpRequest) -> HttpResponseBase:
    """Every association, with who leads on it and when it was last heard."""
    chosen = sorting(request, _SORTS, default="name")
    taras = Tara.objects.visible_to(request.user).with_last_contact()
    filtered = TaraFilter(request.GET, queryset=taras, request=request)
    rows = filtered.qs.for_list().order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        return _tara_csv(request, rows)
    page_obj = Paginator(rows, 50).get_page(request.GET.get("page"))
    people = selectors.people_of_taras(page_obj, today())
    for tara in page_obj:
        tara.people = people[tara.pk]
        tara.area_text = presenters.area_in_words(tara)
        tara.is_silent = tara.closed_on is None and presenters.is_silent(
            tara.last_contact_on, today()
        )
    return render(
        request,
        "tenants/taras/list.html",
        {
            "page_obj": page_obj,
            "filter": filtered,
            "sorting": chosen,
            "can_add": permissions.can_manage_taras(request.user),
            "weeks": selectors.WEEKS_WITHOUT_CONTACT,
        },
    )


def _tara_csv(request: HttpRequest, rows: QuerySet[Tara]) -> HttpResponseBase:
    check_permission(request, Permission.EXPORT_LISTS)
    taras = list(rows)
    people = selectors.people_of_taras(taras, today())
    audit.record(
        "taras.exported",
        subject=request.user,
        by=request.user,
        summary=f"{len(taras)} rows",
    )
    lines = (presenters.csv_row(tara, people[tara.pk]) for tara in taras)
    return csv_response("taras.csv", presenters.CSV_HEADER, lines)


@require_GET
@permission_required(Permission.VIEW_TARAS)
def tara_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One association; its committee and contacts for those who work with it."""
    taras = Tara.objects.visible_to(request.user).with_last_contact()
    tara = get_object_or_404(taras.select_related("ward"), pk=pk)
    day = today()
    works_with = permissions.can_work_with(request.user, tara)
    roles = list(TaraRole.objects.visible_to(request.user).filter(tara=tara))
    contacts = TaraContact.objects.visible_to(request.user).filter(tara=tara)
    people = selectors.people_of_taras([tara], day)[tara.pk]
    can_manage = permissions.can_manage(request.user, tara)
    officer_url = reverse("tenants:taras:officer", args=[tara.pk])
    entries = presenters.timeline_of(
        tara,
        contacts=contacts.select_related("officer", "recorded_by"),
        roles=roles,
        officers=tara.officers.select_related("officer"),
    )
    return render(
        request,
        "tenants/taras/detail.html",
        {
            "tara": tara,
            "people": people,
            **presenters.officers_in_words(people),
            "home_count_text": plural(
                selectors.homes_of_tara(tara, day).count(), "home"
            ),
            "no_contact_text": presenters.silence_in_words(tara.last_contact_on, day),
            "lead_url": f"{officer_url}?kind=lead" if can_manage else "",
            "liaison_url": f"{officer_url}?kind=liaison" if can_manage else "",
            "parts": selectors.list_parts(tara, day),
            "committee": [row for row in roles if _is_on(row)],
            "former": [row for row in roles if row.ends_on and row.ends_on < day],
            "page_obj": Paginator(entries, 20).get_page(request.GET.get("page")),
            "works_with": works_with,
            "can_manage": can_manage,
            "is_closed": tara.closed_on is not None and tara.closed_on <= day,
            "is_silent": presenters.is_silent(tara.last_contact_on, day),
        },
    )


@require_GET
@permission_required(Permission.VIEW_TARAS)
def tara_homes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The homes an association speaks for, or those of one part of its area."""
    tara = get_object_or_404(Tara.objects.visible_to(request.user), pk=pk)
    part = request.GET.get("part", "")
    homes = selectors.homes_of_part(tara, part, today()).select_related("ward", "block")
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response("homes.csv", _HOME_HEADER, map(_home_row, homes.iterator()))
    page_obj = Paginator(homes, 50).get_page(request.GET.get("page"))
    context = {"tara": tara, "page_obj": page_obj, "part": part}
    return render(request, "tenants/taras/homes.html", context)


_HOME_HEADER = ["Address", "Postcode", "UPRN", "Ward", "Block"]


def _home_row(home: Property) -> list[Any]:
    return [home.one_line, home.postcode, home.uprn, home.ward.name, home.block or ""]


def _is_on(role: TaraRole) -> bool:
    """Whether somebody is on the committee today, or will be."""
    return role.ends_on is None or role.ends_on >= today()
