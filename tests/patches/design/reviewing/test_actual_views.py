"""The pages of modelled against actual."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from patches.design.models import DesignStatus
from patches.design.months import months_before
from tests.factories.designs import WorkRecordFactory, make_drawn_design

pytestmark = pytest.mark.django_db
ACTUAL = reverse("patches:designs:actual")
PATCHES = reverse("patches:designs:actual_patches")


def designed(count=2, each=4, **fields):
    """A design in force for two years, each of its homes with a year's records."""
    made = make_drawn_design(
        status=DesignStatus.SCHEDULED,
        starts_on=today() - dt.timedelta(days=730),
        **fields,
    )
    months = months_before(today())
    for home in made.homes:
        WorkRecordFactory(
            property=home,
            work_type=made.work_type,
            count=each,
            starts_on=months[0].first,
            ends_on=months[-1].last,
        )
    return made


def text_of(response) -> str:
    return response.content.decode()


def csv_of(response) -> list[str]:
    return b"".join(response.streaming_content).decode().splitlines()


def test_whole_service_says_which_assumption_is_off(client_for, manager):
    made = designed(homes=20)
    text = text_of(client_for(manager).get(ACTUAL))
    assert "2.0 times as often as expected" in text
    assert "At 30 minutes each that is 40 hours more." in text
    assert "All recorded work together: 80 hours, 40 expected, 100% more." in text
    assert "More than expected" in text
    assert made.work_type.name in text
    assert "<svg" in text


def test_whole_service_says_when_nothing_is_off(client_for, officer):
    designed(each=2)
    text = text_of(client_for(officer.user).get(ACTUAL))
    assert "No assumption is off by more than chance." in text
    assert "chance explains the difference" in text


def test_ward_and_month_narrow_it(client_for, manager):
    one, other = designed(homes=20), designed(homes=20)
    month = months_before(today())[-3]
    page = client_for(manager).get(ACTUAL, {"ward": one.ward.pk, "month": month.key})
    assert [line.name for line in page.context["lines"]] == [one.work_type.name]
    assert [line.month for line in page.context["months"]] == [month]
    page = client_for(manager).get(ACTUAL, {"month": "2020-13"})
    assert page.status_code == 200
    assert "There is a problem" in text_of(page)
    assert other.work_type.name in text_of(client_for(manager).get(ACTUAL))


def test_nothing_recorded_yet_says_what_to_do(client_for, manager):
    text = text_of(client_for(manager).get(ACTUAL))
    assert "There is nothing to compare yet" in text
    make_drawn_design(status=DesignStatus.SCHEDULED, starts_on=dt.date(2025, 1, 1))
    text = text_of(client_for(manager).get(ACTUAL))
    assert "Records come with a work list" in text
    assert "There is nothing to compare yet" in text_of(
        client_for(manager).get(PATCHES)
    )


def test_patches_are_listed_with_what_makes_the_difference(client_for, manager):
    made = designed(homes=20)
    page = client_for(manager).get(PATCHES, {"sort": "-difference"})
    lines = page.context["page_obj"].object_list
    assert [line.patch for line in lines] == [made.present[1], made.present[0]]
    assert f"{made.work_type}: +2" in lines[0].mostly_text
    assert lines[0].url in text_of(page)


def test_only_patches_that_are_off_when_asked(client_for, manager):
    designed(homes=20, patches=1, moved=0)
    designed(each=2, patches=1, moved=0)
    client = client_for(manager)
    assert client.get(PATCHES).context["page_obj"].paginator.count == 2
    page = client.get(PATCHES, {"off": "on"})
    assert page.context["page_obj"].paginator.count == 1
    page = client.get(PATCHES, {"off": "on", "month": months_before(today())[0].key})
    assert "off by more than chance" in text_of(page)


def test_one_patch_by_month_and_kind(client_for, officer):
    made = designed(homes=20)
    url = reverse("patches:designs:actual_patch", args=[made.present[0].pk])
    page = client_for(officer.user).get(url)
    assert len(page.context["months"]) == 12
    assert made.work_type.name in text_of(page)
    assert (
        client_for(officer.user).get(url.replace("patches/", "patches/9")).status_code
    )


def test_every_list_comes_as_csv(client_for, manager):
    made = designed(homes=20)
    client = client_for(manager)
    rows = csv_of(client.get(ACTUAL, {"format": "csv"}))
    assert len(rows) == 2
    assert '"More than expected"' in rows[1]
    rows = csv_of(client.get(PATCHES, {"format": "csv"}))
    assert len(rows) == 1 + 2 * 12
    url = reverse("patches:designs:actual_patch", args=[made.present[0].pk])
    assert len(csv_of(client.get(url, {"format": "csv"}))) == 1 + 12


@pytest.mark.parametrize("url", [ACTUAL, PATCHES])
def test_queries_do_not_grow(client_for, manager, url):
    client = client_for(manager)
    designed(patches=2)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    designed(patches=6)
    designed(patches=4)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)
