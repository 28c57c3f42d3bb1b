"""How often one address may ask, and whose address that is behind a proxy."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

pytestmark = pytest.mark.django_db
START, API = "/who-is-my-officer/", "/api/who-answers/"
ASKED = {"postcode": "ZK1 1AA"}
NOON = dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock(settings):
    settings.PUBLIC_RATE_LIMIT = "2/m"
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def test_third_look_up_in_a_minute_is_refused_in_plain_words(client):
    assert [client.get(START, ASKED).status_code for _ in range(2)] == [200, 200]
    refused = client.get(START, ASKED)
    assert refused.status_code == 429
    wait = int(refused["Retry-After"])
    assert 1 <= wait <= 60
    assert "Too many look-ups" in refused.content.decode()
    assert f"Wait {wait} second" in refused.content.decode()
    assert "no-store" in refused["Cache-Control"]
    assert not refused.cookies


def test_json_is_refused_in_json_and_counted_with_the_pages(client):
    client.get(START, ASKED)
    client.get(API, ASKED)
    refused = client.get(API, ASKED)
    assert refused.status_code == 429
    assert refused.json()["error"]["code"] == "too_many"
    assert refused["Retry-After"] in refused.json()["error"]["message"]
    assert client.get(f"{START}embed/", ASKED).status_code == 429


def test_bad_questions_count_too(client):
    for _ in range(2):
        client.get(API, {"uprn": "x"})
    assert client.get(API, ASKED).status_code == 429


def test_ward_pages_count_and_the_empty_form_does_not(client, ward):
    url = f"{START}wards/{ward.code}/"
    assert [client.get(url).status_code for _ in range(3)] == [200, 200, 429]
    assert client.get(START).status_code == 200


def test_waiting_lets_the_visitor_ask_again(client, clock):
    for _ in range(3):
        refused = client.get(START, ASKED)
    clock.shift(int(refused["Retry-After"]) + 1)
    assert client.get(START, ASKED).status_code == 200


def test_each_address_is_counted_for_itself(client):
    for _ in range(3):
        client.get(START, ASKED, REMOTE_ADDR="192.0.2.1")
    assert client.get(START, ASKED, REMOTE_ADDR="192.0.2.2").status_code == 200


def test_one_household_of_ipv6_addresses_counts_as_one(client):
    for last in range(3):
        page = client.get(START, ASKED, REMOTE_ADDR=f"2001:db8:1:2::{last}")
    assert page.status_code == 429
    other = client.get(START, ASKED, REMOTE_ADDR="2001:db8:1:3::1")
    assert other.status_code == 200


def test_visitor_cannot_name_an_address_when_no_proxy_is_trusted(client):
    for last in range(3):
        page = client.get(START, ASKED, headers={"x-forwarded-for": f"192.0.2.{last}"})
    assert page.status_code == 429


def test_address_the_trusted_proxy_saw_is_counted(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for last in range(3):
        forwarded = f"198.51.100.{last}, 192.0.2.1"
        page = client.get(START, ASKED, headers={"x-forwarded-for": forwarded})
    assert page.status_code == 429
    other = client.get(START, ASKED, headers={"x-forwarded-for": "192.0.2.9"})
    assert other.status_code == 200
