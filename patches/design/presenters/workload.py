"""The work of homes in words: why a home, a block or a patch weighs what it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from patches.design.models import AssumptionSet
from patches.design.selectors.staffing import AreaWork
from patches.design.workload.expected import WorkPart
from patches.design.workload.rates import RateSource
from patches.properties.models import Property

# What is recorded of fewer homes than this is nobody's business but theirs.
FEWEST_HOMES = 5


def number(value: float, most: int = 2) -> str:
    """Return a number with a few decimals, fewer the larger it is, none of noughts."""
    if abs(value) >= 10:
        most = min(most, 0 if abs(value) >= 100 else 1)
    text = f"{value:,.{most}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def hours(value: float) -> str:
    """Return hours a month as people say them."""
    if 0 < value < 0.005:
        return "less than 0.01"
    return f"{value:,.2f}" if value < 10 else f"{value:,.1f}"


def counted(value: float, one: str, many: str = "") -> str:
    """Return "1 year" or "2.5 years"."""
    text = number(value)
    return f"{text} {one if text == '1' else many or f'{one}s'}"


@dataclass(frozen=True)
class PartLine:
    """One kind of work of a home, a block or a patch in a table."""

    HEADER: ClassVar[list[str]] = [
        "Work",
        "Times a year",
        "Recorded",
        "Minutes each",
        "Officer hours a month",
        "Back-office hours a month",
    ]

    part: WorkPart
    shows_records: bool = True
    why: str = ""

    @property
    def name(self) -> str:
        return self.part.work_type.name

    @property
    def per_year(self) -> str:
        return number(self.part.per_year)

    @property
    def is_recorded(self) -> bool:
        """Whether there is a record of this work to show."""
        return self.shows_records and self.part.recorded_years > 0

    @property
    def recorded(self) -> str:
        """How many were recorded; nothing where that is not known or not shown."""
        return f"{self.part.recorded_count:,}" if self.is_recorded else ""

    @property
    def minutes(self) -> int:
        return self.part.work_type.officer_minutes

    @property
    def officer_hours(self) -> str:
        return hours(self.part.officer_hours)

    @property
    def back_office_hours(self) -> str:
        return hours(self.part.back_office_hours) if self.part.back_office_hours else ""

    def as_row(self) -> list[Any]:
        """Return the line for a CSV file."""
        return [
            self.name,
            round(self.part.per_year, 3),
            self.recorded.replace(",", ""),
            self.minutes,
            round(self.part.officer_hours, 3),
            round(self.part.back_office_hours, 3),
        ]


def part_lines(parts: Iterable[WorkPart], homes: int) -> list[PartLine]:
    """Return the work of several homes; of very few, without what is recorded."""
    shown = homes >= FEWEST_HOMES
    return [PartLine(part, shown) for part in parts if part.per_year]


def home_lines(
    parts: Iterable[WorkPart],
    home: Property,
    assumptions: AssumptionSet,
    *,
    shows_records: bool,
) -> list[PartLine]:
    """Return the work of one home, each part with the reckoning in words.

    Without its records the page says what its area needs and no more of the home.
    """
    return [
        PartLine(
            part,
            shows_records,
            _why(part, home, float(assumptions.prior_years), shows_records),
        )
        for part in parts
        if part.work_type.basis != "block" or part.shared_by
    ]


def _why(
    part: WorkPart, home: Property, prior_years: float, shows_records: bool
) -> str:
    work = part.work_type
    minutes = f"{work.officer_minutes} minutes"
    if work.basis == "block":
        return (
            f"{number(work.per_year)} a year for the block, shared by its "
            f"{counted(part.shared_by, 'home')}: {number(part.per_year)} a year for "
            f"this one, {minutes} each."
        )
    if not work.is_reactive:
        return f"Planned: {_assumed(part, home)}, {minutes} each."
    if part.source != RateSource.RECORDED:
        return (
            f"Nothing is recorded of this work in {home.ward}, so the assumed rate "
            f"counts: {_assumed(part, home)}, {minutes} each."
        )
    area = (
        f"{_kind(home)} in {home.ward} need {number(part.area_rate)} a year on average"
    )
    if not shows_records:
        return f"{area}, {minutes} each. What this home needed itself counts as well."
    if part.recorded_years <= 0:
        return f"Nothing is recorded of this home yet. {area}, {minutes} each."
    return (
        f"{part.recorded_count or 'None'} recorded at this home in "
        f"{counted(part.recorded_years, 'year')}. {area}, which counts for "
        f"{counted(prior_years, 'more year')}: ({part.recorded_count} + "
        f"{number(prior_years)} × {number(part.area_rate)}) ÷ "
        f"({number(part.recorded_years)} + {number(prior_years)}) = "
        f"{number(part.per_year)} a year, {minutes} each."
    )


def _assumed(part: WorkPart, home: Property) -> str:
    rate = f"{number(part.area_rate)} a year"
    area = home.ward.area.name if home.ward.area else ""
    return {
        RateSource.AREA_AND_TYPE: f"{rate} for {_kind(home).lower()} in {area}",
        RateSource.AREA: f"{rate} for homes in {area}",
        RateSource.TYPE: f"{rate} for {_kind(home).lower()}",
    }.get(part.source, f"{rate} for every home")


_KINDS = {
    "house": "Houses",
    "bungalow": "Bungalows",
    "flat": "Flats",
    "maisonette": "Maisonettes",
    "bedsit": "Bedsits",
    "sheltered": "Sheltered homes",
    "other": "Homes of other types",
}


def _kind(home: Property) -> str:
    return _KINDS[home.property_type]


def load_text(hours_needed: float, hours_there: float | None) -> str:
    """Return in a sentence how a patch's work and its officer's time compare."""
    if not hours_there:
        return "No officer leads this patch, so there are no hours to compare with."
    share = hours_needed / hours_there
    if 0.98 <= share <= 1.02:
        return "The work and the officer’s time are about the same."
    difference = abs(hours_needed - hours_there)
    way = "more" if share > 1 else "less"
    return (
        f"The work is {number(difference, 0)} hours a month {way} than the officer "
        f"has: {share:.0%} of it."
    )


class WardLine:
    """A ward in the table of the whole service."""

    HEADER: ClassVar[list[str]] = [
        "Ward",
        "Homes",
        "Officer hours a month",
        "Hours a home",
        "Officers needed",
        "Officers in post",
        "Difference",
        "Band from",
        "Band to",
    ]

    def __init__(self, work: AreaWork) -> None:
        self.work = work

    @property
    def gap_text(self) -> str:
        """The difference between officers in post and needed, with its sign."""
        return signed(self.work.gap)

    def as_row(self) -> list[Any]:
        """Return the line for a CSV file."""
        work = self.work
        return [
            work.ward,
            work.homes,
            round(work.hours, 1),
            round(work.per_home, 3),
            "" if work.needed is None else round(work.needed, 2),
            round(work.in_post, 2),
            "" if work.gap is None else round(work.gap, 2),
            *work.band,
        ]


def signed(value: float | None) -> str:
    """Return a difference with its sign, in the sign of mathematics."""
    if value is None:
        return ""
    text = f"{abs(value):.1f}"
    if text == "0.0":
        return "0"
    return f"{'+' if value > 0 else '−'}{text}"
