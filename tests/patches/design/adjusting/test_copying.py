"""Copies to move homes in, and doing away with one."""

from __future__ import annotations

import pytest

from housingplus.audit.models import AuditEvent
from patches.design.errors import AdjustmentChanged, AdjustmentRefused
from patches.design.services.copying import copy_alternative, remove_alternative
from patches.design.services.deciding import choose_alternative
from patches.models import AlternativeKind, DesignStatus
from tests.factories.designs import DesignCommentFactory
from tests.factories.patches import PatchFactory, WardFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(uneven, draw_now):
    draw_now(uneven)
    return uneven


def test_a_copy_is_the_same_map_under_another_name(drawn, manager):
    source = drawn.alternatives.get(kind="most_compact")

    made = copy_alternative(alternative=source, name="  Elm  first ", by=manager)

    assert (made.kind, made.name) == (AlternativeKind.BY_HAND, "Elm first")
    assert (made.copied_from, made.created_by) == (source, manager)
    assert made.measures == source.measures
    assert dict(made.placements.values_list("unit", "patch__code")) == dict(
        source.placements.values_list("unit", "patch__code")
    )
    event = AuditEvent.objects.get(verb="patch design.alternative copied")
    assert event.summary == "“Elm first” from “Most compact”"


def test_as_now_can_be_the_beginning(drawn, manager):
    source = drawn.alternatives.get(kind="as_now")

    made = copy_alternative(alternative=source, name="Small steps", by=manager)

    assert [p.home_count for p in made.patches.all()] == [
        p.home_count for p in source.patches.all()
    ]
    assert made.measures["moved_homes"] == 0


def test_bands_somebody_chose_are_copied(drawn, manager):
    source = drawn.alternatives.get(kind="most_compact")
    chosen = source.patches.order_by("number").first()
    source.patches.filter(pk=chosen.pk).update(
        band_min=3, band_max=4, band_reason="Two towers"
    )

    made = copy_alternative(alternative=source, name="Copy", by=manager)

    own = made.patches.get(number=chosen.number)
    assert (own.band_min, own.band_max, own.band_reason) == (3, 4, "Two towers")
    others = made.patches.exclude(pk=own.pk)
    assert set(others.values_list("band_reason", flat=True)) == {""}
    assert made.measures["in_band"] == source.measures["in_band"] - 1


def test_pressing_twice_makes_one_copy(drawn, manager):
    source = drawn.alternatives.get(kind="most_compact")

    first = copy_alternative(alternative=source, name="Copy", by=manager)

    assert copy_alternative(alternative=source, name="Copy", by=manager) == first
    assert drawn.alternatives.filter(kind="by_hand").count() == 1


@pytest.mark.parametrize("name", ["Best balance", "best BALANCE"])
def test_two_alternatives_never_have_the_same_name(drawn, manager, name):
    source = drawn.alternatives.get(kind="most_compact")

    with pytest.raises(AdjustmentRefused, match="already. Enter another") as refused:
        copy_alternative(alternative=source, name=name, by=manager)

    assert refused.value.field == "name"


def test_a_copy_in_which_somebody_moved_is_not_given_out_again(drawn, manager):
    source = drawn.alternatives.get(kind="most_compact")
    made = copy_alternative(alternative=source, name="Copy", by=manager)
    type(made).objects.filter(pk=made.pk).update(version=2)

    with pytest.raises(AdjustmentRefused, match="already"):
        copy_alternative(alternative=source, name="Copy", by=manager)


def test_patches_over_two_teams_areas_are_not_adjusted(
    make_streets, make_design, draw_now, manager
):
    wards = [WardFactory() for _ in range(2)]
    across = PatchFactory(ward=wards[0])
    own = PatchFactory(ward=wards[1])
    make_streets(wards[0], [across], streets=4)
    make_streets(wards[1], [across, own, own, own], streets=4)
    design = make_design(*wards, sizing="present")
    draw_now(design)
    source = design.alternatives.get(kind="as_now")

    with pytest.raises(AdjustmentRefused, match=rf"ward teams \({across.code}\)"):
        copy_alternative(alternative=source, name="Copy", by=manager)


def test_only_drafts_are_copied(drawn, manager):
    source = drawn.alternatives.get(kind="most_compact")
    type(drawn).objects.filter(pk=drawn.pk).update(
        status=DesignStatus.PROPOSED, chosen=source
    )

    with pytest.raises(AdjustmentRefused, match="is proposed"):
        copy_alternative(alternative=source, name="Copy", by=manager)


def test_removing_leaves_the_others_and_what_was_copied_from_it(drawn, manager):
    source = drawn.alternatives.get(kind="most_compact")
    first = copy_alternative(alternative=source, name="First", by=manager)
    second = copy_alternative(alternative=first, name="Second", by=manager)

    remove_alternative(alternative=first, by=manager)

    second.refresh_from_db()
    assert second.copied_from is None
    assert second.placements.count() == source.placements.count()
    assert not drawn.alternatives.filter(name="First").exists()
    with pytest.raises(AdjustmentChanged, match="removed this alternative"):
        remove_alternative(alternative=first, by=manager)


def test_what_is_drawn_chosen_or_commented_on_is_not_removed(drawn, manager):
    source = drawn.alternatives.get(kind="most_compact")
    with pytest.raises(AdjustmentRefused, match="stays as it was drawn"):
        remove_alternative(alternative=source, by=manager)

    chosen = copy_alternative(alternative=source, name="Chosen", by=manager)
    choose_alternative(
        design=drawn, alternative=chosen, version=drawn.version, by=manager
    )
    with pytest.raises(AdjustmentRefused, match="is chosen"):
        remove_alternative(alternative=chosen, by=manager)

    spoken = copy_alternative(alternative=source, name="Spoken about", by=manager)
    DesignCommentFactory(design=drawn, patch=spoken.patches.first())
    with pytest.raises(AdjustmentRefused, match="have commented"):
        remove_alternative(alternative=spoken, by=manager)
