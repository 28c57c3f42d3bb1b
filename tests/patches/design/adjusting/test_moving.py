"""Moving streets by hand: what changes, what is refused, undoing and redoing."""

from __future__ import annotations

import uuid

import pytest

from housingplus.audit.models import AuditEvent
from housingplus.jobs.services import create_job
from patches.design.errors import AdjustmentChanged, AdjustmentRefused
from patches.design.selectors.boards import load_area
from patches.design.services.adjusting import move_places, undo_move
from patches.design.services.copying import remove_alternative
from patches.design.services.deciding import choose_alternative
from patches.design.services.rules import keep_patches
from patches.models import DesignPlacement, DesignStatus
from tests.factories.designs import DesignEditFactory, make_drawn_design
from tests.factories.officers import UserFactory
from tests.factories.patches import PatchFactory, WardFactory

pytestmark = pytest.mark.django_db


def west_and_east(hand):
    """The patch of the street furthest west, and the other one."""
    codes = hand.codes()
    return sorted(hand.patches, key=lambda patch: patch.code != codes[0])


def test_a_move_changes_places_figures_and_what_is_written_down(hand, manager):
    west, east = west_and_east(hand)

    done = hand.move([2], east)

    assert hand.codes() == [west.code] * 2 + [east.code] * 4
    assert [
        (c.patch.pk, c.homes_before, c.patch.home_count)
        for c in sorted(done.changes, key=lambda change: change.patch.home_count)
    ] == [(west.pk, 12, 8), (east.pk, 12, 16)]
    now = hand.now()
    assert now.version == 2
    assert now.measures["worst"] == pytest.approx(1 / 3)
    edit = now.edits.get()
    assert edit.made_by == manager
    assert edit.summary == (
        f"{hand.places[2].name} (4 homes) from {west.code} to {east.code}"
    )
    assert edit.moves == [[hand.places[2].pk, west.pk, east.pk]]
    event = AuditEvent.objects.get(verb="patch design.homes moved")
    assert event.subject_id == now.pk
    assert event.summary == edit.summary


def test_several_streets_move_at_once(hand):
    west, east = west_and_east(hand)

    done = hand.move([1, 2], east)

    assert hand.codes() == [west.code] + [east.code] * 5
    assert done.edit.summary.endswith(
        f"and 1 more (8 homes) from {west.code} to {east.code}"
    )


def test_what_is_there_already_stays_and_is_not_counted(hand):
    west, east = west_and_east(hand)

    done = hand.move([2, 3], east)

    assert len(done.edit.moves) == 1
    assert "(4 homes)" in done.edit.summary


def test_a_bands_reason_stays_when_homes_move(hand):
    west, east = west_and_east(hand)
    hand.alternative.patches.filter(pk=east.pk).update(
        band_min=3, band_max=4, band_reason="Two towers"
    )

    hand.move([2], east)

    east.refresh_from_db()
    assert (east.band_min, east.band_max) == (3, 4)
    assert east.band_state == "over"


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([0], "is not next to"),
        ([1], "would come apart"),
        ([0, 1, 2], "would have no homes left"),
        ([4], "Everything chosen is in"),
    ],
)
def test_moves_that_break_a_patch_are_refused(hand, places, said):
    west, east = west_and_east(hand)
    before = hand.codes()

    with pytest.raises(AdjustmentRefused, match=said):
        hand.move(places, east)

    assert hand.codes() == before
    assert hand.now().version == 1
    assert not hand.now().edits.exists()


def test_kept_patches_neither_lose_nor_gain(
    make_streets, make_design, draw_now, manager, hand_over
):
    ward = WardFactory()
    patches = [PatchFactory(ward=ward) for _ in range(3)]
    make_streets(ward, patches, streets=6)
    design = make_design(ward, sizing="present")
    keep_patches(
        design=design, patches=[patches[0]], areas=[(ward.name, (ward.pk,))], by=manager
    )
    draw_now(design)
    hand = hand_over(design)
    kept = next(patch for patch in hand.patches if patch.is_kept)
    other = next(patch for patch in hand.patches if not patch.is_kept)
    codes = hand.codes()

    with pytest.raises(AdjustmentRefused, match="is kept as it is"):
        hand.move([codes.index(other.code)], kept)
    with pytest.raises(AdjustmentRefused, match="which is kept as it is"):
        hand.move([codes.index(kept.code)], other)


def test_homes_never_leave_their_ward_teams_area(
    make_streets, make_design, draw_now, hand_over
):
    wards = [WardFactory() for _ in range(2)]
    for ward in wards:
        make_streets(ward, [PatchFactory(ward=ward) for _ in range(2)], streets=4)
    design = make_design(*wards, sizing="present")
    draw_now(design)
    hand = hand_over(design)
    areas = list(design.areas.order_by("number"))
    there = hand.alternative.patches.filter(area=areas[1]).first()

    with pytest.raises(AdjustmentRefused, match=f"in the area of {areas[0]}"):
        hand.move([areas[0].units.first()], there)


def test_a_patch_or_street_of_another_design_is_no_answer(hand):
    west, east = west_and_east(hand)
    other = make_drawn_design()

    with pytest.raises(AdjustmentRefused, match="Select the patch"):
        hand.move([2], other.drawn[0])
    with pytest.raises(AdjustmentRefused, match="Select what is to move"):
        hand.move([other.units[0]], east)
    with pytest.raises(AdjustmentRefused, match="Select what is to move"):
        hand.move([], east)


def test_pressing_twice_moves_once(hand):
    west, east = west_and_east(hand)
    token = uuid.uuid4()

    first = hand.move([2], east, token=token, version=1)
    again = hand.move([2], east, token=token, version=1)

    assert again.edit == first.edit
    assert hand.now().edits.count() == 1
    assert hand.now().version == 2


def test_the_form_of_another_map_moves_nothing(hand):
    west, east = west_and_east(hand)
    other = DesignEditFactory()

    with pytest.raises(AdjustmentChanged, match="another map’s"):
        hand.move([2], east, token=other.token)

    assert not hand.now().edits.exists()


def test_who_looks_at_an_older_map_is_told_who_moved(hand):
    west, east = west_and_east(hand)
    hand.move([2], east, by=UserFactory(first_name="Mara", last_name="Voss"))

    with pytest.raises(AdjustmentChanged, match="Mara Voss changed this on"):
        hand.move([2], west, version=1)
    with pytest.raises(AdjustmentChanged, match="Mara Voss"):
        hand.undo(version=1)

    assert hand.codes() == [west.code] * 2 + [east.code] * 4


def test_undo_and_redo_give_back_exactly_what_was(hand):
    west, east = west_and_east(hand)
    before = figures(hand)
    hand.move([2], east)
    one = figures(hand)
    hand.move([1], east)
    two = figures(hand)

    hand.undo()
    assert figures(hand) == one
    hand.undo()
    assert figures(hand) == before
    hand.redo()
    assert figures(hand) == one
    hand.redo()
    assert figures(hand) == two
    assert hand.now().version == 7
    assert AuditEvent.objects.filter(verb="patch design.move undone").count() == 2
    assert AuditEvent.objects.filter(verb="patch design.move redone").count() == 2


def figures(hand):
    """Places and every figure of an alternative, as they are kept."""
    now = hand.now()
    rows = now.patches.order_by("number").values()
    work = now.patches.order_by("number", "work__work_type").values_list(
        "code", "work__officer_hours", "work__per_year"
    )
    return hand.codes(), list(rows), list(work), now.measures, now.score


def test_a_new_move_ends_what_could_be_redone(hand):
    west, east = west_and_east(hand)
    hand.move([2], east)
    hand.undo()
    hand.move([3], west)

    with pytest.raises(AdjustmentRefused, match="no move to redo"):
        hand.redo()
    assert [edit.number for edit in hand.now().edits.all()] == [1]


def test_there_is_nothing_to_undo_in_a_fresh_copy(hand):
    with pytest.raises(AdjustmentRefused, match="no move to undo"):
        hand.undo()


def test_undoing_twice_by_a_double_click_undoes_once(hand):
    west, east = west_and_east(hand)
    hand.move([2], east)
    hand.move([1], east)

    hand.undo(version=3)
    again = hand.undo(version=3)

    assert again.edit is None
    assert hand.now().edits.filter(is_undone=True).count() == 1


def test_streets_in_no_patch_are_given_one_and_it_is_undone(hand):
    west, east = west_and_east(hand)
    lone = hand.places[0]
    DesignPlacement.objects.filter(alternative=hand.alternative, unit=lone).delete()

    done = hand.move([lone], west)

    assert "from no patch to" in done.edit.summary
    assert hand.codes()[0] == west.code
    hand.undo()
    assert hand.codes()[0] == ""


def test_only_drafts_and_copies_are_adjusted(hand, manager):
    west, east = west_and_east(hand)
    drawn = hand.alternative.copied_from
    with pytest.raises(AdjustmentRefused, match="stays as it was drawn"):
        hand.move([2], drawn.patches.first(), alternative=drawn)

    design = hand.alternative.design
    design.job = create_job(kind="patch design.draw", by=manager)
    design.save()
    with pytest.raises(AdjustmentRefused, match="being drawn just now"):
        hand.move([2], east)

    type(design).objects.filter(pk=design.pk).update(
        job=None, status=DesignStatus.PROPOSED, chosen=hand.alternative
    )
    with pytest.raises(AdjustmentRefused, match="is proposed, so no homes"):
        hand.move([2], east)


def test_who_moves_in_an_alternative_just_removed_is_told(hand):
    west, east = west_and_east(hand)
    stale, unit = hand.now(), hand.places[2]
    remove_alternative(alternative=stale, by=hand.by)

    with pytest.raises(AdjustmentChanged, match="removed this alternative meanwhile"):
        move_places(
            alternative=stale,
            places=[unit.pk],
            to=east.pk,
            version=1,
            token=uuid.uuid4(),
            by=hand.by,
        )
    with pytest.raises(AdjustmentChanged, match="removed this alternative meanwhile"):
        undo_move(alternative=stale, version=1, by=hand.by)


def test_moving_in_the_chosen_alternative_is_seen_by_who_is_about_to_propose_it(
    hand, manager
):
    west, east = west_and_east(hand)
    design = hand.alternative.design
    choose_alternative(
        design=design, alternative=hand.alternative, version=design.version, by=manager
    )
    design.refresh_from_db()
    seen = design.version

    hand.move([2], east)

    design.refresh_from_db()
    assert design.version == seen + 1


def test_the_map_read_back_is_the_map_that_was_kept(hand):
    west, east = west_and_east(hand)
    hand.move([2], east)
    now = hand.now()
    area = now.design.areas.get()

    board = load_area(now, area)

    assert [patch.homes for patch in board.patches] == [
        patch.home_count for patch in hand.patches
    ]
