"""The list of officers and one officer's page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET
from django.views.generic import ListView

from housingplus.audit.selectors import list_events_about
from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import (
    PermissionRequired,
    check_permission,
    permission_required,
)
from housingplus.govuk.lists import sorting
from officers.assignments.models import Assignment, AssignmentKind
from officers.assignments.presenters import state_on
from officers.directory.filters import OfficerFilter
from officers.directory.models import Officer
from officers.directory.permissions import is_own_officer
from officers.directory.presenters import history_items
from officers.directory.selectors import with_load
from officers.teams.models import TeamLeadership, TeamMembership
from patches.register.models import Patch

SORTS = {
    "name": "name",
    "team": ("team_name", "name"),
    "kind": ("kind", "name"),
    "homes": ("home_count", "name"),
    "patches": ("patch_count", "name"),
    "covers": ("cover_count", "name"),
    "since": ("lead_since", "name"),
}


class OfficerList(PermissionRequired, ListView):
    """Officers with what they answer for today."""

    permission = Permission.VIEW_OFFICERS
    paginate_by = 50
    template_name = "officers/directory/list.html"

    def get_queryset(self) -> QuerySet[Officer]:
        rows = with_load(Officer.objects.all(), today())
        self.filter = OfficerFilter(self.request.GET, queryset=rows)
        self.sorting = sorting(self.request, SORTS, default="name")
        return self.filter.qs.order_by(*self.sorting.order_by)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.GET.get("format") == "csv":
            check_permission(request, Permission.EXPORT_LISTS)
            return _as_csv(self.get_queryset())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            filter=self.filter,
            sorting=self.sorting,
            can_manage=self.request.user.has_permission(Permission.MANAGE_OFFICERS),
            **kwargs,
        )


@require_GET
@permission_required(Permission.VIEW_OFFICERS)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How to reach an officer, what they answer for and did before."""
    day = today()
    officer = get_object_or_404(
        with_load(Officer.objects.select_related("user"), day), pk=pk
    )
    assignments = list(
        Assignment.objects.filter(officer=officer)
        .select_related("patch__ward")
        .order_by("-starts_on", "-pk")
    )
    sizes = _home_counts(assignments)
    lines = [
        (row, state_on(row.starts_on, row.ends_on, day), sizes.get(row.patch_id, 0))
        for row in assignments
    ]
    user = request.user
    context = {
        "officer": officer,
        "is_working": officer.started_on <= day
        and (officer.left_on is None or officer.left_on >= day),
        "starts_later": officer.started_on > day,
        "leads": [line for line in lines if _is_now(line, AssignmentKind.LEAD)],
        "covers": [line for line in lines if _is_now(line, AssignmentKind.COVER)],
        "planned": [line for line in lines if line[1] == "Planned"],
        "past": [line for line in lines if line[1] == "Ended"][:50],
        "memberships": TeamMembership.objects.filter(officer=officer)
        .select_related("team")
        .order_by("-starts_on"),
        "leaderships": TeamLeadership.objects.filter(officer=officer)
        .select_related("team")
        .order_by("-starts_on"),
        "homes_per_fte": round(officer.home_count / officer.fte),
        "band": settings.DEFAULT_BAND,
        "load": load_state(officer.home_count, officer.fte),
        "can_manage": user.has_permission(Permission.MANAGE_OFFICERS),
        "can_end": is_own_officer(user, officer) and officer.left_on is None,
        "can_assign": user.has_permission(Permission.ASSIGN_OFFICERS),
        "events": history_items(list_events_about(officer)[:20]),
    }
    return render(request, "officers/directory/detail.html", context)


def load_state(homes: int, fte: Decimal) -> str:
    """Compare homes per full-time post with the usual band of a patch."""
    smallest, largest = settings.DEFAULT_BAND
    if not homes:
        return ""
    per_post = homes / fte
    if per_post < smallest:
        return "Under band"
    return "Over band" if per_post > largest else "In band"


def _is_now(line: tuple[Assignment, str, int], kind: str) -> bool:
    return line[1] == "Current" and line[0].kind == kind


def _home_counts(assignments: list[Assignment]) -> dict[int, int]:
    patches = Patch.objects.filter(pk__in={row.patch_id for row in assignments})
    return dict(patches.with_home_count(today()).values_list("pk", "home_count"))


def _as_csv(officers: QuerySet[Officer]) -> HttpResponseBase:
    return csv_response(
        f"officers-{today().isoformat()}.csv",
        [
            "Name",
            "Job title",
            "Role",
            "Team",
            "E-mail",
            "Telephone",
            "FTE",
            "Homes",
            "Patches",
            "Covers",
            "Since",
            "Started",
            "Last day",
        ],
        (
            (
                who.name,
                who.job_title,
                who.get_kind_display(),
                who.team_name,
                who.email,
                who.phone,
                who.fte,
                who.home_count,
                who.patch_count,
                who.cover_count,
                who.lead_since,
                who.started_on,
                who.left_on,
            )
            for who in officers
        ),
    )
