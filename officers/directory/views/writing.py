"""Adding and changing officers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from housingplus.audit.selectors import list_events_about
from housingplus.common.errors import Refusal
from housingplus.common.refusals import add_refusal
from officers.directory import permissions, services
from officers.directory.errors import OfficerChanged
from officers.directory.forms import OfficerForm
from officers.directory.models import Officer


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    permissions.check_can_manage(request.user)
    form = OfficerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            officer = services.add_officer(
                details=form.details(),
                token=form.cleaned_data["token"],
                pictures=form.pictures(),
                by=request.user,
            )
        except Refusal as refusal:
            _show(form, refusal)
        else:
            messages.success(request, f"{officer} added")
            return redirect(officer)
    context = {"form": form, "back_url": reverse("officers:directory:list")}
    return render(request, "officers/directory/form.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    permissions.check_can_manage(request.user)
    officer = get_object_or_404(Officer, pk=pk)
    form = OfficerForm(
        request.POST or None,
        request.FILES or None,
        instance=Officer.objects.get(pk=pk),
        initial={"version": officer.version},
    )
    context = {"form": form, "officer": officer, "back_url": officer.get_absolute_url()}
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_officer(
                officer=officer,
                version=form.cleaned_data["version"] or 0,
                details=form.details(),
                pictures=form.pictures(),
                removed=form.removed(),
                by=request.user,
            )
        except OfficerChanged as conflict:
            context |= {
                "message": conflict.message,
                "events": list_events_about(officer)[:5],
                "differences": _differences(form, officer),
                "typed": [
                    (name, value)
                    for name, value in request.POST.items()
                    if name not in {"csrfmiddlewaretoken", "version"}
                ],
            }
            return render(
                request, "officers/directory/conflict.html", context, status=409
            )
        except Refusal as refusal:
            _show(form, refusal)
        else:
            messages.success(request, f"{officer.name} changed")
            return redirect(officer)
    return render(request, "officers/directory/form.html", context)


def _differences(form: OfficerForm, officer: Officer) -> list[tuple[str, str, str]]:
    """Return label, what is stored now and what was typed, where they differ."""
    current = OfficerForm(instance=officer)
    return [
        (
            str(form[name].label),
            str(
                getattr(
                    officer, f"get_{name}_display", lambda n=name: _of(officer, n)
                )()
            ),
            str(form.cleaned_data[name] or "None"),
        )
        for name in current.Meta.fields
        if getattr(officer, name) != form.cleaned_data[name]
    ]


def _of(officer: Officer, name: str) -> str:
    return str(getattr(officer, name) or "None")


def _show(form: OfficerForm, refusal: Refusal) -> None:
    """Put a refusal of a picture beside the input it came from."""
    if f"new_{refusal.field}" in form.fields:
        refusal.field = f"new_{refusal.field}"
    add_refusal(form, refusal)
