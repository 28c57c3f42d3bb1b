"""What a ward's team prints: who is named on what, as a PDF that can be read out."""

from __future__ import annotations

import datetime as dt
import io
from contextlib import closing

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from tests.factories.officers import (
    AssignmentFactory,
    CouncillorFactory,
    DropInFactory,
    OfficerFactory,
)
from tests.factories.patches import (
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)
from tests.factories.tenants import HouseholdMemberFactory
from tests.pdf_ua import problems_of

pytestmark = pytest.mark.django_db
SITE = "https://homes.example.gov.uk"


@pytest.fixture
def client(client_for, officer):
    return client_for(officer.user)


@pytest.fixture
def patches(ward, team):
    """Two patches of the ward: Ada Fern's on Elm Road, and one nobody leads."""
    made = [PatchFactory(ward=ward, code=code, name="") for code in ("S01", "S02")]
    ada = OfficerFactory(name="Ada Fern", phone="07700 900123")
    AssignmentFactory(patch=made[0], officer=ada)
    for patch, street in zip(made, ("Elm Road", "Oak Road"), strict=True):
        home = PropertyFactory(ward=ward, street=street)
        PatchMembershipFactory(patch=patch, property=home)
    return made


def read(client, ward, kind: str, **query) -> list[str]:
    """Return the words of each page."""
    url = reverse("officers:notices:pdf", args=[ward.pk, kind])
    response = client.get(url, query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    with closing(pypdfium2.PdfDocument(response.content)) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def test_a_poster_for_each_patch_names_who_answers_and_the_streets(
    client, ward, team, patches
):
    DropInFactory(ward=ward, place="Elm Hall")
    first, second = read(client, ward, "posters")

    assert "Your housing officer is Ada Fern" in first
    assert "Telephone: 07700 900123" in first
    assert "Elm Road" in first
    assert "Oak Road" not in first
    assert "Elm Hall" in first
    assert f"Your homes are looked after by {team.name}" in second
    assert "Oak Road" in second


def test_a_sheet_of_eight_cards_for_each_patch(client, ward, patches):
    first, second = read(client, ward, "cards")

    assert first.count("Ada Fern") == 8
    assert second.count("Your housing team") == 8


def test_the_briefing_names_councillors_patches_and_streets(
    client, ward, team, patches
):
    CouncillorFactory(ward=ward, name="Cllr Noor Hale")
    (page,) = read(client, ward, "briefing")

    assert "For Cllr Noor Hale" in page
    for words in ("S01", "Ada Fern", "Elm Road", "S02", team.name, "Oak Road"):
        assert words in page


def test_the_pack_is_one_file_that_begins_with_its_contents(client, ward, patches):
    cover, briefing, *rest = read(client, ward, "all")

    assert len(rest) == 2 + 2 + 1
    for words in (
        "Briefing for councillors 2",
        "posters, one for each patch 3 to 4",
        "cut out 5 to 6",
        "Drop-in flyer 7",
    ):
        assert words in cover
    assert "who answers for which homes" in briefing


def test_no_resident_is_named(client, ward, patches):
    member = HouseholdMemberFactory(
        person__last_name="Quillfeather", household__property__ward=ward
    )
    PatchMembershipFactory(patch=patches[0], property=member.household.property)

    assert "Quillfeather" not in " ".join(read(client, ward, "all"))


def test_a_later_day_names_who_answers_then(client, ward, patches):
    later = today() + dt.timedelta(days=30)
    AssignmentFactory(
        patch=patches[1], officer=OfficerFactory(name="Bo Reed"), starts_on=later
    )

    assert "Bo Reed" not in read(client, ward, "posters")[1]
    assert "Bo Reed" in read(client, ward, "posters", on=later.isoformat())[1]


def test_the_code_leads_to_the_look_up(settings, client, ward, patches):
    url = reverse("officers:notices:pdf", args=[ward.pk, "posters"])
    settings.PUBLIC_URL = ""
    assert codes_of(client.get(url).content) == []
    settings.PUBLIC_URL = SITE
    assert codes_of(client.get(url).content) == [f"{SITE}/who-is-my-officer/"] * 2


def codes_of(content: bytes) -> list[str]:
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        pictures = [page.render(scale=2).to_pil().convert("L") for page in pdf]
    return [
        found.text for picture in pictures for found in zxingcpp.read_barcodes(picture)
    ]


def test_the_file_is_tagged_and_says_what_it_is(settings, client, ward, patches):
    settings.PUBLIC_URL = SITE
    url = reverse("officers:notices:pdf", args=[ward.pk, "all"])
    content = client.get(url).content
    assert problems_of(content) == []
    with (
        pikepdf.open(io.BytesIO(content)) as pdf,
        pdf.open_metadata() as metadata,
    ):
        assert pdf.Root.MarkInfo.Marked
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == f"Print pack, {ward}"


def test_a_patch_of_many_streets_is_still_one_poster(client, ward, patches):
    for number in range(100):
        home = PropertyFactory(ward=ward, street=f"Winding Hill Road {number:03}")
        PatchMembershipFactory(patch=patches[0], property=home)
    first, _ = read(client, ward, "posters")

    assert "Winding Hill Road 010" in first
    assert "and 11 more streets" in first


def test_the_page_says_what_there_is(client, ward, patches):
    page = client.get(reverse("officers:notices:ward", args=[ward.pk]))

    body = " ".join(page.content.decode().split())
    assert "1 patch of this ward has no officer" in body
    assert "None are held" in body


def test_a_ward_without_patches_has_nothing_to_print(client):
    ward = WardFactory()
    body = client.get(reverse("officers:notices:ward", args=[ward.pk]))
    assert "No patch has homes in this ward" in body.content.decode()
    url = reverse("officers:notices:pdf", args=[ward.pk, "posters"])
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("query", ["on=yesterday", "on=0001-01-01", "on_day=31"])
def test_a_day_that_is_none_is_today(client, ward, patches, query):
    url = reverse("officers:notices:pdf", args=[ward.pk, "briefing"])
    assert client.get(f"{url}?{query}").status_code == 200


def test_unknown_kinds_are_not_found(client, ward, patches):
    url = reverse("officers:notices:pdf", args=[ward.pk, "banners"])
    assert client.get(url).status_code == 404


def test_queries_do_not_grow(client, ward, team, patches, django_assert_num_queries):
    url = reverse("officers:notices:pdf", args=[ward.pk, "all"])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(12):
        AssignmentFactory(patch=PatchFactory(ward=ward, code=f"T{number:02}"))
    with django_assert_num_queries(len(few)):
        client.get(url)
