"""The public pages: what they say, to anybody, and what caches may keep."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from officers.who_answers.middleware import PUBLIC_PATHS
from officers.who_answers.urls import urlpatterns
from tests.factories.officers import AssignmentFactory, DropInFactory
from tests.factories.patches import LandlordFactory, PatchFactory, WardFactory
from tests.factories.tenants import TaraFactory, TaraRoleFactory, TaraStreetFactory

from .conftest import DAY

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_on_the_day"),
]
START = "/who-is-my-officer/"
ONE = dt.timedelta(days=1)


@pytest.fixture
def _on_the_day():
    with time_machine.travel(dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC), tick=False):
        yield


def text_of(response) -> str:
    html = re.sub(r"<head>.*?</head>", "", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def look_up(client, postcode="ZK1 1AA", **asked):
    return client.get(START, {"postcode": postcode, **asked})


def test_start_asks_for_a_postcode(client):
    page = client.get(START)
    assert "Who is my housing officer?" in text_of(page)
    assert '<form method="get" action="/who-is-my-officer/"' in page.content.decode()
    assert "There is a problem" not in text_of(page)


def test_answer_says_who_and_how_to_reach_them(
    client, ward, patch, lead, team, home_in
):
    home_in(patch)
    DropInFactory(ward=ward, place="Harbour library")
    said = text_of(look_up(client))
    for part in (
        "Your patch officer is Priya Nair",
        "For Elm Road, ZK1 1AA.",
        "07700 900123",
        "p.nair@kestrelford.example",
        "Since 1 January 2024",
        "Ward Kestrel",
        "Kestrel ward team, led by Alex Doyle",
        "Tuesdays, 10am to 12:30pm, Harbour library",
    ):
        assert part in said


def test_cover_is_said_as_the_letters_say_it(client, patch, lead, home_in):
    home_in(patch)
    cover = AssignmentFactory(
        patch=patch, kind="cover", starts_on=DAY, ends_on=dt.date(2026, 4, 9)
    )
    said = text_of(look_up(client))
    assert f"{cover.officer} is looking after your home until 9 April 2026" in said
    assert "Priya Nair, your patch officer, is away." in said


def test_vacancy_is_said_as_the_letters_say_it(client, patch, team, home_in):
    home_in(patch)
    said = text_of(look_up(client))
    assert "Kestrel ward team is looking after your home for now" in said
    assert "At the moment your patch has no officer of its own." in said
    assert "Team leader Alex Doyle" in said


def test_cover_of_a_vacancy_names_nobody_as_away(client, patch, team, home_in):
    home_in(patch)
    AssignmentFactory(patch=patch, kind="cover", starts_on=DAY, ends_on=DAY + ONE)
    said = text_of(look_up(client))
    assert "At the moment your patch has no officer of its own. Contact" in said
    assert "is away" not in said


def test_home_without_patch_is_told_whom_to_ask(client, ward, team, home_in):
    home_in(ward=ward)
    said = text_of(look_up(client))
    assert (
        "Your home is not in a patch yet. Until it is, contact Kestrel ward team"
        in said
    )


def test_patch_nobody_answers_for_is_told_the_landlord(client, home_in):
    home_in(PatchFactory())
    said = text_of(look_up(client))
    assert "Your home has no officer at the moment" in said
    assert "0114 496 0000" in said


def test_choosing_leads_to_the_answer(client, ward, patch, lead, home_in):
    home_in(PatchFactory(ward=ward), building="2")
    mine = home_in(patch, building="14")
    page = look_up(client)
    assert "Which is your address?" in text_of(page)
    link = f"{START}?postcode=ZK1%201AA&amp;home={mine.pk}"
    assert f'href="{link}">14 Elm Road, ZK1 1AA</a>' in page.content.decode()
    said = text_of(client.get(link.replace("&amp;", "&")))
    assert "Your patch officer is Priya Nair For 14 Elm Road, ZK1 1AA." in said


def test_answer_tells_no_address_the_visitor_did_not_choose(
    client, patch, lead, home_in
):
    home = home_in(patch, building="977")
    for asked in ({"postcode": "ZK1 1AA"}, {"uprn": home.uprn}):
        page = client.get(START, asked)
        assert "Priya Nair" in text_of(page)
        assert "977" not in text_of(page)


def test_unknown_home_is_told_what_to_do_next(client):
    LandlordFactory(name="Kestrelford City Council")
    said = text_of(look_up(client))
    assert "We do not know this home" in said
    assert "What to do next" in said
    assert "homes@kestrelford.example" in said


def test_home_no_longer_ours_is_told_so(client, patch, home_in):
    home = home_in(patch, managed_to=DAY - ONE)
    said = text_of(client.get(START, {"uprn": home.uprn}))
    assert "We do not look after this home today" in said


def test_site_without_landlords_still_answers(client):
    assert "Kestrelford City Council" in text_of(look_up(client))


@pytest.mark.parametrize("are_public", [True, False])
def test_association_shows_only_contacts_recorded_as_public(
    client, ward, patch, lead, home_in, are_public
):
    home_in(patch)
    tara = TaraFactory(
        ward=ward,
        name="Harbour Residents",
        email="harbour@kestrelford.example",
        phone="0114 496 0333",
        meeting_place="Church hall",
        notes="Ask for Noor",
        contacts_are_public=are_public,
    )
    TaraStreetFactory(tara=tara, ward=ward, street="Elm Road", street_key="elm road")
    TaraRoleFactory(tara=tara, name="Winifred Quill", phone="07700 900999")
    said = text_of(look_up(client))
    assert "Harbour Residents" in said
    for shown in ("0114 496 0333", "harbour@kestrelford.example", "Church hall"):
        assert (shown in said) == are_public
    for private in ("Winifred", "900999", "Noor"):
        assert private not in said


@pytest.mark.parametrize("postcode", ["", "zz", "ZK1", "1AA", "é", "\0", "x" * 5000])
def test_bad_postcode_is_an_error_beside_the_field(client, postcode):
    page = look_up(client, postcode)
    assert page.status_code == 200
    assert "Enter a whole postcode, for example ZK1 1AA" in text_of(page)
    assert page.content.startswith(b"<!DOCTYPE html>")
    assert "<title>Error: " in page.content.decode()


@pytest.mark.parametrize("asked", [{"uprn": "12x"}, {"home": "x"}, {"home": "0"}])
def test_broken_link_asks_for_a_postcode_without_repeating_itself(client, asked):
    page = client.get(START, asked)
    assert "or a postcode" in text_of(page) or "or enter a postcode" in text_of(page)
    names = re.findall(r'<input[^>]* name="(\w+)"', page.content.decode())
    assert names == ["postcode", "number"]


@pytest.fixture(params=["start", "answer", "wards", "ward", "embed", "colours", "api"])
def page(request, client, patch, lead, team, home_in, client_for, manager):
    """Each public page, asked for by somebody who happens to be signed in."""
    home = home_in(patch)
    url = {
        "start": START,
        "answer": f"{START}?postcode=zk11aa",
        "wards": f"{START}wards/",
        "ward": f"{START}wards/{patch.ward.code}/",
        "embed": f"{START}embed/?postcode=zk11aa",
        "colours": f"{START}colours.css",
        "api": f"/api/who-answers/?uprn={home.uprn}",
    }[request.param]
    response = client_for(manager).get(url)
    assert response.status_code == 200
    response.name = request.param
    return response


def test_caches_may_keep_it_for_everybody(page):
    assert page["Cache-Control"] == "public, max-age=300"
    assert "Vary" not in page
    assert not page.cookies
    assert "csrf" not in page.content.decode()


def test_it_is_framed_by_nobody(page):
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_it_runs_no_script_and_loads_nothing_from_elsewhere(page):
    html = page.content.decode()
    assert "<script" not in html
    assert "nonce" not in html + page["Content-Security-Policy"]
    if page.name not in ("api", "colours"):
        assert "script-src 'none'" in page["Content-Security-Policy"]
    loaded = re.findall(r"<(?:link|img|iframe)[^>]*(?:src|href)=\"([^\"]+)", html)
    assert all(url.startswith("/") for url in loaded)


def test_it_knows_nobody(page, manager):
    assert manager.email not in page.content.decode()
    assert manager.get_full_name() not in page.content.decode()


def test_only_the_empty_start_page_may_be_indexed(page):
    if page.name == "colours":
        return
    assert ("X-Robots-Tag" in page) == (page.name != "start")


def test_cookies_of_other_pages_are_left_alone(client_for, manager):
    page = client_for(manager).get("/")
    assert page.status_code == 200
    assert "Cookie" in page["Vary"]


def test_every_public_address_is_under_a_public_path():
    names = {"ward": ["E05000001"], "photo": [1]}
    for entry in urlpatterns:
        name = f"officers:who_answers:{entry.name}"
        assert reverse(name, args=names.get(entry.name)).startswith(PUBLIC_PATHS)


def test_embedding_is_for_the_origins_named(client, settings):
    settings.WHO_ANSWERS_EMBED_ORIGINS = ["https://www.kestrelford.example"]
    framed = client.get(f"{START}embed/")
    assert "X-Frame-Options" not in framed
    policy = framed["Content-Security-Policy"]
    assert "frame-ancestors https://www.kestrelford.example;" in f"{policy};"
    assert "script-src 'none'" in policy
    assert "<header" not in framed.content.decode()
    for elsewhere in (START, "/accounts/login/", f"{START}wards/"):
        page = client.get(elsewhere)
        assert page["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


def test_embedded_look_up_stays_in_the_frame(client, ward, patch, lead, home_in):
    home_in(PatchFactory(ward=ward))
    home_in(patch)
    html = client.get(f"{START}embed/", {"postcode": "zk11aa"}).content.decode()
    links = re.findall(r'<a[^>]*href="([^"#]+)', html)
    assert links
    assert all(link.startswith(f"{START}embed/") for link in links)


def test_photo_is_shown_while_its_officer_answers(client, patch, lead, home_in):
    home_in(patch)
    url = reverse("officers:who_answers:photo", args=[lead.officer.pk])
    assert client.get(url).status_code == 404
    assert "<img" not in look_up(client).content.decode()
    stream = BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "JPEG")
    lead.officer.photo.save("priya.jpg", ContentFile(stream.getvalue()))
    assert f'src="{url}"' in look_up(client).content.decode()
    shown = client.get(url)
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["Cache-Control"] == "public, max-age=300"
    content = b"".join(shown.streaming_content)
    assert Image.open(BytesIO(content)).format == "JPEG"
    lead.ends_on = DAY - ONE
    lead.save()
    assert client.get(url).status_code == 404


def test_photo_whose_file_is_gone_is_not_found(client, lead):
    lead.officer.photo = "officers/photos/gone.jpg"
    lead.officer.save()
    url = reverse("officers:who_answers:photo", args=[lead.officer.pk])
    assert client.get(url).status_code == 404


def test_ward_page_says_who_answers_where(client, ward, patch, lead, team, home_in):
    home_in(patch)
    DropInFactory(ward=ward, place="Harbour library")
    AssignmentFactory(
        patch=PatchFactory(ward=ward, code="KS-05"),
        kind="cover",
        starts_on=DAY,
        ends_on=DAY + ONE,
    )
    PatchFactory(ward=ward, code="KS-06")
    said = text_of(client.get(f"{START}wards/{ward.code}/"))
    for part in (
        "KS-04 Harbour Priya Nair, Housing officer, since 1 January 2024",
        "Homes in Elm Road",
        "led by Alex Doyle",
        "Cover until 4 March 2026",
        "KS-06 Kestrel ward team No officer of its own at the moment",
        "Harbour library",
    ):
        assert part in said


def test_ward_page_of_no_ward_is_not_found(client):
    page = client.get(f"{START}wards/E05000001/")
    assert page.status_code == 404
    assert not page.cookies


def test_ward_without_team_or_patches_says_so(client):
    said = text_of(client.get(f"{START}wards/{WardFactory().code}/"))
    assert "No ward team looks after this ward" in said
    assert "This ward has no patches at the moment." in said


def test_ward_list_names_every_ward(client, ward, team):
    assert "Kestrel : Kestrel ward team" in text_of(client.get(f"{START}wards/"))


@pytest.mark.parametrize(
    "path", [f"{START}?postcode=zk11aa", f"{START}wards/{{code}}/"]
)
def test_queries_do_not_grow(client, ward, patch, lead, team, home_in, path):
    path = path.format(code=ward.code)
    home_in(patch)
    for _ in range(2):
        AssignmentFactory(patch=PatchFactory(ward=ward))
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(10):
        home_in(patch, street=f"Elm {number}", street_key=f"elm {number}")
        AssignmentFactory(patch=PatchFactory(ward=ward))
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few) <= 14


def test_pages_are_linked_from_where_people_look(
    client, client_for, manager, ward, patch
):
    assert f'href="{START}"' in client.get(reverse("account_login")).content.decode()
    signed_in: Client = client_for(manager)
    public = reverse("officers:who_answers:ward", args=[ward.code])
    for url in (ward.get_absolute_url(), patch.get_absolute_url()):
        assert f'href="{public}"' in signed_in.get(url).content.decode()
