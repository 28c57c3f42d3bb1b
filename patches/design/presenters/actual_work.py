"""Modelled against actual in words and lines for the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.urls import reverse

from patches.design.months import Month
from patches.design.rules.chance import Verdict
from patches.design.selectors.actual_work import (
    KindCompared,
    WorkComparison,
    WorkSum,
)
from patches.register.models import Patch

from .charts import BarChart, bar_chart

# Of most use first; more than this nobody reads.
_MOST_FINDINGS = 5


@dataclass(frozen=True)
class KindLine:
    """One kind of work in a table."""

    HEADER: ClassVar[list[str]] = [
        "Work",
        "Expected",
        "Recorded",
        "Recorded for each expected",
        "Probably between",
        "and",
        "Is it off",
        "Minutes each",
        "Expected hours",
        "Recorded hours",
        "Difference in hours",
    ]

    compared: KindCompared

    @property
    def name(self) -> str:
        return self.compared.work_type.name

    @property
    def verdict(self) -> Verdict:
        return self.compared.verdict

    @property
    def is_recorded(self) -> bool:
        return self.compared.sum.is_recorded

    @property
    def ratio(self) -> float | None:
        return self.compared.sum.ratio if self.is_recorded else None

    @property
    def finding(self) -> str:
        """What is off, by how much, and what that means in hours."""
        total, way = self.compared.sum, "more"
        share = (total.ratio or 0.0) - 1
        if share < 0:
            way = "less"
        times = f"{abs(share):.0%} {way} often than expected"
        if share >= 1:
            times = f"{share + 1:.1f} times as often as expected"
        minutes = self.compared.minutes or 0
        hours = abs(total.extra_hours)
        meaning = (
            f" At {minutes:.0f} minutes each that is {hours:,.0f} hours {way}."
            if hours >= 0.5
            else ""
        )
        return (
            f"{self.name} came {times}: {total.recorded:,.0f} recorded, "
            f"{total.expected:,.0f} expected.{meaning}"
        )

    def as_row(self) -> list[Any]:
        total, between = self.compared.sum, self.compared.likely_ratio
        known = self.is_recorded
        return [
            self.name,
            round(total.expected, 1),
            round(total.recorded, 1) if known else "",
            "" if self.ratio is None else round(self.ratio, 3),
            round(between.low, 3) if known and between else "",
            round(between.high, 3) if known and between else "",
            self.verdict,
            "" if self.compared.minutes is None else round(self.compared.minutes, 1),
            round(total.expected_hours, 1),
            round(total.recorded_hours, 1) if known else "",
            round(total.extra_hours, 1) if known else "",
        ]


@dataclass(frozen=True)
class MonthLine:
    """One month's hours."""

    month: Month
    sum: WorkSum
    verdict: Verdict


@dataclass(frozen=True)
class PatchLine:
    """One patch's hours, and the kind of work that makes most of the difference."""

    patch: Patch
    sum: WorkSum
    verdict: Verdict
    mostly: KindCompared | None

    @property
    def mostly_text(self) -> str:
        if self.mostly is None:
            return ""
        return f"{self.mostly.work_type}: {self.mostly.sum.extra_hours:+,.0f} hours"

    @property
    def url(self) -> str:
        return reverse("patches:designs:actual_patch", args=[self.patch.pk])


def kind_lines(kinds: Iterable[KindCompared]) -> list[KindLine]:
    """Return lines for kinds of work in their order."""
    return [KindLine(compared) for compared in kinds]


def findings(lines: Iterable[KindLine]) -> list[str]:
    """Return what is off by more than chance, most hours first."""
    off = [line for line in lines if line.verdict.is_off]
    off.sort(key=lambda line: -abs(line.compared.sum.extra_hours))
    return [line.finding for line in off[:_MOST_FINDINGS]]


def overall(total: WorkSum, comparisons: int = 1) -> str:
    """Return one sentence on all the work that is recorded."""
    if not total.is_recorded or total.hours_ratio is None:
        return ""
    share = total.hours_ratio - 1
    known = (
        f"All recorded work together: {total.recorded_hours:,.0f} hours, "
        f"{total.expected_hours:,.0f} expected"
    )
    if not total.judge_hours(comparisons).is_off:
        return f"{known}; chance explains the difference."
    return f"{known}, {abs(share):.0%} {'more' if share > 0 else 'less'}."


def not_recorded(lines: Iterable[KindLine]) -> list[str]:
    """Return kinds of work that are expected and nowhere recorded."""
    return [line.name for line in lines if line.verdict == Verdict.NOT_RECORDED]


def month_lines(
    comparison: WorkComparison, patch_id: int | None = None
) -> list[MonthLine]:
    """Return each month in which anything is recorded."""
    chosen = None if patch_id is None else {patch_id}
    sums = comparison.by(lambda key: key[1], patch_ids=chosen)
    return [
        MonthLine(month, sums[at], sums[at].judge_hours(len(sums)))
        for at, month in enumerate(comparison.months)
        if at in sums
    ]


def patch_lines(comparison: WorkComparison) -> list[PatchLine]:
    """Return each patch compared, by code."""
    sums = comparison.by(lambda key: key[0])
    kinds = comparison.by(lambda key: (key[0], key[2]))
    mostly: dict[int, KindCompared] = {}
    for (patch_id, kind), own in kinds.items():
        if not own.is_recorded:
            continue
        judged = comparison.judged(kind, own, len(kinds))
        held = mostly.get(patch_id)
        if judged.verdict.is_off and (
            held is None or abs(own.extra_hours) > abs(held.sum.extra_hours)
        ):
            mostly[patch_id] = judged
    return [
        PatchLine(
            patch,
            sums[pk],
            sums[pk].judge_hours(len(sums)),
            mostly.get(pk),
        )
        for pk, patch in comparison.patches.items()
        if pk in sums
    ]


def hours_chart(title: str, lines: Iterable[MonthLine]) -> BarChart | None:
    """Return recorded hours as bars, expected ones as a line, by month."""
    known = [line for line in lines if line.sum.is_recorded]
    return bar_chart(
        title,
        [
            (
                line.month.short,
                line.sum.recorded_hours,
                line.sum.expected_hours,
                line.verdict.is_off,
            )
            for line in known
        ],
    )


MONTH_HEADER = [
    "Patch",
    "Name",
    "Ward",
    "Month",
    "Expected hours",
    "Recorded hours",
    "Difference in hours",
]


def month_rows(comparison: WorkComparison) -> Iterable[list[Any]]:
    """Yield each patch in each month, for the list as CSV."""
    sums = comparison.by(lambda key: (key[0], key[1]))
    for pk, patch in comparison.patches.items():
        for at, month in enumerate(comparison.months):
            if (own := sums.get((pk, at))) is None or not own.is_recorded:
                continue
            yield [
                patch.code,
                patch.name,
                patch.ward,
                month.key,
                round(own.expected_hours, 1),
                round(own.recorded_hours, 1),
                round(own.extra_hours, 1),
            ]


KIND_MONTH_HEADER = [
    "Month",
    "Work",
    "Expected",
    "Recorded",
    "Expected hours",
    "Recorded hours",
]


def kind_month_rows(comparison: WorkComparison) -> Iterable[list[Any]]:
    """Yield each month and kind of work of one patch, for its CSV."""
    sums = comparison.by(lambda key: (key[1], key[2]))
    for at, month in enumerate(comparison.months):
        for kind, work_type in comparison.work_types.items():
            if (own := sums.get((at, kind))) is None:
                continue
            known = own.is_recorded
            yield [
                month.key,
                work_type.name,
                round(own.expected, 1),
                round(own.recorded, 1) if known else "",
                round(own.expected_hours, 1),
                round(own.recorded_hours, 1) if known else "",
            ]
