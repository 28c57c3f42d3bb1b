"""Bands that change on a date, on every page that shows one."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import day_before, long_date, today
from officers.models import AssignmentKind
from patches.models import Patch
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import LONG_AGO, PatchBandFactory, PatchFactory

pytestmark = pytest.mark.django_db
LIST = reverse("patches:register:list")
LATER = dt.timedelta(days=9)


@pytest.fixture
def bands(place):
    """The first patch, of three homes: 2 to 4 from today, 5 to 6 nine days later."""
    PatchBandFactory(
        patch=place.first,
        band_min=2,
        band_max=4,
        reason="Many visits",
        starts_on=today(),
        ends_on=day_before(today() + LATER),
    )
    PatchBandFactory(
        patch=place.first,
        band_min=5,
        band_max=6,
        reason="Fewer again",
        starts_on=today() + LATER,
    )
    return place


def edit_data(patch, **changes):
    return {
        "version": patch.version,
        "code": patch.code,
        "name": patch.name,
        "ward": patch.ward_id,
        "band_min": 280,
        "band_max": 300,
        "starts_on_day": patch.starts_on.day,
        "starts_on_month": patch.starts_on.month,
        "starts_on_year": patch.starts_on.year,
    } | changes


def test_list_speaks_of_the_band_of_the_day(bands, officer, client_for):
    client = client_for(officer.user)

    def found(day):
        query = {"as_at": day.isoformat(), "q": "KS-01"}
        (line,) = client.get(LIST, query).context["lines"]
        in_band = client.get(LIST, query | {"size": "in"}).context["lines"]
        return line.band, len(in_band)

    assert found(LONG_AGO) == ("Under band", 0)
    assert found(today()) == ("In band", 1)
    assert found(today() + LATER) == ("Under band", 0)


def test_list_as_csv_has_the_band_of_the_day(bands, leader, client_for):
    response = client_for(leader.user).get(
        LIST, {"format": "csv", "as_at": today().isoformat()}
    )
    rows = b"".join(response.streaming_content).decode().splitlines()
    assert '"3","2","4","In band"' in rows[1]


def test_patch_page_shows_the_band_its_reason_and_the_next(bands, officer, client_for):
    page = bands.first.get_absolute_url()
    client = client_for(officer.user)

    content = client.get(page).content.decode()
    before = client.get(page, {"as_at": LONG_AGO.isoformat()}).content.decode()

    assert "2 to 4 homes" in content
    assert "Many visits" in content
    assert f"Since {long_date(today())}" in content
    assert f"From {long_date(today() + LATER)}: 5 to 6 homes" in content
    assert "Band: 2 to 4 homes" in content
    assert "280 to 300 homes" not in content
    assert "280 to 300 homes" in before


def test_ward_and_home_pages_speak_of_the_band_of_today(bands, leader, client_for):
    client = client_for(leader.user)

    ward = client.get(bands.ward.get_absolute_url()).context
    home = client.get(reverse("home")).context["home"]

    assert [line.band for line in ward["lines"]] == ["In band", "Under band"]
    assert ward["out_of_band_count"] == 1
    assert [one.patch.code for one in home.out_of_band] == ["KS-02"]


def test_edit_page_starts_from_the_band_of_today(bands, leader, client_for):
    page = reverse("patches:register:edit", args=[bands.first.pk])
    initial = client_for(leader.user).get(page).context["form"].initial
    assert (initial["band_min"], initial["band_max"]) == (2, 4)


def test_another_band_needs_its_reason_and_holds_from_today(place, leader, client_for):
    client = client_for(leader.user)
    page = reverse("patches:register:edit", args=[place.first.pk])

    refused = client.post(page, edit_data(place.first, band_min=200))
    assert b"Say why the band changes" in refused.content
    assert b"govuk-error-summary" in refused.content
    assert not place.first.bands.exists()

    changed = client.post(
        page, edit_data(place.first, band_min=200, band_reason="Many visits")
    )
    assert changed.status_code == 302
    band = place.first.bands.get()
    assert (band.starts_on, band.band_min, band.band_max) == (today(), 200, 300)
    assert band.reason == "Many visits"
    assert b"Many visits" in client.get(changed.url).content
    place.first.refresh_from_db()
    assert place.first.band_min == 280


def test_a_late_edit_sees_the_band_somebody_else_set(place, leader, client_for):
    client = client_for(leader.user)
    page = reverse("patches:register:edit", args=[place.first.pk])
    first = edit_data(place.first, band_min=200, band_reason="Many visits")
    client.post(page, first)

    late = client.post(page, first | {"band_min": 210})

    assert b"changed this patch on" in late.content
    assert late.context["form"].initial["band_min"] == 200


def test_no_band_reason_is_asked_for_a_new_patch(ward, leader, client_for):
    page = client_for(leader.user).get(reverse("patches:register:create"))
    assert "band_reason" not in page.context["form"].fields


@pytest.mark.parametrize("where", ["list", "ward", "home", "detail"])
def test_bands_cost_no_more_queries(
    where, place, leader, client_for, django_assert_num_queries
):
    client = client_for(leader.user)
    page = {
        "list": LIST,
        "ward": place.ward.get_absolute_url(),
        "home": reverse("home"),
        "detail": place.first.get_absolute_url(),
    }[where]

    def add(count):
        for patch in PatchFactory.create_batch(count, ward=place.ward):
            PatchBandFactory(patch=patch)

    PatchBandFactory(patch=place.first, starts_on=LONG_AGO, ends_on=LONG_AGO)
    add(2)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    add(10)
    PatchBandFactory(patch=place.first, starts_on=today())
    with django_assert_num_queries(len(few)):
        client.get(page)


def test_answering_patches_with_cover_are_listed_once(bands, officer, client_for):
    AssignmentFactory(patch=bands.first, officer=officer)
    AssignmentFactory(
        patch=bands.first, kind=AssignmentKind.COVER, starts_on=today(), ends_on=today()
    )
    lines = client_for(officer.user).get(LIST).context["lines"]
    assert len(lines) == Patch.objects.count()
