"""Assigning a lead, a vacancy, and taking back what was planned."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from housingplus.common.dates import day_before, long_date, today
from housingplus.common.errors import Refusal
from housingplus.common.refusals import add_refusal
from officers.assignments import permissions, rules, services
from officers.assignments.errors import AssignmentChanged, LaterLeadPlanned
from officers.assignments.forms import LeadForm, VacancyForm
from officers.assignments.models import Assignment
from officers.assignments.presenters import carried
from officers.assignments.scope import patches_run_by
from officers.assignments.selectors import (
    answers_for,
    candidates_for,
    lead_before,
    who_answers,
)
from officers.assignments.services import LeadChoice, Planned
from patches.register.models import Patch
from tenants.taras.selectors import list_taras_for_patch

from .conflict import conflict_page, seen_from, seen_mark
from .counts import count_touched


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, patch_id: int) -> HttpResponse:
    """Choose an officer, a day and a reason; check the answers; confirm."""
    patch = _patch_to_assign(request, patch_id)
    candidates = list(candidates_for(patch, today(), after=True))
    form = LeadForm(_asked(request), candidates=candidates)
    if request.method == "POST" and form.is_valid():
        return _go_on(request, patch, form, _choice(form, patch), "assign")
    context = {
        "patch": patch,
        "form": form,
        "seen": _seen(request, patch),
        "answer": who_answers(patch, today()),
        "candidates": [person for person in candidates if person.is_own_team],
        "back_url": patch.get_absolute_url(),
    }
    return render(request, "officers/assignments/assign.html", context)


@require_http_methods(["GET", "POST"])
def vacancy(request: HttpRequest, patch_id: int) -> HttpResponse:
    """Let the ward team answer from a day; check; confirm."""
    patch = _patch_to_assign(request, patch_id)
    form = VacancyForm(_asked(request))
    if request.method == "POST" and form.is_valid():
        try:
            choice = _choice(form, patch)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return _go_on(request, patch, form, choice, "vacancy")
    context = {
        "patch": patch,
        "form": form,
        "seen": _seen(request, patch),
        "answer": who_answers(patch, today()),
        "back_url": patch.get_absolute_url(),
    }
    return render(request, "officers/assignments/vacancy.html", context)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back an assignment that has not begun, or began only today."""
    permissions.check_can_assign(request.user)
    mine = Assignment.objects.filter(patch__in=patches_run_by(request.user))
    assignment = get_object_or_404(
        mine.select_related("patch__ward", "officer", "team"), pk=pk
    )
    back_url = reverse("officers:assignments:history", args=[assignment.patch_id])
    if request.method == "POST":
        services.cancel_planned(assignment=assignment, by=request.user)
        messages.success(
            request, f"{assignment.answerer} no longer planned for {assignment.patch}"
        )
        return redirect(back_url)
    context = {
        "assignment": assignment,
        "can_cancel": rules.can_cancel(assignment),
        "before": lead_before(assignment),
        "back_url": back_url,
    }
    return render(request, "officers/assignments/cancel.html", context)


def _patch_to_assign(request: HttpRequest, patch_id: int) -> Patch:
    permissions.check_can_assign(request.user)
    mine = patches_run_by(request.user).select_related("ward")
    return get_object_or_404(mine, pk=patch_id)


def _asked(request: HttpRequest) -> Any:
    """Return what was posted; `change` shows it again without judging it."""
    return request.POST if request.method == "POST" else None


def _seen(request: HttpRequest, patch: Patch) -> str:
    return request.POST.get("seen") or seen_mark([patch])


def _choice(form: LeadForm | VacancyForm, patch: Patch) -> LeadChoice:
    given = form.cleaned_data
    officer = given.get("officer")
    return LeadChoice(
        starts_on=given["starts_on"],
        reason=given["reason"],
        officer=officer,
        team=None if officer else services.ward_team_of(patch, given["starts_on"]),
        planned=given["planned"],
    )


def _go_on(
    request: HttpRequest,
    patch: Patch,
    form: LeadForm | VacancyForm,
    choice: LeadChoice,
    act: str,
) -> HttpResponse:
    """Show the preview, or do it when the preview was confirmed."""
    back_url = reverse(f"officers:assignments:{act}", args=[patch.pk])
    step = request.POST.get("step", "")
    try:
        if step == "confirm":
            made = services.assign_lead(
                patch=patch,
                officer=choice.officer,
                team=choice.team,
                starts_on=choice.starts_on,
                reason=choice.reason,
                planned=choice.planned,
                by=request.user,
                seen_assignment_id=seen_from(request).get(patch.pk, -1),
            )
            return redirect("officers:assignments:done", pk=made.pk)
        if step != "change":
            present, later = services.check_lead(patch, choice)
            context = _preview(request, patch, choice, present, later)
            return render(request, "officers/assignments/preview.html", context)
    except AssignmentChanged as conflict:
        return conflict_page(request, conflict, [patch], back_url=back_url)
    except LaterLeadPlanned as refusal:
        form.ask_planned(refusal)
    except Refusal as refusal:
        add_refusal(form, refusal)
    context = {
        "patch": patch,
        "form": form,
        "seen": request.POST.get("seen", ""),
        "answer": who_answers(patch, today()),
        "back_url": patch.get_absolute_url(),
    }
    return render(request, f"officers/assignments/{act}.html", context)


def _preview(
    request: HttpRequest,
    patch: Patch,
    choice: LeadChoice,
    present: Assignment | None,
    later: list[Assignment],
) -> dict[str, Any]:
    keeps = [row for row in later if row.starts_on > choice.starts_on]
    last_day = None
    if choice.planned == Planned.KEEP and keeps:
        last_day = day_before(keeps[0].starts_on)
    day = max(choice.starts_on, today())
    on_the_day = answers_for([patch], day)[patch.pk]
    told = [choice.officer, present.officer if present else None, on_the_day.leader]
    return {
        "patch": patch,
        "choice": replace(choice),
        "who": choice.officer or choice.team,
        "present": present,
        "later": later,
        "last_day": last_day,
        "leaves_on": choice.officer.left_on if choice.officer else None,
        "cover": on_the_day if on_the_day.kind == "cover" else None,
        "touched": count_touched(request.user, [patch.pk], day),
        "taras": list_taras_for_patch(patch, day),
        "told": list(dict.fromkeys(person for person in told if person)),
        "from_words": long_date(choice.starts_on),
        "carried": carried(request.POST),
        "seen": request.POST.get("seen", ""),
    }
