"""What people say about a proposed plan: list, saying it, answering."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.errors import Conflict, Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from patches.design.deciding_filters import CommentFilter
from patches.design.forms.comments import AnswerForm, CommentForm
from patches.design.models import DesignComment, PatchDesign
from patches.design.rules import deciding as rules
from patches.design.selectors.comments import count_unanswered, list_comments
from patches.design.services import comments as services

from .deciding import posted
from .designs import get_design

COLUMNS = {
    "made": ("made_at", "pk"),
    "patch": ("patch__code", "made_at"),
    "from": ("comes_from", "made_at"),
    "answered": ("answered_at", "made_at"),
}
HEADER = [
    "Made",
    "About",
    "Comes from",
    "Said by",
    "Written down by",
    "Comment",
    "Answer",
    "Answered by",
    "Answered",
]


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def comment_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said about a design, and what was answered."""
    design = get_design(request, pk)
    chosen = sorting(request, COLUMNS, default="-made")
    filtered = CommentFilter(request.GET, queryset=list_comments(design), design=design)
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(f"design-{design.pk}-comments.csv", HEADER, _rows(rows))
    context = {
        "design": design,
        "page_obj": Paginator(rows, 25).get_page(request.GET.get("page")),
        "filter": filtered,
        "sorting": chosen,
        "unanswered_count": count_unanswered(design),
        "may_answer": request.user.has_permission(Permission.DESIGN_PATCHES),
        "may_comment": may_comment(request, design),
        "may_export": request.user.has_permission(Permission.EXPORT_LISTS),
    }
    return render(request, "patches/design/comments.html", context)


def may_comment(request: HttpRequest, design: PatchDesign) -> bool:
    """Whether the person may say something about the design now."""
    return request.user.has_permission(
        Permission.COMMENT_ON_DESIGNS
    ) and rules.can_comment(design, today=today(), is_late=_is_late(request))


def _is_late(request: HttpRequest) -> bool:
    return request.user.has_permission(Permission.DESIGN_PATCHES)


def _rows(comments: Iterable[DesignComment]) -> Iterable[list[Any]]:
    for row in comments:
        yield [
            timezone.localtime(row.made_at).isoformat(timespec="minutes"),
            row.patch.code if row.patch else "The whole plan",
            row.get_comes_from_display(),
            row.speaker or row.made_by,
            row.made_by,
            row.text,
            row.answer,
            row.answered_by or "",
            timezone.localtime(row.answered_at).date() if row.answered_at else "",
        ]


@require_http_methods(["GET", "POST"])
@permission_required(Permission.COMMENT_ON_DESIGNS)
def comment_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Say something about a plan, or write down what somebody said."""
    design = get_design(request, pk)
    rules.check_can_comment(design, today=today(), is_late=_is_late(request))
    assert design.chosen is not None  # noqa: S101
    form = CommentForm(
        posted(request),
        patches=design.chosen.patches.order_by("code"),
        initial={"patch": request.GET.get("patch", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.add_comment(
                design=design,
                by=request.user,
                is_late=_is_late(request),
                **form.cleaned_data,
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Your comment is kept with the plan")
            return redirect("patches:designs:comments", design.pk)
    context = {"form": form, "design": design, "back_url": design.get_absolute_url()}
    return render(request, "patches/design/comment_add.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESIGN_PATCHES)
def comment_answer(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Answer a comment, or put the answer in other words."""
    design = get_design(request, pk)
    comment = get_object_or_404(list_comments(design), pk=comment_pk)
    back_url = reverse("patches:designs:comments", args=[design.pk])
    form = AnswerForm(
        posted(request), initial={"answer": comment.answer, "seen": comment.answer}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_comment(
                comment=comment, by=request.user, **form.cleaned_data
            )
        except Conflict as conflict:
            messages.error(request, conflict.message)
            return redirect(request.path)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "The answer is kept with the comment")
            return redirect(back_url)
    context = {
        "form": form,
        "design": design,
        "comment": comment,
        "back_url": back_url,
    }
    return render(request, "patches/design/comment_answer.html", context)
