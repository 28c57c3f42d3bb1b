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
    types = list_work(assumptions)
    areas = dict(Ward.objects.order_by("pk").values_list("pk", "area_id"))
    ward_at = {pk: at for at, pk in enumerate(areas)}
    recorded = read_recorded(on)
    assumed, sources = _assumed(assumptions, types, areas)
    rates = _area_rates(recorded, ward_at, types, assumed, sources)
    homes = _read_homes(on, ward_ids, recorded, ward_at)
    shape = (len(homes.ids), len(types))
    counts = np.zeros(shape, dtype=np.int64)
    column_of = {work.pk: column for column, work in enumerate(types)}
    row_of = {pk: row for row, pk in enumerate(homes.ids.tolist())}
    for home, work_type, total in count_by_home(recorded, ward_ids).iterator():
        column = column_of.get(work_type)
        if column is not None and types[column].is_recorded:
            counts[row_of[home], column] = total
    years = np.zeros(shape)
    per_year = rates[homes.wards, homes.kinds].reshape(shape)
    area_rates = per_year.copy()
    prior_years = float(assumptions.prior_years)
    for column, work in enumerate(types):
        if work.is_recorded:
            years[:, column] = years_of_homes(
                recorded, ward_at, work.pk, homes.wards, homes.first, homes.last
            )
            per_year[:, column] = steadied(
                counts[:, column].astype(float),
                years[:, column],
                area_rates[:, column],
                prior_years,
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
        on=on,
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
    recorded: Recorded,
    ward_at: Mapping[int, int],
    types: list[Work],
    assumed: Floats,
    sources: np.ndarray,
) -> Floats:
    """Return the rate of every area; `sources` is told where records made it."""
    type_at = {work.pk: at for at, work in enumerate(types)}
    counts, years = add_up_areas(recorded, ward_at, type_at)
    rates = rates_of_areas(counts, years, assumed)
    for column, work in enumerate(types):
        if not work.is_recorded:
            rates[:, :, column] = assumed[:, :, column]
        else:
            is_recorded = years[:, :, column].sum(axis=1) > 0
            sources[is_recorded, :, column] = _SOURCE_AT[RateSource.RECORDED]
    return rates


@dataclass(frozen=True)
class _Homes:
    """Managed homes as arrays in order of their ids; days are ordinals."""

    ids: np.ndarray
    wards: np.ndarray
    kinds: np.ndarray
    first: np.ndarray
    last: np.ndarray
    block_homes: np.ndarray


def _read_homes(
    on: dt.date,
    ward_ids: Collection[int] | None,
    recorded: Recorded,
    ward_at: Mapping[int, int],
) -> _Homes:
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
    return _Homes(
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
