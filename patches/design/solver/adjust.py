"""Moving streets and blocks by hand: the map after it, or why it cannot be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from .answer import Design
from .contiguity import pieces_of
from .draw import describe


def with_moved(drawn: Design, units: Collection[int], to: int) -> Design:
    """Return the map with some units in another patch: same names, new figures.

    For moves `why_not_move` has nothing against; a patch left empty has no figures.
    """
    return with_places(drawn, dict.fromkeys(units, to))


def with_places(drawn: Design, places: Mapping[int, int]) -> Design:
    """Return the map with each unit named in the patch given for it, -1 for none."""
    part = tuple(places.get(unit, own) for unit, own in enumerate(drawn.part))
    return describe(drawn.setup, part, [patch.name for patch in drawn.patches])


def why_not_move(drawn: Design, units: Collection[int], to: int) -> str:
    """Return why some units cannot go to a patch; nothing when they can.

    Only rules and whole patches count: a patch outside the tolerance or its band is
    shown, not forbidden. Patches in parts already may stay so, in no more parts.
    """
    moved = sorted({unit for unit in units if drawn.part[unit] != to})
    if not moved:
        return f"Everything chosen is in {drawn.patches[to].name} already."
    return (
        _kept(drawn, moved, to)
        or _together(drawn, moved)
        or _apart(drawn, moved, to)
        or _not_in(drawn, moved, to)
        or _parts(drawn, moved, to)
    )


def _kept(drawn: Design, moved: Sequence[int], to: int) -> str:
    if drawn.patches[to].is_kept:
        return f"{drawn.patches[to].name} is kept as it is."
    for unit in moved:
        if kept := drawn.setup.units.units[unit].kept:
            return f"{_name(drawn, unit)} is in {kept}, which is kept as it is."
    return ""


def _together(drawn: Design, moved: Sequence[int]) -> str:
    """Homes that must be together move together; what lies between them may stay."""
    groups = drawn.setup.groups
    chosen = groups.added.union(moved)
    for other, group in enumerate(groups.group_of):
        if other in chosen:
            continue
        for unit in moved:
            is_mate = groups.group_of[unit] == group and unit not in groups.added
            if is_mate and drawn.part[other] == drawn.part[unit]:
                return (
                    f"{_name(drawn, unit)} must stay together with "
                    f"{_name(drawn, other)}: move both."
                )
    return ""


def _apart(drawn: Design, moved: Sequence[int], to: int) -> str:
    after = _after(drawn, moved, to)
    for one, other in drawn.setup.groups.apart:
        if after[one] == after[other] == to and not {one, other}.isdisjoint(moved):
            return (
                f"{_name(drawn, one)} and {_name(drawn, other)} have homes that must "
                f"be apart, and both would be in {drawn.patches[to].name}."
            )
    return ""


def _not_in(drawn: Design, moved: Sequence[int], to: int) -> str:
    name = drawn.patches[to].name
    for unit in moved:
        if name in drawn.setup.groups.barred[unit]:
            return f"{_name(drawn, unit)} has a home that must not be in {name}."
    return ""


def _parts(drawn: Design, moved: Sequence[int], to: int) -> str:
    """Return which patch would be empty or in more parts than it is."""
    after = _after(drawn, moved, to)
    chosen = set(moved)
    for patch in sorted({drawn.part[unit] for unit in moved} - {-1}):
        left = _pieces(drawn, after, patch)
        if not left:
            return f"{drawn.patches[patch].name} would have no homes left."
        if len(left) > len(_pieces(drawn, drawn.part, patch)):
            return (
                f"{drawn.patches[patch].name} would come apart: "
                f"{_largest(drawn, left[-1])} would be cut off."
            )
    joined = _pieces(drawn, after, to)
    if len(joined) > len(_pieces(drawn, drawn.part, to)):
        lone = next((part for part in joined if chosen.issuperset(part)), joined[-1])
        return (
            f"{_largest(drawn, lone)} is not next to {drawn.patches[to].name}: move "
            "what lies between them too."
        )
    return ""


def _pieces(drawn: Design, part: Sequence[int], patch: int) -> list[list[int]]:
    members = [unit for unit, own in enumerate(part) if own == patch]
    return pieces_of(members, drawn.setup.neighbours)


def _after(drawn: Design, moved: Iterable[int], to: int) -> list[int]:
    part = list(drawn.part)
    for unit in moved:
        part[unit] = to
    return part


def _largest(drawn: Design, units: Iterable[int]) -> str:
    found = drawn.setup.units.units
    return found[max(units, key=lambda unit: (found[unit].home_count, -unit))].name


def _name(drawn: Design, unit: int) -> str:
    return drawn.setup.units.units[unit].name
