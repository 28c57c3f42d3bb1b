"""A block: the homes of one building, and which patch each is in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from officers.assignments.selectors import answers_for
from patches.register.permissions import can_change_in
from patches.register.selectors import list_positions
from patches.register.views.scope import run_ward_ids

from .models import Block, Property


@require_safe
@permission_required(Permission.VIEW_PLACES)
def block_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One building's homes in walking order, with patch and who answers."""
    block = get_object_or_404(Block.objects.select_related("ward"), pk=pk)
    day = today()
    homes = Property.objects.managed_on(day).filter(block=block)
    positions = list_positions(list(homes.values_list("pk", flat=True)), day)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            f"block-{block.pk}-homes.csv",
            ["Address", "Postcode", "UPRN", "Reference", "Patch"],
            (
                [
                    row.home.first_line,
                    row.home.postcode,
                    row.home.uprn,
                    row.home.reference,
                    row.patch or "",
                ]
                for row in positions
            ),
        )
    patches = {row.patch.pk: row.patch for row in positions if row.patch is not None}
    answers = answers_for(patches.values(), day)
    counts: dict[int, int] = {}
    for row in positions:
        counts[row.patch_id or 0] = counts.get(row.patch_id or 0, 0) + 1
    return render(
        request,
        "patches/properties/block.html",
        {
            "building": block,
            "positions": positions,
            "patches": [
                (patch, counts[pk], answers[pk]) for pk, patch in patches.items()
            ],
            "unplaced_count": counts.get(0, 0),
            "may_change": can_change_in(
                request.user, block.ward_id, run_ward_ids(request.user)
            ),
        },
    )
