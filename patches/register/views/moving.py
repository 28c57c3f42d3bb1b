"""Moving homes: choose the patch and the day, check, confirm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from housingplus.common.dates import long_date, today
from housingplus.common.errors import Conflict, Refusal
from housingplus.common.permissions import Permission
from housingplus.common.redirects import safe_next
from housingplus.common.views import permission_required
from officers.assignments.selectors import answers_for
from patches.properties.models import Property
from patches.register import rules, services
from patches.register.forms import NO_PATCH, MoveForm
from patches.register.models import Patch
from patches.register.permissions import check_can_change_in
from patches.register.presenters import compact
from patches.register.selectors import list_positions, list_streets

from .preview import preview_move
from .scope import run_ward_ids, ward_ids_for, wards_of_same_team
from .selection import chosen_homes


@require_http_methods(["GET", "POST"])
@permission_required(Permission.MOVE_HOMES)
def move_homes(request: HttpRequest) -> HttpResponse:
    """The three steps of one move; nothing changes before the last is posted."""
    ward_ids = run_ward_ids(request.user)
    homes = chosen_homes(request, ward_ids)
    try:
        rules.check_number_of_homes(len(homes))
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(safe_next(request, reverse("patches:register:list")))
    targets = _targets(homes, ward_ids)
    step = request.POST.get("step", "")
    if step not in {"check", "confirm", "change"}:
        return _choose(request, homes, _form(homes, targets))
    data = request.POST.copy()
    data["homes"] = compact(home.pk for home in homes)
    form = _form(homes, targets, data)
    if step == "change" or not form.is_valid():
        return _choose(request, homes, form)
    to_patch = _chosen_patch(form)
    try:
        rules.check_move_date(form.cleaned_data["starts_on"], today())
        if to_patch is not None:
            check_can_change_in(request.user, to_patch.ward_id, ward_ids)
            rules.check_patch_takes_homes(to_patch, form.cleaned_data["starts_on"])
        if step == "confirm":
            return _confirm(request, homes, to_patch, form)
    except Conflict as refusal:
        messages.error(request, refusal.message)
        return _choose(request, homes, form)
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.message)
        return _choose(request, homes, form)
    return _check(request, homes, to_patch, form)


def _form(
    homes: list[Property], targets: list[tuple[Any, Any]], data: Any = None
) -> MoveForm:
    return MoveForm(
        data,
        targets=targets,
        initial={"homes": compact(home.pk for home in homes)},
    )


def _chosen_patch(form: MoveForm) -> Patch | None:
    chosen = form.cleaned_data["to_patch"]
    if chosen == NO_PATCH:
        return None
    return Patch.objects.select_related("ward").get(pk=chosen)


def _choose(
    request: HttpRequest, homes: list[Property], form: MoveForm
) -> HttpResponse:
    positions = list_positions([home.pk for home in homes], today())
    present: dict[str, int] = {}
    for position in positions:
        name = str(position.patch or "No patch")
        present[name] = present.get(name, 0) + 1
    return render(
        request,
        "patches/register/move.html",
        {
            "form": form,
            "homes": homes,
            "streets": list_streets(homes),
            "present": sorted(present.items()),
            "back_url": safe_next(request) or reverse("patches:register:list"),
        },
    )


def _check(
    request: HttpRequest, homes: list[Property], to_patch: Patch | None, form: MoveForm
) -> HttpResponse:
    starts_on = form.cleaned_data["starts_on"]
    preview = preview_move(
        home_ids=[home.pk for home in homes],
        to_patch=to_patch,
        starts_on=starts_on,
        user=request.user,
    )
    return render(
        request,
        "patches/register/move_check.html",
        {
            "form": form,
            "preview": preview,
            "to_patch": to_patch,
            "starts_on": starts_on,
            "reason": form.cleaned_data["reason"],
            "token": form.cleaned_data["token"],
            "chosen": form.cleaned_data["to_patch"],
            "all_homes": compact(home.pk for home in homes),
            "movable_homes": compact(preview.home_ids),
            "next": safe_next(request),
            "is_today": starts_on == today(),
        },
    )


def _confirm(
    request: HttpRequest, homes: list[Property], to_patch: Patch | None, form: MoveForm
) -> HttpResponse:
    starts_on: dt.date = form.cleaned_data["starts_on"]
    move = services.move_homes(
        properties=[home.pk for home in homes],
        to_patch=to_patch,
        starts_on=starts_on,
        reason=form.cleaned_data["reason"],
        token=form.cleaned_data["token"],
        by=request.user,
        ward_ids=ward_ids_for(to_patch.ward, starts_on) if to_patch else (),
        seen=form.cleaned_data["seen"],
    )
    moved = "1 home" if move.home_count == 1 else f"{move.home_count:,} homes"
    tense = "moved" if starts_on <= today() else "will move"
    where = f"to {to_patch.code}" if to_patch else "out of their patch"
    messages.success(request, f"{moved} {tense} {where} from {long_date(starts_on)}")
    return redirect(move)


def _targets(
    homes: list[Property], ward_ids: Collection[int]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the patches the homes may go to, by ward, with size and who answers."""
    day = today()
    shared = wards_of_same_team({home.ward_id for home in homes}, day)
    patches = list(
        Patch.objects.from_day(day)
        .filter(ward__in=shared & set(ward_ids), ends_on__isnull=True)
        .with_home_count(day)
        .select_related("ward")
        .order_by("ward__name", "code")
    )
    answers = answers_for(patches, day)
    groups: dict[str, list[tuple[str, str]]] = {}
    has_several_wards = len({patch.ward_id for patch in patches}) > 1
    for patch in patches:
        parts = [f"{patch.home_count} homes", answers[patch.pk].name]
        if has_several_wards:
            parts.insert(0, patch.ward.name)
        if patch.starts_on > day:
            parts.append(f"from {long_date(patch.starts_on)}")
        label = f"{patch} ({', '.join(parts)})"
        groups.setdefault(patch.ward.name, []).append((str(patch.pk), label))
    return list(groups.items())
