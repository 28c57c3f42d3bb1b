"""Acts on an association: its officers, its committee, contacts with it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from housingplus.common.dates import today
from housingplus.common.errors import Refusal
from housingplus.common.refusals import add_refusal
from officers.assignments.scope import officer_of
from tenants.taras import forms, permissions, services
from tenants.taras.models import Tara, TaraRole


@require_http_methods(["GET", "POST"])
def tara_officer(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the lead or the liaison officer from a day."""
    tara = _visible(request, pk)
    permissions.check_can_manage(request.user, tara)
    form = forms.TaraOfficerForm(
        request.POST or None,
        initial={"kind": request.GET.get("kind", "liaison"), "starts_on": today()},
    )
    return _act(
        request,
        tara,
        form,
        lambda values: services.set_officer(tara=tara, by=request.user, **values),
        template="tenants/taras/officer.html",
        done="Saved",
    )


@require_http_methods(["GET", "POST"])
def role_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody on the committee."""
    tara = _visible(request, pk)
    permissions.check_can_manage(request.user, tara)
    form = forms.RoleForm(
        request.POST or None,
        initial={"token": uuid.uuid4(), "starts_on": today()},
    )
    return _act(
        request,
        tara,
        form,
        lambda values: services.add_role(tara=tara, by=request.user, **values),
        template="tenants/taras/role_add.html",
        done="Added to the committee",
    )


@require_http_methods(["GET", "POST"])
def role_end(request: HttpRequest, pk: int, role_pk: int) -> HttpResponse:
    """Say which day was somebody's last on the committee."""
    tara = _visible(request, pk)
    permissions.check_can_manage(request.user, tara)
    roles = TaraRole.objects.visible_to(request.user).filter(tara=tara)
    role = get_object_or_404(roles, pk=role_pk)
    form = forms.EndRoleForm(
        request.POST or None, initial={"ends_on": role.ends_on or today()}
    )
    return _act(
        request,
        tara,
        form,
        lambda values: services.end_role(role=role, by=request.user, **values),
        template="tenants/taras/role_end.html",
        done="Saved",
        role=role,
    )


@require_http_methods(["GET", "POST"])
def contact_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a meeting or another contact."""
    tara = _visible(request, pk)
    permissions.check_can_work_with(request.user, tara)
    form = forms.ContactForm(
        request.POST or None,
        initial={
            "token": uuid.uuid4(),
            "on": today(),
            "officer": officer_of(request.user),
        },
    )
    return _act(
        request,
        tara,
        form,
        lambda values: services.record_contact(tara=tara, by=request.user, **values),
        template="tenants/taras/contact_add.html",
        done="Contact recorded",
    )


def _act(
    request: HttpRequest,
    tara: Tara,
    form: django_forms.Form,
    save: Callable[[dict[str, Any]], object],
    *,
    template: str,
    done: str,
    **context: Any,
) -> HttpResponse:
    """Show a form, or save it and go back to the association."""
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, done)
            return redirect(tara)
    context |= {"tara": tara, "form": form, "back_url": tara.get_absolute_url()}
    return render(request, template, context)


def _visible(request: HttpRequest, pk: int) -> Tara:
    taras = Tara.objects.visible_to(request.user).select_related("ward")
    return get_object_or_404(taras, pk=pk)
