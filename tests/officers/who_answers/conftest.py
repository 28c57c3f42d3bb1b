"""A street with an officer, and a visitor nobody knows."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache

from tests.factories.officers import (
    AssignmentFactory,
    OfficerFactory,
    TeamLeadershipFactory,
    TeamWardFactory,
    WardTeamFactory,
)
from tests.factories.patches import (
    LandlordFactory,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)

DAY = dt.date(2026, 3, 3)


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> None:
    cache.clear()


@pytest.fixture
def ward():
    return WardFactory(name="Kestrel")


@pytest.fixture
def team(ward):
    team = WardTeamFactory(
        name="Kestrel ward team", email="kestrel@kestrelford.example"
    )
    TeamWardFactory(team=team, ward=ward)
    TeamLeadershipFactory(team=team, officer=OfficerFactory(name="Alex Doyle"))
    return team


@pytest.fixture
def patch(ward, team):
    return PatchFactory(ward=ward, code="KS-04", name="Harbour")


@pytest.fixture
def officer():
    return OfficerFactory(name="Priya Nair", email="p.nair@kestrelford.example")


@pytest.fixture
def lead(patch, officer):
    return AssignmentFactory(patch=patch, officer=officer)


@pytest.fixture
def landlord():
    return LandlordFactory(name="Kestrelford Homes")


@pytest.fixture
def home_in(landlord):
    """Make a home in a patch (or in none, given a ward)."""

    def make(patch=None, **values):
        values = {"landlord": landlord, **values}
        if patch is None:
            return PropertyFactory(**values)
        home = PropertyFactory(ward=patch.ward, **values)
        PatchMembershipFactory(patch=patch, property=home)
        return home

    return make
