"""Calendar months, as reports count them."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

from django.utils.formats import date_format

A_YEAR = 12


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One month; `key` is its text in an address (2026-03)."""

    year: int
    number: int

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.number, 1)

    @property
    def last(self) -> dt.date:
        return dt.date(self.year, self.number, monthrange(self.year, self.number)[1])

    @property
    def days(self) -> int:
        return self.last.day

    @property
    def key(self) -> str:
        return f"{self.year}-{self.number:02d}"

    @property
    def short(self) -> str:
        return date_format(self.first, "M y")

    def __str__(self) -> str:
        return date_format(self.first, "F Y")

    def plus(self, months: int) -> Month:
        """Return the month so many months later, or earlier."""
        index = self.year * A_YEAR + self.number - 1 + months
        return Month(index // A_YEAR, index % A_YEAR + 1)

    def until(self, day: dt.date) -> int:
        """Return how many months later than this one a day's month is."""
        return (day.year - self.year) * A_YEAR + day.month - self.number


def month_of(day: dt.date) -> Month:
    """Return the month a day lies in."""
    return Month(day.year, day.month)


def months_before(day: dt.date, count: int = A_YEAR) -> list[Month]:
    """Return the last whole months before a day, the earliest first."""
    last = month_of(day).plus(-1)
    return [last.plus(-back) for back in range(count - 1, -1, -1)]


def month_from(key: str) -> Month | None:
    """Return the month of a text like 2026-03; None for any other text."""
    year, _, number = key.partition("-")
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        return None
    if number not in {f"{n:02d}" for n in range(1, A_YEAR + 1)} or year == "0000":
        return None
    return Month(int(year), int(number))


def shared_days(
    first: dt.date, last: dt.date, other_first: dt.date, other_last: dt.date | None
) -> int:
    """Return how many days two periods share, both ends counted."""
    end = last if other_last is None else min(last, other_last)
    return max(0, (end - max(first, other_first)).days + 1)
