"""Who loses a known officer: each group beside everybody, small numbers hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from .chance import Verdict, judge
from .suppression import Count, Hidden, SafeCount, suppress, suppress_total


class Standing(StrEnum):
    """How a group's share stands to everybody's, in the words people read."""

    MORE = "More than others"
    LESS = "Fewer than others"
    ALIKE = "No clear difference"
    UNKNOWN = "Not compared"


_STANDINGS = {Verdict.MORE: Standing.MORE, Verdict.LESS: Standing.LESS}


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted of a group.

    `spread` is how much more the counts vary than single households would: homes of a
    street or a block move together (see `chance.spread_of`).
    """

    name: str
    count: Count
    spread: float = 1.0


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it may be shown."""

    name: str
    count: SafeCount
    standing: Standing

    @property
    def share(self) -> float | None:
        return share_of(self.count)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups that make up everybody; none when their numbers are too small to show."""

    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class EqualityCheck:
    """Everybody, and every grouping of them, as may be shown."""

    total: SafeCount
    groupings: tuple[Grouping, ...]

    @property
    def is_comparable(self) -> bool:
        """Whether so many lose an officer, and keep one, that groups can differ."""
        return not isinstance(self.total.part, Hidden)


def share_of(count: SafeCount) -> float | None:
    """Return the part of the whole, where both are shown."""
    if isinstance(count.whole, Hidden) or isinstance(count.part, Hidden):
        return None
    return count.part / count.whole


def check_equality(
    total: Count, tallies: Mapping[str, Sequence[Tally]]
) -> EqualityCheck:
    """Compare each group's share with everybody's where the numbers may be shown.

    A group is said to differ when chance, at the number of groups compared on the page,
    does not explain it.
    """
    safe = {
        title: suppress([tally.count for tally in groups]) or []
        for title, groups in tallies.items()
    }
    compared = sum(
        share_of(count) is not None and len(counts) > 1
        for counts in safe.values()
        for count in counts
    )
    groupings = tuple(
        Grouping(
            title,
            tuple(
                Group(tally.name, count, _standing(tally, count, total, compared))
                for tally, count in zip(tallies[title], counts, strict=True)
            )
            if counts
            else (),
        )
        for title, counts in safe.items()
    )
    return EqualityCheck(suppress_total(total), groupings)


def _standing(tally: Tally, count: SafeCount, total: Count, compared: int) -> Standing:
    if share_of(count) is None:
        return Standing.UNKNOWN
    expected = tally.count.whole * total.part / total.whole
    verdict = judge(
        expected, tally.count.part, spread=tally.spread, comparisons=compared
    )
    return _STANDINGS.get(verdict, Standing.ALIKE)
