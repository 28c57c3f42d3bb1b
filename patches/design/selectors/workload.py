"""The work expected of homes by an assumption set, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from django.db.models import Count

from patches.design.models import AreaRate, AssumptionSet, WorkBasis, WorkNature
from patches.design.workload.expected import SOURCES, ExpectedWork, Work
from patches.design.workload.rates import (
    Floats,
    RateSource,
    rates_of_areas,
    steadied,
)
from patches.properties.models import Property
from patches.wards.models import Ward

from .records import (
    FAR_OFF,
    TYPES_OF_HOME,
    Recorded,
    add_up_areas,
    count_by_home,
    read_recorded,
    years_of_homes,
)

_SOURCE_AT = {source: at for at, source in enumerate(SOURCES)}


@dataclass(frozen=True)
class Homes:
    """Managed homes as arrays in order of their ids; days are ordinals."""

    ids: np.ndarray
    wards: np.ndarray
    kinds: np.ndarray
    first: np.ndarray
    last: np.ndarray
    block_homes: np.ndarray


def expected_work(
    assumptions: AssumptionSet,
    *,
    on: dt.date,
    ward_ids: Collection[int] | None = None,
) -> ExpectedWork:
    """Return what the homes under management on a day are expected to need.

    Of some wards' homes, or of all; the rates of areas always come from every ward, so
    that a home weighs the same on every page. Records begun after the day are left out.
    """
    return expect(assumptions, read_work(on, ward_ids))


@dataclass(frozen=True)
class Reading:
    """Homes and what is recorded of them, whatever set it is judged by.

    Arrays have a column for each kind of work in `type_at`; those of areas are wards ×
    types of home × kinds of work.
    """

    on: dt.date
    areas: Mapping[int, int | None]
    type_at: Mapping[int, int]
    homes: Homes
    counts: np.ndarray
    years: Floats
    area_counts: Floats
    area_years: Floats


def read_work(on: dt.date, ward_ids: Collection[int] | None = None) -> Reading:
    """Read the homes of some wards, or of all, and the records of every ward."""
    areas = dict(Ward.objects.order_by("pk").values_list("pk", "area_id"))
    ward_at = {pk: at for at, pk in enumerate(areas)}
    recorded = read_recorded(on)
    type_at = {pk: at for at, pk in enumerate(sorted(recorded.of_type))}
    homes = _read_homes(on, ward_ids, recorded, ward_at)
    row_of = {pk: row for row, pk in enumerate(homes.ids.tolist())}
    counts = np.zeros((len(homes.ids), len(type_at)), dtype=np.int64)
    years = np.zeros(counts.shape)
    for home, work_type, total in count_by_home(recorded, ward_ids).iterator():
        counts[row_of[home], type_at[work_type]] = total
    for work_type, column in type_at.items():
        years[:, column] = years_of_homes(
            recorded, ward_at, work_type, homes.wards, homes.first, homes.last
        )
    area_counts, area_years = add_up_areas(recorded, ward_at, type_at)
    return Reading(on, areas, type_at, homes, counts, years, area_counts, area_years)


def expect(assumptions: AssumptionSet, reading: Reading) -> ExpectedWork:
    """Return what was read, judged by a set of assumptions."""
    homes = reading.homes
    types = list_work(assumptions)
    rates, sources = _area_rates(assumptions, reading, types)
    shape = (len(homes.ids), len(types))
    counts, years = np.zeros(shape, dtype=np.int64), np.zeros(shape)
    area_rates = rates[homes.wards, homes.kinds].reshape(shape)
    per_year = area_rates.copy()
    for column, work in enumerate(types):
        at = reading.type_at.get(work.pk)
        if work.is_recorded and at is not None:
            counts[:, column] = reading.counts[:, at]
            years[:, column] = reading.years[:, at]
            per_year[:, column] = steadied(
                counts[:, column].astype(float),
                years[:, column],
                area_rates[:, column],
                float(assumptions.prior_years),
            )
        elif work.basis == WorkBasis.BLOCK:
            shared = np.maximum(homes.block_homes, 1)
            per_year[:, column] = np.where(
                homes.block_homes > 0, work.per_year / shared, 0.0
            )
        elif work.basis == WorkBasis.PATCH:
            per_year[:, column] = 0.0
    return ExpectedWork(
        set_name=assumptions.name,
        on=reading.on,
        types=types,
        home_ids=homes.ids,
        per_year=per_year,
        recorded_counts=counts,
        recorded_years=years,
        area_rates=area_rates,
        sources=sources[homes.wards, homes.kinds].reshape(shape),
        block_homes=homes.block_homes,
    )


def list_work(assumptions: AssumptionSet) -> list[Work]:
    """Return the kinds of work of a set in their order, as plain values."""
    return [
        Work(
            pk=rate.work_type_id,
            name=rate.work_type.name,
            basis=rate.basis,
            is_reactive=rate.nature == WorkNature.REACTIVE,
            officer_minutes=rate.officer_minutes,
            back_office_minutes=rate.back_office_minutes,
            per_year=float(rate.per_year),
            service=rate.work_type.service,
        )
        for rate in assumptions.rates.select_related("work_type")
    ]


def _assumed(
    assumptions: AssumptionSet, types: list[Work], areas: Mapping[int, int | None]
) -> tuple[Floats, np.ndarray]:
    """Return the rates a set gives, by ward, type of home and kind of work.

    The most specific one: of the area and the type, of the area, of the type, of all.
    """
    given: dict[tuple[int, int | None, str], float] = {
        (row[0], row[1], row[2]): float(row[3])
        for row in AreaRate.objects.filter(rate__assumptions=assumptions)
        .order_by()
        .values_list("rate__work_type_id", "area_id", "property_type", "per_year")
    }
    shape = (len(areas), len(TYPES_OF_HOME), len(types))
    rates, sources = np.zeros(shape), np.zeros(shape, dtype=np.int8)
    for column, work in enumerate(types):
        rates[:, :, column] = work.per_year
        sources[:, :, column] = _SOURCE_AT[RateSource.SET]
        if work.basis != WorkBasis.HOME:
            continue
        for row, area in enumerate(areas.values()):
            for kind, layer in TYPES_OF_HOME.items():
                for source, key in _candidates(area, kind):
                    if (work.pk, *key) in given:
                        rates[row, layer, column] = given[work.pk, *key]
                        sources[row, layer, column] = _SOURCE_AT[source]
                        break
    return rates, sources


def _candidates(
    area: int | None, kind: str
) -> list[tuple[RateSource, tuple[int | None, str]]]:
    of_type: list[tuple[RateSource, tuple[int | None, str]]] = [
        (RateSource.TYPE, (None, kind))
    ]
    if area is None:
        return of_type
    return [
        (RateSource.AREA_AND_TYPE, (area, kind)),
        (RateSource.AREA, (area, "")),
        *of_type,
    ]


def _area_rates(
    assumptions: AssumptionSet, reading: Reading, types: list[Work]
) -> tuple[Floats, np.ndarray]:
    """Return the rate of every area and type of home, and where it comes from."""
    rates, sources = _assumed(assumptions, types, reading.areas)
    for column, work in enumerate(types):
        at = reading.type_at.get(work.pk)
        if not work.is_recorded or at is None:
            continue
        one = slice(at, at + 1)
        years = reading.area_years[:, :, one]
        found = rates_of_areas(
            reading.area_counts[:, :, one], years, rates[:, :, column : column + 1]
        )
        rates[:, :, column] = found[:, :, 0]
        is_recorded = years[:, :, 0].sum(axis=1) > 0
        sources[is_recorded, :, column] = _SOURCE_AT[RateSource.RECORDED]
    return rates, sources


def _read_homes(
    on: dt.date,
    ward_ids: Collection[int] | None,
    recorded: Recorded,
    ward_at: Mapping[int, int],
) -> Homes:
    managed = Property.objects.managed_on(on)
    in_block: dict[int | None, int] = dict(
        managed.filter(block__isnull=False)
        .order_by()
        .values_list("block_id")
        .annotate(total=Count("pk"))
    )
    if ward_ids is not None:
        managed = managed.filter(ward__in=ward_ids)
    rows = list(
        managed.order_by("pk").values_list(
            "pk",
            "ward_id",
            "property_type",
            "landlord_id",
            "managed_from",
            "managed_to",
            "block_id",
        )
    )
    return Homes(
        ids=np.array([row[0] for row in rows], dtype=np.int64),
        wards=np.array([ward_at[row[1]] for row in rows], dtype=np.int64),
        kinds=np.array([TYPES_OF_HOME[row[2]] for row in rows], dtype=np.int64),
        first=np.array(
            [recorded.managed_from(row[3], row[4]) for row in rows], dtype=np.int64
        ),
        last=np.array(
            [row[5].toordinal() if row[5] else FAR_OFF for row in rows], dtype=np.int64
        ),
        block_homes=np.array([in_block.get(row[6], 0) for row in rows], dtype=np.int64),
    )
