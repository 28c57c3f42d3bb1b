"""The whole service's work by ward, with the officers it asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from django.db.models import Max

from patches.design.models import AssumptionSet, WorkRecord
from patches.design.workload.bands import band_for
from patches.design.workload.expected import ExpectedWork, WorkPart
from patches.design.workload.staffing import BackOffice, Post, back_office
from patches.register.models import Patch
from patches.wards.models import Ward

from .workload import Reading, expect, read_work


@dataclass(frozen=True)
class AreaWork:
    """The work of a ward, or of all: homes, officer hours a month, officers.

    `needed` is None where the work of a patch leaves an officer no time for homes.
    """

    ward: Ward | None
    homes: int
    hours: float
    needed: float | None
    in_post: float
    band: tuple[int, int]

    @property
    def per_home(self) -> float:
        return self.hours / self.homes if self.homes else 0.0

    @property
    def gap(self) -> float | None:
        """Officers too many; below nothing, too few."""
        return None if self.needed is None else self.in_post - self.needed


@dataclass(frozen=True)
class ServiceWork:
    """The work of every ward, and what it asks for."""

    assumptions: AssumptionSet
    on: dt.date
    post: Post
    lines: list[AreaWork]
    total: AreaWork
    parts: list[WorkPart]
    back_office: list[BackOffice]
    recorded_until: dt.date | None

    @property
    def hours_in_all(self) -> float:
        """The hours of every home, and of every patch itself."""
        return sum(part.officer_hours for part in self.parts)

    @property
    def back_office_hours(self) -> float:
        return sum(part.back_office_hours for part in self.parts)

    @property
    def average_homes(self) -> float | None:
        """How many homes of average work make one officer's month."""
        return self.post.homes_for(self.total.per_home)


def post_of(assumptions: AssumptionSet, found: ExpectedWork) -> Post:
    """Return a full-time officer's month by a set of assumptions."""
    return Post(float(assumptions.monthly_capacity), found.patch_hours)


def service_work(
    assumptions: AssumptionSet,
    *,
    on: dt.date,
    in_post: Mapping[int, Decimal],
    in_post_total: Decimal,
) -> ServiceWork:
    """Return what every ward's homes need; `in_post` are officers there by ward."""
    reading = read_work(on)
    found = expect(assumptions, reading)
    post = post_of(assumptions, found)
    homes, hours = _by_ward(found, reading)
    total = AreaWork(
        ward=None,
        homes=len(found.home_ids),
        hours=float(found.home_hours.sum()),
        needed=post.officers_for(float(found.home_hours.sum())),
        in_post=float(in_post_total),
        band=(assumptions.band_min, assumptions.band_max),
    )
    lines = [
        AreaWork(
            ward=ward,
            homes=homes[ward.pk],
            hours=hours[ward.pk],
            needed=post.officers_for(hours[ward.pk]),
            in_post=float(in_post.get(ward.pk, 0)),
            band=band_for(
                mean_hours=found.mean_hours,
                own_hours=hours[ward.pk],
                own_homes=homes[ward.pk],
                band_min=assumptions.band_min,
                band_max=assumptions.band_max,
            ),
        )
        for ward in Ward.objects.defer("boundary").order_by("name")
        if homes.get(ward.pk)
    ]
    parts = found.total(found.home_ids.tolist(), Patch.objects.as_at(on).count())
    return ServiceWork(
        assumptions=assumptions,
        on=on,
        post=post,
        lines=lines,
        total=total,
        parts=parts,
        back_office=back_office(parts, post.monthly_hours),
        recorded_until=recorded_until(on),
    )


def recorded_until(on: dt.date) -> dt.date | None:
    """Return the last day that is recorded of any work; None where nothing is."""
    records = WorkRecord.objects.filter(starts_on__lte=on)
    last: dt.date | None = records.aggregate(last=Max("ends_on"))["last"]
    return last


@dataclass(frozen=True)
class SetEffect:
    """What a set of assumptions makes of today's homes."""

    assumptions: AssumptionSet
    post: Post
    hours: dict[int, float]
    total: float

    def needed(self, ward_id: int) -> float | None:
        """Return the officers a ward's homes need."""
        return self.post.officers_for(self.hours.get(ward_id, 0.0))

    @property
    def needed_in_all(self) -> float | None:
        return self.post.officers_for(self.total)


def compare_effects(
    sets: list[AssumptionSet], on: dt.date
) -> tuple[dict[int, int], list[SetEffect]]:
    """Return homes by ward, and what each set makes of them; records read once."""
    reading = read_work(on)
    homes: dict[int, int] = {}
    effects = []
    for assumptions in sets:
        found = expect(assumptions, reading)
        homes, hours = _by_ward(found, reading)
        post = post_of(assumptions, found)
        total = float(found.home_hours.sum())
        effects.append(SetEffect(assumptions, post, hours, total))
    return homes, effects


def _by_ward(
    found: ExpectedWork, reading: Reading
) -> tuple[dict[int, int], dict[int, float]]:
    wards = list(reading.areas)
    homes = np.bincount(reading.homes.wards, minlength=len(wards)).tolist()
    hours = np.bincount(
        reading.homes.wards, weights=found.home_hours, minlength=len(wards)
    ).tolist()
    return dict(zip(wards, homes, strict=True)), dict(zip(wards, hours, strict=True))
