"""Who is answering on a day, ward by ward, and patches no person answers for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.fields import GovukDateField
from housingplus.govuk.lists import sorting
from officers.assignments.filters import BoardFilter, PatchesByWard
from officers.assignments.presenters import KIND_TAGS
from officers.assignments.scope import wards_run_by
from officers.assignments.selectors import (
    AnswerKind,
    answers_for,
    first_day_without_officer,
    vacant_since,
    with_answer,
    with_answer_kind,
    without_officer,
)
from patches.register.models import Patch

PER_PAGE = 60


@require_GET
@permission_required(Permission.VIEW_OFFICERS)
def board(request: HttpRequest) -> HttpResponse:
    """Every patch in force on a day, by ward, with who answers for it."""
    day = asked_day(request) or today()
    in_force = Patch.objects.as_at(day).select_related("ward")
    patches = with_answer_kind(with_answer(in_force, day), day)
    filtered = BoardFilter(request.GET, queryset=patches, request=request)
    rows = filtered.qs.order_by("ward__name", "code")
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            f"who-answers-{day.isoformat()}.csv",
            ["Ward", "Patch", "Name", "Who answers", "How", "Until", "Team"],
            _board_lines(list(rows), day),
        )
    page_obj = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    answers = answers_for(page_obj.object_list, day)
    context = {
        "day": day,
        "is_today": day == today(),
        "page_obj": page_obj,
        "filter": filtered,
        "rows": [(patch, answers[patch.pk]) for patch in page_obj],
        "kind_tags": KIND_TAGS,
        "figures": _figures(request, filtered, day),
        "runs": set(wards_run_by(request.user).values_list("pk", flat=True)),
    }
    return render(request, "officers/assignments/board.html", context)


@require_GET
@permission_required(Permission.VIEW_OFFICERS)
def unassigned(request: HttpRequest) -> HttpResponse:
    """Patches in force today that no person answers for."""
    day = today()
    patches = without_officer(Patch.objects.as_at(day).select_related("ward"), day)
    patches = vacant_since(patches, day).with_home_count(day)
    filtered = PatchesByWard(request.GET, queryset=patches, request=request)
    chosen = sorting(
        request,
        {
            "code": "code",
            "ward": ("ward__name", "code"),
            "since": ("last_person_day", "starts_on", "code"),
            "homes": ("home_count", "code"),
        },
        default="ward",
    )
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            f"patches-without-an-officer-{day.isoformat()}.csv",
            ["Patch", "Name", "Ward", "Homes", "Without an officer since"],
            (
                (
                    patch.code,
                    patch.name,
                    patch.ward,
                    patch.home_count,
                    first_day_without_officer(patch),
                )
                for patch in rows
            ),
        )
    page_obj = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    answers = answers_for(page_obj.object_list, day)
    context = {
        "page_obj": page_obj,
        "filter": filtered,
        "sorting": chosen,
        "rows": [
            (patch, answers[patch.pk], first_day_without_officer(patch))
            for patch in page_obj
        ],
        "runs": set(wards_run_by(request.user).values_list("pk", flat=True)),
    }
    return render(request, "officers/assignments/unassigned.html", context)


def asked_day(request: HttpRequest) -> dt.date | None:
    """Return the day of `?on=` or of its three inputs; None if there is none."""
    field = GovukDateField(required=False)
    given = field.widget.value_from_datadict(request.GET, {}, "on")
    try:
        return field.clean(given)
    except ValidationError:
        return None


def _figures(
    request: HttpRequest, filtered: BoardFilter, day: dt.date
) -> list[dict[str, Any]]:
    """Count each way of being answered for, each with the list behind it."""
    query = request.GET.copy()
    for key in ("answer", "page", "format"):
        query.pop(key, None)
    whole = BoardFilter(query, queryset=filtered.queryset, request=request)
    counts = dict(
        whole.qs.order_by().values_list("answer_kind").annotate(total=Count("pk"))
    )
    words = {
        AnswerKind.LEAD: "answered by their lead",
        AnswerKind.COVER: "answered by cover",
        AnswerKind.TEAM: "answered by the ward team",
        AnswerKind.NOBODY: "with no one here",
    }
    figures = []
    for kind, label in words.items():
        query["answer"] = kind.value
        figures.append(
            {
                "number": counts.get(kind.value, 0),
                "label": label,
                "url": f"?{query.urlencode()}",
            }
        )
    return figures


def _board_lines(patches: list[Patch], day: dt.date) -> Iterator[tuple[Any, ...]]:
    answers = answers_for(patches, day)
    for patch in patches:
        answer = answers[patch.pk]
        yield (
            patch.ward,
            patch.code,
            patch.name,
            answer.name,
            KIND_TAGS[answer.kind],
            answer.until,
            answer.team,
        )
