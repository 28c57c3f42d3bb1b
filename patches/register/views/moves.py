"""One move: what was moved, by whom and why, and undoing it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from housingplus.common.dates import day_before, today
from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from patches.register import permissions, rules, services
from patches.register.models import MovedHome, PatchMove
from patches.register.presenters import compact
from patches.register.selectors import count_homes_changed_since

from .scope import run_ward_ids


@require_safe
@permission_required(Permission.VIEW_PLACES)
def move_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What one move did to which homes."""
    move = _move(pk)
    homes = (
        MovedHome.objects.filter(move=move)
        .select_related("property", "from_patch")
        .order_by("property__street_key", "property__walk_key", "pk")
    )
    may_undo = permissions.can_undo(request.user, move, run_ward_ids(request.user))
    return render(
        request,
        "patches/register/move_detail.html",
        {
            "move": move,
            "page_obj": Paginator(homes, 100).get_page(request.GET.get("page")),
            "may_undo": may_undo,
            "may_write": may_undo
            and request.user.has_permission(Permission.WRITE_LETTERS),
            "why_not_undo": _why_not_undo(move),
            "changed_since": day_before(move.starts_on).isoformat(),
            "dated": max(move.starts_on, today()).isoformat(),
            "is_over": move.starts_on < today(),
            "is_planned": move.starts_on > today(),
            "home_ids": compact(homes.values_list("property", flat=True)),
        },
    )


@require_POST
@permission_required(Permission.MOVE_HOMES)
def move_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a move; refused, with the reason, once anything else has happened."""
    move = _move(pk)
    permissions.check_can_undo(request.user, move, run_ward_ids(request.user))
    try:
        services.undo_move(move=move, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Move undone: the homes are back where they were")
    return redirect(move)


def _move(pk: int) -> PatchMove:
    moves = PatchMove.objects.select_related(
        "moved_by", "undone_by", "to_patch__ward", "design_move__design"
    )
    return get_object_or_404(moves, pk=pk)


def _why_not_undo(move: PatchMove) -> str:
    try:
        is_of_design = hasattr(move, "design_move")
        rules.check_is_no_part_of_a_design(move, is_of_design=is_of_design)
        rules.check_can_undo(move, changed_count=count_homes_changed_since(move))
    except Refusal as refusal:
        return refusal.message
    return ""
