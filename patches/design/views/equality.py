"""Who loses an officer they know in an alternative, by group, without names."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from patches.design.models import AlternativeKind
from patches.design.presenters.equality import EqualityLine, equality_lines
from tenants.designs.equality import get_equality_check

from .alternatives import get_alternative


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def equality_check(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Households that lose a known officer by ward, need, home and landlord.

    For those who see measures without names: the numbers are of the whole design, and
    small ones are hidden from everybody alike.
    """
    alternative = get_alternative(request, pk, number)
    check_permission(request, Permission.VIEW_MEASURES)
    is_as_now = alternative.kind == AlternativeKind.AS_NOW
    check = None if is_as_now else get_equality_check(alternative)
    tables = equality_lines(check) if check else []
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        rows = [line.as_row(title) for title, lines in tables for line in lines]
        name = f"design-{pk}-alternative-{number}-equality.csv"
        return csv_response(name, EqualityLine.HEADER, rows)
    context = {
        "design": alternative.design,
        "alternative": alternative,
        "is_as_now": is_as_now,
        "check": check,
        "tables": tables,
        "may_export": request.user.has_permission(Permission.EXPORT_LISTS),
    }
    return render(request, "patches/design/equality.html", context)
