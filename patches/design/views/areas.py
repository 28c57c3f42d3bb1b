"""The ward teams' areas a design is drawn in."""

from __future__ import annotations

from officers.assignments.selectors import teams_of_wards
from patches.design.models import PatchDesign


def areas_of(design: PatchDesign) -> list[tuple[str, tuple[int, ...]]]:
    """Return the areas of a design by name: the wards of a team, or a lone ward."""
    wards = list(design.wards.order_by("name"))
    teams = teams_of_wards([ward.pk for ward in wards], design.homes_on)
    found: dict[str, list[int]] = {}
    for ward in wards:
        name = teams[ward.pk].name if ward.pk in teams else ward.name
        found.setdefault(name, []).append(ward.pk)
    return [(name, tuple(found[name])) for name in sorted(found)]
