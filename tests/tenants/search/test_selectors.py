"""What the search finds, for whom, and by which index."""

from __future__ import annotations

import pytest
from django.db import connection

from patches.models import PropertyWord
from tenants.models import HouseholdWord
from tenants.search import selectors
from tenants.search.terms import parse
from tests.factories.designs import (
    DesignPatchFactory,
    PatchDesignFactory,
    make_drawn_design,
)
from tests.factories.officers import AssignmentFactory, OfficerFactory, WardTeamFactory
from tests.factories.patches import BlockFactory, PatchFactory
from tests.factories.tenants import TaraFactory

pytestmark = pytest.mark.django_db


def homes(typed, user):
    return list(selectors.find_homes(parse(typed), user))


def households(typed, user):
    return list(selectors.find_households(parse(typed), user))


@pytest.mark.parametrize(
    "typed",
    [
        "14 elm",
        "elm 14",
        "Elm Road 14",
        "14 elm kestrel",
        "ZK2 4AB",
        "zk24ab",
        "ZK2",
        "14 ZK24AB",
        "770000001234",
        "0770000001234",
        "KF-0042",
        "kf-00",
    ],
)
def test_home_is_found(home_at, manager, typed):
    home = home_at(
        building="14",
        street="Elm Road",
        town="Kestrelford",
        postcode="ZK2 4AB",
        uprn="770000001234",
        reference="KF-0042",
    )
    home_at(building="140", street="Oak Road", postcode="ZK9 9ZZ", town="Otherton")
    assert homes(typed, manager) == [home]


def test_flat_is_found_by_words_in_any_order(home_at, manager):
    flat = home_at(sub_building="Flat 3", building="Kestrel House", street="Elm Road")
    home_at(sub_building="Flat 13", building="Kestrel House", street="Elm Road")
    assert homes("flat 3 kestrel", manager) == [flat]
    assert homes("kestrel flat 3", manager) == [flat]


def test_homes_come_in_walking_order(home_at, manager):
    numbers = ["10", "2", "2A"]
    found = {number: home_at(building=number) for number in numbers}
    assert homes("elm", manager) == [found["2"], found["2A"], found["10"]]


def test_every_word_must_match(home_at, manager):
    home_at(building="14", street="Elm Road")
    assert homes("14 elm nowhere", manager) == []


def test_house_number_is_not_half_a_postcode(home_at, manager):
    home_at(building="7", street="Elm Road", postcode="ZK2 1AB")
    lettered = home_at(building="1B", street="Elm Road", postcode="ZK2 4AB")
    home_at(building="11", street="Elm Road", postcode="ZK2 4AB")
    assert homes("1 elm", manager) == [lettered]


@pytest.mark.parametrize(
    "typed", ["khan", "kha", "amir khan", "khan am", "khan 14 elm", "elm khan"]
)
def test_household_is_found_by_what_is_remembered(home_at, living_at, manager, typed):
    home = home_at(building="14", street="Elm Road")
    household = living_at(home, "Amir Khan", "Bea Jones")
    living_at(home_at(building="16", street="Oak Road"), "Carl Dobson")
    assert households(typed, manager) == [household]


@pytest.mark.parametrize(
    ("name", "typed"),
    [("Joan Smyth", "smith"), ("Ann Clarke", "clark"), ("Jon Philips", "fillips")],
)
def test_household_is_found_by_sound(home_at, living_at, manager, name, typed):
    household = living_at(home_at(), name)
    assert households(typed, manager) == [household]


def test_names_that_sound_alike_come_with_a_few_that_match(home_at, living_at, manager):
    smith = living_at(home_at(building="1"), "Al Smith")
    smyth = living_at(home_at(building="2"), "Bo Smyth")
    assert households("smith", manager) == [smith, smyth]


def test_household_that_moved_away_is_not_found(home_at, living_at, manager):
    household = living_at(home_at(), "Amir Khan")
    household.ends_on = household.starts_on
    household.save()
    assert households("khan", manager) == []


def test_officer_finds_own_households_only(home_at, living_at, officer, ward):
    mine, other = PatchFactory(ward=ward), PatchFactory()
    AssignmentFactory(patch=mine, officer=officer)
    household = living_at(home_at(patch=mine, building="1"), "Amir Khan")
    living_at(home_at(patch=other, building="2"), "Bina Khan")
    assert households("khan", officer.user) == [household]


def test_leader_finds_households_of_own_wards_only(
    home_at, living_at, leader, other_leader, ward
):
    living_at(home_at(patch=PatchFactory(ward=ward)), "Amir Khan")
    assert len(households("khan", leader.user)) == 1
    assert households("khan", other_leader.user) == []
    assert households("kahn", other_leader.user) == []


def test_analyst_has_no_names_to_search(analyst):
    assert "households" not in {group.key for group in selectors.groups_for(analyst)}


@pytest.mark.parametrize("typed", ["KS-04", "ks04", "KS 04", "harbour"])
def test_patch_is_found_by_code_or_name(manager, typed):
    patch = PatchFactory(code="KS-04", name="Harbour side")
    PatchFactory(code="KS-05", name="Hill")
    assert list(selectors.find_patches(parse(typed), manager)) == [patch]


def test_people_and_places_are_found_by_name(manager):
    officer = OfficerFactory(name="Priya Calder")
    team = WardTeamFactory(name="Harbour team")
    tara = TaraFactory(name="Harbour residents")
    block = BlockFactory(name="Harbour Court")
    assert list(selectors.find_officers(parse("calder pri"), manager)) == [officer]
    assert list(selectors.find_teams(parse("harb"), manager)) == [team]
    assert list(selectors.find_taras(parse("harb"), manager)) == [tara]
    assert list(selectors.find_blocks(parse("harb"), manager)) == [block]
    wards = selectors.find_wards(parse(block.ward.name), manager)
    assert list(wards) == [block.ward]


def test_designs_are_found_by_words_of_the_name(manager):
    PatchDesignFactory(name="Southern wards, spring")
    found = PatchDesignFactory(name="Spring in the north")
    assert list(selectors.find_designs(parse("north spring"), manager)) == [found]
    assert not selectors.find_designs(parse("autumn"), manager)


@pytest.mark.parametrize("typed", ["KS-41", "ks41", "ks 41"])
def test_designs_are_found_by_the_code_of_a_new_patch(manager, typed):
    drawn = DesignPatchFactory(code="KS-41")
    DesignPatchFactory(code="KS-411")
    DesignPatchFactory(code="KS-41", continues=PatchFactory(code="KS-41"))
    assert list(selectors.find_designs(parse(typed), manager)) == [
        drawn.alternative.design
    ]


def test_drafts_are_found_by_those_who_draw(manager, analyst):
    draft = make_drawn_design(name="A draft of spring").design
    shown = make_drawn_design(name="Spring proposed", status="proposed").design
    assert set(selectors.find_designs(parse("spring"), manager)) == {draft, shown}
    assert list(selectors.find_designs(parse("spring"), analyst)) == [shown]


@pytest.mark.parametrize("typed", ["770000001234", "KF-0042", "ZK2 4AB", "zk24ab"])
def test_exact_identifier_opens_the_home(home_at, manager, typed):
    home = home_at(uprn="770000001234", reference="KF-0042", postcode="ZK2 4AB")
    home_at(postcode="ZK2 4AD")
    assert selectors.find_exact(parse(typed), manager) == home


@pytest.mark.parametrize("typed", ["KS-04", "ks04"])
def test_exact_code_opens_the_patch(manager, typed):
    patch = PatchFactory(code="KS-04")
    PatchFactory(code="KS-041")
    assert selectors.find_exact(parse(typed), manager) == patch


@pytest.mark.parametrize("typed", ["ZK2 4AB", "elm", "9900", "", "kf"])
def test_anything_less_opens_nothing(home_at, manager, typed):
    home_at(building="1", postcode="ZK2 4AB", reference="KF-0042", uprn="770000001234")
    home_at(building="2", postcode="ZK2 4AB")
    assert selectors.find_exact(parse(typed), manager) is None


@pytest.mark.parametrize(
    ("model", "index"),
    [(PropertyWord, "property_word_once"), (HouseholdWord, "household_word_once")],
)
def test_prefixes_are_ranges_of_an_index(model, index):
    rows = model.objects.filter(word__prefix="elm").order_by()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = rows.explain()
        assert f"on {index}" in plan or f"using {index}" in plan
        assert "~>=~" in plan
    else:
        plan = rows.explain()
        assert "USING" in plan
        assert f"INDEX {index} (word>? AND word<?)" in plan


def test_prefix_takes_marks_as_they_are(home_at):
    PropertyWord.objects.create(property=home_at(), word="100%")
    assert PropertyWord.objects.filter(word__prefix="100%").count() == 1
    assert PropertyWord.objects.filter(word__prefix="%").count() == 0
