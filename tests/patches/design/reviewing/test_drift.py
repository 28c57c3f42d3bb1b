"""Drift read from the database, and its page."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from patches.design.models import DesignPatchWork, DesignStatus
from patches.design.rules.drifting import Cause, Change, DriftState
from patches.design.selectors.drift import (
    forecast_patches,
    past_changes,
    planned_changes,
)
from patches.design.selectors.drift_work import work_drift
from patches.register.models import Patch, PatchBand
from tenants.households.vacancies import count_empty_homes
from tests.factories.designs import make_drawn_design
from tests.factories.patches import (
    PatchBandFactory,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
)
from tests.factories.tenants import HouseholdFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 3)
URL = reverse("patches:designs:drift")


def in_days(days: int, since: dt.date = DAY) -> dt.date:
    return since + dt.timedelta(days=days)


def member(patch, *, starts_on=None, ends_on=None, **home):
    return PatchMembershipFactory(
        patch=patch,
        property=PropertyFactory(ward=patch.ward, **home),
        starts_on=starts_on or dt.date(2024, 1, 1),
        ends_on=ends_on,
    )


def sized(homes: int, *, low: int, high: int, **fields) -> Patch:
    patch = PatchFactory(band_min=low, band_max=high, **fields)
    for _ in range(homes):
        home = member(patch).property
        HouseholdFactory(property=home)
    return patch


def states(day=DAY) -> dict[int, DriftState]:
    patches = list(Patch.objects.as_at(day).with_home_count(day))
    found = forecast_patches(patches, day, empty=count_empty_homes(day))
    return {one.patch.pk: one.forecast.state for one in found}


@pytest.fixture
def patch():
    return PatchFactory()


@pytest.mark.parametrize(
    ("fields", "changes"),
    [
        ({}, []),
        ({"managed_to": in_days(10)}, [Change(in_days(11), -1, Cause.GOES)]),
        ({"managed_to": in_days(-1)}, []),
        ({"ends_on": in_days(10)}, [Change(in_days(11), -1, Cause.MOVED_OUT)]),
        ({"starts_on": in_days(9)}, [Change(in_days(9), 1, Cause.MOVED_IN)]),
        ({"managed_from": in_days(9)}, [Change(in_days(9), 1, Cause.NEW)]),
        (
            {"managed_from": in_days(5), "starts_on": in_days(9)},
            [Change(in_days(9), 1, Cause.MOVED_IN)],
        ),
        (
            {"managed_from": in_days(9), "starts_on": in_days(9)},
            [Change(in_days(9), 1, Cause.NEW)],
        ),
        ({"managed_to": in_days(5), "starts_on": in_days(9)}, []),
        (
            {"managed_to": in_days(20), "ends_on": in_days(10)},
            [Change(in_days(11), -1, Cause.MOVED_OUT)],
        ),
    ],
)
def test_what_is_known_to_come(patch, fields, changes):
    member(patch, **fields)
    assert planned_changes([patch.pk], DAY)[patch.pk] == changes


def test_a_home_that_goes_on_in_the_same_patch_is_no_change(patch):
    home = member(patch, ends_on=in_days(9)).property
    PatchMembershipFactory(patch=patch, property=home, starts_on=in_days(10))
    assert planned_changes([patch.pk], DAY)[patch.pk] == []


def test_what_came_and_went_in_the_past_year(patch):
    member(patch, managed_to=in_days(-40))
    member(patch, managed_to=in_days(-400))
    member(patch, managed_to=in_days(-40), ends_on=in_days(-100))
    member(patch, managed_from=in_days(-30), starts_on=in_days(-30))
    assert past_changes([patch.pk], DAY)[patch.pk] == [
        Change(in_days(-39), -1, Cause.GOES),
        Change(in_days(-30), 1, Cause.NEW),
    ]


def test_empty_homes_are_counted_by_patch(patch):
    lived_in, empty = member(patch).property, member(patch).property
    HouseholdFactory(property=lived_in)
    HouseholdFactory(property=empty, ends_on=in_days(-1))
    member(patch, managed_to=in_days(-1))
    assert count_empty_homes(DAY) == {patch.pk: 1}
    assert count_empty_homes(DAY, [PatchFactory().pk]) == {}


def test_patches_are_told_apart():
    steady = sized(4, low=3, high=5)
    out = sized(6, low=3, high=5)
    soon = sized(3, low=3, high=5)
    home = soon.memberships.first().property
    home.managed_to = in_days(60)
    home.save()
    empty = sized(3, low=3, high=5)
    empty.memberships.first().property.households.update(ends_on=in_days(-1))
    rebanded = sized(4, low=3, high=5)
    PatchBand.objects.create(
        patch=rebanded, starts_on=in_days(30), band_min=8, band_max=9
    )
    assert states() == {
        steady.pk: DriftState.STEADY,
        out.pk: DriftState.OUT,
        soon.pk: DriftState.SOON,
        empty.pk: DriftState.EMPTY,
        rebanded.pk: DriftState.SOON,
    }


@pytest.mark.parametrize(
    "periods",
    [
        [],
        [(in_days(-400), None)],
        [(in_days(-400), in_days(-1)), (DAY, None)],
        [(in_days(-400), DAY), (in_days(1), None)],
        [(in_days(-400), in_days(-1))],
        [(in_days(-400), in_days(-300)), (in_days(5), None)],
    ],
)
def test_the_band_is_the_dated_one_of_the_day(periods):
    patch = sized(1, low=1, high=9)
    for number, (starts_on, ends_on) in enumerate(periods, 2):
        PatchBandFactory(
            patch=patch,
            band_min=number,
            band_max=9,
            starts_on=starts_on,
            ends_on=ends_on,
        )

    found = Patch.objects.with_home_count(DAY).with_band_state(DAY).get()
    (one,) = forecast_patches([found], DAY, empty={})

    band = one.forecast.band
    if one.forecast.state != DriftState.SOON:
        assert (band.smallest, band.largest) == (found.smallest, found.largest)
    is_out = one.forecast.state == DriftState.OUT
    assert is_out == (found.band_state != "in")


def test_a_patch_leaves_its_band_when_the_dated_one_ends():
    """Then the band it began with holds again."""
    patch = sized(3, low=5, high=9)
    last = in_days(60)
    PatchBandFactory(
        patch=patch, band_min=1, band_max=4, starts_on=in_days(-90), ends_on=last
    )

    found = Patch.objects.with_home_count(DAY).get()
    forecast = forecast_patches([found], DAY, empty={})[0].forecast

    assert forecast.state == DriftState.SOON
    assert forecast.leaves_on == last + dt.timedelta(days=1)
    assert (forecast.band.smallest, forecast.band.largest) == (5, 9)


def test_work_is_compared_with_what_was_drawn():
    made = make_drawn_design(
        patches=2, homes=6, status=DesignStatus.SCHEDULED, starts_on=DAY
    )
    assert all(not drift.is_beyond for drift in work_drift(made.present, DAY).values())
    drawn = made.drawn[0]
    DesignPatchWork.objects.filter(patch=drawn).update(officer_hours=0.2)
    drift = work_drift(made.present, DAY)[made.present[0].pk]
    assert drift.hours_now == pytest.approx(4 / 12)
    assert drift.share == pytest.approx(4 / 12 / 0.2 - 1)
    assert drift.is_beyond
    assert drift.design_name == made.design.name
    assert PatchFactory().pk not in work_drift(list(Patch.objects.all()), DAY)


def text_of(response) -> str:
    return response.content.decode()


def test_page_says_when_and_why(client_for, officer):
    patch = sized(3, low=3, high=5)
    home = patch.memberships.first().property
    home.managed_to = in_days(59, today())
    home.save()
    sized(4, low=3, high=5)
    page = client_for(officer.user).get(URL)
    assert [line.patch for line in page.context["page_obj"]] == [patch]
    text = text_of(page)
    assert "In about 2 months" in text
    assert "About 2 homes from" in text
    assert "1 home will have left management by" in text


@pytest.mark.parametrize(
    ("what", "count"), [("", 2), ("soon", 0), ("out", 1), ("empty", 1), ("all", 3)]
)
def test_warnings_can_be_chosen(client_for, manager, what, count):
    sized(6, low=3, high=5)
    sized(4, low=3, high=5)
    sized(3, low=3, high=5).memberships.first().property.households.all().delete()
    page = client_for(manager).get(URL, {"what": what})
    assert page.context["page_obj"].paginator.count == count
    assert text_of(page)


def test_work_that_changed_is_named(client_for, manager):
    made = make_drawn_design(
        patches=1, homes=6, moved=0, status=DesignStatus.SCHEDULED, starts_on=today()
    )
    DesignPatchWork.objects.update(officer_hours=0.2)
    (patch,) = made.present
    patch.band_min, patch.band_max = 5, 7
    patch.save()
    for home in made.homes:
        HouseholdFactory(property=home)
    text = text_of(client_for(manager).get(URL, {"what": "work"}))
    assert "Work has changed" in text
    assert "150% more than when it was drawn" in text


def test_ward_narrows_the_list(client_for, manager):
    one, _ = sized(6, low=3, high=5), sized(6, low=3, high=5)
    page = client_for(manager).get(URL, {"ward": one.ward_id})
    assert [line.patch for line in page.context["page_obj"]] == [one]


def test_list_comes_as_csv(client_for, manager):
    sized(6, low=3, high=5)
    response = client_for(manager).get(URL, {"format": "csv"})
    rows = b"".join(response.streaming_content).decode().splitlines()
    assert len(rows) == 2
    assert "6 homes are more than its band of 3 to 5 allows." in rows[1]


def test_nothing_drifting_says_so(client_for, manager):
    assert "There are no patches yet" in text_of(client_for(manager).get(URL))
    sized(4, low=3, high=5)
    assert "No patch is drifting" in text_of(client_for(manager).get(URL))


def test_queries_do_not_grow(client_for, manager):
    def more(patches):
        make_drawn_design(
            patches=patches,
            status=DesignStatus.SCHEDULED,
            starts_on=today(),
            assumptions=assumptions,
        )
        member(PatchFactory(), managed_to=in_days(60, today()))

    assumptions = make_drawn_design().design.assumptions
    client = client_for(manager)
    more(2)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    more(9)
    more(3)
    with CaptureQueriesContext(connection) as many:
        client.get(URL)
    assert len(many) == len(few)
