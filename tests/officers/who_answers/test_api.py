"""The JSON of the public answer: same content, errors as JSON, closed by default."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from tests.factories.officers import AssignmentFactory, DropInFactory
from tests.factories.patches import LandlordFactory, PatchFactory
from tests.factories.tenants import TaraFactory, TaraStreetFactory

from .conftest import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_on_the_day")]
API = "/api/who-answers/"


@pytest.fixture
def _on_the_day():
    with time_machine.travel(dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC), tick=False):
        yield


def test_uprn_gives_the_whole_answer(client, ward, patch, lead, team, home_in):
    home = home_in(patch)
    DropInFactory(ward=ward, place="Harbour library", note="Ring the bell")
    tara = TaraFactory(
        ward=ward,
        name="Harbour Residents",
        email="h@example.org",
        contacts_are_public=True,
    )
    TaraStreetFactory(tara=tara, ward=ward, street="Elm Road", street_key="elm road")
    response = client.get(API, {"uprn": home.uprn})
    assert response["Content-Type"] == "application/json"
    assert response.json() == {
        "outcome": "answered",
        "answer": {
            "kind": "lead",
            "heading": "Your patch officer is Priya Nair",
            "sentences": [],
            "place": "Elm Road, ZK1 1AA",
            "officer": {
                "name": "Priya Nair",
                "job_title": "Housing officer",
                "phone": "07700 900123",
                "email": "p.nair@kestrelford.example",
                "photo": None,
            },
            "team": {
                "name": "Kestrel ward team",
                "phone": "0114 496 0111",
                "email": "kestrel@kestrelford.example",
                "leader": "Alex Doyle",
            },
            "ward": {
                "code": ward.code,
                "name": "Kestrel",
                "page": f"http://testserver/who-is-my-officer/wards/{ward.code}/",
            },
            "since": "2024-01-01",
            "until": None,
            "in_place_of": None,
            "drop_ins": [
                {
                    "when": "Tuesdays, 10am to 12:30pm",
                    "where": "Harbour library",
                    "note": "Ring the bell.",
                }
            ],
            "associations": [
                {
                    "name": "Harbour Residents",
                    "phone": None,
                    "email": "h@example.org",
                    "meeting_place": None,
                }
            ],
        },
    }


def test_cover_says_for_whom_and_until_when(client, patch, lead, home_in):
    home_in(patch)
    AssignmentFactory(
        patch=patch, kind="cover", starts_on=DAY, ends_on=DAY + dt.timedelta(days=1)
    )
    answer = client.get(API, {"postcode": "zk1 1aa"}).json()["answer"]
    assert (answer["kind"], answer["until"]) == ("cover", "2026-03-04")
    assert answer["in_place_of"] == "Priya Nair"


def test_photo_is_an_address_on_this_site(client, patch, lead, home_in):
    home_in(patch)
    lead.officer.photo = "officers/photos/x.jpg"
    lead.officer.save()
    officer = client.get(API, {"postcode": "zk11aa"}).json()["answer"]["officer"]
    photo = f"http://testserver/who-is-my-officer/photos/{lead.officer.pk}/"
    assert officer["photo"] == photo


def test_vacancy_has_a_team_and_no_officer(client, patch, team, home_in):
    home_in(patch)
    body = client.get(API, {"postcode": "zk11aa"}).json()
    assert body["answer"]["officer"] is None
    assert body["answer"]["team"]["name"] == "Kestrel ward team"
    assert "contact" not in body


def test_nobody_comes_with_the_landlords_contact(client, landlord, home_in):
    home_in(PatchFactory())
    body = client.get(API, {"postcode": "zk11aa"}).json()
    assert (body["answer"]["officer"], body["answer"]["team"]) == (None, None)
    assert body["contact"]["name"] == "Kestrelford Homes"


def test_postcode_that_disagrees_offers_addresses(client, ward, patch, lead, home_in):
    other = home_in(PatchFactory(ward=ward), building="2")
    mine = home_in(patch, building="14")
    body = client.get(API, {"postcode": "ZK1 1AA"}).json()
    assert body == {
        "outcome": "choose",
        "addresses": [
            {"home": other.pk, "address": "2 Elm Road, ZK1 1AA"},
            {"home": mine.pk, "address": "14 Elm Road, ZK1 1AA"},
        ],
    }
    picked = client.get(API, {"postcode": "ZK1 1AA", "home": mine.pk}).json()
    assert picked["answer"]["officer"]["name"] == "Priya Nair"


def test_unknown_home_is_404_with_whom_to_ask(client):
    LandlordFactory(name="Kestrelford City Council")
    response = client.get(API, {"uprn": "12"})
    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_known"
    assert response.json()["contact"] == {
        "name": "Kestrelford City Council",
        "phone": "0114 496 0000",
        "email": "homes@kestrelford.example",
        "website": None,
    }


def test_home_no_longer_managed_is_404(client, patch, home_in):
    home = home_in(patch, managed_to=DAY - dt.timedelta(days=1))
    response = client.get(API, {"uprn": home.uprn})
    assert response.status_code == 404
    assert response.json()["error"] == {
        "code": "not_managed",
        "message": (
            "We do not look after this home today. "
            "It may have been sold, or another landlord may look after it."
        ),
    }


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({}, "Enter a whole postcode, for example ZK1 1AA"),
        ({"postcode": "nowhere"}, "Enter a whole postcode, for example ZK1 1AA"),
        ({"uprn": "12x"}, "Enter a UPRN of up to 12 digits, or a postcode"),
        ({"uprn": "1" * 13}, "Enter a UPRN of up to 12 digits, or a postcode"),
        (
            {"postcode": "zk11aa", "home": "x"},
            "Choose an address from the list, or enter a postcode",
        ),
        ({"uprn": "٣"}, "Enter a UPRN of up to 12 digits, or a postcode"),
    ],
)
def test_bad_question_is_400(client, asked, message):
    response = client.get(API, asked)
    assert response.status_code == 400
    assert response.json() == {"error": {"code": "invalid", "message": message}}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_other_methods_are_405_in_json(method):
    from django.test import Client

    response = getattr(Client(enforce_csrf_checks=True), method)(API)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert response.json()["error"]["code"] == "method"


def test_other_sites_scripts_may_not_read_it(client):
    response = client.get(API, headers={"origin": "https://www.kestrelford.example"})
    assert "Access-Control-Allow-Origin" not in response
    assert "Vary" not in response


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://www.kestrelford.example", True),
        ("https://elsewhere.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_scripts_of_origins_named_may_read_it(client, settings, origin, allowed):
    settings.WHO_ANSWERS_CORS_ORIGINS = ["https://www.kestrelford.example"]
    response = client.get(API, headers={"origin": origin})
    assert response["Vary"] == "Origin"
    assert response.get("Access-Control-Allow-Origin") == (origin if allowed else None)
    assert "Access-Control-Allow-Credentials" not in response
