"""Whatever somebody tries to move, in whatever order: the map stays one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patches.design.errors import AdjustmentRefused
from patches.design.selectors.boards import load_area

from .test_moving import figures

pytestmark = pytest.mark.django_db

# What is tried: to undo, to redo, or to move some streets to a patch.
TRIES = st.lists(
    st.one_of(
        st.just("undo"),
        st.just("redo"),
        st.tuples(st.sets(st.integers(0, 5), min_size=1), st.integers(0, 1)),
    ),
    max_size=7,
)


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tries=TRIES)
def test_any_moves_keep_every_home_in_one_whole_patch_and_can_be_undone(hand, tries):
    start = figures(hand)
    for asked in tries:
        _try(hand, asked)
        assert_is_a_map(hand)

    while hand.now().edits.filter(is_undone=False).exists():
        hand.undo()
    assert figures(hand) == start


def _try(hand, asked) -> None:
    try:
        if asked == "undo":
            hand.undo()
        elif asked == "redo":
            hand.redo()
        else:
            places, to = asked
            hand.move(sorted(places), hand.patches[to])
    except AdjustmentRefused:
        pass


def assert_is_a_map(hand) -> None:
    """Every street in exactly one patch, patches whole, figures those of the map."""
    now = hand.now()
    assert now.placements.count() == len(hand.places) == 6
    area = now.design.areas.get()
    drawn = load_area(now, area)
    for patch, own in zip(hand.patches, drawn.patches, strict=True):
        assert patch.is_whole
        assert patch.home_count == own.homes > 0
        assert patch.deviation == pytest.approx(own.deviation)
    assert now.measures["homes"] == 24
    assert now.measures["worst"] == pytest.approx(drawn.measures.worst)
