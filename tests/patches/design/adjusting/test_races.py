"""Two people who move homes at once; the protection has its twin without."""

from __future__ import annotations

import uuid

import pytest

from housingplus.common.dates import today
from housingplus.common.errors import Refusal
from patches.design.errors import AdjustmentChanged
from patches.design.services import adjusting
from patches.design.services.deciding import propose_design
from patches.models import DesignEdit
from tests.officers.designs.test_races import at_once
from tests.stress import rounds

from .test_properties import assert_is_a_map

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = rounds(3, 40)


def moving(hand, place: int, to: int, token=None):
    """Return the act of moving a street as seen now, ready to be done later."""
    now, unit, patch = hand.now(), hand.places[place], hand.patches[to]
    return lambda: adjusting.move_places(
        alternative=now,
        places=[unit.pk],
        to=patch.pk,
        version=now.version,
        token=token or uuid.uuid4(),
        by=hand.by,
    )


def west_first(hand) -> tuple[int, int]:
    """Return the numbers of the patch in the west and of the other."""
    codes = [patch.code for patch in hand.patches]
    west = codes.index(hand.codes()[0])
    return west, 1 - west


@pytest.mark.parametrize("_", range(ROUNDS))
def test_of_two_who_saw_the_same_map_one_is_told(hand, _):
    west, east = west_first(hand)

    results = at_once(moving(hand, 2, east), moving(hand, 3, west))

    told = [result for result in results if isinstance(result, AdjustmentChanged)]
    made = [result for result in results if isinstance(result, adjusting.Adjusted)]
    assert (len(told), len(made)) == (1, 1)
    assert hand.now().version == 2
    assert_is_a_map(hand)


@pytest.mark.parametrize("_", range(ROUNDS))
def test_a_double_click_moves_once(hand, _):
    _west, east = west_first(hand)
    act = moving(hand, 2, east, token=uuid.uuid4())

    results = at_once(act, act)

    assert all(isinstance(result, adjusting.Adjusted) for result in results)
    assert DesignEdit.objects.count() == 1
    assert hand.now().version == 2


@pytest.mark.parametrize("_", range(ROUNDS))
def test_moving_and_proposing_never_both_go_by_what_was_seen(hand, manager, _):
    """Whoever proposes what somebody has just changed is told, or the mover is."""
    _west, east = west_first(hand)
    design = hand.now().design
    type(design).objects.filter(pk=design.pk).update(chosen=hand.alternative)
    design.refresh_from_db()

    def proposing():
        return propose_design(
            design=design,
            alternative=hand.alternative,
            consult_from=today(),
            consult_until=today(),
            version=design.version,
            by=manager,
        )

    results = at_once(moving(hand, 2, east), proposing)

    refused = [result for result in results if isinstance(result, Refusal)]
    assert len(refused) == 1, results


def test_without_looking_at_the_version_both_move(hand, monkeypatch):
    """The twin: locks alone keep the map whole, but not what people saw."""
    _west, east = west_first(hand)
    monkeypatch.setattr(adjusting, "_check_version", lambda *args: None)
    # Seen before anybody moved; of the same map only one of them would be let through.
    acts = [moving(hand, 2, east), moving(hand, 1, east)]

    for act in acts:
        act()

    assert DesignEdit.objects.count() == 2
