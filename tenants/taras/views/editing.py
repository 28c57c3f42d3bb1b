"""Adding and changing an association and what it speaks for."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from housingplus.common.dates import today
from housingplus.common.editing import save_form
from housingplus.common.errors import Refusal
from housingplus.common.refusals import add_refusal
from officers.assignments.scope import wards_run_by
from patches.properties.models import Block
from patches.register.models import Patch
from patches.wards.models import Ward
from tenants.taras import forms, permissions, selectors, services
from tenants.taras.models import Tara

_DETAILS = (
    "name",
    "ward",
    "recognised_on",
    "closed_on",
    "meeting_place",
    "contacts_are_public",
    "phone",
    "email",
    "notes",
)


@require_http_methods(["GET", "POST"])
def tara_create(request: HttpRequest) -> HttpResponse:
    """Add an association in a ward one runs; its area is set on the next page."""
    permissions.check_can_manage_taras(request.user)
    form = forms.NewTaraForm(
        request.POST or None,
        wards=wards_run_by(request.user),
        initial={"token": uuid.uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            tara = services.create_tara(by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"{tara.name} added. Now say what it speaks for")
            return redirect("tenants:taras:area", pk=tara.pk)
    context = {"form": form, "back_url": reverse("tenants:taras:list")}
    return render(request, "tenants/taras/create.html", context)


@require_http_methods(["GET", "POST"])
def tara_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of an association."""
    tara = _managed_or_refused(request, pk)
    form_class = partial(forms.EditTaraForm, wards=wards_run_by(request.user))

    def present() -> dict[str, Any]:
        row = Tara.objects.visible_to(request.user).select_related("ward").get(pk=pk)
        return {name: getattr(row, name) for name in (*_DETAILS, "version")}

    def save(values: dict[str, Any]) -> None:
        services.edit_tara(tara=tara, by=request.user, **values)

    saving = save_form(request, form_class, save, present)
    if saving.is_done:
        messages.success(request, "Changes saved")
        return redirect(tara)
    context = {"tara": tara, "form": saving.form, "saving": saving}
    context["back_url"] = tara.get_absolute_url()
    return render(request, "tenants/taras/edit.html", context, status=saving.status)


@require_http_methods(["GET", "POST"])
def tara_area(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the streets, blocks and patches an association speaks for."""
    tara = _managed_or_refused(request, pk)
    streets = _streets_on_offer(tara)
    here = Q(ward=tara.ward_id)
    form_class = partial(
        forms.AreaForm,
        streets=[(key, label) for key, (label, _, _) in streets.items()],
        blocks=Block.objects.filter(here | Q(tara_blocks__tara=tara)).distinct(),
        patches=Patch.objects.from_day(today())
        .filter(here | Q(tara_patches__tara=tara))
        .distinct(),
    )

    def present() -> dict[str, Any]:
        row = Tara.objects.visible_to(request.user).get(pk=pk)
        return {
            "streets": [f"{s.ward_id}:{s.street_key}" for s in row.streets.all()],
            "blocks": [part.block_id for part in row.blocks.all()],
            "patches": [part.patch_id for part in row.patches.all()],
            "version": row.version,
        }

    def save(values: dict[str, Any]) -> None:
        chosen = [streets[key][1:] for key in values.pop("streets")]
        services.set_area(tara=tara, streets=chosen, by=request.user, **values)

    saving = save_form(request, form_class, save, present)
    if saving.is_done:
        messages.success(request, "What the TARA speaks for is saved")
        return redirect(tara)
    context = {"tara": tara, "form": saving.form, "saving": saving}
    context["back_url"] = tara.get_absolute_url()
    return render(request, "tenants/taras/area.html", context, status=saving.status)


def _streets_on_offer(tara: Tara) -> dict[str, tuple[str, Ward, str]]:
    """Return streets to choose from: key to label, ward and name."""
    offered = {
        f"{tara.ward_id}:{key}": (_street_label(name, count), tara.ward, name)
        for key, name, count in selectors.list_streets_of_ward(tara.ward, today())
    }
    for row in tara.streets.select_related("ward"):
        label = f"{row.street}, {row.ward}"
        offered.setdefault(
            f"{row.ward_id}:{row.street_key}", (label, row.ward, row.street)
        )
    return offered


def _street_label(name: str, home_count: int) -> str:
    return f"{name} ({home_count} home{'' if home_count == 1 else 's'})"


def _managed_or_refused(request: HttpRequest, pk: int) -> Tara:
    taras = Tara.objects.visible_to(request.user).select_related("ward")
    tara = get_object_or_404(taras, pk=pk)
    permissions.check_can_manage(request.user, tara)
    return tara
