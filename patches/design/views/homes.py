"""Homes of a design: the lists behind its numbers, and why one is in its patch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from officers.designs.comparing import leads_of
from officers.designs.selectors import leads_on
from officers.directory.models import Officer
from patches.design.drawer import with_references
from patches.design.filters import DesignHomeFilter
from patches.design.models import (
    DesignAlternative,
    DesignArea,
    DesignHome,
    DesignPatch,
)
from patches.design.selectors.alternatives import list_homes, with_leads
from patches.design.selectors.boards import load_area
from patches.design.selectors.eye import KINDS, eye_counts, list_eye_homes
from patches.design.solver.explain import why_here

from .alternatives import get_alternative
from .designs import get_design

COLUMNS = {
    "address": ("property__street_key", "property__walk_key"),
    "now": ("patch__code", "property__street_key", "property__walk_key"),
    "then": ("drawn_code", "property__street_key", "property__walk_key"),
    "hours": ("hours", "property__street_key"),
}
HOME_HEADER = [
    "UPRN",
    "Reference",
    "Address",
    "Postcode",
    "Ward team",
    "Patch now",
    "Patch in the design",
    "Changes patch",
    "Lead now",
    "Proposed lead",
    "Hours a month",
]
_viewing = permission_required(Permission.VIEW_DESIGNS)


@require_safe
@_viewing
def alternative_homes(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Homes of a design with the patch of each now and in one alternative."""
    alternative = get_alternative(request, pk, number)
    chosen = sorting(request, COLUMNS, default="address")
    homes, officers = _with_leads(alternative)
    filtered = DesignHomeFilter(request.GET, queryset=homes, alternative=alternative)
    rows = filtered.qs.order_by(*chosen.order_by)
    may_export = request.user.has_permission(Permission.EXPORT_LISTS)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        name = f"design-{pk}-alternative-{number}-homes.csv"
        return csv_response(name, HOME_HEADER, _csv_rows(rows, officers))
    page_obj = Paginator(rows, 100).get_page(request.GET.get("page"))
    context = {
        "design": alternative.design,
        "alternative": alternative,
        "page_obj": page_obj,
        "lines": [_line(home, officers) for home in page_obj],
        "filter": filtered,
        "sorting": chosen,
        "may_export": may_export,
    }
    return render(request, "patches/design/homes.html", context)


def _with_leads(
    alternative: DesignAlternative,
) -> tuple[QuerySet[DesignHome], dict[int, str]]:
    """Return homes with the leads of their patches now and then; and their names."""
    patches = list(alternative.patches.order_by("pk"))
    _, leads = leads_of(patches)
    now = leads_on(today())
    then = {pk: officer.pk for pk, officer in leads.items() if officer is not None}
    names = dict(
        Officer.objects.filter(pk__in={*now.values(), *then.values()}).values_list(
            "pk", "name"
        )
    )
    return with_leads(list_homes(alternative), now, then), names


def _line(home: DesignHome, officers: dict[int, str]) -> dict[str, Any]:
    return {
        "home": home,
        "lead_now": officers.get(home.lead_now, ""),
        "lead_then": officers.get(home.lead_then, ""),
    }


def _csv_rows(
    rows: QuerySet[DesignHome], officers: dict[int, str]
) -> Iterator[list[Any]]:
    for home in rows.iterator(chunk_size=2_000):
        moves = home.patch_id is not None and home.patch_id != home.drawn_continues
        yield [
            home.property.uprn,
            home.property.reference,
            home.property.one_line,
            home.property.postcode,
            home.area.name,
            home.patch.code if home.patch else "",
            home.drawn_code or "",
            "Yes" if moves else "No",
            officers.get(home.lead_now, ""),
            officers.get(home.lead_then, ""),
            round(home.hours, 3),
        ]


@require_safe
@_viewing
def home_detail(
    request: HttpRequest, pk: int, number: int, home_pk: int
) -> HttpResponse:
    """Why a home is in its patch, and where it is in the other alternatives."""
    alternative = get_alternative(request, pk, number)
    home = get_object_or_404(
        list_homes(alternative).select_related("unit"), property__pk=home_pk
    )
    known = {str(home.property_id): home.property.reference}
    drawn = load_area(alternative, _area_of(home, alternative))
    places = DesignPatch.objects.filter(
        alternative__design=alternative.design_id, placements__unit=home.unit_id
    ).select_related("alternative", "continues")
    context = {
        "design": alternative.design,
        "alternative": alternative,
        "home": home,
        "why": with_references(why_here(drawn, str(home.property_id)), known),
        "places": places.order_by("alternative__number") if home.unit_id else [],
    }
    return render(request, "patches/design/home.html", context)


def _area_of(home: DesignHome, alternative: DesignAlternative) -> Any:
    home.area.design = alternative.design
    return home.area


@require_safe
@_viewing
def eye(request: HttpRequest, pk: int) -> HttpResponse:
    """What needs a person's eye: homes with no place, far away, gaps joined."""
    design = get_design(request, pk)
    kind = request.GET.get("kind", "unplaced")
    if kind not in KINDS:
        raise Http404("There is no such list.")
    areas = list(design.areas.order_by("number"))
    homes = list_eye_homes(areas, kind).select_related("ward")
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            f"design-{pk}-{kind}.csv",
            ["UPRN", "Reference", "Address", "Postcode", "Ward"],
            (
                [home.uprn, home.reference, home.one_line, home.postcode, home.ward]
                for home in homes.iterator(chunk_size=2_000)
            ),
        )
    context = {
        "design": design,
        "counts": eye_counts(areas),
        "kind": kind,
        "title": KINDS[kind],
        "page_obj": Paginator(homes, 100).get_page(request.GET.get("page")),
        "gaps": _reported(areas, "joined"),
        "estates": _reported(areas, "estates"),
        "may_export": request.user.has_permission(Permission.EXPORT_LISTS),
    }
    return render(request, "patches/design/eye.html", context)


def _reported(areas: list[DesignArea], what: str) -> list[tuple[DesignArea, Any]]:
    return [(area, row) for area in areas for row in area.report.get(what, [])]
