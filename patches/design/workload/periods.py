"""Periods of days, both ends counted, and how much of them a home was managed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

# First and last day as ordinals (`date.toordinal()`).
Period = tuple[int, int]
DAYS_A_YEAR = 365.25


def merged(periods: Iterable[Period]) -> tuple[Period, ...]:
    """Return periods joined where they overlap or follow each other, in order."""
    joined: list[Period] = []
    for start, end in sorted(periods):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def common(some: Sequence[Period], others: Sequence[Period]) -> tuple[Period, ...]:
    """Return the days in both of two merged lists of periods."""
    return tuple(
        (max(start, other_start), min(end, other_end))
        for start, end in some
        for other_start, other_end in others
        if max(start, other_start) <= min(end, other_end)
    )


def years_within(
    periods: Sequence[Period], first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return for each home, managed from `first` to `last`, its years in `periods`."""
    days = np.zeros(len(first), dtype=np.int64)
    for start, end in periods:
        days += np.maximum(0, np.minimum(last, end) - np.maximum(first, start) + 1)
    return days / DAYS_A_YEAR
