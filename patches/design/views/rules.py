"""What every map of a design must keep: the list, one rule, adding and removing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import permission_required
from patches.design.forms.rules import FORMS
from patches.design.models import DesignRule, PatchDesign, RuleKind
from patches.design.presenters.rules import KIND_PAGES, rule_lines
from patches.design.rules.drawing import can_draw, check_can_draw
from patches.design.selectors import rules as selectors
from patches.design.services import rules as services

from .areas import areas_of
from .designs import get_design
from .rule_forms import RuleAnswers

_drawing = permission_required(Permission.DESIGN_PATCHES)


@require_safe
@_drawing
def rule_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The rules of a design, and what can be asked for."""
    design = get_design(request, pk)
    page_obj = Paginator(selectors.list_rules(design), 50).get_page(
        request.GET.get("page")
    )
    context = {
        "design": design,
        "page_obj": page_obj,
        "lines": rule_lines(page_obj),
        "kinds": KIND_PAGES,
        "may_change": can_draw(design),
    }
    return render(request, "patches/design/rule_list.html", context)


@require_safe
@_drawing
def rule_detail(request: HttpRequest, pk: int, rule_pk: int) -> HttpResponse:
    """One rule: its patch, and its homes in walking order."""
    design = get_design(request, pk)
    rule = get_object_or_404(selectors.list_rules(design), pk=rule_pk)
    groups = [
        (title, Paginator(homes, 100).get_page(request.GET.get("page")))
        for title, homes in _groups(rule)
    ]
    context = {
        "design": design,
        "line": rule_lines([rule])[0],
        "groups": groups,
        "may_change": can_draw(design),
    }
    return render(request, "patches/design/rule_detail.html", context)


def _groups(rule: DesignRule) -> list[tuple[str, Any]]:
    groups = [(rule.homes, "Homes"), (rule.other_homes, "Second group")]
    if rule.other_homes:
        groups[0] = (rule.homes, "First group")
    return [(title, selectors.list_homes_of_rule(ids)) for ids, title in groups if ids]


@require_http_methods(["GET", "POST"])
@_drawing
def rule_add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Ask for one kind of rule; finding homes and showing streets change nothing."""
    if kind not in FORMS:
        raise Http404("There is no such kind of rule.")
    design = get_design(request, pk)
    check_can_draw(design)
    answers = RuleAnswers(request, design, kind)
    form = answers.form
    if answers.is_final and form.is_valid():
        try:
            said = _add(request, design, answers)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, said)
            return redirect("patches:designs:rule_list", design.pk)
    context = {
        "design": design,
        "form": form,
        "kind": kind,
        "page": KIND_PAGES[kind],
        "named": answers.named,
        "back_url": reverse("patches:designs:rule_list", args=[design.pk]),
    }
    return render(request, "patches/design/rule_add.html", context)


def _add(request: HttpRequest, design: PatchDesign, answers: RuleAnswers) -> str:
    """Make what was asked for; returns what is said then."""
    asked: dict[str, Any] = {
        "design": design,
        "by": request.user,
        "areas": areas_of(design),
    }
    if answers.kind == RuleKind.KEEP:
        kept = services.keep_patches(
            patches=list(answers.form.cleaned_data["patches"]), **asked
        )
        return "Rule added" if len(kept) == 1 else f"{len(kept)} rules added"
    services.add_rule(
        kind=answers.kind,
        label=answers.form.cleaned_data["label"],
        patch=answers.form.cleaned_data.get("patch"),
        homes=answers.homes(),
        other_homes=answers.other_homes(),
        **asked,
    )
    return "Rule added"


@require_http_methods(["GET", "POST"])
@_drawing
def rule_remove(request: HttpRequest, pk: int, rule_pk: int) -> HttpResponse:
    """Take a rule away, after asking."""
    design = get_design(request, pk)
    list_url = reverse("patches:designs:rule_list", args=[design.pk])
    rule = selectors.list_rules(design).filter(pk=rule_pk).first()
    if rule is None and request.method == "POST":
        return redirect(list_url)
    if rule is None:
        raise Http404("The design has no such rule.")
    check_can_draw(design)
    if request.method == "POST":
        services.remove_rule(design=design, rule=rule, by=request.user)
        messages.success(request, "Rule removed")
        return redirect(list_url)
    context = {"design": design, "line": rule_lines([rule])[0], "back_url": list_url}
    return render(request, "patches/design/rule_remove.html", context)
