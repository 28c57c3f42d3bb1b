"""What was recorded in each patch and month: periods are spread over their days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Q, Sum

from patches.design.models import WorkRecord
from patches.design.months import Month, shared_days
from patches.design.rules.chance import spread_of
from patches.register.models import PatchMembership

# Patch, number of the month in the list asked for, kind of work.
Key = tuple[int, int, int]


@dataclass
class CountedWork:
    """Pieces of work by patch, month and kind; how unevenly homes have each kind."""

    pieces: dict[Key, float] = field(default_factory=lambda: defaultdict(float))
    spreads: dict[int, float] = field(default_factory=dict)

    @property
    def patch_ids(self) -> set[int]:
        """Patches in which anything at all is recorded."""
        return {patch for patch, _, _ in self.pieces}


def count_work(
    months: Sequence[Month], patch_ids: Collection[int] | None = None
) -> CountedWork:
    """Return what is recorded of patches (of all, when none are given), in two queries.

    A record counts for the patch its home was in on each day: a period of a year, a
    quarter or a month is spread evenly over its days, and a home that moved takes to
    its new patch what falls on the days after. The months follow each other.
    """
    first, last = months[0].first, months[-1].last
    firsts = [month.first for month in months]
    lasts = [month.last for month in months]
    counted = CountedWork()
    totals: dict[tuple[int, dt.date, dt.date], list[float]] = {}
    for row in _rows(first, last, patch_ids):
        patch, member_from, member_to, kind, start, end, total, squares = row
        whole = (end - start).days + 1
        for at in range(
            max(0, months[0].until(start)),
            min(len(months) - 1, months[0].until(end)) + 1,
        ):
            day_from, day_to = max(start, firsts[at]), min(end, lasts[at])
            days = shared_days(day_from, day_to, member_from, member_to)
            if days:
                counted.pieces[patch, at, kind] += total * days / whole
        sums = totals.setdefault((kind, start, end), [0.0, 0.0])
        sums[0] += total
        sums[1] += squares
    counted.spreads = _spreads(totals, _count_homes(last, patch_ids))
    return counted


def _rows(
    first: dt.date, last: dt.date, patch_ids: Collection[int] | None
) -> Sequence[tuple]:
    home = "property__memberships__"
    while_there = Q(**{f"{home}ends_on__isnull": True}) | Q(
        **{f"{home}ends_on__gte": F("starts_on")}
    ) & Q(**{f"{home}ends_on__gte": first})
    only = {} if patch_ids is None else {f"{home}patch__in": list(patch_ids)}
    return list(
        WorkRecord.objects.filter(
            while_there,
            starts_on__lte=last,
            ends_on__gte=first,
            **{
                f"{home}starts_on__lte": F("ends_on"),
                f"{home}starts_on__lt": last + dt.timedelta(days=1),
            },
            **only,
        )
        .order_by()
        .values_list(
            f"{home}patch_id",
            f"{home}starts_on",
            f"{home}ends_on",
            "work_type_id",
            "starts_on",
            "ends_on",
        )
        .annotate(total=Sum("count"), squares=Sum(F("count") * F("count")))
    )


def _count_homes(last: dt.date, patch_ids: Collection[int] | None) -> int:
    homes = PatchMembership.objects.of_managed_homes(last)
    if patch_ids is not None:
        homes = homes.filter(patch__in=list(patch_ids))
    return homes.count()


def _spreads(
    totals: dict[tuple[int, dt.date, dt.date], list[float]], homes: int
) -> dict[int, float]:
    """Return the spread of each kind of work over all its periods."""
    sums: dict[int, list[float]] = {}
    for (kind, _, _), (total, squares) in totals.items():
        own = sums.setdefault(kind, [0.0, 0.0])
        own[0] += total
        # Each period's own mean: what it varies about.
        own[1] += total * spread_of(total, squares, homes)
    return {kind: both / total for kind, (total, both) in sums.items() if total > 0}
