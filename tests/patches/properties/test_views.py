"""The page of one home."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from housingplus.audit import services as audit
from housingplus.common.dates import today
from tests.factories.officers import AssignmentFactory, OfficerFactory
from tests.factories.patches import (
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
)
from tests.factories.tenants import (
    CommunicationNeedsFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
    TaraStreetFactory,
)

pytestmark = pytest.mark.django_db

MARCH = dt.date(2025, 3, 3)


@pytest.fixture
def patch(ward, officer):
    patch = PatchFactory(ward=ward, code="KS04")
    AssignmentFactory(patch=patch, officer=officer)
    return patch


@pytest.fixture
def home(patch):
    home = PropertyFactory(ward=patch.ward, building="14", walk_key="000014|")
    PatchMembershipFactory(patch=patch, property=home)
    return home


@pytest.fixture
def household(home):
    household = HouseholdFactory(property=home)
    HouseholdMemberFactory(
        household=household, person=PersonFactory(last_name="Khan", title="Mr")
    )
    return household


def page(client, home, query=""):
    return client.get(f"/homes/{home.pk}/{query}").content.decode()


def test_the_page_says_where_who_and_what(client_for, officer, home, household):
    text = page(client_for(officer.user), home)
    for said in ("14 Elm Road, ZK1 1AA", home.uprn, home.reference, "KS04"):
        assert said in text
    assert officer.name in text
    assert "Mr B Khan" in text


def test_names_are_kept_from_those_who_may_not_see_them(
    client_for, analyst, other_leader, officer, home, household
):
    household.do_not_write = True
    household.do_not_write_reason = "Court order"
    household.save()
    for user in (analyst, other_leader.user):
        text = page(client_for(user), home)
        assert "Khan" not in text
        assert "Do not write" not in text
        assert "moved in" not in text
        assert "You cannot see who lives here. Ask" in text
        assert officer.name in text


def test_the_mark_is_shown_without_its_reason(client_for, officer, home, household):
    household.do_not_write = True
    household.do_not_write_reason = "Court order"
    household.save()
    CommunicationNeedsFactory(household=household, letter_format="braille")
    text = page(client_for(officer.user), home)
    assert "No letter goes to this household" in text
    assert "Court order" not in text
    assert "Braille" in text


def test_an_empty_home_says_so(client_for, officer, home):
    assert "Nobody lives here today" in page(client_for(officer.user), home)


def test_who_answered_on_a_day(client_for, officer, home, patch):
    patch.assignments.update(starts_on=dt.date(2025, 6, 1))
    before = OfficerFactory(name="Jo Former")
    AssignmentFactory(
        patch=patch,
        officer=before,
        starts_on=dt.date(2024, 1, 1),
        ends_on=dt.date(2025, 5, 31),
    )
    client = client_for(officer.user)
    response = client.get(f"/homes/{home.pk}/?as_at=2025-03-03")
    assert response.context["then"].answer.officer == before
    assert "On 3 March 2025" in response.content.decode()
    typed = "?as_at_day=3&as_at_month=3&as_at_year=2025"
    response = client.get(f"/homes/{home.pk}/{typed}")
    assert response.context["then"].on == MARCH


def test_who_answered_before_the_home_had_a_patch(client_for, officer, home):
    text = page(client_for(officer.user), home, "?as_at=2020-01-01")
    assert "The home was in no patch" in text


def test_a_wrong_date_is_said_to_be_wrong(client_for, officer, home):
    text = page(client_for(officer.user), home, "?as_at_day=31&as_at_month=2")
    assert "There is a problem" in text


def test_a_home_in_no_patch(client_for, analyst):
    home = PropertyFactory()
    text = page(client_for(analyst), home)
    assert "No patch" in text
    assert "Ask the service manager" in text


def test_a_planned_move_is_said(client_for, officer, home, patch):
    tomorrow = today() + dt.timedelta(days=1)
    home.memberships.update(ends_on=today())
    PatchMembershipFactory(
        property=home, patch=PatchFactory(code="KS09"), starts_on=tomorrow
    )
    response = client_for(officer.user).get(f"/homes/{home.pk}/")
    assert response.context["planned_text"].startswith("KS09 from")


def test_leaving_the_patch_is_said(client_for, officer, home):
    home.memberships.update(ends_on=today())
    response = client_for(officer.user).get(f"/homes/{home.pk}/")
    assert response.context["planned_text"].startswith("No patch from")


def test_neighbours_are_those_of_the_patch_in_walking_order(
    client_for, officer, home, patch
):
    for number in ("2", "12", "100"):
        walk = number.zfill(6) + "|"
        neighbour = PropertyFactory(ward=patch.ward, building=number, walk_key=walk)
        PatchMembershipFactory(patch=patch, property=neighbour)
    PropertyFactory(ward=patch.ward, building="13", walk_key="000013|")
    found = client_for(officer.user).get(f"/homes/{home.pk}/").context["neighbours"]
    assert (found.previous.building, found.next.building) == ("12", "100")


def test_neighbours_of_a_home_in_no_patch_are_those_of_its_ward(client_for, analyst):
    home = PropertyFactory(building="1", walk_key="000001|")
    PropertyFactory(ward=home.ward, building="2", walk_key="000002|")
    PropertyFactory(building="3", walk_key="000003|")
    found = client_for(analyst).get(f"/homes/{home.pk}/").context["neighbours"]
    assert (found.previous, found.next.building) == (None, "2")


def test_taras_that_speak_for_the_home_are_shown(client_for, analyst, home):
    tara = TaraStreetFactory(ward=home.ward, tara__ward=home.ward).tara
    assert tara.name in page(client_for(analyst), home)


def test_history_tells_moves_officers_households_and_imports(
    client_for, officer, manager, home, household
):
    audit.record(
        "property.changed",
        subject=home,
        by=manager,
        changes={"bedrooms": [2, 3], "uprn": [None, "1"]},
    )
    text = page(client_for(officer.user), home)
    assert "In patch KS04" in text
    assert f"{officer.name} answers for the patch" in text
    assert "Household moved in" in text
    assert "Property changed" in text
    assert "Bedrooms: 2 → 3" in text


def test_the_map_holds_the_home_and_homes_of_the_patch_nearby(
    client_for, officer, home, patch
):
    place = {"latitude": 53.0, "longitude": -1.5}
    type(home).objects.filter(pk=home.pk).update(**place)
    for latitude in (53.001, 54.0):
        near = PropertyFactory(ward=patch.ward, latitude=latitude, longitude=-1.5)
        PatchMembershipFactory(patch=patch, property=near)
    response = client_for(officer.user).get(f"/homes/{home.pk}/")
    features = response.context["shapes"]["features"]
    assert [row["properties"].get("context", False) for row in features] == [
        True,
        False,
    ]


def test_the_page_costs_the_same_however_much_happened(
    client_for, officer, home, household, django_assert_num_queries
):
    client = client_for(officer.user)
    client.get(f"/homes/{home.pk}/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/homes/{home.pk}/")
    for year in range(2000, 2012):
        HouseholdFactory(
            property=home,
            starts_on=dt.date(year, 1, 1),
            ends_on=dt.date(year, 6, 1),
        )
        PatchMembershipFactory(
            property=home,
            starts_on=dt.date(year, 1, 1),
            ends_on=dt.date(year, 6, 1),
        )
        HouseholdMemberFactory(household=household)
    with django_assert_num_queries(len(few)):
        client.get(f"/homes/{home.pk}/")


def test_a_home_that_is_not_there(client_for, officer):
    assert client_for(officer.user).get("/homes/987654/").status_code == 404
