"""Assumption sets in words: capacity step by step, rates, and how two sets differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import long_date
from patches.design.models import AreaRate, AssumptionSet, WorkBasis, WorkRate

from .workload import counted, number

_WORDS = {
    "assumptions.created": "Made from our assumptions",
    "assumptions.copied": "Copied",
    "assumptions.changed": "Changed",
    "assumptions.work_added": "Kind of work added",
    "assumptions.work_changed": "Kind of work changed",
    "assumptions.work_removed": "Kind of work removed",
    "assumptions.area_rate_set": "Rate of an area or type of home set",
    "assumptions.area_rate_removed": "Rate of an area or type of home removed",
    "assumptions.made_default": "Made the default set",
    "assumptions.archived": "Archived",
    "assumptions.taken_back": "Taken back from the archive",
}


def typed(value: Any) -> Any:
    """Return a value as a person types it into a form: 1.1, never 1.100."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


@dataclass(frozen=True)
class Step:
    """A line of the reckoning of a full-time officer's month."""

    label: str
    value: str
    is_result: bool = False


def capacity_steps(assumptions: AssumptionSet) -> list[Step]:
    """Return how many hours a month a full-time officer has for work, step by step."""
    daily = assumptions.weekly_hours / 5
    yearly = assumptions.days_at_work * daily
    monthly = yearly / 12
    return [
        Step("52 weeks of 5 days", "260 days a year"),
        Step("Less leave and bank holidays", _days(assumptions.leave_days)),
        Step("Less sickness", _days(assumptions.sickness_days)),
        Step("Less training", _days(assumptions.training_days)),
        Step("Days at work", _days(assumptions.days_at_work), is_result=True),
        Step(
            f"At {number(float(assumptions.weekly_hours))} hours a week: "
            f"{number(float(daily))} a day",
            f"{float(yearly):,.0f} hours a year",
        ),
        Step("Each month", f"{float(monthly):,.1f} hours"),
        Step(
            "Less travel, supervision and team meetings "
            f"({number(float(assumptions.other_percent), 1)} %)",
            f"{float(monthly - assumptions.monthly_capacity):,.1f} hours",
        ),
        Step(
            "For the work of homes",
            f"{float(assumptions.monthly_capacity):,.1f} hours a month",
            is_result=True,
        ),
    ]


def _days(value: Any) -> str:
    return counted(float(value), "day")


def of_what(area_rate: AreaRate) -> str:
    """Return what an other rate is for: "Flats in North"."""
    kind = area_rate.get_property_type_display() if area_rate.property_type else ""
    if not kind:
        return f"All of {area_rate.area}"
    return f"{kind}, {area_rate.area}" if area_rate.area else kind


@dataclass(frozen=True)
class RateLine:
    """One kind of work of a set in a table."""

    rate: WorkRate

    @property
    def basis(self) -> str:
        return WorkBasis(self.rate.basis).label

    @property
    def nature(self) -> str:
        return "Reactive" if self.rate.nature == "reactive" else "Planned"

    @property
    def per_year(self) -> str:
        return number(float(self.rate.per_year), 3)

    @property
    def others(self) -> list[str]:
        """The other rates, as "Flat: 2.3"."""
        return [
            f"{of_what(row)}: {number(float(row.per_year), 3)}"
            for row in self.rate.area_rates.all()
        ]


@dataclass(frozen=True)
class Difference:
    """A line of two sets side by side."""

    label: str
    values: tuple[str, str]
    differs: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "differs", self.values[0] != self.values[1])


def compared_capacity(first: AssumptionSet, second: AssumptionSet) -> list[Difference]:
    """Return what two sets say of an officer's time, records and the band."""
    return [
        Difference(label, (value, other))
        for (label, value), (_, other) in zip(_said(first), _said(second), strict=True)
    ]


def _said(row: AssumptionSet) -> list[tuple[str, str]]:
    other = number(float(row.other_percent), 1)
    return [
        ("Agreed", long_date(row.dated)),
        ("Hours a week", number(float(row.weekly_hours))),
        ("Leave and bank holidays", _days(row.leave_days)),
        ("Sickness", _days(row.sickness_days)),
        ("Training", _days(row.training_days)),
        ("Travel, supervision and team meetings", f"{other} %"),
        (
            "Hours a month for the work of homes",
            f"{float(row.monthly_capacity):,.1f}",
        ),
        (
            "Years until a home’s own record counts as much as its area’s",
            number(float(row.prior_years)),
        ),
        ("Band of average homes", f"{row.band_min} to {row.band_max} homes"),
    ]


def compared_rates(
    first: Iterable[WorkRate], second: Iterable[WorkRate]
) -> list[Difference]:
    """Return what two sets say of each kind of work; one may lack it."""
    of_first = {rate.work_type_id: rate for rate in first}
    of_second = {rate.work_type_id: rate for rate in second}
    both = {**of_second, **of_first}.values()
    return [
        Difference(
            rate.work_type.name,
            (
                _rate_text(of_first.get(rate.work_type_id)),
                _rate_text(of_second.get(rate.work_type_id)),
            ),
        )
        for rate in sorted(
            both, key=lambda rate: (rate.work_type.order, rate.work_type.name)
        )
    ]


def _rate_text(rate: WorkRate | None) -> str:
    if rate is None:
        return "Not in this set"
    line = RateLine(rate)
    text = (
        f"{line.per_year} a year for {line.basis.lower()}, {line.nature.lower()}; "
        f"{rate.officer_minutes} minutes"
    )
    if rate.back_office_minutes:
        text += f", back office {rate.back_office_minutes}"
    return "; ".join([text, *line.others])


def history(events: Iterable[AuditEvent]) -> list[dict[str, Any]]:
    """Return what was done to a set, for `{% timeline %}`."""
    return [
        {
            "at": event.at,
            "title": _WORDS.get(event.verb, event.verb),
            "by": event.by or "the system",
            "text": "; ".join(
                part for part in (event.summary, _changes(event.changes)) if part
            ),
        }
        for event in events
    ]


def _changes(changes: dict[str, Any]) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')}: {old} → {new}"
        for name, (old, new) in changes.items()
        if old is not None and new is not None and name != "notes"
    )
