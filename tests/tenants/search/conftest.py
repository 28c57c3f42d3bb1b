"""Homes and people to look for."""

import pytest

from patches.models import Property
from patches.properties.indexing import rebuild_property_words
from tenants.households.indexing import rebuild_household_words
from tenants.models import Household
from tests.factories.patches import PatchMembershipFactory, PropertyFactory
from tests.factories.tenants import (
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
)


@pytest.fixture
def home_at():
    """Make an indexed home; keywords are the address's parts."""

    def make(**parts) -> Property:
        patch = parts.pop("patch", None)
        if patch is not None:
            parts["ward"] = patch.ward
        home = PropertyFactory(**parts)
        if patch is not None:
            PatchMembershipFactory(patch=patch, property=home)
        rebuild_property_words([home])
        return home

    return make


@pytest.fixture
def living_at():
    """Make an indexed household of the people named "First Last" at a home."""

    def make(home: Property, *names: str) -> Household:
        household = HouseholdFactory(property=home)
        for name in names:
            first, last = name.split(" ", 1)
            person = PersonFactory(first_name=first, last_name=last)
            HouseholdMemberFactory(household=household, person=person)
        rebuild_household_words([household])
        return household

    return make
