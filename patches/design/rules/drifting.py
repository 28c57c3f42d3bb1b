"""When a patch will leave its band, from what is known to come and what went before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from patches.design.months import month_of

# A patch is warned of while it will leave its band within this many months.
AHEAD = 12
# Changes count as a trend when they came in at least so many different months: one
# estate built or one block demolished is no trend.
TREND_MONTHS = 3
SHORTEST_TREND_DAYS = 90
DAYS_A_MONTH = 365.25 / 12


class Cause(StrEnum):
    """Why the number of homes changes on a day."""

    NEW = "new homes come under management"
    GOES = "homes leave management"
    MOVED_IN = "homes move in from other patches"
    MOVED_OUT = "homes move out to other patches"

    @property
    def is_management(self) -> bool:
        return self in (Cause.NEW, Cause.GOES)


class DriftState(StrEnum):
    """How a patch stands to its band, in the words people read."""

    OUT = "Out of band"
    SOON = "Leaves its band"
    EMPTY = "Many empty homes"
    STEADY = "Steady"

    @property
    def is_warning(self) -> bool:
        return self != DriftState.STEADY


@dataclass(frozen=True, slots=True)
class Change:
    """Homes that come (or go, negative) on a day."""

    on: dt.date
    homes: int
    cause: Cause


@dataclass(frozen=True, slots=True)
class BandFrom:
    """The sizes allowed from a day on."""

    starts_on: dt.date
    smallest: int
    largest: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What becomes of a patch's size.

    `leaves_on` is the first day outside the band (today when it is outside now),
    `size_then` about how many homes it has then. `trend` is homes a year that came or
    went, net, in the past year beyond single events.
    """

    state: DriftState
    homes: int
    empty: int
    band: BandFrom
    leaves_on: dt.date | None = None
    size_then: int | None = None
    months: int | None = None
    trend: float = 0.0
    coming: tuple[Change, ...] = ()

    @property
    def is_under(self) -> bool:
        size = self.homes if self.size_then is None else self.size_then
        return size < self.band.smallest


def trend_of(past: Iterable[Change], *, since: dt.date, today: dt.date) -> float:
    """Return homes a year that management's comings and goings amount to, net.

    Moves between patches are decisions, not a trend. Gains and losses count each for
    itself, and only when they came in several different months.
    """
    days = (today - since).days
    if days < SHORTEST_TREND_DAYS:
        return 0.0
    net = 0
    managed = [change for change in past if change.cause.is_management]
    for cause in (Cause.NEW, Cause.GOES):
        own = [change for change in managed if change.cause == cause]
        if len({month_of(change.on) for change in own}) >= TREND_MONTHS:
            net += sum(change.homes for change in own)
    return net * 365.25 / days


def band_on(bands: Sequence[BandFrom], day: dt.date) -> BandFrom:
    """Return the band on a day; `bands` are in order of their first days."""
    found = bands[0]
    for band in bands:
        if band.starts_on <= day:
            found = band
    return found


def forecast(
    *,
    homes: int,
    empty: int,
    coming: Iterable[Change],
    trend: float,
    bands: Sequence[BandFrom],
    today: dt.date,
    until: dt.date | None = None,
) -> Forecast:
    """Return whether a patch is outside its band, will be, or only looks inside.

    Sizes are looked at on each day something is planned and at the end of each month
    ahead, up to `until` (the patch's own last day). Where planned changes and the trend
    go the same way the larger of the two counts, as planned sales are part of the
    trend of sales. A patch whose homes people live in are too few is inside its band
    only on paper.
    """
    planned = tuple(sorted(coming, key=lambda change: (change.on, change.cause)))
    band = band_on(bands, today)

    def result(state: DriftState, **given: object) -> Forecast:
        return Forecast(
            state=state,
            homes=homes,
            empty=empty,
            band=given.pop("band", band),  # type: ignore[arg-type]
            trend=trend,
            coming=planned,
            **given,  # type: ignore[arg-type]
        )

    if not band.smallest <= homes <= band.largest:
        return result(DriftState.OUT, leaves_on=today, months=0)
    for day in _days_ahead(planned, bands, today, until):
        size = round(_size_on(day, homes, planned, trend, today))
        then = band_on(bands, day)
        if not then.smallest <= size <= then.largest:
            months = max(1, round((day - today).days / DAYS_A_MONTH))
            return result(
                DriftState.SOON,
                band=then,
                leaves_on=day,
                size_then=max(0, size),
                months=months,
            )
    if homes - empty < band.smallest:
        return result(DriftState.EMPTY)
    return result(DriftState.STEADY)


def _days_ahead(
    planned: Sequence[Change],
    bands: Sequence[BandFrom],
    today: dt.date,
    until: dt.date | None,
) -> list[dt.date]:
    last = today + dt.timedelta(days=round(AHEAD * DAYS_A_MONTH))
    if until is not None:
        last = min(last, until)
    days = {
        today + dt.timedelta(days=round(month * DAYS_A_MONTH))
        for month in range(1, AHEAD + 1)
    }
    days |= {change.on for change in planned} | {band.starts_on for band in bands}
    return sorted(day for day in days if today < day <= last)


def _size_on(
    day: dt.date,
    homes: int,
    planned: Sequence[Change],
    trend: float,
    today: dt.date,
) -> float:
    known = [change for change in planned if change.on <= day]
    moved = sum(change.homes for change in known if not change.cause.is_management)
    managed = sum(change.homes for change in known if change.cause.is_management)
    drift = trend * (day - today).days / 365.25
    if managed * drift > 0:
        drift = max(managed, drift, key=abs)
    else:
        drift += managed
    return homes + moved + drift
