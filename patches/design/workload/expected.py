"""The work expected of homes, and the parts it is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .rates import Floats, RateSource

# From minutes for each of so many a year to hours a month.
_MONTHLY_HOURS = 1 / 60 / 12
SOURCES = tuple(RateSource)


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work as an assumption set has it; `pk` is the work type's.

    `basis` is what it is counted by ("home", "block" or "patch").
    """

    pk: int
    name: str
    basis: str = "home"
    is_reactive: bool = True
    officer_minutes: int = 0
    back_office_minutes: int = 0
    per_year: float = 0.0
    service: str = ""

    @property
    def is_recorded(self) -> bool:
        """Whether records of homes count for it."""
        return self.basis == "home" and self.is_reactive

    def officer_hours(self, per_year: float) -> float:
        """Return officer hours a month for so many a year."""
        return per_year * self.officer_minutes * _MONTHLY_HOURS

    def back_office_hours(self, per_year: float) -> float:
        """Return back-office hours a month for so many a year."""
        return per_year * self.back_office_minutes * _MONTHLY_HOURS


@dataclass(frozen=True, slots=True)
class WorkPart:
    """One kind of work of a home, or of several together; hours are hours a month.

    `area_rate` is what the area of one home needs a year, and `source` where that was
    found; `shared_by` the homes of its block for work counted by block.
    """

    work_type: Work
    per_year: float
    officer_hours: float
    back_office_hours: float
    recorded_count: int = 0
    recorded_years: float = 0.0
    area_rate: float = 0.0
    source: RateSource = RateSource.SET
    shared_by: int = 0


@dataclass
class ExpectedWork:
    """What homes are expected to need, by one assumption set.

    Arrays have a row for each home (in order of `home_ids`) and a column for each kind
    of work. Work counted by patch belongs to no home: `patch_hours`, once for a patch.
    """

    set_name: str
    on: dt.date
    types: list[Work]
    home_ids: NDArray[np.int64]
    per_year: Floats
    recorded_counts: NDArray[np.int64]
    recorded_years: Floats
    area_rates: Floats
    sources: NDArray[np.int8]
    block_homes: NDArray[np.int64]
    _row_of: dict[int, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._row_of = {pk: row for row, pk in enumerate(self.home_ids.tolist())}

    @cached_property
    def home_hours(self) -> Floats:
        """Officer hours a month of each home."""
        minutes = np.array([work.officer_minutes for work in self.types], dtype=float)
        hours: Floats = self.per_year @ (minutes * _MONTHLY_HOURS)
        return hours

    @cached_property
    def hours(self) -> dict[int, float]:
        """Officer hours a month by home; its share of its block's work included."""
        return dict(zip(self.home_ids.tolist(), self.home_hours.tolist(), strict=True))

    @property
    def mean_hours(self) -> float:
        """Officer hours a month of the average home."""
        return float(self.home_hours.mean()) if len(self.home_ids) else 0.0

    @property
    def patch_hours(self) -> float:
        """Officer hours a month each patch needs whatever homes are in it."""
        return sum(
            work.officer_hours(work.per_year)
            for work in self.types
            if work.basis == "patch"
        )

    def parts(self, property_id: int) -> list[WorkPart]:
        """Return the parts of one home's work; KeyError where it is not among them."""
        row = self._row_of[property_id]
        return [
            WorkPart(
                work_type=work,
                per_year=float(self.per_year[row, column]),
                officer_hours=work.officer_hours(float(self.per_year[row, column])),
                back_office_hours=work.back_office_hours(
                    float(self.per_year[row, column])
                ),
                recorded_count=int(self.recorded_counts[row, column]),
                recorded_years=float(self.recorded_years[row, column]),
                area_rate=float(self.area_rates[row, column]),
                source=SOURCES[self.sources[row, column]],
                shared_by=int(self.block_homes[row]) if work.basis == "block" else 0,
            )
            for column, work in enumerate(self.types)
            if work.basis != "patch"
        ]

    def total(self, property_ids: Collection[int], patches: int = 1) -> list[WorkPart]:
        """Return the work of a patch of these homes, what is counted by patch once.

        Homes that are not among these (no longer managed) count nothing. `patches` is
        for homes of several patches, or of none.
        """
        rows = [self._row_of[pk] for pk in property_ids if pk in self._row_of]
        sums = self.per_year[rows].sum(axis=0).tolist()
        counted = self.recorded_counts[rows].sum(axis=0).tolist()
        years = self.recorded_years[rows].sum(axis=0).tolist()
        parts = []
        for work, own, count, known in zip(
            self.types, sums, counted, years, strict=True
        ):
            yearly = work.per_year * patches if work.basis == "patch" else own
            parts.append(
                WorkPart(
                    work_type=work,
                    per_year=yearly,
                    officer_hours=work.officer_hours(yearly),
                    back_office_hours=work.back_office_hours(yearly),
                    recorded_count=count,
                    recorded_years=known,
                )
            )
        return parts
