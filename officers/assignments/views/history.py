"""Who answered for a patch when, and the page after assigning somebody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from officers.assignments import permissions
from officers.assignments.forms import OnDayForm
from officers.assignments.models import Assignment
from officers.assignments.presenters import KIND_TAGS, spans_of
from officers.assignments.scope import patches_run_by
from officers.assignments.selectors import list_assignment_timeline, who_answers
from patches.register.models import Patch

from .counts import count_touched


@require_GET
@permission_required(Permission.VIEW_OFFICERS)
def history(request: HttpRequest, patch_id: int) -> HttpResponse:
    """Who answered on a day, and every assignment of the patch with the gaps."""
    patch = get_object_or_404(Patch.objects.select_related("ward"), pk=patch_id)
    day_form = OnDayForm(request.GET or None)
    day = (day_form.is_valid() and day_form.cleaned_data["on"]) or today()
    answer = who_answers(patch, day)
    context = {
        "patch": patch,
        "day": day,
        "day_form": day_form,
        "is_today": day == today(),
        "was_in_force": patch.is_in_force(day),
        "answer": answer,
        "kind_tag": KIND_TAGS[answer.kind],
        "spans": spans_of(patch, list_assignment_timeline(patch), today()),
        "can_assign": patches_run_by(request.user).filter(pk=patch.pk).exists(),
    }
    return render(request, "officers/assignments/history.html", context)


@require_GET
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """What was just arranged, and what to do next."""
    permissions.check_can_assign(request.user)
    mine = Assignment.objects.filter(patch__in=patches_run_by(request.user))
    assignment = get_object_or_404(
        mine.select_related("patch__ward", "officer", "team"), pk=pk
    )
    day = max(assignment.starts_on, today())
    context = {
        "assignment": assignment,
        "touched": count_touched(request.user, [assignment.patch_id], day),
    }
    return render(request, "officers/assignments/done.html", context)
