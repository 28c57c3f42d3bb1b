"""On a design's page: the rules its maps must keep."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from patches.design.models import PatchDesign
from patches.design.presenters.rules import rule_lines
from patches.design.rules.drawing import can_draw
from patches.design.selectors.rules import list_rules

_SHOWN = 8


def step(request: HttpRequest, design: PatchDesign) -> dict[str, Any]:
    """Return what the part of the page needs: the first rules, and how many."""
    rules = list_rules(design)
    return {
        "lines": rule_lines(rules[:_SHOWN]),
        "count": rules.count(),
        "may_change": can_draw(design),
    }
