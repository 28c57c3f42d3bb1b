"""Who answered for a home on a day, through the patch it was in."""

from __future__ import annotations

import datetime as dt

import pytest

from tenants.households.selectors import who_answers_here
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import (
    PatchMembershipFactory,
    PropertyFactory,
)

pytestmark = pytest.mark.django_db

LAST_DAY = dt.date(2026, 6, 11)
NEXT_DAY = dt.date(2026, 6, 12)


def test_home_is_answered_through_the_patch_it_was_in(ward):
    home = PropertyFactory(ward=ward)
    before, after = (AssignmentFactory(patch__ward=ward) for _ in range(2))
    PatchMembershipFactory(property=home, patch=before.patch, ends_on=LAST_DAY)
    PatchMembershipFactory(property=home, patch=after.patch, starts_on=NEXT_DAY)

    assert who_answers_here(home, LAST_DAY).answer.officer == before.officer
    assert who_answers_here(home, NEXT_DAY).answer.officer == after.officer


def test_nobody_answers_for_a_home_in_no_patch():
    assert who_answers_here(PropertyFactory(), NEXT_DAY).answer is None
