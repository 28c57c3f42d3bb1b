"""Why a home is in its patch, in a sentence or two that follow from the map."""

from __future__ import annotations

import numpy as np

from .answer import Design
from .contiguity import can_leave
from .outside import gap_of, is_grouped
from .units import DECI


def why_here(drawn: Design, reference: str) -> str:
    """Return in a sentence or two why a home is in its patch, on any map."""
    setup = drawn.setup
    homes = setup.area.homes
    index = next((i for i, h in enumerate(homes) if h.reference == reference), None)
    if index is None:
        return f"Home {reference} is not in {setup.area.name}."
    at = setup.units.unit_of[index]
    if at < 0:
        return (
            f"Home {reference} has no patch: it has no coordinates, and no other home "
            "of its postcode or street has any."
        )
    unit, number = setup.units.units[at], drawn.part[at]
    if number < 0:
        return f"Home {reference} is in no patch, like the rest of {unit.name}."
    patch = drawn.patches[number]
    if patch.is_kept:
        return f"It is in {patch.name} because that patch is kept as it is."
    first = f"It is with the {unit.home_count} homes of {unit.name}, never split, in "
    if unit.home_count == 1:
        first = f"It is the only home of {unit.name}, in "
    if drawn.is_as_now:
        whose = "It is" if homes[index].patch == patch.name else "Most of them are"
        return f"{first}{patch.name}. {whose} there now."
    if at in setup.groups.added:
        return (
            f"{first}{patch.name} because it lies between homes that must be together."
        )
    if is_grouped(drawn, at):
        return f"{first}{patch.name}: a rule keeps it together with others there."
    return f"{first}{patch.name}. {_choice(drawn, at)}"


def _choice(drawn: Design, at: int) -> str:
    """Return why a unit is not where it is now, or where the middle is nearest."""
    setup, number = drawn.setup, drawn.part[at]
    unit, patch = setup.units.units[at], drawn.patches[number]
    options = setup.area.options
    if options.is_review or options.continuity:
        before = [
            i for i, p in enumerate(drawn.patches) if p.name == unit.present_patch
        ]
        if number in before and options.is_review:
            return "It stays where it is now: nothing makes a move needed."
        if before and number not in before:
            reason = _obstacle(drawn, at, before[0])
            if reason:
                return f"It is in {unit.present_patch} now, but {reason}."
        if unit.present_patch and not before:
            return f"It is in {unit.present_patch} now, which does not go on here."
    walks = [int(setup.distance[at, middle]) / DECI for middle in drawn.middles]
    others = [i for i, p in enumerate(drawn.patches) if not p.is_kept and i != number]
    nearest = min(others, key=lambda i: (walks[i], i), default=number)
    here, there = f"{walks[number]:,.0f} m", f"{walks[nearest]:,.0f} m"
    if walks[number] <= walks[nearest]:
        return f"The middle of {patch.name} is the nearest ({here})."
    start = f"The middle of {drawn.patches[nearest].name} is nearer"
    reason = _obstacle(drawn, at, nearest) or _cost(drawn, at, nearest)
    return f"{start} ({there} against {here}), but {reason}."


def _obstacle(drawn: Design, at: int, goal: int) -> str:
    """Return what keeps a unit out of a patch; nothing when nothing does."""
    setup, part, number = drawn.setup, drawn.part, drawn.part[at]
    unit, patch, other = (
        setup.units.units[at],
        drawn.patches[number],
        drawn.patches[goal],
    )
    neighbours, tolerance = setup.neighbours, setup.area.options.tolerance
    if other.name in setup.groups.barred[at]:
        return f"a rule keeps a home of it out of {other.name}"
    foes = {o for pair in setup.groups.apart if at in pair for o in pair} - {at}
    if any(part[foe] == goal for foe in foes):
        return f"a rule keeps it apart from a home in {other.name}"
    if all(part[beside] != goal for beside in neighbours[at]):
        return f"{other.name} has no home next to it"
    if not can_leave(at, part, neighbours):
        return f"{patch.name} would come apart without it"
    loads, mean = drawn.loads, drawn.mean
    with_it = (int(loads[goal]) + unit.load) / mean - 1
    without = (int(loads[number]) - unit.load) / mean - 1
    if with_it > max(tolerance, other.deviation):
        return f"{other.name} would then be {gap_of(with_it)}"
    if without < min(-tolerance, patch.deviation):
        return f"{patch.name} would then be {gap_of(without)}"
    return ""


def _cost(drawn: Design, at: int, goal: int) -> str:
    """Return what a move that no rule forbids would cost."""
    number = drawn.part[at]
    unit, patch = drawn.setup.units.units[at], drawn.patches[number]
    homes = [own for own, place in enumerate(drawn.part) if place in (number, goal)]
    before = sum(
        _walked(drawn, [own for own in homes if drawn.part[own] == side])
        for side in (number, goal)
    )
    here = [own for own in homes if drawn.part[own] == number and own != at]
    there = [own for own in homes if drawn.part[own] == goal or own == at]
    more = (_walked(drawn, here) + _walked(drawn, there) - before) / DECI
    if more > 0:
        return (
            "with it there the middles would lie worse: the homes of both would walk "
            f"{more:,.0f} m more in all"
        )
    if unit.present_patch == patch.name:
        return f"it is in {patch.name} now"
    beside = [drawn.part[other] for other in drawn.setup.neighbours[at]]
    if beside.count(number) >= beside.count(goal):
        return f"more of its neighbours are in {patch.name}"
    return "nobody has moved it there: no rule is against it"


def _walked(drawn: Design, own: list[int]) -> int:
    """Return the walk of the homes of some units to their middle, in decimetres."""
    units = drawn.setup.units.units
    homes = np.array([units[index].home_count for index in own])
    apart = drawn.setup.distance[np.ix_(own, own)].astype(np.int64)
    return int((apart * homes).sum(axis=1).min())
