"""Which association speaks for whom, who leads on it, when it was last heard."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patches.models import Ward
from tenants.models import Tara
from tenants.taras import selectors
from tests.factories.officers import (
    AssignmentFactory,
    OfficerFactory,
    TeamLeadershipFactory,
    TeamWardFactory,
    WardTeamFactory,
)
from tests.factories.patches import (
    BlockFactory,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)
from tests.factories.tenants import (
    TaraBlockFactory,
    TaraContactFactory,
    TaraFactory,
    TaraOfficerFactory,
    TaraPatchFactory,
    TaraStreetFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 6, 1)


@pytest.fixture
def tara():
    return TaraFactory()


def test_homes_of_tara_come_from_streets_blocks_and_patches_once_each(tara):
    TaraStreetFactory(tara=tara)
    block = BlockFactory(ward=tara.ward)
    TaraBlockFactory(tara=tara, block=block)
    patch = PatchFactory(ward=tara.ward)
    TaraPatchFactory(tara=tara, patch=patch)
    both = PropertyFactory(ward=tara.ward, block=block)
    on_street = PropertyFactory(ward=tara.ward)
    in_block = PropertyFactory(
        ward=tara.ward, block=block, street="Oak Lane", street_key="oak lane"
    )
    in_patch = PatchMembershipFactory(
        patch=patch,
        property=PropertyFactory(street="Ash Way", street_key="ash way"),
    ).property
    PropertyFactory()  # Elm Road in another ward
    PropertyFactory(ward=tara.ward, managed_to=dt.date(2026, 5, 1))
    assert set(selectors.homes_of_tara(tara, DAY)) == {
        both,
        on_street,
        in_block,
        in_patch,
    }


def test_homes_of_tara_follow_the_patch_over_time(tara):
    patch = PatchFactory(ward=tara.ward)
    TaraPatchFactory(tara=tara, patch=patch)
    row = PatchMembershipFactory(patch=patch, ends_on=dt.date(2026, 5, 1))
    assert list(selectors.homes_of_tara(tara, dt.date(2026, 5, 1))) == [row.property]
    assert not selectors.homes_of_tara(tara, DAY)


@pytest.mark.parametrize("part", ["street", "block", "patch"])
def test_taras_of_a_property_and_of_its_patch(tara, part):
    patch = PatchFactory(ward=tara.ward)
    home = PropertyFactory(ward=tara.ward, block=BlockFactory(ward=tara.ward))
    PatchMembershipFactory(patch=patch, property=home)
    if part == "street":
        TaraStreetFactory(tara=tara)
    elif part == "block":
        TaraBlockFactory(tara=tara, block=home.block)
    else:
        TaraPatchFactory(tara=tara, patch=patch)
    elsewhere = PatchMembershipFactory(
        property=PropertyFactory(street="Ash Way", street_key="ash way")
    )
    assert list(selectors.list_taras_for_property(home, DAY)) == [tara]
    assert list(selectors.list_taras_for_patch(patch, DAY)) == [tara]
    assert not selectors.list_taras_for_property(elsewhere.property, DAY)
    assert not selectors.list_taras_for_patch(elsewhere.patch, DAY)


def test_a_closed_tara_speaks_for_nobody(tara):
    TaraStreetFactory(tara=tara)
    tara.closed_on = DAY
    tara.save()
    home = PropertyFactory(ward=tara.ward)
    assert not selectors.list_taras_for_property(home, DAY)


def test_an_officer_liaises_with_taras_of_their_patches_and_those_named(tara):
    officer = OfficerFactory()
    patch = PatchFactory(ward=tara.ward)
    AssignmentFactory(patch=patch, officer=officer)
    TaraPatchFactory(tara=tara, patch=patch)
    named = TaraFactory()
    TaraOfficerFactory(tara=named, officer=officer)
    TaraFactory()
    assert set(selectors.list_taras_for_officer(officer, DAY)) == {tara, named}


def test_taras_without_contact_put_those_never_heard_of_first(tara):
    TaraContactFactory(tara=tara, on=dt.date(2026, 2, 1))
    never = TaraFactory(ward=tara.ward)
    recent = TaraFactory(ward=tara.ward)
    TaraContactFactory(tara=recent, on=dt.date(2026, 5, 20))
    TaraFactory()
    found = selectors.list_taras_without_contact([tara.ward], 12, DAY)
    assert list(found) == [never, tara]
    assert [row.last_contact_on for row in found] == [None, dt.date(2026, 2, 1)]
    everywhere = selectors.list_taras_without_contact(Ward.objects.all(), 1, DAY)
    assert recent in everywhere


def test_the_ward_team_leader_leads_unless_another_is_named(tara):
    team, leader = WardTeamFactory(), OfficerFactory()
    TeamWardFactory(team=team, ward=tara.ward)
    TeamLeadershipFactory(team=team, officer=leader)
    people = selectors.people_of_taras([tara], DAY)[tara.pk]
    assert (people.lead, people.is_named, people.liaison) == (leader, False, None)
    other, liaison = OfficerFactory(), OfficerFactory()
    TaraOfficerFactory(tara=tara, officer=other, kind="lead")
    TaraOfficerFactory(tara=tara, officer=liaison)
    people = selectors.people_of_taras([tara], DAY)[tara.pk]
    assert (people.lead, people.is_named, people.liaison) == (other, True, liaison)


def test_a_ward_without_team_has_no_lead(tara):
    people = selectors.people_of_taras([tara], DAY)[tara.pk]
    assert (people.lead, people.team) == (None, None)


def test_people_of_taras_costs_the_same_for_many():
    TaraFactory.create_batch(2)
    with CaptureQueriesContext(connection) as few:
        selectors.people_of_taras(Tara.objects.all(), DAY)
    TaraFactory.create_batch(10)
    with CaptureQueriesContext(connection) as many:
        selectors.people_of_taras(Tara.objects.all(), DAY)
    assert len(few) == len(many)


def test_parts_have_counts_of_homes(tara):
    TaraStreetFactory(tara=tara)
    TaraBlockFactory(tara=tara, block=BlockFactory(ward=tara.ward))
    patch = PatchFactory(ward=tara.ward)
    TaraPatchFactory(tara=tara, patch=patch)
    PatchMembershipFactory(patch=patch)
    PropertyFactory.create_batch(2, ward=tara.ward, street_key="elm road")
    counts = [(part.kind, part.home_count) for part in selectors.list_parts(tara, DAY)]
    assert counts == [("Street", 3), ("Block", 0), ("Patch", 1)]


def test_streets_of_a_ward_are_listed_with_their_homes():
    ward = WardFactory()
    PropertyFactory.create_batch(2, ward=ward)
    PropertyFactory(ward=ward, street="Ash Way", street_key="ash way")
    PropertyFactory()
    assert selectors.list_streets_of_ward(ward, DAY) == [
        ("ash way", "Ash Way", 1),
        ("elm road", "Elm Road", 2),
    ]


def test_named_officer_who_has_left_leads_no_more(tara):
    last = DAY - dt.timedelta(days=1)
    row = TaraOfficerFactory(
        tara=tara, kind="lead", officer=OfficerFactory(left_on=last)
    )
    team = TeamWardFactory(ward=tara.ward).team
    leader = TeamLeadershipFactory(team=team).officer
    assert selectors.people_of_taras([tara], last)[tara.pk].lead == row.officer
    assert selectors.people_of_taras([tara], DAY)[tara.pk].lead == leader


def _home(ward, street="Elm Road", **values):
    return PropertyFactory(ward=ward, street=street, **values)


def test_taras_for_all_of_some_homes_speak_for_each_of_them():
    """By its street, its block or its patch, whichever; closed ones for nobody."""
    ward = WardFactory()
    block, patch = BlockFactory(ward=ward), PatchFactory(ward=ward)
    on_street = _home(ward)
    in_block = _home(ward, "Oak Lane", block=block)
    in_patch = _home(ward, "Fir Walk")
    PatchMembershipFactory(patch=patch, property=in_patch)
    wide, narrow = TaraFactory(ward=ward, name="B"), TaraFactory(ward=ward, name="A")
    closed = TaraFactory(ward=ward, closed_on=DAY)
    for tara in (wide, narrow, closed):
        TaraStreetFactory(tara=tara, street="Elm Road")
    TaraBlockFactory(tara=wide, block=block)
    TaraPatchFactory(tara=wide, patch=patch)
    found = selectors.list_taras_for_all_of
    assert found([on_street], DAY) == [narrow, wide]
    assert found([on_street, in_block, in_patch], DAY) == [wide]
    assert found([on_street, _home(ward, "Ash Way")], DAY) == []
    assert found([], DAY) == []


def test_taras_of_the_same_street_in_another_ward_do_not_speak(tara):
    TaraStreetFactory(tara=tara)
    elsewhere = _home(WardFactory())
    assert selectors.list_taras_for_all_of([elsewhere], DAY) == []


def test_taras_for_all_of_many_homes_cost_no_more_queries(tara):
    TaraStreetFactory(tara=tara)
    homes = [_home(tara.ward) for _ in range(12)]
    with CaptureQueriesContext(connection) as few:
        selectors.list_taras_for_all_of(homes[:2], DAY)
    with CaptureQueriesContext(connection) as many:
        assert selectors.list_taras_for_all_of(homes, DAY) == [tara]
    assert len(many) == len(few) <= 5
