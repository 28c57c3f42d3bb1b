"""Why a patch is outside the tolerance: a block, a way in, a rule, or its edge."""

from __future__ import annotations

from collections.abc import Sequence

from .answer import Design
from .contiguity import can_leave


def why_outside(drawn: Design, number: int) -> str:
    """Return the reason a patch is outside the tolerance; nothing when it is not."""
    setup, patch = drawn.setup, drawn.patches[number]
    tolerance = setup.area.options.tolerance
    if abs(patch.deviation) <= tolerance + 1e-9:
        return ""
    gap = gap_of(patch.deviation)
    if patch.is_kept:
        return f"{patch.name} is {gap} and is kept as it is."
    units = setup.units.units
    own = [index for index, at in enumerate(drawn.part) if at == number]
    heaviest = max(own, key=lambda index: (units[index].load, -index))
    if units[heaviest].load > drawn.mean * (1 + tolerance):
        share = units[heaviest].load * 100 / drawn.mean
        return (
            f"{patch.name} is {gap}: {units[heaviest].name} alone is {share:.0f} % of "
            "the mean, and a block or street side is never split."
        )
    if drawn.is_as_now:
        return f"{patch.name} is {gap} as things are now."
    better = _better(drawn, number)
    if better:
        return f"{patch.name} is {gap}: {better}"
    joint = _way_out(drawn, own)
    if joint is not None:
        return (
            f"{patch.name} is {gap}: {units[joint].name} is the only way between it "
            "and the rest, so only the streets beside it can be exchanged."
        )
    if any(is_grouped(drawn, unit) for unit in own):
        return (
            f"{patch.name} is {gap}: homes that must be together leave too few streets "
            "to exchange."
        )
    edge, beyond = _border(drawn, own)
    border = edge | beyond
    lightest = min(border, key=lambda index: (units[index].load, index), default=own[0])
    share = units[lightest].load * 100 / drawn.mean
    return (
        f"{patch.name} is {gap}: no exchange of whole streets and blocks with the "
        f"patches beside it does better; there are {len(border)} at its edge, and the "
        f"smallest, {units[lightest].name}, is {share:.1f} % of the mean. The heaviest "
        f"in it is {units[heaviest].name} "
        f"({units[heaviest].load * 100 / drawn.mean:.0f} %)."
    )


def gap_of(deviation: float) -> str:
    """Return a deviation in words."""
    side = "over" if deviation > 0 else "under"
    return f"{abs(deviation) * 100:.1f} % {side} the mean"


def is_grouped(drawn: Design, unit: int) -> bool:
    """Return whether a rule keeps a unit together with others."""
    groups = drawn.setup.groups.group_of
    return groups.count(groups[unit]) > 1


def _better(drawn: Design, number: int) -> str:
    """Return the single move that would help most, if a patch drawn by hand has one."""
    setup, part, patches = drawn.setup, drawn.part, drawn.patches
    units, loads = setup.units.units, drawn.loads
    own = [index for index, at in enumerate(part) if at == number]
    edge, beyond = _border(drawn, own)
    found: list[tuple[int, int, int]] = []
    for unit in sorted(edge | beyond):
        goals = {part[other] for other in setup.neighbours[unit]} - {part[unit], -1}
        for goal in sorted(goals if part[unit] == number else {number}):
            if not _is_free(drawn, unit, goal):
                continue
            gain = sum(
                abs(before - drawn.mean) - abs(before + change - drawn.mean)
                for before, change in (
                    (int(loads[part[unit]]), -units[unit].load),
                    (int(loads[goal]), units[unit].load),
                )
            )
            if gain > 0:
                found.append((-gain, unit, goal))
    if not found:
        return ""
    _, unit, goal = min(found)
    left, joined = patches[part[unit]], patches[goal]
    return (
        f"moving {units[unit].name} from {left.name} to {joined.name} would bring it "
        "nearer."
    )


def _is_free(drawn: Design, unit: int, goal: int) -> bool:
    setup, part, patches = drawn.setup, drawn.part, drawn.patches
    if part[unit] < 0 or patches[part[unit]].is_kept or patches[goal].is_kept:
        return False
    foes = {o for pair in setup.groups.apart if unit in pair for o in pair} - {unit}
    return (
        not is_grouped(drawn, unit)
        and patches[goal].name not in setup.groups.barred[unit]
        and all(part[foe] != goal for foe in foes)
        and can_leave(unit, part, setup.neighbours)
    )


def _border(drawn: Design, own: Sequence[int]) -> tuple[set[int], set[int]]:
    """Return the units on either side of a patch's edge."""
    neighbours = drawn.setup.neighbours
    inside = set(own)
    edge = {i for i in own for other in neighbours[i] if other not in inside}
    beyond = {o for i in own for o in neighbours[i] if o not in inside}
    return edge, beyond


def _way_out(drawn: Design, own: Sequence[int]) -> int | None:
    """Return the one unit by which a patch meets all others, if there is only one."""
    for side in _border(drawn, own):
        if len(side) == 1:
            return next(iter(side))
    return None
