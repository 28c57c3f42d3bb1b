"""The list of patches, and the list of homes with no patch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from officers.assignments.models import Assignment
from officers.assignments.selectors import (
    answers_for,
    first_day_without_officer,
    vacant_since,
    with_answer,
    with_answer_kind,
)
from patches.register.filters import MoveFilter, PatchFilter, UnplacedFilter
from patches.register.models import Patch, PatchMove
from patches.register.permissions import can_change_in
from patches.register.presenters import MOVE_HEADER, PatchLine, move_row
from patches.register.selectors import list_homes_without_patch

from .scope import day_asked, run_ward_ids

PATCH_COLUMNS = {
    "code": "code",
    "name": ("name", "code"),
    "ward": ("ward__name", "code"),
    "homes": ("home_count", "code"),
    "officer": ("answering_name", "code"),
}
HOME_COLUMNS = {
    "address": ("street_key", "walk_key"),
    "postcode": ("postcode", "street_key", "walk_key"),
    "ward": ("ward__name", "street_key", "walk_key"),
    "since": ("managed_from", "street_key", "walk_key"),
}
MOVE_COLUMNS = {
    "moved": "moved_at",
    "from": "starts_on",
    "to": "to_patch__code",
    "homes": "home_count",
}


@require_safe
@permission_required(Permission.VIEW_PLACES)
def patch_list(request: HttpRequest) -> HttpResponse:
    """Patches in force on a day: their size, and who answers since when."""
    day, _ = day_asked(request)
    chosen = sorting(request, PATCH_COLUMNS, default="code")
    filtered = PatchFilter(
        request.GET,
        queryset=vacant_since(patches_with_answers(day), day),
        officers=_officers(day),
    )
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response("patches.csv", PatchLine.HEADER, _csv_rows(rows, day))
    page_obj = Paginator(rows, 50).get_page(request.GET.get("page"))
    wards = run_ward_ids(request.user)
    return render(
        request,
        "patches/register/list.html",
        {
            "page_obj": page_obj,
            "lines": patch_lines(list(page_obj), day),
            "filter": filtered,
            "sorting": chosen,
            "day": day,
            "is_today": day == today(),
            "upcoming": Patch.objects.filter(starts_on__gt=day).order_by("starts_on")[
                :20
            ],
            "may_create": any(can_change_in(request.user, pk, wards) for pk in wards),
        },
    )


def patches_with_answers(day: dt.date) -> QuerySet[Patch]:
    """Return patches in force on a day with size, band state and who answers."""
    sized = Patch.objects.as_at(day).with_home_count(day).with_band_state(day)
    return with_answer_kind(with_answer(sized, day), day).select_related("ward__area")


def patch_lines(patches: list[Patch], day: dt.date) -> list[PatchLine]:
    """Return each patch, annotated by `vacant_since`, with who answers on a day."""
    answers = answers_for(patches, day)
    return [
        PatchLine(patch, answers[patch.pk], first_day_without_officer(patch))
        for patch in patches
    ]


def _officers(day: dt.date) -> list[tuple[int, str]]:
    """Return whoever answers for a patch on a day, to choose from."""
    running = Assignment.objects.as_at(day).filter(officer__isnull=False)
    named = running.order_by("officer__name", "officer")
    return list(named.values_list("officer", "officer__name").distinct())


def _csv_rows(rows: QuerySet[Patch], day: dt.date) -> Iterator[list[Any]]:
    return (line.as_row() for line in patch_lines(list(rows), day))


@require_safe
@permission_required(Permission.VIEW_PLACES)
def unplaced_list(request: HttpRequest) -> HttpResponse:
    """Managed homes in no patch today, to choose a patch for."""
    chosen = sorting(request, HOME_COLUMNS, default="address")
    homes = list_homes_without_patch().select_related("ward", "block")
    filtered = UnplacedFilter(request.GET, queryset=homes)
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            "homes-with-no-patch.csv",
            ["UPRN", "Reference", "Address", "Postcode", "Ward", "Managed from"],
            (
                [
                    home.uprn,
                    home.reference,
                    home.one_line,
                    home.postcode,
                    home.ward,
                    home.managed_from,
                ]
                for home in rows.iterator(chunk_size=2_000)
            ),
        )
    page_obj = Paginator(rows, 100).get_page(request.GET.get("page"))
    wards = run_ward_ids(request.user)
    may_move = any(can_change_in(request.user, pk, wards) for pk in wards)
    return render(
        request,
        "patches/register/unplaced.html",
        {
            "page_obj": page_obj,
            "filter": filtered,
            "sorting": chosen,
            "may_move": may_move,
            "may_move_some": may_move
            and any(home.ward_id in wards for home in page_obj),
            "move_all_query": _without(request, "page", "sort", "format"),
            "run_ward_ids": wards,
        },
    )


def _without(request: HttpRequest, *names: str) -> str:
    """Return the address's query without some of its parts."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()


@require_safe
@permission_required(Permission.VIEW_PLACES)
def move_list(request: HttpRequest) -> HttpResponse:
    """Every move of homes, newest first."""
    chosen = sorting(request, MOVE_COLUMNS, default="-moved")
    moves = PatchMove.objects.select_related("to_patch", "moved_by", "undone_by")
    filtered = MoveFilter(request.GET, queryset=moves)
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response("moves.csv", MOVE_HEADER, map(move_row, rows))
    return render(
        request,
        "patches/register/move_list.html",
        {
            "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
            "filter": filtered,
            "sorting": chosen,
            "today": today(),
        },
    )
