"""An alternative adjusted by hand, and a hand that moves its streets."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from officers.accounts.models import User
from patches.design.services import adjusting
from patches.design.services.copying import copy_alternative
from patches.models import DesignAlternative, DesignPatch, DesignUnit, PatchDesign


@dataclass
class Hand:
    """Moves streets of one alternative as somebody does who has its page open."""

    alternative: DesignAlternative
    by: User

    @property
    def patches(self) -> list[DesignPatch]:
        return list(self.alternative.patches.order_by("number"))

    @property
    def places(self) -> list[DesignUnit]:
        """Streets from west to east."""
        units = DesignUnit.objects.filter(area__design=self.alternative.design_id)
        return list(units.order_by("easting", "northing"))

    def now(self) -> DesignAlternative:
        return DesignAlternative.objects.select_related("design").get(
            pk=self.alternative.pk
        )

    def codes(self) -> list[str]:
        """The patch of each street, from west to east; empty for none."""
        placed = dict(self.alternative.placements.values_list("unit", "patch__code"))
        return [placed.get(unit.pk, "") for unit in self.places]

    def move(self, places, to, **values) -> adjusting.Adjusted:
        """Move streets, given by number from west to east or as they are."""
        units = [self.places[p] if isinstance(p, int) else p for p in places]
        now = self.now()
        asked = {
            "alternative": now,
            "places": [unit.pk for unit in units],
            "to": to.pk,
            "version": now.version,
            "token": uuid.uuid4(),
            "by": self.by,
        }
        return adjusting.move_places(**{**asked, **values})

    def undo(self, **values) -> adjusting.Adjusted:
        return self._step(adjusting.undo_move, values)

    def redo(self, **values) -> adjusting.Adjusted:
        return self._step(adjusting.redo_move, values)

    def _step(self, step, values) -> adjusting.Adjusted:
        now = self.now()
        asked = {"alternative": now, "version": now.version, "by": self.by}
        return step(**{**asked, **values})


@pytest.fixture
def hand_over(manager) -> Callable[[PatchDesign], Hand]:
    """Return how to get a hand over a copy of the best balance of a drawn design."""

    def make(design: PatchDesign) -> Hand:
        balanced = design.alternatives.get(kind="best_balance")
        made = copy_alternative(alternative=balanced, name="By hand", by=manager)
        return Hand(made, manager)

    return make


@pytest.fixture
def hand(uneven, draw_now, hand_over) -> Hand:
    """Return a hand over six streets of four homes, three in each patch."""
    draw_now(uneven)
    return hand_over(uneven)
