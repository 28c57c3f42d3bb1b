"""Who is my officer? In a browser, signed out: no scripts, framed, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from officers.directory.models import Officer
from tests.access import World, build_world
from tests.factories.officers import AssignmentFactory, DropInFactory
from tests.factories.patches import PatchMembershipFactory
from tests.factories.tenants import TaraStreetFactory

from .test_every_page import _faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
START = "/who-is-my-officer/"


@pytest.fixture
def city(transactional_db) -> World:
    """A postcode with two officers, one with a drop-in and an association."""
    cache.clear()
    city = build_world()
    Officer.objects.filter(pk=city.officer.pk).update(name="Priya Nair")
    AssignmentFactory(patch=city.vacant_patch)
    PatchMembershipFactory(
        patch=city.vacant_patch,
        property__street="Oak Lane",
        property__postcode=city.home.postcode,
    )
    DropInFactory(ward=city.ward, place="Harbour library")
    TaraStreetFactory(tara=city.tara, street=city.home.street)
    return city


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scripts", [True, False])
def test_resident_finds_their_officer(open_browser, live_server, city, width, scripts):
    page = open_browser(width=width, scripts=scripts)
    asked_of = []
    page.on("request", lambda request: asked_of.append(request.url))
    faults = []

    def look() -> None:
        # axe is itself a script.
        if scripts:
            faults.extend(_faults(page))

    page.goto(START)
    look()
    page.get_by_role("button", name="Find my officer").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    look()
    page.get_by_label("Postcode").fill(city.home.postcode.lower().replace(" ", ""))
    page.get_by_role("button", name="Find my officer").click()
    expect(
        page.get_by_role("heading", name="Which is your address?", level=1)
    ).to_be_visible()
    look()
    page.get_by_role(
        "link", name=f"{city.home.first_line}, {city.home.postcode}"
    ).click()
    expect(
        page.get_by_role("heading", name="Your patch officer is Priya Nair", level=1)
    ).to_be_visible()
    expect(page.get_by_text("Harbour library")).to_be_visible()
    expect(page.get_by_text(city.tara.name)).to_be_visible()
    look()
    page.get_by_role("link", name=f"Every patch of {city.ward}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(str(city.ward))
    look()
    page.goto(f"{START}?postcode=ZK9+9ZZ")
    expect(page.get_by_role("heading", name="What to do next")).to_be_visible()
    look()
    assert faults == []
    assert all(url.startswith(live_server.url) for url in asked_of)
    assert page.context.cookies() == []


def test_too_many_look_ups_are_told_so(open_browser, city, settings):
    settings.PUBLIC_RATE_LIMIT = "0/m"
    page = open_browser()
    page.route(
        "**/*postcode=*",
        lambda route: route.fulfill(status=200, response=route.fetch()),
    )
    page.goto(f"{START}?postcode=ZK9+9ZZ")
    expect(page.get_by_role("heading", name="Too many look-ups")).to_be_visible()
    assert _faults(page) == []


def test_answer_prints_without_header_and_links(open_browser, city):
    page = open_browser()
    page.goto(f"{START}?postcode={city.home.postcode}&home={city.home.pk}")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Priya Nair")
    expect(page.get_by_text("07700 900123")).to_be_visible()
    for hidden in (".hp-header", ".hp-footer", ".govuk-back-link"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.get_by_role("link", name="Every patch of")).to_be_hidden()


@pytest.fixture
def council_site(live_server) -> Iterator[str]:
    """Another origin with the look-up in a frame, as a council's own site has it."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            source = f"{live_server.url}{START}embed/"
            self.wfile.write(
                '<!DOCTYPE html><link rel="icon" href="data:,">'
                f'<iframe title="Officer" src="{source}"></iframe>'.encode()
            )

        def log_message(self, *args: object) -> None:
            """Say nothing of what was asked for."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_page_works_in_a_frame_of_an_origin_named(
    open_browser, council_site, city, settings
):
    settings.WHO_ANSWERS_EMBED_ORIGINS = [council_site]
    page = open_browser()
    page.goto(council_site)
    frame = page.frame_locator("iframe")
    frame.get_by_label("Postcode").fill(city.home.postcode)
    frame.get_by_label("House or flat number or name").fill(city.home.building)
    frame.get_by_role("button", name="Find my officer").click()
    expect(frame.get_by_role("heading", level=1)).to_contain_text("Priya Nair")
