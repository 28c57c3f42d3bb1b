"""Looking back at a published design: the task, the evidence, the decision."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.editing import save_form
from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from housingplus.documents import compile_document
from housingplus.govuk.lists import sorting
from patches.design.forms.reviewing import DecisionForm, ProposalsForm, ReviewFilter
from patches.design.models import DesignReview, PatchDesign, ReviewDecision
from patches.design.presenters import reviews as presenters
from patches.design.rules import reviewing as rules
from patches.design.selectors.reviews import list_reviews
from patches.design.services import reviews as services

from .evidence import gather_evidence

TEMPLATE = Path(__file__).parent.parent / "documents" / "evidence.typ"
_COLUMNS = {
    "design": "design__name",
    "force": "design__starts_on",
    "due": ("due_on", "design__name"),
}


def _review(request: HttpRequest, pk: int) -> DesignReview:
    designs = PatchDesign.objects.visible_to(request.user)
    reviews = DesignReview.objects.filter(design__in=designs).select_related(
        "design__assumptions",
        "design__approved_by",
        "design__published_by",
        "design__chosen",
        "design__superseded_by",
        "frozen_by",
        "decided_by",
    )
    return get_object_or_404(reviews, design__pk=pk)


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def review_list(request: HttpRequest) -> HttpResponseBase:
    """Every published design's review, the next one due first."""
    chosen = sorting(request, _COLUMNS, default="due")
    filtered = ReviewFilter(request.GET, queryset=list_reviews(), day=today())
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            "reviews.csv",
            presenters.HEADER,
            (presenters.review_row(review, today()) for review in rows),
        )
    page_obj = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "patches/design/review_list.html",
        {
            "page_obj": page_obj,
            "lines": [(row, rules.state_of(row, today())) for row in page_obj],
            "filter": filtered,
            "sorting": chosen,
        },
    )


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence, as frozen or as it stands today; proposals and decision."""
    found = _review(request, pk)
    day = today()
    is_frozen = found.frozen_at is not None
    may_act = request.user.has_permission(Permission.DESIGN_PATCHES)
    return render(
        request,
        "patches/design/review.html",
        {
            "review": found,
            "design": found.design,
            "state": rules.state_of(found, day),
            "evidence": found.evidence if is_frozen else gather_evidence(found, day),
            "is_frozen": is_frozen,
            "freeze_from": found.due_on - rules.AHEAD,
            "may_freeze": may_act and rules.can_freeze(found, day),
            "may_propose": may_act and rules.is_open(found),
            "may_decide": rules.is_open(found)
            and request.user.has_permission(Permission.APPROVE_DESIGNS),
            "next_url": _new_design_url(found) if may_act else "",
        },
    )


@require_POST
@permission_required(Permission.DESIGN_PATCHES)
def review_freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the evidence as it stands today, for ever."""
    found = _review(request, pk)
    try:
        rules.check_can_freeze(found, today())
        evidence = gather_evidence(found, today())
        services.freeze_evidence(review=found, evidence=evidence, by=request.user)
    except Refusal as refusal:
        if found.frozen_by_id != request.user.pk:
            messages.error(request, refusal.message)
    else:
        messages.success(request, "Evidence frozen")
    return redirect(found)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESIGN_PATCHES)
def review_proposals(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what is proposed."""
    found = _review(request, pk)
    rules.check_is_open(found)

    def present() -> dict[str, Any]:
        found.refresh_from_db(fields=["version", "proposals"])
        return {"version": found.version, "proposals": found.proposals}

    def save(values: dict[str, Any]) -> None:
        services.write_proposals(review=found, by=request.user, **values)

    saving = save_form(request, ProposalsForm, save, present)
    if saving.is_done:
        messages.success(request, "Proposals saved")
        return redirect(found)
    context = _form_context(found, saving)
    return render(
        request,
        "patches/design/review_proposals.html",
        context,
        status=saving.status,
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.APPROVE_DESIGNS)
def review_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the decision; a new design follows unless the patches stay."""
    found = _review(request, pk)
    if found.decided_at is not None and request.method == "GET":
        return redirect(found)

    def present() -> dict[str, Any]:
        found.refresh_from_db(fields=["version"])
        return {"version": found.version}

    def save(values: dict[str, Any]) -> None:
        services.decide_review(review=found, by=request.user, **values)

    rules.check_is_frozen(found)
    saving = save_form(request, DecisionForm, save, present)
    if saving.is_done:
        found.refresh_from_db()
        messages.success(request, "Decision recorded")
        if found.decision == ReviewDecision.KEEP:
            return redirect(found)
        return redirect(_new_design_url(found))
    context = _form_context(found, saving)
    return render(
        request, "patches/design/review_decide.html", context, status=saving.status
    )


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def review_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The frozen evidence with proposals and decision, as an accessible PDF."""
    found = _review(request, pk)
    if found.frozen_at is None:
        raise Http404("The evidence of this review is not frozen.")
    pdf = compile_document(
        TEMPLATE,
        presenters.document(found),
        title=f"Review of the patch design “{found.design}”",
        dated=timezone.localtime(found.decided_at or found.frozen_at).date(),
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    name = slugify(found.design.name) or f"design-{found.design_id}"
    response["Content-Disposition"] = f'inline; filename="review-{name}.pdf"'
    return response


def _form_context(found: DesignReview, saving: Any) -> dict[str, Any]:
    return {
        "review": found,
        "design": found.design,
        "form": saving.form,
        "saving": saving,
        "back_url": found.get_absolute_url(),
    }


def _new_design_url(found: DesignReview) -> str:
    """Return where the design that follows a decision is made; "" where none does."""
    if found.decision not in (ReviewDecision.ADJUST, ReviewDecision.REDRAW):
        return ""
    wards = found.design.wards.order_by("pk").values_list("pk", flat=True)
    query: list[tuple[str, object]] = [("scope", pk) for pk in wards]
    if found.decision == ReviewDecision.ADJUST:
        query.append(("sizing", "present"))
    url = reverse("patches:designs:create_for", args=["wards"])
    return f"{url}?{urlencode(query)}"
