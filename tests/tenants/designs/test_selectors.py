"""What a published design means for households and associations."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from housingplus.common.dates import today
from officers.designs.changes import answers_of
from patches.models import DesignStatus
from tenants.designs.selectors import (
    count_letters_due,
    list_reviews_to_hand_over,
    list_taras_to_hand_over,
)
from tests.factories.designs import make_drawn_design
from tests.factories.officers import AssignmentFactory, OfficerFactory
from tests.factories.tenants import (
    HouseholdFactory,
    TaraFactory,
    TaraPatchFactory,
    TaraStreetFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(ward, team, manager):
    """Published for a month from now: the second of six streets goes from Ann to Bo.

    The third patch, Cy's, closes; a new one, which nobody leads yet, is in its place.
    """
    made = make_drawn_design(
        patches=3,
        new=1,
        ward=ward,
        author=manager,
        status=DesignStatus.SCHEDULED,
        starts_on=today() + dt.timedelta(days=30),
    )
    for patch, name in zip(made.present, ("Ann", "Bo", "Cy"), strict=True):
        patch.refresh_from_db()
        AssignmentFactory(
            patch=patch, officer=OfficerFactory(name=name), ends_on=patch.ends_on
        )
    return made


@pytest.fixture
def published(plan):
    return plan.design


@pytest.fixture
def answers(published):
    return answers_of(published)


@pytest.fixture
def households(plan, published):
    """A household in each of the twelve homes."""
    return [HouseholdFactory(property=home) for home in plan.homes]


def test_letters_are_due_where_the_officer_changes(
    plan,
    published,
    answers,
    households,
):
    moved = households[2]
    moved.do_not_write, moved.do_not_write_reason = True, "Safety plan"
    moved.save()

    due = count_letters_due(published, answers)

    changing = answers_of(published)
    assert changing.starts_on == published.starts_on
    assert due.home_count == due.household_count > 0
    assert due.not_written_to_count == 1
    assert due.by_ward == {plan.ward.pk: due.household_count}


def test_reviews_soon_after_are_handed_over(published, answers, households, manager):
    soon, later, unmoved = households[2], households[3], households[0]
    for household, days in ((soon, 30), (later, 200), (unmoved, 30)):
        household.do_not_write = True
        household.do_not_write_reason = "Safety plan"
        household.do_not_write_review_on = published.starts_on + dt.timedelta(days)
        household.save()

    assert list(list_reviews_to_hand_over(manager, published, answers)) == [soon]


def test_associations_are_told_whose_homes_go_to_whom(
    plan,
    published,
    answers,
    client_for,
    manager,
):
    moved, still = plan.homes[2], plan.homes[0]
    touched = TaraFactory(name="Moved Street Association", ward=plan.ward)
    TaraStreetFactory(tara=touched, ward=plan.ward, street=moved.street)
    spared = TaraFactory(name="Quiet Street Association", ward=plan.ward)
    TaraStreetFactory(tara=spared, ward=plan.ward, street=still.street)
    speaks = TaraFactory(name="Third Association", ward=plan.ward)
    TaraPatchFactory(tara=speaks, patch=plan.present[2])

    found = list_taras_to_hand_over(published, answers)

    assert [one.tara for one in found] == [touched, speaks]
    assert found[0].home_count == 2
    assert found[0].officer_changes == [("Ann", "Bo", 2)]
    assert found[1].closing == [plan.present[2]]
    url = reverse("patches:designs:hand_over", args=[published.pk])
    page = client_for(manager).get(url).content.decode()
    assert "Ann, then Bo (2 homes)" in page
    assert "choose what it speaks for now" in page
    assert "Quiet Street" not in page
