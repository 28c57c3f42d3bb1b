"""What a design's three weights mean: the one place where they become numbers.

A manager says from 0 to 10 how much balance, compactness and continuity matter. From
these come what the alternative "By your weights" aims for, and the score by which all
alternatives are compared. Everything is counted in metres of walking for each home:

* compactness is the mean distance from a home to the middle of its patch, as it is;
* a home that changes patch counts as `METRES_FOR_A_MOVE`;
* each per cent by which patches differ from the mean, on average, counts as
  `METRES_FOR_A_PER_CENT`.
"""

from __future__ import annotations

from dataclasses import dataclass

MOST = 10
METRES_FOR_A_MOVE = 100.0
METRES_FOR_A_PER_CENT = 10.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much three wishes matter, each from 0 to 10."""

    balance: int
    compactness: int
    continuity: int

    def tolerance(self, tight: float, loose: float) -> float:
        """Return the tolerance to draw by: the tight one if balance is all, 10.

        At 0 it is the loose one, and in proportion between.
        """
        return loose - (loose - tight) * self.balance / MOST

    @property
    def continuity_metres(self) -> float:
        """How many metres of one home's walking its change of patch costs.

        Nought if continuity is 0; `METRES_FOR_A_MOVE` if it matters as much as
        compactness; in proportion to both.
        """
        return METRES_FOR_A_MOVE * self.continuity / max(1, self.compactness)

    def score(
        self, *, walk_metres: float, moved_share: float, mean_deviation: float
    ) -> float:
        """Return metres for each home by which alternatives compare; least is best.

        `moved_share` and `mean_deviation` are fractions: 0.01 is one per cent.
        """
        weighed = (
            self.compactness * walk_metres
            + self.continuity * METRES_FOR_A_MOVE * moved_share
            + self.balance * METRES_FOR_A_PER_CENT * 100 * mean_deviation
        )
        return weighed / max(1, self.balance + self.compactness + self.continuity)

    def in_words(self, tight: float, loose: float) -> str:
        """Return what the alternative by these weights aims for, in a sentence."""
        tolerance = self.tolerance(tight, loose)
        first = f"Patches within {tolerance:.1f} % of the mean of their area"
        metres = self.continuity_metres
        if not metres:
            return f"{first}, as compact as can be, whoever changes patch."
        return (
            f"{first}, and a home changes patch only where that saves its neighbours "
            f"some {metres:,.0f} metres of walking."
        )
