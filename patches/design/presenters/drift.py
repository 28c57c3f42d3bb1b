"""Drift in words: how soon a patch leaves its band, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, ClassVar

from housingplus.common.counting import plural
from housingplus.common.dates import long_date
from patches.design.rules.drifting import Cause, DriftState, Forecast
from patches.design.selectors.drift import PatchForecast
from patches.design.selectors.drift_work import WorkDrift
from patches.register.models import Patch

WORK_CHANGED = "Work has changed"
# Fewer than this a year is said to be no trend.
_SLIGHT = 0.5


@dataclass(frozen=True)
class DriftLine:
    """One patch in the list of drift."""

    HEADER: ClassVar[list[str]] = [
        "Patch",
        "Name",
        "Ward",
        "State",
        "Homes",
        "Empty homes",
        "Smallest",
        "Largest",
        "Outside from",
        "Homes then",
        "Homes a year, trend",
        "Hours a month when drawn",
        "Hours a month today",
        "Why",
    ]

    patch: Patch
    forecast: Forecast
    work: WorkDrift | None = None

    @property
    def is_work_beyond(self) -> bool:
        return self.work is not None and self.work.is_beyond

    @property
    def is_warning(self) -> bool:
        return self.forecast.state.is_warning or self.is_work_beyond

    @property
    def tags(self) -> list[str]:
        states = [str(self.forecast.state)] if self.forecast.state.is_warning else []
        if self.is_work_beyond:
            states.append(WORK_CHANGED)
        return states or [str(DriftState.STEADY)]

    @property
    def when(self) -> str:
        """How soon, in a few words."""
        months = self.forecast.months
        if self.forecast.state != DriftState.SOON or months is None:
            return ""
        return f"In about {months} month{'' if months == 1 else 's'}"

    @property
    def reasons(self) -> list[str]:
        """Why it is in the list, each in a sentence."""
        return [*_size_reasons(self.forecast), *_work_reasons(self.work)]

    def as_row(self) -> list[Any]:
        known, work = self.forecast, self.work
        return [
            self.patch.code,
            self.patch.name,
            self.patch.ward,
            ", ".join(self.tags),
            known.homes,
            known.empty,
            known.band.smallest,
            known.band.largest,
            known.leaves_on or "",
            "" if known.size_then is None else known.size_then,
            round(known.trend, 1),
            "" if work is None else round(work.hours_then, 1),
            "" if work is None else round(work.hours_now, 1),
            " ".join(self.reasons),
        ]


def drift_lines(
    forecasts: list[PatchForecast], work: dict[int, WorkDrift]
) -> list[DriftLine]:
    """Return the lines of patches, those most pressing first."""
    lines = [
        DriftLine(one.patch, one.forecast, work.get(one.patch.pk)) for one in forecasts
    ]
    return sorted(lines, key=_pressing)


def _pressing(line: DriftLine) -> tuple[int, int, str]:
    months = line.forecast.months
    order = list(DriftState).index(line.forecast.state)
    return (order, 0 if months is None else months, line.patch.code)


def _size_reasons(known: Forecast) -> list[str]:
    band = known.band
    allowed = f"{band.smallest} to {band.largest}"
    if known.state == DriftState.OUT:
        way = "fewer" if known.is_under else "more"
        return [f"{known.homes} homes are {way} than its band of {allowed} allows."]
    if known.state == DriftState.EMPTY:
        return [
            f"{known.homes} homes are in its band of {allowed}, but "
            f"{known.empty} of them stand empty."
        ]
    if known.state == DriftState.STEADY or known.leaves_on is None:
        return []
    reasons = [
        f"About {known.size_then} homes from {long_date(known.leaves_on)}, "
        f"{'under' if known.is_under else 'over'} its band of {allowed}."
    ]
    reasons += _planned_reasons(known)
    if abs(known.trend) >= _SLIGHT and (known.trend < 0) == known.is_under:
        homes = round(abs(known.trend)) or 1
        went = (
            "left management (sales, demolitions)"
            if known.trend < 0
            else "came under management"
        )
        reasons.append(f"In the past year {plural(homes, 'home')} net {went}.")
    return reasons


def _planned_reasons(known: Forecast) -> list[str]:
    assert known.leaves_on is not None  # noqa: S101 - asked for such only
    counted: Counter[Cause] = Counter()
    latest = {}
    for change in known.coming:
        if change.on <= known.leaves_on:
            counted[change.cause] += abs(change.homes)
            latest[change.cause] = change.on
    words = {
        Cause.NEW: "{} will have come under management by {}.",
        Cause.GOES: "{} will have left management by {}.",
        Cause.MOVED_IN: "{} will have moved in from other patches by {}.",
        Cause.MOVED_OUT: "{} will have moved out to other patches by {}.",
    }
    return [
        words[cause].format(plural(homes, "home"), long_date(latest[cause]))
        for cause, homes in counted.items()
    ]


def _work_reasons(work: WorkDrift | None) -> list[str]:
    if work is None or not work.is_beyond:
        return []
    way = "more" if work.share > 0 else "less"
    return [
        f"Its homes need {work.hours_now:.0f} hours a month today, "
        f"{abs(work.share):.0%} {way} than when it was drawn ({work.hours_then:.0f}). "
        f"That work gives a band of {work.band_min} to {work.band_max}."
    ]
