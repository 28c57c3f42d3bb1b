"""A patch: its homes in walking order, who answers for it, what happened."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import period, today
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from officers.assignments.models import Assignment
from officers.assignments.selectors import (
    first_day_without_officer,
    list_assignment_timeline,
    who_answers,
)
from patches.design.selectors.successions import was_redesigned
from patches.properties.models import Block
from patches.register.models import Patch
from patches.register.permissions import can_change_in
from patches.register.presenters import (
    PatchLine,
    band_since,
    leads_around,
    patch_events,
)
from patches.register.selectors import (
    list_homes_of_patch,
    list_moves_of_patch,
    list_streets,
    patch_shapes,
)
from tenants.taras.selectors import list_taras_for_patch

from .scope import day_asked, run_ward_ids

HOME_HEADER = [
    "Street",
    "Address",
    "Postcode",
    "UPRN",
    "Reference",
    "Type",
    "Bedrooms",
    "Block",
    "Ward",
]


@require_safe
@permission_required(Permission.VIEW_PLACES)
def patch_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One patch as it is, was or will be on a day."""
    day, form = day_asked(request)
    patches = Patch.objects.with_band(day).select_related("ward")
    patch = get_object_or_404(patches, pk=pk)
    homes = list_homes_of_patch(patch, day).select_related("block", "ward")
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(f"patch-{patch.pk}-homes.csv", HOME_HEADER, _rows(homes))
    streets = list_streets(homes)
    patch.home_count = sum(len(street.homes) for street in streets)
    assignments = list(list_assignment_timeline(patch))
    moves = list_moves_of_patch(patch)[:30]
    bands = list(patch.bands.all())
    before, after = leads_around(assignments, day)
    return render(
        request,
        "patches/register/detail.html",
        {
            "patch": patch,
            "day": day,
            "is_today": day == today(),
            "is_in_force": patch.is_in_force(day),
            "as_at_form": form,
            "streets": streets,
            "blocks": _blocks(streets),
            "line": PatchLine(
                patch, who_answers(patch, day), _vacant_from(patch, assignments, day)
            ),
            "before_text": _lead_text(before),
            "after_text": _lead_text(after),
            "day_text": day.isoformat(),
            "map_label": f"Homes of {patch}",
            "band_since": band_since(bands, day),
            "next_bands": [band for band in reversed(bands) if band.starts_on > day],
            "events": patch_events(assignments, moves, bands, patch),
            "taras": list_taras_for_patch(patch),
            "was_redesigned": was_redesigned(patch),
            "may_change": can_change_in(
                request.user, patch.ward_id, run_ward_ids(request.user)
            ),
        },
    )


def _vacant_from(patch: Patch, assignments: list[Assignment], day: dt.date) -> dt.date:
    """Return since when no person answers, from assignments read already."""
    ended = [row.ends_on for row in assignments if row.officer_id and row.ends_on]
    patch.last_person_day = max((end for end in ended if end < day), default=None)
    return first_day_without_officer(patch)


def _lead_text(lead: Assignment | None) -> str:
    if lead is None:
        return ""
    return f"{lead.officer or lead.team}, {period(lead.starts_on, lead.ends_on)}"


def _rows(homes: Any) -> Any:
    for home in homes.iterator(chunk_size=2_000):
        yield [
            home.street,
            home.first_line,
            home.postcode,
            home.uprn,
            home.reference,
            home.get_property_type_display(),
            home.bedrooms,
            home.block or "",
            home.ward,
        ]


def _blocks(streets: list[Any]) -> list[tuple[Block, int]]:
    """Return the blocks of the patch with how many of its homes are in each."""
    counts: dict[int, tuple[Block, int]] = {}
    for street in streets:
        for home in street.homes:
            if home.block is not None:
                _, count = counts.get(home.block_id, (home.block, 0))
                counts[home.block_id] = (home.block, count + 1)
    return sorted(counts.values(), key=lambda pair: pair[0].name)


@require_safe
@permission_required(Permission.VIEW_PLACES)
def patch_walk(request: HttpRequest, pk: int) -> HttpResponse:
    """The patch as a list to carry: addresses in walking order, nobody's name."""
    patch = get_object_or_404(Patch.objects.select_related("ward"), pk=pk)
    day, _ = day_asked(request)
    streets = list_streets(list_homes_of_patch(patch, day))
    return render(
        request,
        "patches/register/walk.html",
        {
            "patch": patch,
            "day": day,
            "streets": streets,
            "home_count": sum(len(street.homes) for street in streets),
            "answer": who_answers(patch, day),
        },
    )


@require_safe
@permission_required(Permission.VIEW_PLACES)
def patch_map(request: HttpRequest, pk: int) -> JsonResponse:
    """The patch's homes and outline for its map."""
    patch = get_object_or_404(Patch.objects.select_related("ward"), pk=pk)
    day, _ = day_asked(request)
    return JsonResponse(patch_shapes(patch, day))
