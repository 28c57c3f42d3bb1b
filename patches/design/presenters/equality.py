"""The equality check as lines of tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from patches.design.rules.equality import EqualityCheck, Group, share_of
from patches.design.rules.suppression import Cell, Hidden, SafeCount


@dataclass(frozen=True)
class EqualityLine:
    """One group beside everybody."""

    HEADER: ClassVar[list[str]] = [
        "By",
        "Group",
        "Households",
        "Lose a known officer",
        "Share (%)",
        "Share of everybody (%)",
        "Compared with everybody",
    ]

    name: str
    count: SafeCount
    everybody: SafeCount
    standing: str = ""

    @property
    def whole(self) -> str:
        return _cell(self.count.whole)

    @property
    def part(self) -> str:
        return _cell(self.count.part)

    @property
    def share(self) -> str:
        return _percent_words(self.count)

    @property
    def share_of_everybody(self) -> str:
        return _percent_words(self.everybody)

    def as_row(self, title: str) -> list[Any]:
        share, everybody = _percent(self.count), _percent(self.everybody)
        return [
            title,
            self.name,
            self.count.whole,
            self.count.part,
            "" if share is None else share,
            "" if everybody is None else everybody,
            self.standing,
        ]


def equality_lines(check: EqualityCheck) -> list[tuple[str, list[EqualityLine]]]:
    """Return the tables: everybody first, then a table for each grouping.

    Only everybody where groups cannot be compared. A table has no lines when the
    numbers of its groups are too small to be shown.
    """
    everybody = ("Everybody", [EqualityLine("Everybody", check.total, check.total)])
    if not check.is_comparable:
        return [everybody]
    return [
        everybody,
        *(
            (grouping.title, _lines(grouping.groups, check.total))
            for grouping in check.groupings
        ),
    ]


def _lines(groups: tuple[Group, ...], total: SafeCount) -> list[EqualityLine]:
    # One group alone is everybody: there is nobody to compare it with.
    alone = len(groups) == 1
    return [
        EqualityLine(
            group.name, group.count, total, "" if alone else group.standing.value
        )
        for group in groups
    ]


def _cell(cell: Cell) -> str:
    return cell.value if isinstance(cell, Hidden) else f"{cell:,}"


def _percent(count: SafeCount) -> float | None:
    share = share_of(count)
    return None if share is None else round(100 * share, 1)


def _percent_words(count: SafeCount) -> str:
    found = _percent(count)
    return "–" if found is None else f"{found} %"
