"""Writing a year of invented work, as uneven as a city's is."""

from __future__ import annotations

import datetime as dt
from random import Random

import numpy as np
from numpy.typing import NDArray

from housingplus.common.bulk import insert_rows
from housingplus.common.dates import day_before
from officers.accounts.models import User
from patches.design.models import WorkRecord, WorkType
from patches.design.services.assumptions import create_default_assumptions
from patches.models import Property

from .places import Places

_MONTHS = 12
# Pieces a year of the average home, and how much the place it is in matters.
_KINDS = {
    "Visit": (1.0, 0.3),
    "Rent arrears": (1.1, 0.9),
    "Antisocial behaviour": (0.34, 1.5),
    "Repairs liaison": (1.9, 1.0),
    "Tenancy change": (0.07, 0.5),
    "Safeguarding": (0.045, 1.3),
}
_OF_TYPE = {"flat": 1.25, "maisonette": 1.15, "bungalow": 0.9}
_OF_TOWERS = 1.2


def write_work(places: Places, *, today: dt.date, random: Random, by: User) -> None:
    """Write what each home needed in each of the last twelve full months.

    Wards differ, streets of a ward more, and homes of a street most; towers and
    estates of flats need more. The assumptions to start from are made as well.
    """
    create_default_assumptions(by=by)
    numbers = np.random.default_rng(random.randrange(2**32))
    homes = places.properties
    place = _unevenness(homes, numbers)
    months = _last_full_months(today)
    work_types = {row.name: row.pk for row in WorkType.objects.all()}
    for name, (mean, strength) in _KINDS.items():
        share = place**strength * numbers.gamma(1.6, 1 / 1.6, len(homes))
        yearly = mean * share / share.mean()
        counts = numbers.poisson(yearly[:, np.newaxis] / _MONTHS, (len(homes), _MONTHS))
        insert_rows(
            WorkRecord,
            ["property", "work_type", "count", "starts_on", "ends_on"],
            (
                (homes[home].pk, work_types[name], int(counts[home, month]))
                + months[month]
                for home, month in zip(*counts.nonzero(), strict=True)
            ),
        )


def _unevenness(
    homes: list[Property], numbers: np.random.Generator
) -> NDArray[np.float64]:
    """Return for each home how much more than usual its place needs."""
    own = [
        _OF_TYPE.get(home.property_type, 1.0) * (_OF_TOWERS if home.block_id else 1.0)
        for home in homes
    ]
    return (
        np.array(own)
        * _for_each([home.ward_id for home in homes], 0.16, numbers)
        * _for_each([home.postcode for home in homes], 0.3, numbers)
    )


def _for_each(
    keys: list[int] | list[str], spread: float, numbers: np.random.Generator
) -> NDArray[np.float64]:
    """Return a factor for each home, the same for homes with the same key."""
    at = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    factors = np.exp(numbers.normal(0.0, spread, len(at)))
    return factors[[at[key] for key in keys]]


def _last_full_months(today: dt.date) -> list[tuple[dt.date, dt.date]]:
    """Return first and last days of the twelve months before this one."""
    first = today.replace(day=1)
    months = []
    for _ in range(_MONTHS):
        last = day_before(first)
        first = last.replace(day=1)
        months.append((first, last))
    return months[::-1]
