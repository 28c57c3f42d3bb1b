"""What is recorded of the work of homes, added up for the model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, F, Min, Q, QuerySet, Sum

from patches.design.models import WorkRecord
from patches.design.workload.periods import Period, common, merged, years_within
from patches.design.workload.rates import Floats
from patches.properties.models import Property, PropertyType

TYPES_OF_HOME = {kind.value: at for at, kind in enumerate(PropertyType)}
FAR_OFF = dt.date.max.toordinal()


@dataclass(frozen=True)
class Recorded:
    """Which days are recorded, and since when homes count as managed.

    A home without a row on a recorded day had no work that day: that is a record too.
    A day is recorded for a ward and a kind of work when a period with any row in the
    ward holds it, and one with any row of that kind of work, in whatever ward. So a
    kind of work nobody has ever counted is not taken for one that never comes.
    """

    on: dt.date
    of_ward: Mapping[int, tuple[Period, ...]]
    of_type: Mapping[int, tuple[Period, ...]]
    first_day_of: Mapping[int, dt.date]

    def periods(self, ward_id: int, work_type_id: int) -> tuple[Period, ...]:
        """Return the days on which a kind of work is recorded in a ward."""
        return common(self.of_ward.get(ward_id, ()), self.of_type.get(work_type_id, ()))

    def managed_from(self, landlord_id: int, managed_from: dt.date) -> int:
        """Return the first day a home counts as managed.

        A home that came with its landlord's first list was managed before it.
        """
        if managed_from <= self.first_day_of[landlord_id]:
            return 1
        return managed_from.toordinal()

    def records(self) -> QuerySet[WorkRecord]:
        """Return records begun by the day, of homes managed then and when recorded."""
        homes_by_day: dict[dt.date, list[int]] = {}
        for landlord, day in self.first_day_of.items():
            homes_by_day.setdefault(day, []).append(landlord)
        managed = Q(ends_on__gte=F("property__managed_from"))
        for day, landlords in homes_by_day.items():
            managed |= Q(
                property__managed_from__lte=day, property__landlord__in=landlords
            )
        return WorkRecord.objects.filter(
            managed,
            Q(property__managed_to__isnull=True) | Q(property__managed_to__gte=self.on),
            property__managed_from__lte=self.on,
            starts_on__lte=self.on,
        ).order_by()


def read_recorded(on: dt.date) -> Recorded:
    """Return which days are recorded, in two queries."""
    rows = (
        WorkRecord.objects.filter(starts_on__lte=on)
        .order_by()
        .values_list("property__ward_id", "work_type_id", "starts_on", "ends_on")
        .distinct()
    )
    of_ward: dict[int, set[Period]] = {}
    of_type: dict[int, set[Period]] = {}
    for ward, work_type, starts_on, ends_on in rows:
        assert ends_on is not None  # noqa: S101 - a constraint
        period = (starts_on.toordinal(), ends_on.toordinal())
        of_ward.setdefault(ward, set()).add(period)
        of_type.setdefault(work_type, set()).add(period)
    first_days = (
        Property.objects.order_by()
        .values_list("landlord_id")
        .annotate(first=Min("managed_from"))
    )
    return Recorded(
        on=on,
        of_ward={pk: merged(periods) for pk, periods in of_ward.items()},
        of_type={pk: merged(periods) for pk, periods in of_type.items()},
        first_day_of=dict(first_days),
    )


def count_by_home(
    recorded: Recorded, ward_ids: Collection[int] | None
) -> QuerySet[WorkRecord, tuple[int, int, int]]:
    """Return pieces recorded by home and kind of work, in one query."""
    records = recorded.records()
    if ward_ids is not None:
        records = records.filter(property__ward__in=ward_ids)
    return records.values_list("property_id", "work_type_id").annotate(
        total=Sum("count")
    )


def add_up_areas(
    recorded: Recorded, ward_at: Mapping[int, int], type_at: Mapping[int, int]
) -> tuple[Floats, Floats]:
    """Return pieces recorded and years of homes, by ward, type of home, kind of work.

    Of every ward, in two queries; `ward_at` and `type_at` say which row and column.
    """
    shape = (len(ward_at), len(TYPES_OF_HOME), len(type_at))
    counts, years = np.zeros(shape), np.zeros(shape)
    rows = (
        recorded.records()
        .values_list("property__ward_id", "property__property_type", "work_type_id")
        .annotate(total=Sum("count"))
    )
    for ward, kind, work_type, total in rows:
        if work_type in type_at:
            at = ward_at[ward], TYPES_OF_HOME[kind], type_at[work_type]
            counts[at] = total
    homes = list(
        Property.objects.managed_on(recorded.on)
        .order_by()
        .values_list(
            "ward_id", "property_type", "landlord_id", "managed_from", "managed_to"
        )
        .annotate(total=Count("pk"))
    )
    if not homes:
        return counts, years
    wards = np.array([ward_at[row[0]] for row in homes])
    kinds = np.array([TYPES_OF_HOME[row[1]] for row in homes])
    first = np.array([recorded.managed_from(row[2], row[3]) for row in homes])
    last = np.array([row[4].toordinal() if row[4] else FAR_OFF for row in homes])
    several = np.array([row[5] for row in homes])
    for work_type, column in type_at.items():
        own = years_of_homes(recorded, ward_at, work_type, wards, first, last)
        np.add.at(years[:, :, column], (wards, kinds), own * several)
    return counts, years


def years_of_homes(
    recorded: Recorded,
    ward_at: Mapping[int, int],
    work_type_id: int,
    wards: np.ndarray,
    first: np.ndarray,
    last: np.ndarray,
) -> Floats:
    """Return the recorded years of each home for one kind of work."""
    own = np.zeros(len(wards))
    wards_of: dict[tuple[Period, ...], list[int]] = {}
    for ward, row in ward_at.items():
        if periods := recorded.periods(ward, work_type_id):
            wards_of.setdefault(periods, []).append(row)
    for periods, rows in wards_of.items():
        inside = np.isin(wards, rows)
        own[inside] = years_within(periods, first[inside], last[inside])
    return own
