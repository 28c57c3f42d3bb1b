"""When a count is off by more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scipy.special import gammaincinv

# Of all that a page compares, chance alone may name one in twenty pages' worth wrongly.
CHANCE = 0.05


class Verdict(StrEnum):
    """How a recorded number stands to the expected one, in the words people read."""

    MORE = "More than expected"
    LESS = "Less than expected"
    CHANCE = "As expected"
    UNFORESEEN = "Not in the assumptions"
    NOT_RECORDED = "Nothing recorded"

    @property
    def is_off(self) -> bool:
        return self in (Verdict.MORE, Verdict.LESS)


@dataclass(frozen=True, slots=True)
class Range:
    """What the true number may well be, given what was counted."""

    low: float
    high: float


def likely_range(count: float, *, spread: float = 1.0, comparisons: int = 1) -> Range:
    """Return the exact Poisson interval of a count.

    `spread` is how much more counts vary than single, independent pieces of work do
    (see `spread_of`): so many pieces tell as much as `count / spread` single ones.
    `comparisons` is how many are made at once; the more, the wider, so that chance
    names something on one page in twenty at most (Bonferroni). A part of a longer count
    (one month of a yearly list) varies less than this says, never more.
    """
    single = count / spread
    side = CHANCE / max(1, comparisons) / 2
    low = float(gammaincinv(single, side)) if single > 0 else 0.0
    return Range(low * spread, float(gammaincinv(single + 1, 1 - side)) * spread)


def judge(
    expected: float, recorded: float, *, spread: float = 1.0, comparisons: int = 1
) -> Verdict:
    """A count that chance alone explains is not called off."""
    if expected <= 0:
        return Verdict.UNFORESEEN if recorded > 0 else Verdict.CHANCE
    range_ = likely_range(recorded, spread=spread, comparisons=comparisons)
    if expected < range_.low:
        return Verdict.MORE
    return Verdict.LESS if expected > range_.high else Verdict.CHANCE


def spread_of(total: float, squares: float, homes: float) -> float:
    """Return how much more than single pieces the counts of homes vary, at least 1.

    `total` and `squares` are sums of the homes' counts and of their squares, `homes`
    how many homes were counted, those with none too. Work that comes in bunches (five
    calls about one leak) says less about the rate than as many single calls.
    """
    if total <= 0 or homes <= 0:
        return 1.0
    return max(1.0, (squares - total * total / homes) / total)
