"""What other parts of the site ask about letters."""

from __future__ import annotations

import pytest

from tenants.letters.selectors.ledger import ledger_rows
from tenants.letters.selectors.runs import (
    list_runs_to_approve,
)
from tenants.letters.selectors.samples import sample_of
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import PatchFactory
from tests.factories.tenants import CommunicationNeedsFactory

pytestmark = pytest.mark.django_db


def test_runs_to_approve_are_those_one_may_approve(
    composed, street, add_home, patch, leader, other_leader, manager, officer
):
    run = composed(patch)
    elsewhere = PatchFactory()
    AssignmentFactory(patch=elsewhere)
    add_home(elsewhere, ("Ms", "Far", "Away"))
    across = composed(patch, elsewhere)
    empty = composed(PatchFactory(ward=patch.ward))
    assert empty.letter_count == 0
    assert set(list_runs_to_approve(leader.user)) == {run}
    assert set(list_runs_to_approve(manager)) == {run, across}
    assert not list_runs_to_approve(other_leader.user)
    assert not list_runs_to_approve(officer.user)


def test_sample_and_ledger_cost_the_same_for_any_number(
    composed, add_home, patch, django_assert_num_queries
):
    add_home(patch, ("Ms", "Bea", "Jones"))
    small = composed(patch)
    for number in range(11):
        add_home(patch, ("Ms", "Bea", f"Tenant{number}"))
    large = composed(patch)
    for run in (small, large):
        with django_assert_num_queries(1):
            assert len(list(ledger_rows(run))) == run.letter_count


def test_a_sample_shows_the_longest_and_each_format(composed, add_home, street, patch):
    add_home(patch, ("Ms", "Bea", "Featherstonehaugh-Cholmondeley"))
    large = add_home(patch, ("Ms", "Bea", "Jones"))
    CommunicationNeedsFactory(
        household=large.households.get(), letter_format="large_print"
    )
    add_home(patch, ("Mr", "Ali", "Khan"), street="The Very Long Street By The River")
    sample = sample_of(composed(patch))
    names = {letter.addressee for letter in sample}
    assert "Ms B Featherstonehaugh-Cholmondeley" in names
    assert "Mr A Khan" in names
    assert "large_print" in {letter.letter_format for letter in sample}
    assert len(sample) < 6
