"""On a design's page: moving homes by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from housingplus.common.permissions import Permission
from patches.design.models import PatchDesign
from patches.design.rules.adjusting import can_adjust
from patches.design.selectors.adjusting import list_copies, list_sources


def step(request: HttpRequest, design: PatchDesign) -> dict[str, Any]:
    """Return what the part of the page needs: copies, and what can be copied."""
    may_adjust = request.user.has_permission(Permission.DESIGN_PATCHES) and can_adjust(
        design
    )
    return {
        "may_adjust": may_adjust,
        "copies": list_copies(design),
        "sources": list_sources(design) if may_adjust else [],
    }
