"""Which homes a text names, and what a rule may be about."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from housingplus.common.dates import today
from patches.design.selectors import rules as selectors
from tests.factories.designs import PatchDesignFactory
from tests.factories.patches import (
    BlockFactory,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def design(ward):
    return PatchDesignFactory(wards=[ward], homes_on=today())


def test_homes_are_named_by_uprn_or_reference(design, ward):
    one = PropertyFactory(ward=ward, uprn="10012345")
    two = PropertyFactory(ward=ward, reference="KF-0002")
    three = PropertyFactory(ward=ward, reference="Elm House 3", uprn=None)
    four = PropertyFactory(ward=ward, reference="00077", uprn=None)

    for text in (
        "10012345, kf-0002; Elm House 3\r\n00077",
        "000010012345 KF-0002\nElm House 3\t00077\0",
        "10012345\n10012345\n\nKF-0002,Elm  House 3,00077",
    ):
        found = selectors.find_homes(design, text)
        assert found.ids == sorted(home.pk for home in (one, two, three, four))
        assert [*found.unknown, *found.unclear, *found.outside] == []


def test_what_is_not_understood_is_told_apart(design, ward):
    PropertyFactory(uprn="10012345")
    for _ in range(2):
        PropertyFactory(ward=ward, reference="KF-7")
    PropertyFactory(ward=ward, reference="OLD-1", managed_to=today().replace(year=2025))

    found = selectors.find_homes(design, "10012345, KF-7, nothing, OLD-1")

    assert found.ids == []
    assert found.outside == ["10012345"]
    assert found.unclear == ["KF-7"]
    assert found.unknown == ["nothing", "OLD-1"]


def test_finding_homes_takes_two_queries_however_many(design, ward):
    counts = []
    for _ in range(2):
        homes = PropertyFactory.create_batch(5, ward=ward)
        with CaptureQueriesContext(connection) as asked:
            selectors.find_homes(design, "\n".join(home.uprn for home in homes))
        counts.append(len(asked))

    assert counts == [2, 2]


def test_streets_and_blocks_hold_the_designs_homes_only(design, ward):
    elm = PropertyFactory.create_batch(2, ward=ward)
    block = BlockFactory(ward=ward)
    flat = PropertyFactory(ward=ward, block=block, street="Oak Row", street_key="oak")
    PropertyFactory()
    PropertyFactory(ward=ward, managed_to=today().replace(year=2025))
    key = (ward.pk, elm[0].street_key)

    streets = selectors.list_streets(design, ward)

    assert streets == [(key, "Elm Road", 2), ((ward.pk, "oak"), "Oak Row", 1)]
    assert selectors.homes_on_streets(design, [key]) == [home.pk for home in elm]
    assert selectors.homes_on_streets(design, []) == []
    assert selectors.homes_in_blocks(design, [block]) == [flat.pk]
    assert selectors.homes_in_blocks(design, []) == []


def test_a_street_spelled_two_ways_is_one(design, ward):
    PropertyFactory(ward=ward, street="St Ann's Road", street_key="st anns road")
    PropertyFactory(ward=ward, street="St Anns Road", street_key="st anns road")

    assert [total for _, _, total in selectors.list_streets(design, ward)] == [2]


def test_patches_on_offer_have_homes_in_the_wards(design, ward):
    across = PatchFactory(ward=WardFactory())
    for _ in range(2):
        PatchMembershipFactory(patch=across, property=PropertyFactory(ward=ward))
    PatchMembershipFactory(patch=across)
    PatchMembershipFactory()

    found = list(selectors.list_patches(design))

    assert found == [across]
    assert found[0].homes_here == 2
