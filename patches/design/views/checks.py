"""Lists behind the numbers of a design that is not drawn yet."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from patches.design.selectors.checks import list_homes_without_coordinates

from .designs import get_design


@require_safe
@permission_required(Permission.DESIGN_PATCHES)
def no_coordinates_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Homes of a design's wards with no coordinates of their own."""
    design = get_design(request, pk)
    homes = list_homes_without_coordinates(design).select_related("ward")
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            f"design-{design.pk}-no-coordinates.csv",
            ["UPRN", "Reference", "Address", "Postcode", "Ward"],
            (
                [home.uprn, home.reference, home.one_line, home.postcode, home.ward]
                for home in homes.iterator(chunk_size=2_000)
            ),
        )
    context = {
        "design": design,
        "page_obj": Paginator(homes, 100).get_page(request.GET.get("page")),
        "may_export": request.user.has_permission(Permission.EXPORT_LISTS),
    }
    return render(request, "patches/design/no_coordinates.html", context)
