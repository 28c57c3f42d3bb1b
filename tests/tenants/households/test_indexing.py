"""Words and sounds a household is found by."""

from __future__ import annotations

import datetime as dt

import pytest

from tenants.households.indexing import rebuild_household_words, sounds_of
from tests.factories.tenants import (
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
    TenancyFactory,
    TenancyPersonFactory,
)

pytestmark = pytest.mark.django_db


def words(household, *, is_sound=False):
    return set(household.words.filter(is_sound=is_sound).values_list("word", flat=True))


def test_names_of_members_and_holders_are_indexed():
    household = HouseholdFactory()
    HouseholdMemberFactory(
        household=household,
        person=PersonFactory(first_name="Zoë", last_name="Smith-O'Neill"),
    )
    TenancyPersonFactory(
        tenancy=TenancyFactory(household=household),
        person=PersonFactory(first_name="Ben", last_name="خان"),
    )
    count = rebuild_household_words([household])
    assert words(household) == {"zoe", "smith", "oneill", "ben", "خان"}
    assert words(household, is_sound=True) == sounds_of(
        ["zoe", "smith", "oneill", "ben"]
    )
    assert count == household.words.count()


def test_people_who_left_are_not_indexed():
    household = HouseholdFactory()
    gone = dt.date(2025, 1, 1)
    HouseholdMemberFactory(
        household=household, ends_on=gone, person=PersonFactory(last_name="Gone")
    )
    tenancy = TenancyFactory(household=household, ends_on=gone)
    TenancyPersonFactory(tenancy=tenancy, person=PersonFactory(last_name="Left"))
    assert rebuild_household_words([household]) == 0


def test_rebuilding_replaces_words():
    household = HouseholdFactory()
    member = HouseholdMemberFactory(household=household)
    rebuild_household_words([household])
    member.person.last_name = "Ashworth"
    member.person.save()
    rebuild_household_words([household])
    assert words(household) == {"bea", "ashworth"}


@pytest.mark.parametrize(
    ("one", "other"), [("smith", "smyth"), ("catherine", "katherine")]
)
def test_names_that_sound_alike_share_a_sound(one, other):
    assert sounds_of([one]) == sounds_of([other]) != set()


def test_a_name_in_another_script_has_no_sound():
    assert sounds_of(["خان", "10"]) == set()
