"""A design's page: checks before it is drawn, then its alternatives side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from officers.assignments.selectors import teams_of_wards
from patches.design.models import PatchDesign
from patches.design.presenters import designs as words
from patches.design.rules import drawing as rules
from patches.design.selectors.checks import check_design

from .comparing import comparison_context
from .designs import get_design
from .steps import steps_of


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def design_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A design as far as it has come."""
    design = get_design(request, pk)
    may_design = request.user.has_permission(Permission.DESIGN_PATCHES)
    wards = list(design.wards.order_by("name"))
    context = {
        "design": design,
        "state": design.state_on(today()),
        "wards": wards,
        "where": words.where(wards),
        "sizing": words.sizing_in_words(design),
        "strength": words.strength_in_words(design),
        "weights": words.weights_in_words(design),
        "may_design": may_design,
        "may_export": request.user.has_permission(Permission.EXPORT_LISTS),
        "may_see_measures": request.user.has_permission(Permission.VIEW_MEASURES),
        "may_draw": may_design and rules.can_draw(design),
        **drawing_context(design),
        **steps_of(request, design),
    }
    if design.drawn_at is not None:
        context |= comparison_context(request, design)
    else:
        context |= _before_drawing(design, [ward.pk for ward in wards], wards)
        return render(request, "patches/design/undrawn.html", context)
    return render(request, "patches/design/detail.html", context)


def drawing_context(design: PatchDesign) -> dict[str, Any]:
    """Return whether the design is being drawn, and how far that is."""
    job = design.job
    failed = job is not None and job.status in {"failed", "cancelled"}
    return {
        "job": job,
        "is_being_drawn": rules.is_being_drawn(design),
        "has_stopped": rules.has_stopped(design),
        "why_not_drawn": _why_not(design) if failed else "",
        "was_cancelled": job is not None and job.status == "cancelled",
        "progress_url": reverse("patches:designs:progress", args=[design.pk]),
    }


def _why_not(design: PatchDesign) -> str:
    """Return why the last drawing ended without a map, fit to show."""
    job = design.job
    if job is None or (job.error and job.error.startswith("Traceback")):
        return (
            "Something went wrong that should not. Try once more; if it goes wrong "
            "again, tell whoever runs this site."
        )
    return job.error


def _before_drawing(
    design: PatchDesign, ward_ids: list[int], wards: list[Any]
) -> dict[str, Any]:
    teams = teams_of_wards(ward_ids, design.homes_on)
    return {
        "checks": check_design(design),
        "wards_without_team": [ward for ward in wards if ward.pk not in teams],
    }
