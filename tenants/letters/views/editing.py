"""Changing a run before it is approved, and leaving homes out of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import permission_required
from tenants.letters import permissions, rules
from tenants.letters.forms import LeaveOutForm, RunEditForm
from tenants.letters.models import LetterRun, LetterRunHome
from tenants.letters.selectors.runs import list_run_homes
from tenants.letters.services import editing as services

from .runs import get_run


@require_http_methods(["GET", "POST"])
@permission_required(Permission.WRITE_LETTERS)
def run_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Another wording, day or envelope; then it is worked out again."""
    run = get_run(request, pk)
    permissions.check_can_change(request.user, run)
    form = RunEditForm(
        request.POST if request.method == "POST" else None, user=request.user, run=run
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_run(run=run, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Changed. It is worked out again.")
            return redirect(run)
    elif not rules.can_edit(run):
        return redirect(run)
    context = {"form": form, "run": run, "back_url": run.get_absolute_url()}
    return render(request, "tenants/letters/run_edit.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.WRITE_LETTERS)
def home_leave_out(request: HttpRequest, pk: int, home_pk: int) -> HttpResponse:
    """Leave one home out of a run, with the reason."""
    run, home = _run_and_home(request, pk, home_pk)
    form = LeaveOutForm(request.POST if request.method == "POST" else None)
    homes_url = reverse("tenants:letters:run_homes", args=[run.pk])
    if request.method == "POST" and form.is_valid():
        try:
            services.leave_out(run=run, home=home, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"{home.property.one_line} is left out")
            return redirect(homes_url)
    elif not rules.can_edit(run) or home.is_exception:
        return redirect(homes_url)
    context = {"form": form, "run": run, "home": home, "back_url": homes_url}
    return render(request, "tenants/letters/home_leave_out.html", context)


@require_POST
@permission_required(Permission.WRITE_LETTERS)
def home_put_back(request: HttpRequest, pk: int, home_pk: int) -> HttpResponse:
    """Take a home that was left out into the run again."""
    run, home = _run_and_home(request, pk, home_pk)
    try:
        services.put_back(run=run, home=home, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, f"{home.property.one_line} is back. The run is worked out again."
        )
    return redirect(run)


def _run_and_home(
    request: HttpRequest, pk: int, home_pk: int
) -> tuple[LetterRun, LetterRunHome]:
    run = get_run(request, pk)
    permissions.check_can_change(request.user, run)
    permissions.check_can_see_people(request.user, run)
    return run, get_object_or_404(list_run_homes(run), pk=home_pk)
