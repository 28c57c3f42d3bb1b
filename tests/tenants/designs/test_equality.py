"""Who loses a known officer, by group: what is counted and what the page shows."""

from __future__ import annotations

import csv
import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from officers.accounts.roles import Role
from patches.design.rules.suppression import Hidden
from patches.models import DesignStatus, PropertyType
from tenants.designs.equality import get_equality_check
from tests.factories.designs import make_drawn_design
from tests.factories.officers import AssignmentFactory, OfficerFactory, UserFactory
from tests.factories.patches import LandlordFactory
from tests.factories.tenants import (
    CommunicationNeedsFactory,
    HouseholdFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(ward, manager):
    """Ann leads the first 24 homes, Bo the rest: the last 12 of Ann's go to Bo."""
    made = make_drawn_design(
        homes=24, homes_in_unit=6, moved=2, ward=ward, author=manager, status="proposed"
    )
    for patch, name in zip(made.present, ("Ann", "Bo"), strict=True):
        AssignmentFactory(patch=patch, officer=OfficerFactory(name=name))
    return made


@pytest.fixture
def households(made):
    return [HouseholdFactory(property=home) for home in made.homes]


def needs(households, **values):
    for household in households:
        CommunicationNeedsFactory(household=household, **values)


def address(made, alternative=None):
    number = (alternative or made.alternative).number
    return reverse("patches:designs:equality", args=[made.design.pk, number])


def figures(check, title):
    """What is shown of a grouping, by group."""
    (found,) = [one for one in check.groupings if one.title == title]
    return {row.name: (row.count.whole, row.count.part) for row in found.groups}


def total_of(check):
    return check.total.whole, check.total.part


def test_households_lose_whom_they_know(made, households):
    check = get_equality_check(made.alternative)
    assert total_of(check) == (48, 12)
    assert figures(check, "Ward") == {made.ward.name: (48, 12)}


def test_only_those_who_live_there_count(made, households):
    past = households[12]
    past.ends_on = today() - dt.timedelta(days=1)
    past.save()
    coming = households[13]
    coming.starts_on = today() + dt.timedelta(days=1)
    coming.save()

    assert total_of(get_equality_check(made.alternative)) == (46, 10)


def test_nobody_is_lost_where_nobody_led(made, households):
    made.present[0].assignments.all().delete()
    assert total_of(get_equality_check(made.alternative)) == (48, Hidden.FEW)


def test_an_officer_who_leaves_is_lost(made, households):
    """Everybody of the first patch loses Ann; nobody is to lead it then."""
    officer = made.present[0].assignments.get().officer
    officer.left_on = today() - dt.timedelta(days=1)
    officer.save()
    assert total_of(get_equality_check(made.alternative)) == (48, 24)


def test_needs_are_told_apart(made, households):
    needs(households[:8], letter_format="large_print", needs_interpreter=True)
    needs(
        households[8:20],
        language="urdu",
        representative_name="Mx Vera Pringle",
        needs_interpreter=True,
    )
    needs(households[20:24], language="Polish")
    needs(households[24:26], language="Welsh")
    needs(households[26:28], language="English")

    check = get_equality_check(made.alternative)

    assert figures(check, "Format of letters") == {
        "Standard, or none recorded": (40, Hidden.NOT_SHOWN),
        "Large print": (8, Hidden.FEW),
    }
    assert figures(check, "Language") == {
        "English, or none recorded": (30, Hidden.FEW),
        "Urdu": (12, Hidden.ALL_BUT_FEW),
        "Another language": (6, Hidden.FEW),
    }
    assert list(figures(check, "Interpreter")) == ["Not recorded as needed", "Needed"]
    assert [whole for whole, _ in figures(check, "Representative").values()] == [36, 12]


def test_homes_and_landlords_are_told_apart(made, households):
    for home in [*made.homes[12:18], *made.homes[:6]]:
        home.property_type = PropertyType.FLAT
        home.save()
    for name, homes in (("Harbour", made.homes[:18]), ("Quay", made.homes[18:])):
        landlord = LandlordFactory(name=name)
        for home in homes:
            home.landlord = landlord
            home.save()
    check = get_equality_check(made.alternative)
    assert figures(check, "Type of home") == {"House": (36, 6), "Flat": (12, 6)}
    assert figures(check, "Landlord") == {"Harbour": (18, 6), "Quay": (30, 6)}


def test_counts_stay_when_a_published_design_is_in_force(ward, manager):
    """Cy's patch of six closed today: those who lived there then lost him."""
    made = make_drawn_design(
        patches=3,
        homes=6,
        new=1,
        moved=0,
        ward=ward,
        author=manager,
        status=DesignStatus.SCHEDULED,
        starts_on=today(),
    )
    for patch, name in zip(made.present, ("Ann", "Bo", "Cy"), strict=True):
        patch.refresh_from_db()
        AssignmentFactory(
            patch=patch, officer=OfficerFactory(name=name), ends_on=patch.ends_on
        )
    for home in made.homes:
        HouseholdFactory(property=home)

    assert total_of(get_equality_check(made.alternative)) == (18, 6)


def test_queries_do_not_grow(made):
    for home in made.homes[:2]:
        HouseholdFactory(property=home)
    get_equality_check(made.alternative)
    with CaptureQueriesContext(connection) as few:
        get_equality_check(made.alternative)
    for home in made.homes[2:14]:
        needs([HouseholdFactory(property=home)], language="Urdu")
    with CaptureQueriesContext(connection) as many:
        get_equality_check(made.alternative)
    assert len(many) == len(few)


def test_page_shows_groups_and_says_what_it_cannot(
    client_for, analyst, made, households
):
    PersonFactory(first_name="Nasreen", last_name="Okafor")
    needs(households[12:15], letter_format="braille", representative_name="Vera")
    page = client_for(analyst).get(address(made)).content.decode()

    assert "Housing+ does not hold dates of birth" in page
    assert "Braille" in page
    assert "Fewer than 5" in page
    assert "25.0 %" in page
    assert "Vera" not in page
    assert "Nasreen" not in page


def test_page_names_groups_that_lose_more(client_for, analyst, ward, manager):
    """Most flats are in streets that move, few houses are."""
    made = make_drawn_design(
        homes=40,
        homes_in_unit=2,
        moved=10,
        ward=ward,
        author=manager,
        status="proposed",
    )
    for patch in made.present:
        AssignmentFactory(patch=patch, officer=OfficerFactory())
    for place, home in enumerate(made.homes):
        if 12 <= place < 34:
            home.property_type = PropertyType.FLAT
            home.save()
        HouseholdFactory(property=home)

    response = client_for(analyst).get(address(made))

    lines = dict(response.context["tables"])["Type of home"]
    (flats,) = [line for line in lines if line.name == "Flat"]
    assert (flats.whole, flats.part, flats.share) == ("22", "14", "63.6 %")
    assert (flats.share_of_everybody, flats.standing) == ("25.0 %", "More than others")
    assert "More than others</strong>" in response.content.decode()


def test_file_hides_what_the_page_hides(client_for, analyst, made, households):
    needs(households[:4], letter_format="braille")
    url = address(made)
    client = client_for(analyst)
    response = client.get(url, {"format": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    header, *rows = list(csv.reader(text.splitlines()))

    assert header[:4] == ["By", "Group", "Households", "Lose a known officer"]
    assert rows[0] == ["Everybody", "Everybody", "48", "12", "25.0", "25.0", ""]
    braille = [row for row in rows if row[1] == "Braille"]
    assert [row[2:5] for row in braille] == [["Fewer than 5", "Fewer than 5", ""]]
    shown = [
        [title, line.name, line.whole, line.part]
        for title, lines in client.get(url).context["tables"]
        for line in lines
    ]
    assert [row[:4] for row in rows] == shown


def test_page_of_too_few_says_so(client_for, analyst, made):
    for home in made.homes[10:16]:
        HouseholdFactory(property=home)
    page = client_for(analyst).get(address(made)).content.decode()
    assert "Fewer than 5 households lose a known officer" in page
    assert "<table" not in page


def test_page_of_nearly_all_says_so(client_for, analyst, made):
    for home in made.homes[12:24]:
        HouseholdFactory(property=home)
    page = client_for(analyst).get(address(made)).content.decode()
    assert "All households but fewer than 5 lose a known officer" in page
    assert "<table" not in page


def test_nobody_loses_an_officer_as_now(client_for, analyst, made, households):
    client, url = client_for(analyst), address(made, made.as_now)
    assert "Nobody loses an officer" in client.get(url).content.decode()
    rows = b"".join(client.get(url, {"format": "csv"}).streaming_content)
    assert len(rows.splitlines()) == 1


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.ANALYST, True),
        (Role.SERVICE_MANAGER, True),
        (Role.WARD_TEAM_LEADER, False),
        (Role.PATCH_OFFICER, False),
    ],
)
def test_design_and_alternative_link_it_for_those_who_see_measures(
    client_for, made, role, expected
):
    client = client_for(UserFactory(role=role))
    page = client.get(made.alternative.get_absolute_url()).content.decode()
    assert (address(made) in page) == expected
    shown = {"show": made.alternative.number}
    page = client.get(made.design.get_absolute_url(), shown).content.decode()
    assert (address(made) in page) == expected
    assert (client.get(address(made)).status_code == 200) == expected
