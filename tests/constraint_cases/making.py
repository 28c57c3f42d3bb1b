"""Days, and ways to make two rows that may not both be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

# What breaks a rule: one way, or several that must each be refused.
Cases = dict[str, Callable[[], object] | tuple[Callable[[], object], ...]]

START = dt.date(2026, 3, 1)
BEFORE = dt.date(2026, 2, 28)
LATER = dt.date(2026, 6, 1)


def ends_before_start(factory) -> Callable[[], object]:
    return lambda: factory(starts_on=START, ends_on=BEFORE)


def overlap(factory, *same: str, **fields) -> Callable[[], object]:
    """Two rows alike in `same`, the first ending on the day the second begins."""

    def build() -> None:
        first = factory(starts_on=START, ends_on=LATER, **fields)
        shared = {name: getattr(first, name) for name in same}
        factory(starts_on=LATER, ends_on=None, **fields, **shared)

    return build


def twice(factory, *same: str, **fields) -> Callable[[], object]:
    def build() -> None:
        first = factory(**fields)
        factory(**{name: getattr(first, name) for name in same}, **fields)

    return build
