"""Taking back what a publication did to leads and covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officers.assignments.models import Assignment, AssignmentKind
from officers.assignments.services.leads import let_run_until, remove
from patches.design.models import PatchDesign, PublishedChange, PublishedPatch

from . import rules
from .models import DesignAssignment

if TYPE_CHECKING:
    from officers.accounts.models import User


def take_back_leads(design: PatchDesign, *, by: User | None) -> None:
    """Remove the leads a publication placed, and let run on what it shortened.

    In the caller's transaction with the patches locked; refused where somebody has
    changed who answers since.
    """
    rows = list(
        DesignAssignment.objects.filter(design=design).select_related(
            "assignment__patch", "assignment__officer", "assignment__team"
        )
    )
    _check_nothing_since(design, rows)
    for row in rows:
        if not row.is_new:
            rules.check_leads_unchanged(
                row.assignment.patch,
                is_as_left=row.assignment.ends_on == row.ends_on_after,
                by=None,
            )
    DesignAssignment.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        if row.is_new:
            remove(row.assignment, by=by)
    for row in rows:
        if not row.is_new:
            let_run_until(row.assignment, row.ends_on_before, by=by)


def _check_nothing_since(design: PatchDesign, rows: list[DesignAssignment]) -> None:
    """Nobody was made to answer for these patches since, for the day or later.

    What was planned for a patch that goes on with its lead, and cover of any that goes
    on, are no matter of the plan and stay.
    """
    assert design.starts_on is not None  # noqa: S101
    published = PublishedPatch.objects.filter(design=design).order_by()
    going_on = published.filter(change=PublishedChange.KEPT)
    handed_over = {row.assignment.patch_id for row in rows}
    since = (
        Assignment.objects.filter(
            patch__in=published.values("patch"), created_at__gt=design.published_at
        )
        .from_day(design.starts_on)
        .exclude(pk__in={row.assignment_id for row in rows})
        .exclude(kind=AssignmentKind.COVER, patch__in=going_on.values("patch"))
        .select_related("patch", "created_by")
        .order_by("pk")
    )
    kept = set(going_on.values_list("patch", flat=True)) - handed_over
    for row in since:
        if row.patch_id not in kept:
            rules.check_leads_unchanged(row.patch, is_as_left=False, by=row.created_by)
