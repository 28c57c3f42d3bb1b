"""Choosing, proposing, sending back, approving and withdrawing a design."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from housingplus.common.dates import long_date, today
from housingplus.common.errors import Conflict, Refusal
from housingplus.common.numbers import whole_number
from housingplus.common.permissions import Permission
from housingplus.common.redirects import safe_next
from housingplus.common.refusals import add_refusal
from housingplus.common.views import permission_required
from patches.design.forms.deciding import (
    ApproveForm,
    ProposeForm,
    SendBackForm,
    WithdrawForm,
)
from patches.design.models import AlternativeKind, DesignStatus, PatchDesign
from patches.design.rules import deciding as rules
from patches.design.selectors.comments import count_unanswered
from patches.design.services import deciding as services

from .designs import get_design

_drawing = permission_required(Permission.DESIGN_PATCHES)


def act(
    request: HttpRequest,
    design: PatchDesign,
    form: forms.Form,
    save: Callable[[dict[str, Any]], object],
    done: str,
) -> HttpResponse | None:
    """Do what a posted form asks; None where the form is to be shown.

    Who lost a race is sent to the design and told who did what.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        save(dict(form.cleaned_data))
    except Conflict as conflict:
        messages.error(request, conflict.message)
        return redirect(design)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None
    messages.success(request, done)
    return redirect(design)


def posted(request: HttpRequest) -> Any:
    """Return what was posted, for a form; None on GET."""
    return request.POST if request.method == "POST" else None


def check_offered(request: HttpRequest, design: PatchDesign, to: DesignStatus) -> None:
    """A page that asks for a move is there only while the move is possible."""
    if request.method != "POST":
        rules.check_can_move(design, to=to)


@require_POST
@_drawing
def design_choose(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Choose the alternative that goes on."""
    design = get_design(request, pk)
    alternative = get_object_or_404(design.alternatives, number=number)
    try:
        services.choose_alternative(
            design=design,
            alternative=alternative,
            version=_version(request, design),
            by=request.user,
        )
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"“{alternative}” is chosen")
    return redirect(safe_next(request, design.get_absolute_url()))


def _version(request: HttpRequest, design: PatchDesign) -> int:
    """Return the version the button was shown with; a button without one is new."""
    given = whole_number(request.POST.get("version"))
    return design.version if given is None else given


@require_http_methods(["GET", "POST"])
@_drawing
def design_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an alternative to everybody and ask what they think."""
    design = get_design(request, pk)
    check_offered(request, design, DesignStatus.PROPOSED)
    alternatives = design.alternatives.exclude(kind=AlternativeKind.AS_NOW)
    asked = alternatives.filter(
        number=whole_number(request.GET.get("alternative"))
    ).first()
    form = ProposeForm(
        posted(request),
        alternatives=alternatives,
        initial={
            "version": design.version,
            "alternative": asked or design.chosen or _best(design),
        },
    )
    response = act(
        request,
        design,
        form,
        lambda given: services.propose_design(design=design, by=request.user, **given),
        "The plan is proposed. Everybody with a sign-in can see it now.",
    )
    context = {
        "form": form,
        "design": design,
        "back_url": design.get_absolute_url(),
        "has_alternatives": alternatives.exists(),
    }
    return response or render(request, "patches/design/propose.html", context)


def _best(design: PatchDesign) -> Any:
    """Return the alternative that does best by the design's weights."""
    alternatives = design.alternatives.exclude(kind=AlternativeKind.AS_NOW)
    return alternatives.filter(score__isnull=False).order_by("score", "number").first()


@require_http_methods(["GET", "POST"])
@_drawing
def design_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a proposed or approved design a draft again."""
    design = get_design(request, pk)
    check_offered(request, design, DesignStatus.DRAFT)
    form = SendBackForm(posted(request), initial={"version": design.version})
    response = act(
        request,
        design,
        form,
        lambda given: services.send_back(design=design, by=request.user, **given),
        "The design is a draft again.",
    )
    context = {"form": form, "design": design, "back_url": design.get_absolute_url()}
    return response or render(request, "patches/design/send_back.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.APPROVE_DESIGNS)
def design_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a proposed design."""
    design = get_design(request, pk)
    check_offered(request, design, DesignStatus.APPROVED)
    until = design.consult_until
    form = ApproveForm(
        posted(request),
        initial={"version": design.version},
        is_early=until is not None and until >= today(),
    )
    response = act(
        request,
        design,
        form,
        lambda given: services.approve_design(design=design, by=request.user, **given),
        "The design is approved. It changes nothing until it is published.",
    )
    context = {
        "form": form,
        "design": design,
        "back_url": design.get_absolute_url(),
        "comment_count": design.comments.count(),
        "unanswered_count": count_unanswered(design),
        "why_not": services.why_may_not_approve(design, by=request.user),
        "until": long_date(until) if until and until >= today() else "",
    }
    return response or render(request, "patches/design/approve.html", context)


@require_http_methods(["GET", "POST"])
@_drawing
def design_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a design up for good."""
    design = get_design(request, pk)
    check_offered(request, design, DesignStatus.WITHDRAWN)
    form = WithdrawForm(posted(request), initial={"version": design.version})
    response = act(
        request,
        design,
        form,
        lambda given: services.withdraw_design(design=design, by=request.user, **given),
        "The design is withdrawn.",
    )
    context = {"form": form, "design": design, "back_url": design.get_absolute_url()}
    return response or render(request, "patches/design/withdraw.html", context)
