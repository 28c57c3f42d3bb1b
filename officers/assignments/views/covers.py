"""Cover for an absence, and ending it early."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from housingplus.common.counting import plural
from housingplus.common.dates import long_date, today
from housingplus.common.errors import Refusal
from housingplus.common.refusals import add_refusal
from officers.assignments import permissions, services
from officers.assignments.errors import AssignmentChanged, NoTeamForWard
from officers.assignments.forms import CoverForm, EndCoverForm
from officers.assignments.models import Assignment, AssignmentKind
from officers.assignments.presenters import carried
from officers.assignments.scope import patches_run_by
from officers.assignments.selectors import answers_for, candidates_for, teams_of_wards
from officers.teams.models import WardTeam
from patches.register.models import Patch

from .conflict import conflict_page
from .counts import count_touched
from .offered import list_offered


@require_http_methods(["GET", "POST"])
def cover(request: HttpRequest) -> HttpResponse:
    """Choose patches, who stands in and when; check the answers; confirm."""
    permissions.check_can_assign(request.user)
    offered = list_offered(request)
    form = CoverForm(
        request.POST if request.method == "POST" else None,
        initial={"patches": offered.ticked},
        candidates=candidates_for(offered.patches, today(), after=True),
        patches=offered.patches,
        answers=offered.answers,
    )
    if request.method == "POST" and form.is_valid():
        try:
            response = _go_on(request, form)
        except AssignmentChanged as conflict:
            return conflict_page(
                request,
                conflict,
                form.cleaned_data["patches"],
                back_url=reverse("officers:assignments:cover"),
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            if response is not None:
                return response
    context = {"form": form, "offered": offered, "back_url": offered.back_url}
    return render(request, "officers/assignments/cover.html", context)


@require_http_methods(["GET", "POST"])
def end_cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Give cover another, earlier last day."""
    permissions.check_can_assign(request.user)
    covers = Assignment.objects.filter(
        patch__in=patches_run_by(request.user), kind=AssignmentKind.COVER
    )
    assignment = get_object_or_404(
        covers.select_related("patch__ward", "officer", "team"), pk=pk
    )
    back_url = reverse("officers:assignments:history", args=[assignment.patch_id])
    form = EndCoverForm(
        request.POST or None,
        initial={"ends_on": max(today(), assignment.starts_on)},
        until=assignment.ends_on,
    )
    if request.method == "POST" and form.is_valid():
        last_day = form.cleaned_data["ends_on"]
        try:
            services.end_cover(
                assignment=assignment, last_day=last_day, by=request.user
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request,
                f"Cover of {assignment.patch} by {assignment.answerer} "
                f"ends on {long_date(last_day)}",
            )
            return redirect(back_url)
    context = {"assignment": assignment, "form": form, "back_url": back_url}
    return render(request, "officers/assignments/end_cover.html", context)


def _go_on(request: HttpRequest, form: CoverForm) -> HttpResponse | None:
    given = form.cleaned_data
    team = _team_of(given["patches"], given) if given["is_team"] else None
    step = request.POST.get("step", "")
    if step == "change":
        return None
    if step == "confirm":
        made = services.set_cover(
            patches=given["patches"],
            officer=given["officer"],
            team=team,
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            reason=given["reason"],
            by=request.user,
        )
        messages.success(
            request,
            f"{given['officer'] or team} covers {plural(len(made), 'patch', 'patches')}"
            f" from {long_date(given['starts_on'])} to {long_date(given['ends_on'])}",
        )
        return redirect(
            reverse("officers:assignments:board")
            + f"?on={max(given['starts_on'], today()).isoformat()}"
        )
    services.check_cover(
        patches=given["patches"],
        officer=given["officer"],
        team=team,
        starts_on=given["starts_on"],
        ends_on=given["ends_on"],
    )
    context = _preview(request, given, given["officer"] or team)
    return render(request, "officers/assignments/cover_preview.html", context)


def _preview(
    request: HttpRequest, given: dict[str, Any], who: object
) -> dict[str, Any]:
    day = max(given["starts_on"], today())
    patches = given["patches"]
    answers = answers_for(patches, day)
    told = [given["officer"], *(answers[patch.pk].officer for patch in patches)]
    told += [answers[patch.pk].leader for patch in patches]
    return {
        "given": given,
        "who": who,
        "rows": [(patch, answers[patch.pk]) for patch in patches],
        "touched": count_touched(request.user, [patch.pk for patch in patches], day),
        "told": list(dict.fromkeys(person for person in told if person)),
        "carried": carried(request.POST),
    }


def _team_of(patches: Collection[Patch], given: dict[str, Any]) -> WardTeam:
    day = max(given["starts_on"], today())
    teams = teams_of_wards({patch.ward_id for patch in patches}, day)
    found = set(teams.values())
    if len(found) != 1:
        raise NoTeamForWard(
            "Choose patches of one team for the team to cover", field="patches"
        )
    return found.pop()
