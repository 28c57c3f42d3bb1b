"""The search pages."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import long_date, today
from tenants.search.views import KEPT_SEARCHES, SESSION_KEY
from tests.factories.designs import PatchDesignFactory, make_drawn_design
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import PatchFactory

pytestmark = pytest.mark.django_db


def search(client, typed):
    return client.post(reverse("search"), {"q": typed}, follow=True)


def test_what_is_typed_is_in_no_address(client_for, manager, home_at, living_at):
    living_at(home_at(), "Amir Khan")
    response = search(client_for(manager), "khan")
    assert all("khan" not in url for url, _ in response.redirect_chain)
    assert "Amir" in response.content.decode()


def test_browsers_search_keyword_works_too(client_for, manager):
    response = client_for(manager).get(reverse("search"), {"q": "khan"})
    assert response.status_code == 302
    assert "khan" not in response.url


def test_searching_again_goes_to_the_same_address(client_for, manager):
    client = client_for(manager)
    first = client.post(reverse("search"), {"q": "khan"})
    assert client.post(reverse("search"), {"q": "khan"}).url == first.url


def test_only_the_last_searches_are_kept(client_for, manager):
    client = client_for(manager)
    for number in range(KEPT_SEARCHES + 5):
        client.post(reverse("search"), {"q": f"khan {number}"})
    assert len(client.session[SESSION_KEY]) == KEPT_SEARCHES


def test_another_persons_search_cannot_be_opened(client_for, manager, leader):
    url = client_for(manager).post(reverse("search"), {"q": "khan"}).url
    page = client_for(leader.user).get(url)
    assert "khan" not in page.content.decode()
    assert "no longer kept" in page.content.decode()


def test_exact_hit_opens_the_record(client_for, manager, home_at):
    home = home_at(uprn="990000001234")
    response = client_for(manager).post(reverse("search"), {"q": "990000001234"})
    assert response.url == home.get_absolute_url()


def test_results_are_grouped_counted_and_marked(client_for, manager, home_at):
    patch = PatchFactory(code="KS-04", name="Elm side")
    for number in range(8):
        home_at(building=str(number + 1), street="Elm Road", patch=patch)
    page = search(client_for(manager), "elm")
    assert [(g.key, g.count) for g in page.context["groups"]] == [
        ("homes", 8),
        ("patches", 1),
    ]
    text = page.content.decode()
    assert "<mark>Elm</mark>" in text
    assert "9 results" in text


def test_home_says_who_answers(client_for, manager, officer, home_at):
    patch = PatchFactory(code="KS-04")
    AssignmentFactory(patch=patch, officer=officer)
    home_at(patch=patch, building="1")
    home_at(building="2")
    text = search(client_for(manager), "elm").content.decode()
    assert f"Patch KS-04: {officer.name}" in text
    assert "In no patch" in text


def test_design_says_how_far_it_is(client_for, manager):
    make_drawn_design(name="Spring", status="proposed")
    day = today() + dt.timedelta(days=40)
    made = make_drawn_design(name="Spring again", status="scheduled", starts_on=day)
    page = search(client_for(manager), "spring")
    (group,) = page.context["groups"]
    assert (group.key, group.label, group.count) == ("designs", "Patch designs", 2)
    text = page.content.decode()
    assert "<mark>Spring</mark> again" in text
    assert made.design.get_absolute_url() in text
    assert "Proposed" in text
    assert f"Scheduled, from {long_date(day)}" in text


def test_design_queries_do_not_grow(client_for, manager):
    client = client_for(manager)
    PatchDesignFactory.create_batch(2, name="Spring")
    key = search(client, "spring").context["search_key"]
    url = reverse("search_group", args=[key, "designs"])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    PatchDesignFactory.create_batch(10, name="Spring")
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(url).context["results"]) == 12
    assert len(many) == len(few)


def test_all_results_of_a_group_by_pages(client_for, manager, home_at):
    for number in range(51):
        home_at(building=str(number + 1))
    client = client_for(manager)
    results = search(client, "elm")
    all_of_them = reverse("search_group", args=[results.context["search_key"], "homes"])
    assert all_of_them in results.content.decode()
    assert len(client.get(all_of_them).context["results"]) == 50
    assert len(client.get(all_of_them, {"page": 2}).context["results"]) == 1


def test_group_one_may_not_search_is_not_found(client_for, analyst):
    client = client_for(analyst)
    key = search(client, "khan").context["search_key"]
    page = client.get(reverse("search_group", args=[key, "households"]))
    assert page.status_code == 404
    assert client.get(reverse("search_group", args=[key, "cats"])).status_code == 404


@pytest.mark.parametrize("typed", ["nowhere", "", "!!", "%", "\0", "'\"<b>"])
def test_nothing_found_gives_tips(client_for, manager, typed):
    page = search(client_for(manager), typed)
    assert page.status_code == 200
    assert "Ways to search" in page.content.decode()
    assert "<b>" not in page.content.decode()


def test_marked_text_is_escaped(client_for, manager, home_at, living_at):
    living_at(home_at(), "Amir <b>Khan</b>")
    text = search(client_for(manager), "khan").content.decode()
    assert "<b>Khan" not in text
    assert "<mark>" in text


@pytest.mark.parametrize("group", [None, "homes", "households"])
def test_queries_do_not_grow(client_for, leader, ward, home_at, living_at, group):
    client = client_for(leader.user)
    patch = PatchFactory(ward=ward)

    def people(count):
        for _ in range(count):
            living_at(home_at(patch=patch, street="Khan Road"), "Amir Khan")

    people(6)
    key = search(client, "khan").context["search_key"]
    url = reverse("search_results", args=[key])
    if group:
        url = reverse("search_group", args=[key, group])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    people(6)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    # A count is one query more than knowing that all are shown.
    extra = 0 if group else 2
    assert len(many) <= len(few) + extra
