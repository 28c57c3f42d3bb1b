"""Starting, watching and stopping the drawing of a design."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import permission_required
from housingplus.govuk.progress import progress_response
from patches.design.forms.designs import DrawAgainForm
from patches.design.models import AlternativeKind
from patches.design.rules.drawing import check_can_draw
from patches.design.services import drawing as services

from .areas import areas_of
from .designs import get_design

_drawing = permission_required(Permission.DESIGN_PATCHES)


@require_http_methods(["GET", "POST"])
@_drawing
def design_draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw a design; asks first where drawing again loses something."""
    design = get_design(request, pk)
    check_can_draw(design)
    is_sent = request.method == "POST"
    form = DrawAgainForm(request.POST if is_sent else None)
    by_hand = design.alternatives.filter(kind=AlternativeKind.BY_HAND)
    if not by_hand:
        del form.fields["give_up_hand_work"]
    if is_sent and form.is_valid():
        try:
            services.draw_design(
                design=design,
                areas=areas_of(design),
                by=request.user,
                **form.cleaned_data,
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(design)
    context = {
        "form": form,
        "design": design,
        "by_hand": by_hand,
        "back_url": design.get_absolute_url(),
    }
    return render(request, "patches/design/draw.html", context)


@require_POST
@_drawing
def design_cancel_drawing(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop drawing."""
    design = get_design(request, pk)
    services.cancel_drawing(design=design, by=request.user)
    messages.success(request, "Drawing stopped")
    return redirect(design)


@require_safe
@_drawing
def design_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the drawing is."""
    design = get_design(request, pk)
    if design.job is None:
        return redirect(design)
    return progress_response(
        request, design.job, url=request.path, finished_url=design.get_absolute_url()
    )
