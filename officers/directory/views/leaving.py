"""What falls if this person goes, and giving it all to others in one step."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from housingplus.common.counting import plural
from housingplus.common.dates import long_date, today
from housingplus.common.errors import Refusal
from housingplus.common.numbers import whole_number
from housingplus.common.refusals import add_refusal
from officers.assignments import permissions as assigning
from officers.assignments.errors import AssignmentChanged
from officers.assignments.models import Assignment
from officers.assignments.presenters import carried
from officers.assignments.rules import check_can_leave, check_leaving_keeps_history
from officers.assignments.scope import patches_run_by
from officers.assignments.selectors import candidates_for, list_work_from
from officers.assignments.services import reassign_all
from officers.assignments.views.counts import count_touched
from officers.directory.forms import LeaveForm
from officers.directory.models import Officer
from officers.directory.permissions import is_own_officer
from officers.teams.models import TeamLeadership, TeamMembership
from tenants.taras.models import TaraOfficer


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the officer answers for; choose successors; check; confirm."""
    assigning.check_can_assign(request.user)
    officer = get_object_or_404(Officer, pk=pk)
    if not is_own_officer(request.user, officer):
        raise Http404
    if officer.left_on is not None:
        return redirect(officer)
    work = list(list_work_from(officer, today()))
    outside = _outside(request, work)
    people = candidates_for([row.patch for row in work], today(), after=True)
    form = LeaveForm(
        request.POST if request.method == "POST" else None,
        work=work,
        candidates=[person for person in people if person.pk != officer.pk],
    )
    context = {
        "officer": officer,
        "work": work,
        "outside": outside,
        "form": form,
        "touched": count_touched(request.user, {row.patch_id for row in work}, today()),
        "leads_teams": TeamLeadership.objects.filter(officer=officer)
        .from_day(today())
        .select_related("team"),
        "in_teams": TeamMembership.objects.filter(officer=officer)
        .from_day(today())
        .select_related("team"),
        "taras": TaraOfficer.objects.filter(officer=officer)
        .from_day(today())
        .select_related("tara"),
        "back_url": officer.get_absolute_url(),
    }
    if request.method == "POST" and not outside and form.is_valid():
        try:
            if response := _go_on(request, officer, form, context):
                return response
        except Refusal as refusal:
            add_refusal(form, refusal)
    return render(request, "officers/directory/leave.html", context)


def _go_on(
    request: HttpRequest, officer: Officer, form: LeaveForm, context: dict[str, Any]
) -> HttpResponse | None:
    left_on = form.cleaned_data["left_on"]
    step = request.POST.get("step", "")
    if step == "change":
        return None
    if step == "confirm":
        done = reassign_all(
            officer=officer,
            left_on=left_on,
            successors=form.successors(),
            reason=form.cleaned_data["reason"],
            by=request.user,
            seen=_numbers(request.POST.get("seen", "")),
        )
        messages.success(
            request,
            f"{officer} leaves on {long_date(left_on)}. "
            f"{plural(len(done.leads), 'patch', 'patches')} and "
            f"{plural(len(done.covers), 'cover')} go to others from the next day.",
        )
        if done.teams_without_leader:
            messages.warning(request, "Their team has no leader after that day.")
        return redirect(officer)
    check_can_leave(officer, left_on)
    falling = list(list_work_from(officer, left_on + dt.timedelta(days=1)))
    check_leaving_keeps_history(officer, left_on, falling)
    successors = form.successors()
    context |= {
        "left_on": left_on,
        "first_day": left_on + dt.timedelta(days=1),
        "rows": [(row, successors.get(row.patch_id)) for row in falling],
        "carried": carried(request.POST),
        "seen": ",".join(str(row.pk) for row in falling) or "none",
    }
    return render(request, "officers/directory/leave_preview.html", context)


def _outside(request: HttpRequest, work: list[Assignment]) -> list[Assignment]:
    """Return the work that lies in wards the person does not run."""
    mine = set(
        patches_run_by(request.user)
        .filter(pk__in=[row.patch_id for row in work])
        .values_list("pk", flat=True)
    )
    return [row for row in work if row.patch_id not in mine]


def _numbers(mark: str) -> list[int]:
    if mark == "none":
        return []
    numbers = []
    for part in mark.split(","):
        if (number := whole_number(part)) is None:
            raise AssignmentChanged(
                "The page was out of date. Check the answers again."
            )
        numbers.append(number)
    return numbers
