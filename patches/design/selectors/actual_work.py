"""Modelled against actual: what was expected of patches beside what was recorded."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from typing import TypeVar

from patches.design.models import WorkType
from patches.design.months import Month, shared_days
from patches.design.rules.chance import Range, Verdict, judge, likely_range
from patches.design.workload.periods import DAYS_A_YEAR
from patches.register.models import Patch

from .counted_work import Key, count_work
from .modelled_work import ModelledWork, model_work
from .records import Recorded, read_recorded

Group = TypeVar("Group", bound=Hashable)


@dataclass(slots=True)
class WorkSum:
    """Pieces and officer hours, expected and recorded, of whatever is added up.

    Hours are the pieces' times the minutes assumed for each: nobody records time. The
    variances say how much the hours would scatter by chance.
    """

    expected: float = 0.0
    recorded: float = 0.0
    expected_hours: float = 0.0
    recorded_hours: float = 0.0
    expected_variance: float = 0.0
    recorded_variance: float = 0.0
    is_recorded: bool = False

    def add(self, other: WorkSum) -> None:
        self.expected += other.expected
        self.recorded += other.recorded
        self.expected_hours += other.expected_hours
        self.recorded_hours += other.recorded_hours
        self.expected_variance += other.expected_variance
        self.recorded_variance += other.recorded_variance
        self.is_recorded = self.is_recorded or other.is_recorded

    @property
    def ratio(self) -> float | None:
        """Recorded pieces for each expected one."""
        return self.recorded / self.expected if self.expected > 0 else None

    @property
    def hours_ratio(self) -> float | None:
        if self.expected_hours <= 0:
            return None
        return self.recorded_hours / self.expected_hours

    @property
    def extra_hours(self) -> float:
        return self.recorded_hours - self.expected_hours

    @property
    def hours_spread(self) -> float:
        """How much more its hours scatter than as many single hours would."""
        if self.recorded_hours > 0:
            return self.recorded_variance / self.recorded_hours
        if self.expected_hours > 0:
            return self.expected_variance / self.expected_hours
        return 1.0

    def judge_hours(self, comparisons: int) -> Verdict:
        """Whether all the hours together are off by more than chance."""
        if not self.is_recorded:
            return Verdict.NOT_RECORDED
        return judge(
            self.expected_hours,
            self.recorded_hours,
            spread=max(self.hours_spread, 1e-9),
            comparisons=comparisons,
        )


@dataclass(frozen=True)
class KindCompared:
    """One kind of work: what was assumed of it, and what came."""

    work_type: WorkType
    sum: WorkSum
    spread: float
    verdict: Verdict
    range: Range

    @property
    def minutes(self) -> float | None:
        """Minutes assumed for each, on average of the sets that hold."""
        if self.sum.expected <= 0:
            return None
        return self.sum.expected_hours * 60 / self.sum.expected

    @property
    def likely_ratio(self) -> Range | None:
        """Between what the true ratio probably lies."""
        if self.sum.expected <= 0:
            return None
        return Range(
            self.range.low / self.sum.expected, self.range.high / self.sum.expected
        )


@dataclass
class WorkComparison:
    """Expected and recorded work by patch, month (by number in `months`) and kind."""

    months: list[Month]
    patches: dict[int, Patch]
    work_types: dict[int, WorkType]
    cells: dict[Key, WorkSum] = field(default_factory=dict)
    spreads: dict[int, float] = field(default_factory=dict)
    # Patches with nothing recorded at all, and those nothing is expected of.
    not_recorded: list[Patch] = field(default_factory=list)
    not_modelled: list[Patch] = field(default_factory=list)

    def by(
        self,
        group: Callable[[Key], Group],
        *,
        patch_ids: Collection[int] | None = None,
    ) -> dict[Group, WorkSum]:
        """Return sums by whatever `group` makes of patch, month and kind.

        What is not recorded is added up only where nothing else is, so that it never
        stands as expected beside what could not be recorded.
        """
        sums: dict[Group, WorkSum] = {}
        unrecorded: dict[Group, WorkSum] = {}
        for key, cell in self.cells.items():
            if patch_ids is None or key[0] in patch_ids:
                into = sums if cell.is_recorded else unrecorded
                into.setdefault(group(key), WorkSum()).add(cell)
        return unrecorded | sums

    def by_kind(
        self, *, patch_id: int | None = None, comparisons: int = 0
    ) -> list[KindCompared]:
        """Return each kind of work, of one patch or of all, judged."""
        chosen = None if patch_id is None else {patch_id}
        sums = self.by(lambda key: key[2], patch_ids=chosen)
        times = comparisons or len(sums)
        return [
            self.judged(kind, sums[kind], times)
            for kind in self.work_types
            if kind in sums
        ]

    def judged(self, kind: int, total: WorkSum, comparisons: int) -> KindCompared:
        """Return one kind of work with whether it is off by more than chance."""
        spread = self.spreads.get(kind, 1.0)
        verdict = (
            judge(
                total.expected, total.recorded, spread=spread, comparisons=comparisons
            )
            if total.is_recorded
            else Verdict.NOT_RECORDED
        )
        return KindCompared(
            work_type=self.work_types[kind],
            sum=total,
            spread=spread,
            verdict=verdict,
            range=likely_range(total.recorded, spread=spread, comparisons=comparisons),
        )

    def total(self) -> WorkSum:
        """Return everything that is recorded, added up."""
        whole = WorkSum()
        for cell in self.cells.values():
            if cell.is_recorded:
                whole.add(cell)
        return whole


def compare_work(patches: Collection[Patch], months: list[Month]) -> WorkComparison:
    """Return modelled against actual work of patches in months that follow each other.

    Only days on which a kind of work is recorded in the patch's ward are compared
    (see `Recorded`); a patch in which nothing at all is recorded, or of which nothing
    is expected, is left out and named. A fixed number of queries.
    """
    recorded = read_recorded(months[-1].last)
    counted = count_work(months, [patch.pk for patch in patches])
    modelled = model_work(patches, months)
    with_records = counted.patch_ids
    comparison = WorkComparison(
        months=months,
        patches={patch.pk: patch for patch in patches},
        work_types={kind.pk: kind for kind in WorkType.objects.all()},
        spreads=counted.spreads,
    )
    for patch in patches:
        if not any(part.assumptions_id for part in modelled.stretches[patch.pk]):
            comparison.not_modelled.append(patch)
        elif patch.pk not in with_records:
            comparison.not_recorded.append(patch)
        else:
            _add_patch(comparison, patch, modelled, recorded, counted.pieces)
    return comparison


def _add_patch(
    comparison: WorkComparison,
    patch: Patch,
    modelled: ModelledWork,
    recorded: Recorded,
    pieces: dict[Key, float],
) -> None:
    covered = {
        kind: recorded.periods(patch.ward_id, kind) for kind in comparison.work_types
    }
    for at, month in enumerate(comparison.months):
        parts = [
            (stretch, days)
            for stretch in modelled.stretches[patch.pk]
            if (
                days := shared_days(
                    month.first, month.last, stretch.starts_on, stretch.ends_on
                )
            )
        ]
        in_force = sum(days for _, days in parts)
        for stretch, days in parts:
            if stretch.assumptions_id is None:
                continue
            first = max(month.first, stretch.starts_on).toordinal()
            per_year = modelled.per_year(patch.pk, stretch, at)
            for kind in comparison.work_types:
                known = sum(
                    max(0, min(end, first + days - 1) - max(start, first) + 1)
                    for start, end in covered[kind]
                )
                # With nothing recorded it is shown as expected, and not compared.
                share = (known or days) / DAYS_A_YEAR
                came = pieces.get((patch.pk, at, kind), 0.0) * days / in_force
                cell = _cell(
                    expected=per_year.get(kind, 0.0) * share,
                    recorded=came,
                    minutes=modelled.minutes.get((stretch.assumptions_id, kind), 0),
                    spread=comparison.spreads.get(kind, 1.0),
                    is_recorded=known > 0 or came > 0,
                )
                if cell.expected or cell.recorded:
                    key = (patch.pk, at, kind)
                    comparison.cells.setdefault(key, WorkSum()).add(cell)


def _cell(
    *, expected: float, recorded: float, minutes: int, spread: float, is_recorded: bool
) -> WorkSum:
    hours = minutes / 60
    return WorkSum(
        expected=expected,
        recorded=recorded,
        expected_hours=expected * hours,
        recorded_hours=recorded * hours,
        expected_variance=expected * hours * hours * spread,
        recorded_variance=recorded * hours * hours * spread,
        is_recorded=is_recorded,
    )
