"""On a design's page: from proposal to publication."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from housingplus.common.dates import today
from patches.design.models import PatchDesign
from patches.design.presenters.deciding import deciding_part
from patches.design.selectors.comments import count_unanswered


def step(request: HttpRequest, design: PatchDesign) -> Any:
    """Return what the part of the page needs."""
    return deciding_part(
        design,
        user=request.user,
        today=today(),
        comment_count=design.comments.count(),
        unanswered_count=count_unanswered(design),
        events=design.events.select_related("by").order_by("-at", "-pk"),
    )
