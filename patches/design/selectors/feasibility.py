"""Whether any map can keep a design's rules, asked of the solver before drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from patches.design.drawer import in_words
from patches.design.errors import DesignRefused
from patches.design.models import AlternativeKind, DesignRule, PatchDesign
from patches.design.plans import make_plans
from patches.design.solver.errors import ImpossibleDesign
from patches.design.solver.setup import prepare
from patches.properties.models import Property

from .ground import AreaWards, DesignGround, read_ground, rules_from

if TYPE_CHECKING:
    from patches.design.solver.problem import Area

__all__ = ["AreaWards", "check_can_be_kept"]

# Reading more homes than these and their work takes longer than a page should.
MOST_HOMES = 15_000


def check_can_be_kept(
    design: PatchDesign, new: Sequence[DesignRule], areas: Sequence[AreaWards]
) -> None:
    """New rules, with those there are, leave a map to draw in the areas they touch.

    What else keeps the design from being drawn is said when it is drawn; so is this,
    where there are very many homes.
    """
    if Property.objects.managed_on(design.homes_on).count() > MOST_HOMES:
        return
    ground = _ground_with(design, new, areas)
    if ground is None:
        return
    try:
        for area in _areas(design, ground):
            if _touches(area, new):
                prepare(area)
    except ImpossibleDesign as refusal:
        raise DesignRefused(in_words(refusal.message, ground)) from refusal


def _ground_with(
    design: PatchDesign, new: Sequence[DesignRule], areas: Sequence[AreaWards]
) -> DesignGround | None:
    """Return what is drawn on, new rules too; None when it cannot be drawn anyway."""
    try:
        ground = read_ground(design, areas)
    except DesignRefused:
        return None
    rows = [*design.rules.select_related("patch").order_by("pk"), *new]
    references = {row.home.reference for area in ground.areas for row in area.rows}
    return replace(ground, rules=rules_from(rows, design.barriers, references))


def _areas(design: PatchDesign, ground: DesignGround) -> tuple[Area, ...]:
    """Return the areas of the strictest alternative."""
    try:
        plans = make_plans(design, ground)
    except DesignRefused:
        return ()
    return next(p.areas for p in plans if p.kind == AlternativeKind.BEST_BALANCE)


def _touches(area: Area, new: Iterable[DesignRule]) -> bool:
    """Whether a rule is about homes or a patch of the area."""
    references = {home.reference for home in area.homes}
    present = {home.patch for home in area.homes}
    return any(
        not references.isdisjoint(map(str, [*rule.homes, *rule.other_homes]))
        or (rule.patch is not None and rule.patch.code in present)
        for rule in new
    )
