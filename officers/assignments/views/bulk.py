"""Giving several patches to one officer at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from housingplus.common.counting import plural
from housingplus.common.dates import long_date, today
from housingplus.common.errors import Refusal
from housingplus.common.refusals import add_refusal
from officers.assignments import permissions, services
from officers.assignments.errors import AssignmentChanged, LaterLeadPlanned
from officers.assignments.forms import BulkForm
from officers.assignments.presenters import carried
from officers.assignments.selectors import answers_for, candidates_for
from officers.assignments.services import LeadChoice

from .conflict import conflict_page, seen_from, seen_mark
from .counts import count_touched
from .offered import list_offered


@require_http_methods(["GET", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """Choose patches, an officer and a day; check the answers; confirm."""
    permissions.check_can_assign(request.user)
    offered = list_offered(request)
    form = BulkForm(
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
                back_url=reverse("officers:assignments:bulk"),
            )
        except LaterLeadPlanned as refusal:
            form.ask_planned(refusal)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            if response is not None:
                return response
    context = {
        "form": form,
        "offered": offered,
        "back_url": offered.back_url,
        "seen": request.POST.get("seen") or seen_mark(offered.patches),
    }
    return render(request, "officers/assignments/bulk.html", context)


def _go_on(request: HttpRequest, form: BulkForm) -> HttpResponse | None:
    given = form.cleaned_data
    patches, officer, starts_on = given["patches"], given["officer"], given["starts_on"]
    step = request.POST.get("step", "")
    if step == "change":
        return None
    if step == "confirm":
        made = services.reassign_patches(
            patches=patches,
            officer=officer,
            starts_on=starts_on,
            reason=given["reason"],
            planned=given["planned"],
            by=request.user,
            seen=seen_from(request),
        )
        messages.success(
            request,
            f"{officer} leads on {plural(len(made), 'patch', 'patches')} "
            f"from {long_date(starts_on)}",
        )
        return redirect(officer)
    choice = LeadChoice(starts_on, given["reason"], officer, planned=given["planned"])
    for patch in patches:
        services.check_lead(patch, choice)
    day = max(starts_on, today())
    answers = answers_for(patches, day)
    told = [officer, *(answers[patch.pk].officer for patch in patches)]
    told += [answers[patch.pk].leader for patch in patches]
    context = {
        "given": given,
        "rows": [(patch, answers[patch.pk]) for patch in patches],
        "touched": count_touched(request.user, [patch.pk for patch in patches], day),
        "told": list(dict.fromkeys(person for person in told if person)),
        "carried": carried(request.POST),
        "seen": request.POST.get("seen", ""),
    }
    return render(request, "officers/assignments/bulk_preview.html", context)
