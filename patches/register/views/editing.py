"""Making, changing and closing a patch."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from housingplus.common.dates import long_date, today
from housingplus.common.errors import Refusal
from housingplus.common.numbers import whole_number
from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from officers.assignments.scope import wards_run_by
from patches.register import services
from patches.register.errors import PatchChanged
from patches.register.forms import ClosePatchForm, EditPatchForm, PatchForm
from patches.register.models import Patch
from patches.register.permissions import check_can_change_in

from .scope import run_ward_ids, ward_ids_for


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MOVE_HOMES)
def patch_create(request: HttpRequest) -> HttpResponse:
    """A new patch in one of the person's wards."""
    wards = wards_run_by(request.user)
    if not wards.exists():
        raise PermissionDenied("You do not lead a ward team today.")
    ward = wards.filter(pk=whole_number(request.GET.get("ward"))).first()
    low, high = settings.DEFAULT_BAND
    form = PatchForm(
        request.POST if request.method == "POST" else None,
        wards=wards,
        initial={
            "ward": ward,
            "band_min": ward.band_min if ward and ward.band_min else low,
            "band_max": ward.band_max if ward and ward.band_max else high,
            "starts_on": today(),
        },
    )
    if request.method == "POST" and form.is_valid():
        answers = {k: v for k, v in form.cleaned_data.items() if k != "version"}
        try:
            patch = services.create_patch(**answers, by=request.user)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, f"Patch {patch.code} made. Now move homes to it.")
            return redirect(patch)
    back = reverse("patches:register:list")
    return render(
        request, "patches/register/create.html", {"form": form, "back_url": back}
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MOVE_HOMES)
def patch_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a patch of one of the person's wards."""
    patch = get_object_or_404(Patch.objects.with_band(today()), pk=pk)
    check_can_change_in(request.user, patch.ward_id, run_ward_ids(request.user))
    # Another team's ward would change who answers without anybody saying so.
    wards = wards_run_by(request.user).filter(pk__in=ward_ids_for(patch.ward, today()))
    form = EditPatchForm(
        request.POST if request.method == "POST" else None,
        wards=wards,
        initial=_now(patch),
    )
    if request.method == "POST" and form.is_valid():
        answers = dict(form.cleaned_data)
        answers["version"] = answers["version"] or 0
        try:
            services.edit_patch(
                patch=patch,
                **answers,
                by=request.user,
                ward_ids=ward_ids_for(answers["ward"], today()),
            )
        except PatchChanged as refusal:
            patch = Patch.objects.with_band(today()).get(pk=pk)
            form = EditPatchForm(wards=wards, initial=_now(patch))
            messages.error(request, refusal.message)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, "Patch changed")
            return redirect(patch)
    return render(
        request,
        "patches/register/edit.html",
        {"form": form, "patch": patch, "back_url": patch.get_absolute_url()},
    )


def _now(patch: Patch) -> dict[str, object]:
    return {
        "version": patch.version,
        "code": patch.code,
        "name": patch.name,
        "ward": patch.ward_id,
        "band_min": patch.smallest,
        "band_max": patch.largest,
        "starts_on": patch.starts_on,
    }


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MOVE_HOMES)
def patch_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the last day of a patch, or take it away."""
    patch = get_object_or_404(Patch, pk=pk)
    check_can_change_in(request.user, patch.ward_id, run_ward_ids(request.user))
    form = ClosePatchForm(
        request.POST if request.method == "POST" else None,
        initial={"version": patch.version, "ends_on": patch.ends_on},
    )
    if request.method == "POST" and form.is_valid():
        try:
            closed = services.close_patch(
                patch=patch, **form.cleaned_data, by=request.user
            )
        except PatchChanged as refusal:
            messages.error(request, refusal.message)
            return redirect("patches:register:close", patch.pk)
        except Refusal as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _closed_message(closed))
            return redirect(patch)
    return render(
        request,
        "patches/register/close.html",
        {"form": form, "patch": patch, "back_url": patch.get_absolute_url()},
    )


def _closed_message(patch: Patch) -> str:
    if patch.ends_on is None:
        return f"Patch {patch.code} stays open"
    return f"The last day of patch {patch.code} is {long_date(patch.ends_on)}"
