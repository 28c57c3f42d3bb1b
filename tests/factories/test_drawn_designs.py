"""The drawn designs tests stand on hang together."""

from __future__ import annotations

import pytest

from housingplus.common.dates import today
from patches.models import DesignStatus, PatchMembership, PublishedChange
from tests.factories.designs import make_drawn_design


@pytest.mark.django_db
@pytest.mark.parametrize("status", list(DesignStatus))
def test_a_design_may_be_of_any_status(status):
    made = make_drawn_design(status=status)
    made.design.full_clean()
    assert made.design.status == status


@pytest.mark.django_db
def test_figures_follow_from_the_placements():
    made = make_drawn_design(patches=3, homes=5, homes_in_unit=2, moved=1)
    sizes = [len(made.homes_of(patch)) for patch in made.drawn]
    assert sizes == [patch.home_count for patch in made.drawn] == [4, 6, 5]
    assert [patch.moved_count for patch in made.drawn] == [0, 1, 0]
    assert made.alternative.measures["moved_homes"] == 1
    assert made.as_now.measures["moved_homes"] == 0
    for alternative in (made.as_now, made.alternative):
        assert alternative.placements.count() == len(made.units) == 9


@pytest.mark.django_db
def test_nothing_moves_where_nothing_can():
    assert make_drawn_design(moved=0).alternative.measures["moved_homes"] == 0
    assert make_drawn_design(patches=1).alternative.measures["moved_homes"] == 0


@pytest.mark.django_db
def test_a_scheduled_design_is_published():
    made = make_drawn_design(new=1, status=DesignStatus.SCHEDULED)
    changes = made.design.published_patches.values_list("change", flat=True)
    assert set(changes) == set(PublishedChange.values)
    now = PatchMembership.objects.as_at(today()).filter(property__in=made.homes)
    assert now.count() == len(made.homes)
    assert now.filter(patch=made.present[1]).count() == 0
    counted = made.design.successions.values_list("home_count", flat=True)
    assert sum(counted) == len(made.homes)
