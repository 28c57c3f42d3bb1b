"""Pages of ward teams."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from housingplus.audit.selectors import list_events_about
from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.editing import save_form
from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from officers.assignments.selectors import answers_for
from officers.directory.models import Officer
from officers.directory.presenters import history_items
from officers.directory.selectors import with_load
from patches.register.models import Patch

from . import forms, permissions, services
from .filters import TeamFilter
from .models import TeamLeadership, TeamMembership, TeamWard, WardTeam
from .selectors import parts_of_teams, with_counts

SORTS = {
    "name": "name",
    "leader": ("leader_name", "name"),
    "members": ("member_count", "name"),
    "patches": ("patch_count", "name"),
    "vacant": ("vacant_count", "name"),
}


@require_GET
@permission_required(Permission.VIEW_OFFICERS)
def team_list(request: HttpRequest) -> HttpResponse:
    """Teams with their wards, leader, members and patches without an officer."""
    day = today()
    filtered = TeamFilter(
        request.GET, queryset=with_counts(WardTeam.objects.all(), day)
    )
    chosen = sorting(request, SORTS, default="name")
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        teams = list(rows)
        parts = parts_of_teams([team.pk for team in teams], day)
        return csv_response(
            f"teams-{day.isoformat()}.csv",
            ["Team", "Wards", "Leader", "Members", "Patches", "Without an officer"],
            (
                (
                    team.name,
                    ", ".join(row.ward.name for row in parts[team.pk].wards),
                    team.leader_name,
                    team.member_count,
                    team.patch_count,
                    team.vacant_count,
                )
                for team in teams
            ),
        )
    page_obj = Paginator(rows, 50).get_page(request.GET.get("page"))
    parts = parts_of_teams([team.pk for team in page_obj], day)
    context = {
        "page_obj": page_obj,
        "filter": filtered,
        "sorting": chosen,
        "rows": [(team, parts[team.pk]) for team in page_obj],
        "can_manage": request.user.has_permission(Permission.MANAGE_OFFICERS),
    }
    return render(request, "officers/teams/list.html", context)


@require_GET
@permission_required(Permission.VIEW_OFFICERS)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One team: wards, leaders and members over time, patches and gaps."""
    team = get_object_or_404(WardTeam, pk=pk)
    day = today()
    wards = list(TeamWard.objects.filter(team=team).select_related("ward"))
    now = [row.ward_id for row in wards if row.is_in_force(day)]
    patches = list(
        Patch.objects.as_at(day)
        .filter(ward__in=now)
        .select_related("ward")
        .with_home_count(day)
        .order_by("ward__name", "code")
    )
    answers = answers_for(patches, day)
    lines = [(patch, answers[patch.pk]) for patch in patches]
    memberships = TeamMembership.objects.filter(team=team).from_day(day)
    people = with_load(
        Officer.objects.filter(pk__in=memberships.values("officer")), day
    )
    loads = {person.pk: person for person in people}
    leaderships = list(
        TeamLeadership.objects.filter(team=team).select_related("officer")
    )
    context = {
        "team": team,
        "wards": wards,
        "lines": lines,
        "vacant": sum(not answer.is_person for _, answer in lines),
        "homes": sum(patch.home_count for patch in patches),
        "members": [
            (row, loads[row.officer_id])
            for row in memberships.select_related("officer").order_by("officer__name")
        ],
        "leaderships": leaderships,
        "leader": next((row for row in leaderships if row.is_in_force(day)), None),
        "day": day,
        "can_manage": request.user.has_permission(Permission.MANAGE_OFFICERS),
        "events": history_items(list_events_about(team)[:20]),
    }
    return render(request, "officers/teams/detail.html", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    return _write_team(request, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.user)
    return _write_team(request, get_object_or_404(WardTeam, pk=pk))


@require_http_methods(["GET", "POST"])
def give_ward(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the team a ward from a day."""

    def act(team: WardTeam, given: dict[str, Any]) -> str:
        services.give_ward(team=team, by=request.user, **given)
        return f"{given['ward']} goes to {team}"

    return _add(request, pk, forms.GiveWardForm, act, "Give a ward to this team")


@require_http_methods(["GET", "POST"])
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an officer into the team from a day."""

    def act(team: WardTeam, given: dict[str, Any]) -> str:
        services.add_member(team=team, by=request.user, **given)
        return f"{given['officer']} joins {team}"

    return _add(request, pk, forms.MemberForm, act, "Add a member")


@require_http_methods(["GET", "POST"])
def set_leader(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the team a new leader from a day."""

    def act(team: WardTeam, given: dict[str, Any]) -> str:
        services.set_leader(team=team, by=request.user, **given)
        return f"{given['officer']} leads {team}"

    return _add(request, pk, forms.MemberForm, act, "Set the team’s leader")


@require_http_methods(["GET", "POST"])
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """End an officer's time in a team."""
    permissions.check_can_manage(request.user)
    membership = get_object_or_404(
        TeamMembership.objects.select_related("team", "officer"), pk=pk
    )
    form = forms.EndMembershipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_membership(
                membership=membership,
                ends_on=form.cleaned_data["ends_on"],
                by=request.user,
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"{membership.officer} leaves {membership.team}")
            return redirect(membership.team)
    context = {
        "form": form,
        "title": f"End {membership.officer}’s time in {membership.team}",
        "back_url": membership.team.get_absolute_url(),
    }
    return render(request, "officers/teams/form.html", context)


def _write_team(request: HttpRequest, team: WardTeam | None) -> HttpResponse:
    permissions.check_can_manage(request.user)
    saved: list[WardTeam] = []

    def present() -> dict[str, Any]:
        row = WardTeam.objects.get(pk=team.pk) if team else WardTeam()
        return {name: getattr(row, name) for name in forms.TeamForm.base_fields}

    def save(values: dict[str, Any]) -> None:
        saved.append(services.save_team(team=team, by=request.user, **values))

    form_class = partial(forms.TeamForm, is_new=team is None)
    saving = save_form(request, form_class, save, present)
    if saving.is_done:
        messages.success(request, f"{saved[0]} saved")
        return redirect(saved[0])
    context = {
        "form": saving.form,
        "saving": saving,
        "title": f"Change {team}" if team else "Add a ward team",
        "back_url": (
            team.get_absolute_url() if team else reverse("officers:teams:list")
        ),
    }
    return render(request, "officers/teams/form.html", context, status=saving.status)


def _add(
    request: HttpRequest,
    pk: int,
    form_class: type[forms.GovukForm],
    act: Callable[[WardTeam, dict[str, Any]], str],
    title: str,
) -> HttpResponse:
    """Ask one thing about a team and do it; `act` returns what to say."""
    permissions.check_can_manage(request.user)
    team = get_object_or_404(WardTeam, pk=pk)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = act(team, form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, done)
            return redirect(team)
    context = {
        "form": form,
        "title": title,
        "team": team,
        "back_url": team.get_absolute_url(),
    }
    return render(request, "officers/teams/form.html", context)
