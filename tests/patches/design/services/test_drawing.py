"""Drawing a design: what is kept of the ground and of the maps."""

from __future__ import annotations

import pytest

from housingplus.jobs.models import JobStatus
from patches.design.selectors.boards import load_area
from patches.models import (
    DesignHome,
    DesignPatchWork,
    DesignRule,
    DesignUnit,
    PatchDesign,
    RuleKind,
)
from tests.factories.designs import WorkRecordFactory
from tests.factories.patches import (
    BlockFactory,
    PropertyFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db
KINDS = ["as_now", "fewest_moved", "most_compact", "best_balance", "weighted"]


def whole_map(alternative):
    """Return each unit's patch code, by area and number."""
    placed = alternative.placements.values_list(
        "unit__area__number", "unit__number", "patch__code"
    )
    return sorted(placed)


def test_draws_five_alternatives(uneven, draw_now):
    job = draw_now(uneven)

    assert job.status == JobStatus.DONE
    assert [row.kind for row in uneven.alternatives.order_by("number")] == KINDS
    assert uneven.drawn_at is not None
    as_now, fewest, *_, balanced, _ = uneven.alternatives.order_by("number")
    assert as_now.measures["worst"] == pytest.approx(1 / 3)
    assert as_now.measures["moved_homes"] == 0
    assert balanced.measures["within"] == [1, 1, 1]
    assert fewest.measures["moved_homes"] == 4
    assert balanced.score is not None


def test_freezes_homes_with_work_and_present_patch(uneven, draw_now):
    draw_now(uneven)

    homes = DesignHome.objects.filter(design=uneven)
    assert homes.count() == 24
    assert [home.hours for home in homes] == pytest.approx([1 / 12] * 24)
    assert not homes.filter(patch=None).exists()
    assert not homes.filter(unit=None).exists()
    units = DesignUnit.objects.filter(area__design=uneven)
    assert sum(unit.home_count for unit in units) == 24
    (work,) = {tuple(own) for unit in units for own in unit.work.values()}
    assert work == pytest.approx((8, 1 / 3, 0))


def test_every_unit_is_in_one_patch_whose_figures_add_up(uneven, draw_now):
    draw_now(uneven)

    for alternative in uneven.alternatives.all():
        patches = alternative.patches.all()
        assert alternative.placements.count() == 6
        assert sum(patch.home_count for patch in patches) == 24
        for patch in patches:
            own = patch.placements.values_list("unit__home_count", flat=True)
            assert sum(own) == patch.home_count
            work = DesignPatchWork.objects.get(patch=patch)
            assert work.per_year == pytest.approx(2 * patch.home_count)
            assert work.officer_hours == pytest.approx(patch.hours)


def test_patches_go_on_as_those_whose_homes_they_keep(uneven, draw_now):
    draw_now(uneven)

    present = set(uneven.wards.get().patches.values_list("pk", "code"))
    for alternative in uneven.alternatives.all():
        going_on = set(alternative.patches.values_list("continues", "code"))
        assert going_on == present


def test_new_patches_have_new_codes(uneven, draw_now):
    PatchDesign.objects.filter(pk=uneven.pk).update(sizing="patches", sizing_value=3)
    draw_now(uneven)

    balanced = uneven.alternatives.get(kind="best_balance")
    new = balanced.patches.get(continues=None)
    assert new.code.startswith("P")
    assert new.code not in set(
        uneven.wards.get().patches.values_list("code", flat=True)
    )
    assert new.moved_count == new.home_count


def test_same_wishes_and_seed_give_the_same_map(uneven, draw_now, manager):
    draw_now(uneven)
    first = [whole_map(a) for a in uneven.alternatives.order_by("number")]
    draw_now(uneven)

    assert [whole_map(a) for a in uneven.alternatives.order_by("number")] == first


def test_maps_read_back_are_those_drawn(uneven, draw_now):
    draw_now(uneven)

    area = uneven.areas.get()
    for alternative in uneven.alternatives.all():
        board = load_area(alternative, area)
        rows = list(alternative.patches.order_by("number"))
        assert [patch.name for patch in board.patches] == [row.code for row in rows]
        for patch, row in zip(board.patches, rows, strict=True):
            assert patch.homes == row.home_count
            assert patch.deviation == row.deviation
            assert patch.walk_metres == row.walk_metres
            assert patch.walk_spread == row.walk_spread
            assert patch.why_outside == row.why_outside


def test_wards_of_a_team_are_one_area(make_streets, make_design, draw_now):
    wards = [WardFactory(), WardFactory(), WardFactory()]
    for ward in wards:
        make_streets(ward)
    design = make_design(*wards, sizing="patches", sizing_value=4)
    draw_now(design, [("Castle", (wards[0].pk, wards[1].pk)), ("Hill", (wards[2].pk,))])

    counted = design.alternatives.get(kind="best_balance").patches
    assert [area.name for area in design.areas.all()] == ["Castle", "Hill"]
    assert counted.filter(area__name="Castle").count() in {2, 3}
    assert counted.count() == 4


def test_without_present_patches_there_is_nothing_to_compare(
    make_streets, make_design, draw_now
):
    ward = WardFactory()
    make_streets(ward)
    design = make_design(ward)
    draw_now(design)

    assert [row.kind for row in design.alternatives.order_by("number")] == KINDS[2:]
    # Twenty-four average homes and a band of eight to twelve.
    assert {row.patches.count() for row in design.alternatives.all()} == {2}


def test_homes_with_no_place_are_in_no_patch(uneven, draw_now):
    lost = PropertyFactory(
        ward=uneven.wards.get(), street="Nowhere", postcode="ZK99 9ZZ"
    )
    draw_now(uneven)

    assert DesignHome.objects.get(design=uneven, property=lost).unit is None
    assert uneven.areas.get().report["unplaced"] == [lost.pk]
    assert {a.measures["unplaced"] for a in uneven.alternatives.all()} == {1}


def test_units_of_homes_in_no_patch_are_in_none_as_now(uneven, make_streets, draw_now):
    make_streets(uneven.wards.get(), streets=1)
    home = uneven.wards.get().properties.order_by("-pk").first()
    home.block = BlockFactory(ward=home.ward)
    home.save()
    draw_now(uneven)

    as_now = uneven.alternatives.get(kind="as_now")
    assert as_now.measures["none"] == 1
    assert as_now.placements.count() == DesignUnit.objects.count() - 1


def test_hard_neighbourhoods_have_lower_bands(uneven, assumptions, draw_now):
    own = uneven.wards.get().properties.order_by("pk")[:12]
    for home in own:
        WorkRecordFactory(
            property=home, work_type=assumptions.rates.get().work_type, count=40
        )
    draw_now(uneven)
    as_now = uneven.alternatives.get(kind="as_now").patches
    heavy, light = as_now.order_by("-hours")

    assert heavy.hours / heavy.home_count > light.hours / light.home_count
    assert heavy.band_max < light.band_max == 12


def test_rules_are_kept(uneven, draw_now):
    ward = uneven.wards.get()
    homes = list(ward.properties.order_by("pk").values_list("pk", flat=True))
    kept = ward.patches.order_by("pk").last()
    DesignRule.objects.create(
        design=uneven, kind=RuleKind.KEEP, patch=kept, label="Kept"
    )
    draw_now(uneven)

    for alternative in uneven.alternatives.all():
        patch = alternative.patches.get(continues=kept)
        assert patch.is_kept
        own = DesignHome.objects.filter(unit__placements__patch=patch)
        assert {home.property_id for home in own} == set(homes[-8:])
