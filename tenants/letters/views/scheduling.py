"""Setting when an approved run is produced."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import permission_required
from tenants.letters import permissions
from tenants.letters.forms import ScheduleForm
from tenants.letters.models import RunStatus
from tenants.letters.services import scheduling as services

from .runs import get_run


@require_http_methods(["GET", "POST"])
@permission_required(Permission.APPROVE_LETTERS)
def run_schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the letters produced at a time to come, or at another than was set."""
    run = get_run(request, pk)
    permissions.check_can_approve(request.user, run)
    form = ScheduleForm(request.POST if request.method == "POST" else None, run=run)
    if request.method == "POST" and form.is_valid():
        try:
            services.schedule_run(run=run, at=form.at(), by=request.user)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Set. The letters are produced by themselves.")
            return redirect(run)
    elif run.status != RunStatus.APPROVED:
        return redirect(run)
    context = {"form": form, "run": run, "back_url": run.get_absolute_url()}
    return render(request, "tenants/letters/run_schedule.html", context)


@require_POST
@permission_required(Permission.APPROVE_LETTERS)
def run_unschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Call off what was set; the run stays approved."""
    run = get_run(request, pk)
    permissions.check_can_approve(request.user, run)
    try:
        services.unschedule_run(run=run, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Called off. Produce the letters when you want to.")
    return redirect(run)
