"""Why a patch is outside the tolerance, and why a home is in its patch."""

from __future__ import annotations

from collections.abc import Sequence

from .answer import Design
from .contiguity import can_leave
from .ground import neighbours_of
from .units import DECI, MILLI


def why_outside(drawn: Design, number: int) -> str:
    """Return the reason a patch is outside the tolerance; nothing when it is not."""
    setup, patch = drawn.setup, drawn.patches[number]
    tolerance = setup.area.options.tolerance
    if abs(patch.deviation) <= tolerance + 1e-9:
        return ""
    gap = _gap(patch.deviation)
    if patch.is_kept:
        return f"{patch.name} is {gap} and is kept as it is."
    units = setup.units.units
    own = [index for index, at in enumerate(drawn.part) if at == number]
    heaviest = max(own, key=lambda index: (units[index].load, -index))
    if units[heaviest].load > setup.mean * (1 + tolerance):
        share = units[heaviest].load * 100 / setup.mean
        return (
            f"{patch.name} is {gap}: {units[heaviest].name} alone is {share:.0f} % of "
            "the mean, and a block or street side is never split."
        )
    ground = setup.ground
    if not ground.low <= setup.mean <= ground.high:
        return (
            f"{patch.name} is {gap}: the kept patches leave "
            f"{ground.target / MILLI:,.1f} hours for each of the others, where the "
            f"mean is {setup.mean / MILLI:,.1f}."
        )
    grouped = {setup.groups.group_of[i] for i in own if _is_grouped(drawn, i)}
    joint = _way_out(drawn, own)
    if joint is not None:
        return (
            f"{patch.name} is {gap}: {units[joint].name} is the only way between it "
            "and the rest, so only the streets beside it can be exchanged."
        )
    if grouped:
        return (
            f"{patch.name} is {gap}: homes that must be together leave too few streets "
            "to exchange."
        )
    border = _border(drawn, own)
    lightest = min(border, key=lambda index: (units[index].load, index), default=own[0])
    share = units[lightest].load * 100 / setup.mean
    return (
        f"{patch.name} is {gap}: no exchange of whole streets and blocks with the "
        f"patches beside it does better; there are {len(border)} at its edge, and the "
        f"smallest, {units[lightest].name}, is {share:.1f} % of the mean. The heaviest "
        f"in it is {units[heaviest].name} "
        f"({units[heaviest].load * 100 / setup.mean:.0f} %)."
    )


def why_here(drawn: Design, reference: str) -> str:
    """Return in a sentence or two why a home is in its patch."""
    setup = drawn.setup
    homes = setup.area.homes
    index = next((i for i, h in enumerate(homes) if h.reference == reference), None)
    if index is None:
        return f"Home {reference} is not in {setup.area.name}."
    unit_number = setup.units.unit_of[index]
    if unit_number < 0:
        return (
            f"Home {reference} has no patch: it has no coordinates, and no other home "
            "of its postcode or street has any."
        )
    unit = setup.units.units[unit_number]
    number = drawn.part[unit_number]
    patch = drawn.patches[number]
    if patch.is_kept:
        return f"It is in {patch.name} because that patch is kept as it is."
    first = f"It is with the {unit.home_count} homes of {unit.name}, never split, in "
    if unit.home_count == 1:
        first = f"It is the only home of {unit.name}, in "
    if unit_number in setup.groups.added:
        return (
            f"{first}{patch.name} because it lies between homes that must be together."
        )
    if _is_grouped(drawn, unit_number):
        return f"{first}{patch.name}: a rule keeps it together with others there."
    return f"{first}{patch.name}. {_choice(drawn, unit_number, number)}"


def _choice(drawn: Design, unit_number: int, number: int) -> str:
    """Return why a unit is not in the patch whose middle is nearest."""
    setup, patch = drawn.setup, drawn.patches[number]
    unit = setup.units.units[unit_number]
    walks = [
        int(setup.distance[unit_number, middle]) / DECI for middle in drawn.middles
    ]
    if setup.area.options.is_review and unit.homes_in(patch.name):
        return "It stays where it is now: nothing makes a move needed."
    others = [i for i, p in enumerate(drawn.patches) if not p.is_kept and i != number]
    nearest = min(others, key=lambda i: (walks[i], i), default=number)
    here = f"{walks[number]:,.0f} m"
    if nearest == number or walks[number] <= walks[nearest]:
        return f"The middle of {patch.name} is the nearest ({here})."
    other = drawn.patches[nearest]
    there = f"{walks[nearest]:,.0f} m"
    loads = drawn.loads
    with_it = (int(loads[nearest]) + unit.load) / setup.mean - 1
    without = (int(loads[number]) - unit.load) / setup.mean - 1
    tolerance = setup.area.options.tolerance
    start = f"The middle of {other.name} is nearer ({there} against {here}), but "
    neighbours = _neighbours(drawn)
    if all(drawn.part[beside] != nearest for beside in neighbours[unit_number]):
        return f"{start}{other.name} has no home next to it."
    if not can_leave(unit_number, drawn.part, neighbours):
        return f"{start}{patch.name} would come apart without it."
    if with_it > tolerance:
        return f"{start}{other.name} would then be {_gap(with_it)}."
    if without < -tolerance:
        return f"{start}{patch.name} would then be {_gap(without)}."
    return (
        f"{start}with it there the middles or the other borders would lie worse: the "
        "map as a whole walks less this way."
    )


def _is_grouped(drawn: Design, unit: int) -> bool:
    groups = drawn.setup.groups.group_of
    return groups.count(groups[unit]) > 1


def _neighbours(drawn: Design) -> tuple[tuple[int, ...], ...]:
    links = drawn.setup.links
    pairs = zip(links.a.tolist(), links.b.tolist(), strict=True)
    return neighbours_of(len(drawn.part), pairs)


def _border(drawn: Design, own: Sequence[int]) -> list[int]:
    """Return units on either side of a patch's edge."""
    neighbours = _neighbours(drawn)
    inside = set(own)
    edge = {i for i in own for other in neighbours[i] if other not in inside}
    beyond = {o for i in own for o in neighbours[i] if o not in inside}
    return sorted(edge | beyond)


def _way_out(drawn: Design, own: Sequence[int]) -> int | None:
    """Return the one unit by which a patch meets all others, if there is only one."""
    neighbours = _neighbours(drawn)
    inside = set(own)
    edge = {i for i in own for other in neighbours[i] if other not in inside}
    beyond = {o for i in own for o in neighbours[i] if o not in inside}
    for side in (edge, beyond):
        if len(side) == 1:
            return next(iter(side))
    return None


def _gap(deviation: float) -> str:
    side = "over" if deviation > 0 else "under"
    return f"{abs(deviation) * 100:.1f} % {side} the mean"
