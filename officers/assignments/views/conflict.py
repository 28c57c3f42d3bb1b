"""The page for the one who lost the race: what is so now, and how to go on."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from officers.assignments.errors import AssignmentChanged
from officers.assignments.presenters import carried
from officers.assignments.selectors import (
    answers_for,
    latest_assignment_ids,
    list_assignment_timeline,
)
from officers.assignments.services import Planned
from patches.register.models import Patch


def conflict_page(
    request: HttpRequest,
    conflict: AssignmentChanged,
    patches: Collection[Patch],
    *,
    back_url: str,
) -> HttpResponse:
    """Say who did what and when, and let the person go on from the new state."""
    day = today()
    answers = answers_for(patches, day)
    changes = (
        list_assignment_timeline(patches)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        .order_by("-created_at", "-pk")[:10]
    )
    context = {
        "message": conflict.message,
        "rows": [(patch, answers[patch.pk]) for patch in patches],
        "changes": changes,
        "cancelled": _cancellations(patches),
        "carried": _kept(request),
        "seen": seen_mark(patches),
        "back_url": back_url,
    }
    return render(request, "officers/assignments/conflict.html", context, status=409)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the answers; going on replaces a lead that begins on the same day."""
    answers = [pair for pair in carried(request.POST) if pair != ("planned", "")]
    if not any(name == "planned" for name, _ in answers):
        answers.append(("planned", Planned.KEEP.value))
    return answers


def seen_mark(patches: Collection[Patch]) -> str:
    """Return the patches' latest assignments as the form carries them: "3:17,4:0"."""
    latest = latest_assignment_ids(patch.pk for patch in patches)
    return ",".join(f"{patch.pk}:{latest.get(patch.pk, 0)}" for patch in patches)


def seen_from(request: HttpRequest) -> dict[int, int]:
    """Read the mark back; one that is missing or spoilt counts as seeing nothing."""
    mark = request.POST.get("seen", "")
    try:
        pairs = [pair.split(":") for pair in mark.split(",")]
        return {int(patch): int(latest) for patch, latest in pairs}
    except ValueError:
        return {}


def _cancellations(patches: Collection[Patch]) -> list[AuditEvent]:
    return list(
        AuditEvent.objects.filter(
            verb__in=["assignment.lead_cancelled", "assignment.cover_cancelled"],
            subject_type__app_label=Patch._meta.app_label,
            subject_type__model=Patch._meta.model_name,
            subject_id__in=[patch.pk for patch in patches],
            at__date=today(),
        ).select_related("by")[:5]
    )
