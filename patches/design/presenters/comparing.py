"""Alternatives side by side: a figure a row, an alternative a column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from patches.design.models import AlternativeKind, DesignAlternative, DesignPatch


@dataclass(frozen=True)
class Facts:
    """What is known of an alternative beside its own measures."""

    smallest: DesignPatch | None
    largest: DesignPatch | None
    officer_changes: int | None
    capacity: float


@dataclass(frozen=True)
class Cell:
    """A figure of one alternative; `url` is the list behind it."""

    text: str
    url: str = ""
    value: float | None = None
    is_best: bool = False


@dataclass(frozen=True)
class FigureRow:
    """One figure of every alternative."""

    label: str
    hint: str
    cells: tuple[Cell, ...]
    is_short: bool = False


@dataclass(frozen=True)
class Column:
    """An alternative as the head of a column."""

    alternative: DesignAlternative
    url: str
    is_suggested: bool
    is_chosen: bool
    is_shown: bool


@dataclass(frozen=True)
class Comparison:
    """Everything the table needs."""

    columns: tuple[Column, ...]
    groups: tuple[tuple[str, tuple[FigureRow, ...]], ...]

    @property
    def short(self) -> list[FigureRow]:
        """The rows that fit on one page with everything else members need."""
        return [row for _, rows in self.groups for row in rows if row.is_short]

    def as_rows(self) -> list[list[str]]:
        """Return the table as rows of a CSV, the header first."""
        header = ["Figure", *(str(column.alternative) for column in self.columns)]
        return [
            header,
            *(
                [row.label, *(cell.text for cell in row.cells)]
                for _, rows in self.groups
                for row in rows
            ),
        ]


@dataclass(frozen=True)
class _Figure:
    """How one figure is shown: the text, its list, and which end is better."""

    label: str
    read: Callable[[dict[str, Any], Facts], tuple[str, float | None]]
    page: str = ""
    query: str = ""
    hint: str = ""
    is_more_better: bool | None = None
    patch: str = field(default="")
    is_short: bool = False


def _number(value: float) -> str:
    return f"{value:,.0f}"


def _percent(value: float) -> str:
    return f"{value * 100:.1f} %"


def _plain(key: str) -> Callable[[dict[str, Any], Facts], tuple[str, float | None]]:
    return lambda m, facts: (_number(m.get(key, 0)), float(m.get(key, 0)))


def _metres(key: str) -> Callable[[dict[str, Any], Facts], tuple[str, float | None]]:
    return lambda m, facts: (f"{m.get(key, 0):,.0f} m", float(m.get(key, 0)))


def _gap(key: str) -> Callable[[dict[str, Any], Facts], tuple[str, float | None]]:
    return lambda m, facts: (_percent(m[key]), float(m[key]))


def _within(
    at: int, key: str = "within"
) -> Callable[[dict[str, Any], Facts], tuple[str, float | None]]:
    def read(m: dict[str, Any], facts: Facts) -> tuple[str, float | None]:
        share = m[key][at]
        return f"{round(share * m['patches']):,} of {m['patches']:,}", share

    return read


def _whole(m: dict[str, Any], facts: Facts) -> tuple[str, float | None]:
    return f"{round(m['whole'] * m['patches']):,} of {m['patches']:,}", m["whole"]


def _in_band(m: dict[str, Any], facts: Facts) -> tuple[str, float | None]:
    count = m.get("in_band", 0)
    return f"{count:,} of {m['patches']:,}", count / max(1, m["patches"])


def _moved(m: dict[str, Any], facts: Facts) -> tuple[str, float | None]:
    moved, homes = m["moved_homes"], max(1, m["homes"])
    return f"{moved:,} ({_percent(moved / homes)})", float(moved)


def _officer_changes(m: dict[str, Any], facts: Facts) -> tuple[str, float | None]:
    count = facts.officer_changes
    if count is None:
        return "Not known", None
    return f"{count:,} ({_percent(count / max(1, m['homes']))})", float(count)


def _officers(m: dict[str, Any], facts: Facts) -> tuple[str, float | None]:
    if not facts.capacity:
        return "Not known", None
    needed = m["hours"] / facts.capacity
    return f"{needed:,.1f}", needed


def _size(which: str) -> Callable[[dict[str, Any], Facts], tuple[str, float | None]]:
    def read(m: dict[str, Any], facts: Facts) -> tuple[str, float | None]:
        patch: DesignPatch | None = getattr(facts, which)
        if patch is None:
            return "None", None
        return f"{patch.home_count:,} ({patch.code})", None

    return read


_GROUPS: tuple[tuple[str, tuple[_Figure, ...]], ...] = (
    (
        "Size",
        (
            _Figure("Patches", _plain("patches"), "alternative", is_short=True),
            _Figure("Homes in a patch", _plain("homes"), "homes"),
            _Figure(
                "Officer hours a month",
                _plain("hours"),
                "alternative",
                "sort=-hours",
            ),
            _Figure(
                "Officers needed",
                _officers,
                hint="Full-time; hours divided by what one officer has for homes",
                is_short=True,
            ),
            _Figure(
                "Smallest patch", _size("smallest"), patch="smallest", is_short=True
            ),
            _Figure("Largest patch", _size("largest"), patch="largest", is_short=True),
            _Figure(
                "Patches in band",
                _in_band,
                "alternative",
                "size=in",
                "The band asked for by the work of its homes",
                is_more_better=True,
                is_short=True,
            ),
        ),
    ),
    (
        "Equal work",
        (
            _Figure(
                "Furthest from the mean",
                _gap("worst"),
                "alternative",
                "sort=-gap",
                "Of the ward team’s area",
                is_more_better=False,
                is_short=True,
            ),
            *(
                _Figure(
                    f"Within ± {limit} %",
                    _within(at),
                    "alternative",
                    f"within={limit}",
                    is_more_better=True,
                    is_short=True,
                )
                for at, limit in enumerate((2, 5, 10))
            ),
            _Figure(
                "Furthest from the mean of all",
                _gap("worst_city"),
                "alternative",
                "sort=-hours",
                "Small areas of one to three officers cannot come near it",
                is_more_better=False,
            ),
            _Figure(
                "Within ± 10 % of the mean of all",
                _within(2, "within_city"),
                is_more_better=True,
            ),
        ),
    ),
    (
        "Compactness",
        (
            _Figure(
                "In one piece",
                _whole,
                "alternative",
                "whole=no",
                is_more_better=True,
                is_short=True,
            ),
            _Figure(
                "Mean distance to the middle",
                _metres("walk_metres"),
                "alternative",
                "sort=-walk",
                is_more_better=False,
                is_short=True,
            ),
            _Figure(
                "Nine of ten homes are within",
                _metres("walk_spread"),
                "alternative",
                "sort=-walk",
                "Of the middle of their patch",
                is_more_better=False,
            ),
            _Figure(
                "Split streets",
                _plain("split_streets"),
                "split_streets",
                hint="Houses of one street in several patches",
                is_more_better=False,
                is_short=True,
            ),
        ),
    ),
    (
        "Change for households",
        (
            _Figure(
                "Homes that change patch",
                _moved,
                "homes",
                "change=moves",
                is_more_better=False,
                is_short=True,
            ),
            _Figure(
                "Households whose officer changes",
                _officer_changes,
                "homes",
                "change=officer",
                "If each patch is led by whom the design proposes",
                is_more_better=False,
                is_short=True,
            ),
            _Figure(
                "Homes on the map in no patch",
                _plain("none"),
                "homes",
                "change=none",
                is_more_better=False,
            ),
            _Figure(
                "Homes not on the map",
                _plain("unplaced"),
                "eye",
                hint="No coordinates, and none of their postcode or street either",
            ),
        ),
    ),
)


def compare(
    alternatives: Sequence[DesignAlternative],
    facts: Mapping[int, Facts],
    *,
    suggested: DesignAlternative | None,
    chosen_id: int | None,
    shown: DesignAlternative | None,
) -> Comparison:
    """Return the table that shows alternatives side by side."""
    return Comparison(
        columns=tuple(
            Column(
                alternative=row,
                url=row.get_absolute_url(),
                is_suggested=row == suggested,
                is_chosen=row.pk == chosen_id,
                is_shown=row == shown,
            )
            for row in alternatives
        ),
        groups=tuple(
            (title, tuple(_row(figure, alternatives, facts) for figure in figures))
            for title, figures in _GROUPS
        ),
    )


def _row(
    figure: _Figure,
    alternatives: Sequence[DesignAlternative],
    facts: Mapping[int, Facts],
) -> FigureRow:
    read = [figure.read(row.measures, facts[row.pk]) for row in alternatives]
    best = _best(figure, alternatives, [value for _, value in read])
    return FigureRow(
        label=figure.label,
        hint=figure.hint,
        is_short=figure.is_short,
        cells=tuple(
            Cell(
                text=text,
                url=_url(figure, row, facts[row.pk]),
                value=value,
                is_best=best is not None and value == best,
            )
            for row, (text, value) in zip(alternatives, read, strict=True)
        ),
    )


def _best(
    figure: _Figure,
    alternatives: Sequence[DesignAlternative],
    values: Sequence[float | None],
) -> float | None:
    """Return the best value of those drawn; none where all are alike."""
    if figure.is_more_better is None:
        return None
    drawn = [
        value
        for row, value in zip(alternatives, values, strict=True)
        if value is not None and row.kind != AlternativeKind.AS_NOW
    ]
    if len(set(drawn)) < 2:
        return None
    return max(drawn) if figure.is_more_better else min(drawn)


def _url(figure: _Figure, row: DesignAlternative, facts: Facts) -> str:
    if figure.patch:
        patch: DesignPatch | None = getattr(facts, figure.patch)
        if patch is None:
            return ""
        args = [row.design_id, row.number, patch.pk]
        return reverse("patches:designs:patch", args=args)
    if figure.page == "eye":
        return reverse("patches:designs:eye", args=[row.design_id])
    if not figure.page:
        return ""
    url = reverse(f"patches:designs:{figure.page}", args=[row.design_id, row.number])
    return f"{url}?{figure.query}" if figure.query else url
