"""Drop-in sessions: how they are said, kept and shown."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import long_date, today
from officers.drop_ins import errors, services
from officers.drop_ins.forms import ClockField
from officers.drop_ins.presenters import clock, drop_in_line
from officers.drop_ins.selectors import list_drop_ins_of_wards
from officers.models import DropIn
from tests.factories.officers import DropInFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
FORM = {
    "place": "Harbour library",
    "weekday": "2",
    "opens_at": "10am",
    "closes_at": "12.30 pm",
    "starts_on": "2026-03-03",
}


def url(name: str, *args) -> str:
    return reverse(f"officers:drop_ins:{name}", args=args)


@pytest.fixture
def page(client_for, leader):
    return client_for(leader.user)


@pytest.mark.parametrize(
    ("typed", "time", "said"),
    [
        ("10am", dt.time(10), "10am"),
        ("10:00", dt.time(10), "10am"),
        ("2.30 pm", dt.time(14, 30), "2:30pm"),
        ("2:30PM", dt.time(14, 30), "2:30pm"),
        ("14:30", dt.time(14, 30), "2:30pm"),
        ("Midday", dt.time(12), "midday"),
        ("12pm", dt.time(12), "midday"),
        ("00:00", dt.time(0), "midnight"),
        ("12:05am", dt.time(0, 5), "12:05am"),
    ],
)
def test_times_are_read_as_typed_and_said_as_spoken(typed, time, said):
    assert ClockField().clean(typed) == time
    assert clock(time) == said


@pytest.mark.parametrize("typed", ["ten", "25:00", "10:99", "10am\0", "１０am x"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(Exception, match="Enter a time, for example"):
        ClockField().clean(typed)


def test_a_session_says_when_where_and_until_when():
    drop_in = DropInFactory(
        place="Library",
        address="3 Quay Street",
        note="First week of the month only.",
        starts_on=today() + DAY,
        ends_on=today() + 9 * DAY,
    )
    line = drop_in_line(drop_in, today())
    assert line.when == "Tuesdays, 10am to 12:30pm"
    assert line.where == "Library, 3 Quay Street"
    assert line.note == (
        f"First week of the month only. From {long_date(today() + DAY)}. "
        f"Until {long_date(today() + 9 * DAY)}."
    )


def test_sessions_of_wards_are_those_held_or_soon_to_be(ward):
    held = DropInFactory(ward=ward, weekday=5)
    soon = DropInFactory(ward=ward, weekday=1, starts_on=today() + 28 * DAY)
    DropInFactory(ward=ward, starts_on=today() + 29 * DAY)
    DropInFactory(ward=ward, ends_on=today() - DAY)
    DropInFactory()
    assert list(list_drop_ins_of_wards([ward.pk], today())) == [soon, held]


def test_leader_adds_changes_and_ends_a_session(page, ward):
    page.post(url("create"), FORM | {"ward": ward.pk, "token": uuid.uuid4()})
    drop_in = DropIn.objects.get()
    assert (drop_in.weekday, drop_in.closes_at) == (2, dt.time(12, 30))
    shown = page.get(url("edit", drop_in.pk)).content.decode()
    assert 'value="10:00"' in shown

    ended = FORM | {"ends_on": today().isoformat(), "version": 1}
    assert page.post(url("edit", drop_in.pk), ended).status_code == 302

    drop_in.refresh_from_db()
    assert (drop_in.ends_on, drop_in.version) == (today(), 2)
    assert AuditEvent.objects.first().changes == {
        "ends_on": [None, today().isoformat()]
    }


def test_a_double_click_adds_one(page, ward):
    data = FORM | {"ward": ward.pk, "token": uuid.uuid4()}
    page.post(url("create"), data)
    page.post(url("create"), data)
    assert DropIn.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"closes_at": "10am"}, "later than the opening time"),
        ({"ends_on": "2026-03-02"}, "or later"),
        ({"opens_at": "ten"}, "Enter a time, for example 10am"),
        ({"weekday": "8"}, "There is a problem"),
        ({"place": ""}, "There is a problem"),
    ],
)
def test_what_cannot_be_is_refused_in_the_form(page, ward, wrong, message):
    data = FORM | {"ward": ward.pk, "token": uuid.uuid4()} | wrong
    assert message in page.post(url("create"), data).content.decode()
    drop_in = DropInFactory(ward=ward)
    data = FORM | {"version": 1} | wrong
    assert message in page.post(url("edit", drop_in.pk), data).content.decode()


def test_a_session_that_is_over_stays_as_it_was(page, ward):
    drop_in = DropInFactory(ward=ward, ends_on=today() - DAY)
    text = page.post(url("edit", drop_in.pk), FORM | {"version": 1}).content.decode()
    assert "It was held until" in text


def test_only_a_session_to_come_can_be_removed(page, ward, manager):
    coming = DropInFactory(ward=ward, starts_on=today() + DAY)
    held = DropInFactory(ward=ward)
    with pytest.raises(errors.DropInBegun, match="last day instead"):
        services.remove_drop_in(drop_in=held, by=manager)
    assert "Remove this session" in page.get(url("edit", coming.pk)).content.decode()
    page.post(url("remove", coming.pk))
    assert list(DropIn.objects.all()) == [held]
    services.remove_drop_in(drop_in=coming, by=manager)


def test_second_of_two_who_change_a_session_sees_the_first(page, ward):
    drop_in = DropInFactory(ward=ward)
    page.post(url("edit", drop_in.pk), FORM | {"note": "Upstairs", "version": 1})
    late = page.post(url("edit", drop_in.pk), FORM | {"note": "Hall", "version": 1})
    assert late.status_code == 409
    assert "Upstairs" in late.content.decode()


def test_list_offers_changes_in_own_wards_only(page, ward):
    own, other = DropInFactory(ward=ward), DropInFactory()
    past = DropInFactory(ends_on=today() - DAY)
    text = page.get(url("list")).content.decode()
    assert own.get_absolute_url() in text
    assert other.place in text
    assert other.get_absolute_url() not in text
    found = page.get(url("list"), {"status": "past"}).context["page_obj"]
    assert list(found) == [past]
    found = page.get(url("list"), {"ward": ward.pk, "sort": "day"}).context["page_obj"]
    assert list(found) == [own]


@pytest.mark.parametrize("name", ["list", "ward"])
def test_queries_do_not_grow(page, ward, name, django_assert_num_queries):
    address = url("list") if name == "list" else ward.get_absolute_url()
    DropInFactory.create_batch(2, ward=ward)
    page.get(address)
    with CaptureQueriesContext(connection) as few:
        page.get(address)
    DropInFactory.create_batch(10, ward=ward)
    DropInFactory.create_batch(5)
    with django_assert_num_queries(len(few)):
        page.get(address)
