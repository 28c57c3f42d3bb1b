"""Small numbers hidden from tables of people, so that nobody can work them out.

A table says of each group how many households it has (the whole) and how many of them
something happens to (the part). A whole under five is hidden, and a part when fewer
than five are in it or fewer than five are left out of it. Others are hidden beside them
until those who know the totals, every shown number and what the words mean still have
to reckon with every number that the words allow.

What is shown of the wholes does not depend on the parts: two tables of the same groups
with other parts do not give each other's wholes away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST = 5
_FEW = FEWEST - 1
# How far apart the least and the most must be that a number hidden for others can be.
_WIDTH = 3


class Hidden(StrEnum):
    """What stands in place of a number."""

    FEW = "Fewer than 5"
    ALL_BUT_FEW = "All but fewer than 5"
    NOT_SHOWN = "Not shown"


Cell = int | Hidden


@dataclass(frozen=True, slots=True)
class Count:
    """Households of a group, and how many of them something happens to."""

    whole: int
    part: int


@dataclass(frozen=True, slots=True)
class SafeCount:
    """A count as it may be shown."""

    whole: Cell
    part: Cell


@dataclass(frozen=True, slots=True)
class _Range:
    low: int
    high: int

    @property
    def width(self) -> int:
        return self.high - self.low


def suppress_total(total: Count) -> SafeCount:
    """Return everybody's numbers as they may be shown."""
    if total.whole < FEWEST:
        return SafeCount(Hidden.FEW, Hidden.FEW)
    return SafeCount(total.whole, _part_of(total))


def suppress(counts: Sequence[Count]) -> list[SafeCount] | None:
    """Return the counts of groups that make up everybody, as they may be shown.

    Their sums are taken to be shown by `suppress_total`. None when no group's whole may
    be shown.
    """
    hidden = _hidden_wholes([count.whole for count in counts])
    if hidden is None:
        return None
    parts = _safe_parts(counts, hidden)
    return [
        SafeCount(hidden.get(index, count.whole), parts.get(index, count.part))
        for index, count in enumerate(counts)
    ]


def _part_of(count: Count) -> Cell:
    if count.part < FEWEST:
        return Hidden.FEW
    if count.whole - count.part < FEWEST:
        return Hidden.ALL_BUT_FEW
    return count.part


def _hidden_wholes(wholes: Sequence[int]) -> dict[int, Hidden] | None:
    """Return what stands for the wholes that are hidden; None to hide them all."""
    small = {i: Hidden.FEW for i, whole in enumerate(wholes) if whole < FEWEST}
    if sum(wholes) < FEWEST:
        return None
    larger = [i for i, whole in enumerate(wholes) if whole >= FEWEST]
    for others in _others(larger, wholes):
        hidden = small | dict.fromkeys(others, Hidden.NOT_SHOWN)
        ranges = _whole_ranges(wholes, hidden)
        if all(_is_protected(_whole_box(hidden[i]), ranges[i]) for i in hidden):
            return hidden
    return None


def _others(candidates: Sequence[int], sizes: Sequence[int]) -> Iterator[list[int]]:
    """Yield what may be hidden too: nothing, one, the smallest first, then more."""
    ordered = sorted(candidates, key=lambda index: (sizes[index], index))
    yield []
    yield from ([index] for index in ordered)
    for count in range(2, len(ordered) + 1):
        yield ordered[-count:]


def _whole_box(cell: Hidden) -> _Range:
    """Return what a hidden whole may be by its words; a group listed has a household.

    No most is needed where words give none: others bound it.
    """
    return _Range(1, _FEW) if cell == Hidden.FEW else _Range(FEWEST, 10**9)


def _whole_ranges(
    wholes: Sequence[int], hidden: Mapping[int, Hidden]
) -> dict[int, _Range]:
    total = sum(wholes[index] for index in hidden)
    return _reach({index: _whole_box(cell) for index, cell in hidden.items()}, total)


def _reach(boxes: Mapping[int, _Range], total: int) -> dict[int, _Range]:
    """Return the least and the most each number can be when their sum is known."""
    lows = sum(box.low for box in boxes.values())
    highs = sum(box.high for box in boxes.values())
    return {
        index: _Range(
            max(box.low, total - (highs - box.high)),
            min(box.high, total - (lows - box.low)),
        )
        for index, box in boxes.items()
    }


def _is_protected(box: _Range, reach: _Range) -> bool:
    """A small number can be all its words allow; another a few numbers at least."""
    return reach == box or (box.width > _FEW and reach.width >= _WIDTH)


def _safe_parts(
    counts: Sequence[Count], hidden: Mapping[int, Hidden]
) -> dict[int, Hidden]:
    """Return what stands for the parts that are hidden; all of them if need be."""
    total = Count(sum(c.whole for c in counts), sum(c.part for c in counts))
    none_shown = dict.fromkeys(range(len(counts)), Hidden.NOT_SHOWN)
    if isinstance(_part_of(total), Hidden):
        return none_shown
    # The parts of groups whose whole is hidden are hidden with them.
    small = dict(hidden)
    for index, count in enumerate(counts):
        cell = _part_of(count)
        if index not in hidden and isinstance(cell, Hidden):
            small[index] = cell
    free = [
        index
        for index, count in enumerate(counts)
        if index not in small and _part_box(count, Hidden.NOT_SHOWN).width >= _WIDTH
    ]
    for others in _others(free, [count.whole for count in counts]):
        safe = small | dict.fromkeys(others, Hidden.NOT_SHOWN)
        if _are_parts_protected(counts, safe, hidden):
            return safe
    return none_shown


def _part_box(count: Count, cell: Hidden) -> _Range:
    """Return what a hidden part of a shown whole may be by its words."""
    if cell == Hidden.FEW:
        return _Range(0, _FEW)
    if cell == Hidden.ALL_BUT_FEW:
        return _Range(count.whole - _FEW, count.whole)
    return _Range(FEWEST, count.whole - FEWEST)


def _are_parts_protected(
    counts: Sequence[Count], safe: Mapping[int, Hidden], hidden: Mapping[int, Hidden]
) -> bool:
    """Whether no hidden part can be worked out from the sum of the hidden ones.

    Groups whose whole is hidden count as one: between none and all of their households,
    however these are shared out among them.
    """
    if not safe:
        return True
    boxes = {
        index: _part_box(counts[index], cell)
        for index, cell in safe.items()
        if index not in hidden
    }
    together = sum(counts[index].whole for index in hidden)
    if hidden:
        boxes[-1] = _Range(0, together)
    ranges = _reach(boxes, sum(counts[index].part for index in safe))
    if hidden:
        del boxes[-1]
        theirs = ranges.pop(-1)
        # Then any of them can be in a part of none up to four, and left out alike.
        if theirs.high < _FEW or theirs.low > together - _FEW:
            return False
    return all(_is_protected(box, ranges[index]) for index, box in boxes.items())
