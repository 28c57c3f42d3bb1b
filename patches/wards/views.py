"""The wards, and one ward with its patches, streets and blocks."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from officers.assignments.selectors import (
    leaders_of_teams,
    teams_of_wards,
    vacant_since,
)
from officers.councillors.selectors import (
    list_councillors_of_ward,
    list_councillors_to_come,
)
from officers.drop_ins.presenters import drop_in_line
from officers.drop_ins.selectors import list_drop_ins_of_wards
from patches.register.permissions import can_change_in
from patches.register.selectors import ward_shapes
from patches.register.views.lists import patch_lines, patches_with_answers
from patches.register.views.scope import run_ward_ids

from . import selectors
from .filters import WardFilter
from .models import Ward
from .presenters import WardLine

COLUMNS = {
    key: key
    for key in (
        "name",
        "area",
        "home",
        "unplaced",
        "patch",
        "out_of_band",
        "no_officer",
        "team",
        "leader",
    )
}


@require_safe
@permission_required(Permission.VIEW_PLACES)
def ward_list(request: HttpRequest) -> HttpResponse:
    """Every ward: its homes, patches, what is out of order, and its team."""
    chosen = sorting(request, COLUMNS, default="name")
    filtered = WardFilter(
        request.GET, queryset=Ward.objects.defer("boundary").select_related("area")
    )
    lines = ward_lines(filtered.qs, today())
    lines.sort(key=lambda line: line.ward.name)
    lines.sort(
        key=lambda line: line.sort_value(chosen.key), reverse=chosen.is_descending
    )
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            "wards.csv", WardLine.HEADER, (line.as_row() for line in lines)
        )
    page_obj = Paginator(lines, 100).get_page(request.GET.get("page"))
    return render(
        request,
        "patches/wards/list.html",
        {"page_obj": page_obj, "filter": filtered, "sorting": chosen},
    )


def ward_lines(wards: QuerySet[Ward], day: dt.date) -> list[WardLine]:
    """Return each ward with its sums on a day, in a fixed number of queries."""
    homes = selectors.count_homes_by_ward(day)
    unplaced = selectors.count_unplaced_by_ward(day)
    lines = {
        ward.pk: WardLine(ward, homes.get(ward.pk, 0), unplaced.get(ward.pk, 0))
        for ward in wards
    }
    teams = teams_of_wards(lines, day)
    leaders = leaders_of_teams({team.pk for team in teams.values()}, day)
    for ward_id, team in teams.items():
        lines[ward_id].team = team
        lines[ward_id].leader = leaders.get(team.pk)
    for patch in patches_with_answers(day).filter(ward__in=list(lines)):
        line = lines[patch.ward_id]
        line.patch_count += 1
        line.out_of_band_count += patch.band_state != "in"
        line.no_officer_count += patch.answering_officer_id is None
    return list(lines.values())


@require_safe
@permission_required(Permission.VIEW_PLACES)
def ward_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One ward: map, patches, team, streets and blocks to move from."""
    ward = get_object_or_404(Ward.objects.select_related("area"), pk=pk)
    day = today()
    patches = list(vacant_since(selectors.list_patches_of_ward(ward, day), day))
    team = teams_of_wards([ward.pk], day).get(ward.pk)
    leaders = leaders_of_teams([team.pk], day) if team else {}
    streets = selectors.list_streets_of_ward(ward, day)
    run_wards = run_ward_ids(request.user)
    return render(
        request,
        "patches/wards/detail.html",
        {
            "ward": ward,
            "today": day,
            "map_label": f"Patches and homes of {ward}",
            "lines": patch_lines(patches, day),
            "team": team,
            "leader": leaders.get(team.pk) if team else None,
            "streets": streets,
            "blocks": selectors.list_blocks_of_ward(ward, day),
            "home_count": sum(street.home_count for street in streets),
            "unplaced_count": sum(street.unplaced_count for street in streets),
            "out_of_band_count": sum(
                patch.band_state != "in" and patch.is_in_force(day) for patch in patches
            ),
            "councillors": list_councillors_of_ward(ward, day),
            "councillors_to_come": list_councillors_to_come(ward, day),
            "drop_ins": [
                drop_in_line(row, day) for row in list_drop_ins_of_wards([ward.pk], day)
            ],
            "may_change": can_change_in(request.user, ward.pk, run_wards),
            "may_keep": ward.pk in run_wards
            and request.user.has_permission(Permission.KEEP_WARD_CONTACTS),
        },
    )


@require_safe
@permission_required(Permission.VIEW_PLACES)
def ward_map(request: HttpRequest, pk: int) -> JsonResponse:
    """The ward's boundary, patches and homes for its map."""
    return JsonResponse(ward_shapes(get_object_or_404(Ward, pk=pk), today()))
