"""Copying an alternative to move homes in it, and removing such a copy."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import permission_required
from patches.design.forms.adjusting import CopyAlternativeForm
from patches.design.presenters.adjusting import suggested_name
from patches.design.rules import adjusting as rules
from patches.design.services import copying as services

from .alternatives import get_alternative


@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESIGN_PATCHES)
def alternative_copy(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Copy an alternative under another name, to move homes in the copy."""
    alternative = get_alternative(request, pk, number)
    rules.check_can_adjust(alternative.design)
    names = alternative.design.alternatives.values_list("name", flat=True)
    form = CopyAlternativeForm(
        request.POST if request.method == "POST" else None,
        initial={
            "name": suggested_name(
                alternative.name, {name.casefold() for name in names}
            )
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.copy_alternative(
                alternative=alternative, name=form.cleaned_data["name"], by=request.user
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"“{made}” is ready. Choose what to move.")
            return redirect("patches:designs:adjust", pk, made.number)
    context = {
        "form": form,
        "design": alternative.design,
        "alternative": alternative,
        "back_url": alternative.get_absolute_url(),
    }
    return render(request, "patches/design/alternative_copy.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESIGN_PATCHES)
def alternative_remove(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Do away with an alternative adjusted by hand, after asking."""
    alternative = get_alternative(request, pk, number)
    design = alternative.design
    rules.check_can_adjust(design)
    rules.check_can_remove(alternative)
    if request.method == "POST":
        services.remove_alternative(alternative=alternative, by=request.user)
        messages.success(request, f"“{alternative}” removed")
        return redirect(design)
    context = {
        "design": design,
        "alternative": alternative,
        "edit_count": alternative.edits.filter(is_undone=False).count(),
        "back_url": alternative.get_absolute_url(),
    }
    return render(request, "patches/design/alternative_remove.html", context)
