"""The frame of every page: identity, menu, messages, errors."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import path

from housingplus.common import context_processors
from housingplus.common.context_processors import navigation_for, site, text_colour_on
from housingplus.common.navigation import NAVIGATION
from housingplus.common.permissions import Permission
from tests.housingplus.govuk import kitchen


def _breaks(request):
    raise RuntimeError("on purpose")


urlpatterns = [path("breaks/", _breaks), *kitchen.urlpatterns]


@pytest.fixture
def kitchen_urls(settings):
    settings.ROOT_URLCONF = "tests.housingplus.govuk.test_layout"


class Person:
    is_authenticated = True

    def __init__(self, *permissions):
        self.permissions = permissions

    def has_permission(self, permission):
        return permission in self.permissions


def _request(user, address="/"):
    request = RequestFactory().get(address)
    request.user = user
    return request


@pytest.fixture
def every_address(monkeypatch):
    """As if every page of the menu were built."""
    monkeypatch.setattr(
        context_processors,
        "url_or_blank",
        lambda name: "/" if name == "home" else f"/{name.replace(':', '/')}/",
    )


def test_menu_holds_what_the_person_may_open(every_address):
    labels = [
        item.label for item in navigation_for(_request(Person(Permission.VIEW_PLACES)))
    ]

    assert labels == ["Home", "Patches", "Wards"]


def test_menu_of_everything(every_address):
    items = navigation_for(_request(Person(*Permission)))

    assert [item.label for item in items] == [label for label, _, _ in NAVIGATION]


def test_menu_marks_where_one_is(every_address):
    items = navigation_for(_request(Person(*Permission), "/patches/wards/list/7/"))

    assert [item.label for item in items if item.current] == ["Wards"]


def test_menu_leaves_out_pages_that_do_not_exist(monkeypatch):
    monkeypatch.setattr(context_processors, "url_or_blank", lambda name: "")

    assert navigation_for(_request(Person(*Permission))) == []


def test_nobody_signed_in_has_no_menu():
    assert navigation_for(_request(AnonymousUser())) == []
    assert navigation_for(RequestFactory().get("/")) == []


@pytest.mark.parametrize(
    ("colour", "text"),
    [
        ("#0f5f5c", "#ffffff"),
        ("#000000", "#ffffff"),
        ("#ffdd00", "#0b0c0c"),
        ("#ffffff", "#0b0c0c"),
    ],
)
def test_words_on_the_brand_colour_can_be_read(colour, text):
    assert text_colour_on(colour) == text


def test_brand_colour_that_is_no_colour_is_not_used(settings):
    settings.BRAND_COLOUR = "red;} body{display:none"

    assert site(RequestFactory().get("/"))["brand_colour"] == "#0f5f5c"


def test_page_carries_council_and_colour_under_a_nonce(kitchen_urls, settings, client):
    settings.COUNCIL_NAME = "Merlinham Borough Council"
    settings.BRAND_COLOUR = "#5a2d82"
    response = client.get("/kitchen/")
    html = response.content.decode()

    nonce = re.search(r'<style nonce="([^"]+)">', html)[1]
    assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]
    assert "--govuk-brand-colour:#5a2d82" in html
    assert "Merlinham Borough Council" in html
    assert "<title>Homes in Kestrel ward – Merlinham" in html


def test_refused_form_says_error_in_the_title(kitchen_urls, client):
    html = client.post("/kitchen/form/", {"name": "A"}).content.decode()

    assert "<title>Error: Record a visit –" in html
    assert "There is a problem" in html


def test_list_says_when_nothing_matches_and_when_there_is_nothing(kitchen_urls, client):
    assert "Nothing matches these filters" in (
        client.get("/kitchen/?empty=1&ward=kestrel").content.decode()
    )
    assert "No homes yet" in client.get("/kitchen/?empty=1").content.decode()


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_error_page_is_drawn_without_a_request(name):
    html = render_to_string(name)

    assert "Go to the home page" in html
    assert "Kestrelford City Council" in html


def test_server_error_shows_a_page_with_a_way_on(kitchen_urls, settings):
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if "LoginRequired" not in name
    ]
    response = Client(raise_request_exception=False).get("/breaks/")

    assert response.status_code == 500
    assert b"Sorry, something went wrong" in response.content


@pytest.mark.django_db
def test_page_not_found(client_for, manager):
    response = client_for(manager).get("/nowhere/")

    assert response.status_code == 404
    assert b"Page not found" in response.content


@pytest.mark.django_db
def test_signed_in_page_has_account_menu_and_sign_out_by_post(
    kitchen_urls, client_for, manager
):
    html = client_for(manager).get("/kitchen/").content.decode()

    assert str(manager) in html
    assert manager.get_role_display() in html
    assert re.search(r'<form action="/accounts/logout/" method="post">', html)
    assert "session-timeout" in html


def test_signed_out_page_has_no_menu(kitchen_urls, client):
    html = client.get("/kitchen/").content.decode()

    assert "hp-menu" not in html
    assert "<dialog" not in html


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/done/",
    ],
)
@pytest.mark.django_db
def test_allauth_page_looks_like_ours(client, address):
    html = client.get(address).content.decode()

    assert 'class="govuk-heading-l"' in html
    assert "hp-header" in html
    assert "<title> –" not in html


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/logout/",
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/reauthenticate/",
    ],
)
@pytest.mark.django_db
def test_allauth_page_of_an_account_looks_like_ours(client_for, manager, address):
    html = client_for(manager).get(address).content.decode()

    assert 'class="govuk-heading-l"' in html
    assert "hp-header" in html
