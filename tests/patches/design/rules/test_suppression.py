"""Small numbers stay hidden from somebody who reckons with all that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patches.design.rules.suppression import (
    Count,
    Hidden,
    SafeCount,
    suppress,
    suppress_total,
)

FEW, ALL_BUT_FEW, NOT_SHOWN = Hidden.FEW, Hidden.ALL_BUT_FEW, Hidden.NOT_SHOWN
ENDS = range(5)


def shown(*counts: tuple[int, int]) -> list[tuple] | None:
    safe = suppress([Count(*count) for count in counts])
    return safe and [(row.whole, row.part) for row in safe]


def test_nothing_is_hidden_where_nothing_is_small():
    assert shown((100, 20), (50, 5), (10, 5)) == [(100, 20), (50, 5), (10, 5)]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ((4, 4), (FEW, FEW)),
        ((0, 0), (FEW, FEW)),
        ((5, 0), (5, FEW)),
        ((100, 4), (100, FEW)),
        ((100, 5), (100, 5)),
        ((100, 95), (100, 95)),
        ((100, 96), (100, ALL_BUT_FEW)),
    ],
)
def test_totals_are_hidden_when_small(count, expected):
    safe = suppress_total(Count(*count))
    assert (safe.whole, safe.part) == expected


def test_one_small_part_takes_the_smallest_group_that_protects_it_along():
    assert shown((100, 20), (50, 2), (14, 5), (60, 30)) == [
        (100, 20),
        (50, FEW),
        (14, 5),
        (60, NOT_SHOWN),
    ]


def test_parts_are_not_shown_where_none_can_protect_a_small_one():
    assert shown((12, 6), (50, 2)) == [(12, NOT_SHOWN), (50, NOT_SHOWN)]


def test_one_small_group_takes_another_along():
    assert shown((100, 20), (3, 0), (60, 30)) == [
        (100, 20),
        (FEW, FEW),
        (NOT_SHOWN, NOT_SHOWN),
    ]


def test_small_numbers_that_protect_one_another_take_nothing_along():
    assert shown((100, 20), (50, 2), (40, 2), (60, 3)) == [
        (100, 20),
        (50, FEW),
        (40, FEW),
        (60, FEW),
    ]


def test_groups_too_small_to_protect_are_not_shown():
    assert shown((3, 1), (4, 4)) is None
    assert shown((1, 1)) is None
    assert shown() is None


def test_parts_are_not_shown_where_their_sum_is_small():
    assert shown((100, 3), (50, 0)) == [(100, NOT_SHOWN), (50, NOT_SHOWN)]


counts = st.integers(1, 22).flatmap(
    lambda whole: st.builds(Count, st.just(whole), st.integers(0, whole))
)
tables = st.lists(counts, min_size=1, max_size=5)


@given(tables, st.data())
def test_wholes_shown_do_not_depend_on_parts(table, data):
    other = [Count(c.whole, data.draw(st.integers(0, c.whole))) for c in table]
    first, second = suppress(table), suppress(other)
    assert (first and [c.whole for c in first]) == (
        second and [c.whole for c in second]
    )


@given(tables)
def test_what_is_shown_is_true_and_not_small(table):
    for count, safe in zip(table, suppress(table) or [], strict=False):
        if not isinstance(safe.whole, Hidden):
            assert safe.whole == count.whole >= 5
        if not isinstance(safe.part, Hidden):
            assert safe.whole == count.whole
            assert safe.part == count.part
            assert 5 <= count.part <= count.whole - 5


@settings(max_examples=400, deadline=None)
@given(tables)
def test_hidden_numbers_cannot_be_worked_out(table):
    """Somebody tries every table that the shown numbers, words and totals allow."""
    safe = suppress(table)
    if safe is None:
        return
    total = Count(sum(c.whole for c in table), sum(c.part for c in table))
    for row, found in zip(safe, _possible(safe, total), strict=True):
        wholes = {whole for whole, _ in found}
        parts = {part for _, part in found}
        rests = {whole - part for whole, part in found}
        if row.whole == FEW:
            assert wholes == {1, 2, 3, 4}
        if row.whole == NOT_SHOWN:
            assert len(wholes) >= 4
        if row.part == FEW:
            assert parts == set(ENDS)
        if row.part == ALL_BUT_FEW or row.whole == FEW:
            assert rests == set(ENDS)
        if row.part == NOT_SHOWN:
            assert len(parts) >= 4


def _possible(safe: list[SafeCount], total: Count) -> list[set[tuple[int, int]]]:
    """Return what each row may be in some table that agrees with all that is shown."""
    words = suppress_total(total)
    sums = [total.part]
    if words.part == FEW:
        sums = list(ENDS)
    if words.part == ALL_BUT_FEW:
        sums = [total.whole - left for left in ENDS]
    options = [list(_options(row, safe, total)) for row in safe]
    before = _sums(options, total)
    after = _sums(options[::-1], total)[::-1]
    return [
        {
            (whole, part)
            for whole, part in own
            if any(
                part <= wanted
                and np.any(
                    head[: total.whole - whole + 1, : wanted - part + 1]
                    & tail[: total.whole - whole + 1, : wanted - part + 1][::-1, ::-1]
                )
                for wanted in sums
            )
        }
        for own, head, tail in zip(options, before, after[1:], strict=False)
    ]


def _options(
    row: SafeCount, safe: list[SafeCount], total: Count
) -> Iterator[tuple[int, int]]:
    """Yield what a row may be by its own words, known to whoever reads the rules."""
    wholes: range | list[int] = range(5, total.whole + 1)
    if row.whole == FEW:
        wholes = range(1, 5)
    elif row.whole != NOT_SHOWN:
        wholes = [row.whole]
    is_none_shown = all(other.part == NOT_SHOWN for other in safe)
    for whole, part in product(wholes, range(total.whole + 1)):
        left = whole - part
        if left < 0:
            continue
        if row.part == FEW:
            fits = part < 5
        elif row.part == ALL_BUT_FEW:
            fits = left < 5
        elif row.part == NOT_SHOWN:
            is_free = is_none_shown or row.whole == NOT_SHOWN
            fits = is_free or (part >= 5 and left >= 5)
        else:
            fits = part == row.part
        if fits:
            yield whole, part


def _sums(options: list[list[tuple[int, int]]], total: Count) -> list[np.ndarray]:
    """Return which sums (whole, part) the first none, one, two … rows can have."""
    size = total.whole + 1
    start = np.zeros((size, size), dtype=bool)
    start[0, 0] = True
    found = [start]
    for own in options:
        reached = np.zeros_like(start)
        for whole, part in own:
            reached[whole:, part:] |= found[-1][: size - whole, : size - part]
        found.append(reached)
    return found
