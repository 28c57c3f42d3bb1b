"""What was said about a design, and plans people may comment on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from housingplus.common.permissions import Permission
from patches.design.models import DesignComment, PatchDesign

if TYPE_CHECKING:
    from officers.accounts.models import User


def list_comments(design: PatchDesign) -> QuerySet[DesignComment]:
    """Return what was said about a design, with by whom and about which patch."""
    return DesignComment.objects.filter(design=design).select_related(
        "patch", "made_by", "answered_by"
    )


def count_unanswered(design: PatchDesign) -> int:
    """Return how many comments have no answer yet."""
    return DesignComment.objects.filter(design=design, answered_at__isnull=True).count()


def list_plans_to_comment_on(
    user: User, on: dt.date, *, ward_ids: Collection[int] | None = None
) -> QuerySet[PatchDesign]:
    """Return the plans a person may comment on, the one that ends first first.

    With `ward_ids`, those of any of these wards. Each has `consult_until`.
    """
    if not user.has_permission(Permission.COMMENT_ON_DESIGNS):
        return PatchDesign.objects.none()
    plans = PatchDesign.objects.visible_to(user).open_for_comment(on)
    if ward_ids is not None:
        plans = plans.filter(wards__in=ward_ids).distinct()
    return plans.order_by("consult_until", "pk")
