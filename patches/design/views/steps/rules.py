"""On a design's page: the rules its maps must keep."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from patches.design.models import PatchDesign


def step(request: HttpRequest, design: PatchDesign) -> dict[str, Any]:
    """Return what the part of the page needs."""
    return {}
