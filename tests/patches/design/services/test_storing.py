"""Maps kept by hand: one area rewritten, and a whole alternative stored again."""

from __future__ import annotations

import pytest

from patches.design.selectors.boards import load_area
from patches.design.services.storing import rewrite_area, store_alternative
from patches.design.solver.adjust import with_moved
from patches.models import AlternativeKind, DesignPatchWork

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_hand(uneven, draw_now, manager):
    """Return a copy of the best balance, to be adjusted by hand."""
    draw_now(uneven)
    balanced = uneven.alternatives.get(kind="best_balance")
    area = uneven.areas.get()
    return store_alternative(
        design=uneven,
        kind=AlternativeKind.BY_HAND,
        name="By hand",
        tolerance=balanced.tolerance,
        drawn={area: load_area(balanced, area)},
        copied_from=balanced,
        by=manager,
    )


def rows_of(alternative):
    left_out = {"id", "alternative_id"}
    return [
        {name: value for name, value in row.items() if name not in left_out}
        for row in alternative.patches.order_by("number").values()
    ]


def test_a_stored_copy_has_the_same_figures(by_hand):
    balanced = by_hand.copied_from

    assert by_hand.number == 6
    assert rows_of(by_hand) == rows_of(balanced)
    assert by_hand.measures == balanced.measures
    assert by_hand.score == balanced.score
    work = DesignPatchWork.objects.filter(patch__alternative=by_hand)
    assert work.count() == by_hand.patches.count()


def test_rewriting_an_area_moves_units_and_figures(by_hand, uneven):
    area = uneven.areas.get()
    board = load_area(by_hand, area)
    unit = board.part.index(0)
    rewrite_area(alternative=by_hand, area=area, drawn=with_moved(board, [unit], to=1))
    by_hand.refresh_from_db()

    sizes = list(
        by_hand.patches.order_by("number").values_list("home_count", flat=True)
    )
    assert sizes == [8, 16]
    assert by_hand.placements.get(unit__number=unit).patch.number == 1
    assert by_hand.measures["worst"] == pytest.approx(1 / 3)
    for patch in by_hand.patches.all():
        work = DesignPatchWork.objects.get(patch=patch)
        assert work.officer_hours == pytest.approx(patch.hours)
    assert load_area(by_hand, area).part == with_moved(board, [unit], to=1).part


def test_a_band_somebody_chose_stays(by_hand, uneven):
    area = uneven.areas.get()
    by_hand.patches.update(band_min=3, band_max=4, band_reason="Two towers")
    rewrite_area(alternative=by_hand, area=area, drawn=load_area(by_hand, area))

    assert set(by_hand.patches.values_list("band_min", "band_max")) == {(3, 4)}


def test_a_renamed_patch_goes_on_under_its_new_code(by_hand, uneven):
    patch = by_hand.patches.order_by("number").first().continues
    patch.code = "NEW-1"
    patch.save()
    area = uneven.areas.get()
    board = load_area(by_hand, area)

    assert board.patches[0].name == "NEW-1"
    assert board.measures.moved_homes == by_hand.measures["moved_homes"]
