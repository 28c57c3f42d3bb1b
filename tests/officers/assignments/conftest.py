"""A patch with households, and its ward's leader at work."""

from __future__ import annotations

import pytest

from tests.factories.patches import PatchFactory, PatchMembershipFactory
from tests.factories.tenants import HouseholdFactory


@pytest.fixture
def patch(ward, team):
    """A patch of two homes; one household is not written to."""
    patch = PatchFactory(ward=ward)
    homes = PatchMembershipFactory.create_batch(2, patch=patch)
    HouseholdFactory(property=homes[0].property)
    HouseholdFactory(
        property=homes[1].property, do_not_write=True, do_not_write_reason="Asked"
    )
    return patch


@pytest.fixture
def page(client_for, leader):
    return client_for(leader.user)
