"""One drawn patch: its homes by street, its work, where its homes come from."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import permission_required
from officers.designs.comparing import leads_of
from patches.design.forms.bands import BandForm
from patches.design.models import DesignPatch
from patches.design.presenters.patches import band_tag, origins
from patches.design.rules.drawing import can_draw
from patches.design.selectors.maps import patch_shapes
from patches.design.selectors.patches import list_streets_of, list_work_of
from patches.design.services import bands as services
from patches.register.models import Patch

from .alternatives import get_alternative, may_adjust


def get_patch(request: HttpRequest, pk: int, number: int, patch_pk: int) -> DesignPatch:
    """Return a drawn patch of a design the person may see."""
    alternative = get_alternative(request, pk, number)
    patches = alternative.patches.select_related("area", "ward", "continues")
    patch = get_object_or_404(patches, pk=patch_pk)
    patch.alternative = alternative
    return patch


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def patch_detail(
    request: HttpRequest, pk: int, number: int, patch_pk: int
) -> HttpResponse:
    """One patch of an alternative."""
    patch = get_patch(request, pk, number, patch_pk)
    design = patch.alternative.design
    work = list_work_of(patch)
    present = Patch.objects.in_bulk([int(key) for key in patch.came_from if key])
    _, leads = leads_of([patch])
    may_design = request.user.has_permission(Permission.DESIGN_PATCHES)
    context = {
        "design": design,
        "alternative": patch.alternative,
        "patch": patch,
        "band": band_tag(patch),
        "lead": leads[patch.pk],
        "work": work,
        "work_hours": sum(row.officer_hours for row in work),
        "back_office_hours": sum(row.back_office_hours for row in work),
        "origins": origins(patch, present),
        "streets": list_streets_of(patch),
        "may_adjust": may_adjust(request, patch.alternative),
        "may_set_band": may_design and can_draw(design),
    }
    return render(request, "patches/design/patch.html", context)


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def patch_map(
    request: HttpRequest, pk: int, number: int, patch_pk: int
) -> JsonResponse:
    """One drawn patch for its map."""
    return JsonResponse(patch_shapes(get_patch(request, pk, number, patch_pk)))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESIGN_PATCHES)
def patch_band(
    request: HttpRequest, pk: int, number: int, patch_pk: int
) -> HttpResponse:
    """Give a drawn patch another band than its work asks for, with the reason."""
    patch = get_patch(request, pk, number, patch_pk)
    form = BandForm(
        request.POST if request.method == "POST" else None,
        initial={
            "band_min": patch.band_min,
            "band_max": patch.band_max,
            "reason": patch.band_reason,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.set_band(patch=patch, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"Band of {patch.code} changed")
            return redirect(patch)
    context = {
        "form": form,
        "patch": patch,
        "asked": services.band_asked_by_work(patch),
        "back_url": patch.get_absolute_url(),
    }
    return render(request, "patches/design/band.html", context)
