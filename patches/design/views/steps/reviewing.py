"""On a design's page: modelled against actual, and the review."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from housingplus.common.dates import today
from patches.design.models import DesignReview, PatchDesign
from patches.design.rules.reviewing import state_of


def step(request: HttpRequest, design: PatchDesign) -> dict[str, Any]:
    """Return what the part of the page needs: the review, once there is one."""
    review = (
        DesignReview.objects.filter(design=design)
        .select_related("design")
        .defer("evidence")
        .first()
    )
    return {
        "review": review,
        "state": state_of(review, today()) if review else "",
    }
