"""Every home is told, due a letter, or an exception: on any day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from housingplus.common.dates import today
from officers.assignments.services import (
    assign_lead,
    cancel_planned,
    end_cover,
    set_cover,
)
from patches.models import Property
from tenants.households.services import mark_do_not_write
from tenants.letters.selectors.coverage import (
    Coverage,
    count_coverage,
    list_due,
    state_and_reason,
    total_of,
    with_coverage,
)
from tenants.letters.services import runs
from tests.factories.officers import OfficerFactory
from tests.factories.tenants import HouseholdFactory

pytestmark = pytest.mark.django_db


def states(day: dt.date | None = None) -> dict[int, tuple[str, str]]:
    """Where each home stands, and why it gets no letter."""
    homes = with_coverage(Property.objects.managed_on(day or today()), day or today())
    return {home.pk: state_and_reason(home.stands) for home in homes}


def counts(day: dt.date | None = None) -> tuple[int, int, dict[str, int]]:
    total = total_of(count_coverage(day or today()).values())
    return total.told, total.due, total.exceptions


@pytest.fixture
def post(produced, leader):
    """Write to everybody in a patch and post it today."""

    def write(patch, **fields):
        run = produced(patch, dated=today(), **fields)
        return runs.mark_posted(run=run, posted_on=today(), by=leader.user)

    return write


@pytest.fixture
def successor():
    return OfficerFactory(name="Robin Next")


@pytest.fixture
def tomorrow():
    return today() + dt.timedelta(days=1)


def test_nobody_is_told_before_the_first_letter(street):
    assert counts() == (0, 6, {})


def test_posting_tells_and_producing_does_not(street, patch, produced, leader):
    run = produced(patch, dated=today())
    assert counts() == (0, 6, {})
    runs.mark_posted(run=run, posted_on=today(), by=leader.user)
    assert counts() == (6, 0, {})


def test_a_letter_about_something_else_tells_nobody(street, patch, template, post):
    template.purpose = "other"
    template.save()
    post(patch)
    assert counts() == (0, 6, {})


def test_homes_are_told_due_and_exceptions(street, patch, add_home, post, leader):
    post(patch)
    add_home(patch, empty=True)
    add_home(None, ("Ms", "A", "Lone"), ward=patch.ward)
    add_home(patch, ("Ms", "New", "Comer"))
    mark_do_not_write(
        household=street[0].households.get(),
        version=1,
        reason="Asked us not to",
        review_on=today() + dt.timedelta(days=100),
        by=leader.user,
    )
    assert counts() == (5, 1, {"void": 1, "no_patch": 1, "do_not_write": 1})
    assert total_of(count_coverage(today()).values()).homes == 9


def test_a_new_lead_makes_letters_due_from_the_day(
    street, patch, post, successor, tomorrow
):
    post(patch)
    assign_lead(patch=patch, officer=successor, starts_on=tomorrow, by=None)
    assert counts() == (6, 0, {})
    assert counts(tomorrow) == (0, 6, {})
    due = list_due(tomorrow)[patch.ward_id]
    assert (due.since, due.causes) == (tomorrow, {"new_answer": 6})


def test_a_change_undone_is_not_due(street, patch, post, successor, tomorrow):
    post(patch)
    lead = assign_lead(patch=patch, officer=successor, starts_on=tomorrow, by=None)
    cancel_planned(assignment=lead, by=None)
    assert counts(tomorrow) == (6, 0, {})


def test_after_cover_the_lead_need_not_be_told_again(
    street, patch, post, successor, tomorrow
):
    post(patch)
    (cover,) = set_cover(
        patches=[patch],
        officer=successor,
        starts_on=today(),
        ends_on=today() + dt.timedelta(days=40),
        by=None,
    )
    assert counts() == (0, 6, {})
    end_cover(assignment=cover, last_day=today(), by=None)
    assert counts(tomorrow) == (6, 0, {})


def test_a_new_household_is_due_one_of_its_own(street, patch, post, tomorrow):
    post(patch)
    home = street[0]
    home.households.update(ends_on=today())
    HouseholdFactory(property=home, starts_on=tomorrow)
    assert states(tomorrow)[home.pk] == (Coverage.DUE, "")
    assert list_due(tomorrow)[patch.ward_id].causes == {"new_household": 1}


def test_what_could_not_be_written_stays_an_exception(patch, add_home, post):
    home = add_home(patch, ("Ms", "A", "Tenant"), postcode="")
    add_home(patch, ("Ms", "B", "Tenant"))
    post(patch)
    assert states()[home.pk] == (Coverage.EXCEPTION, "address")


def test_an_exception_is_due_again_when_somebody_else_answers(
    patch, add_home, post, successor, tomorrow
):
    home = add_home(patch, ("Ms", "A", "Tenant"), postcode="")
    add_home(patch, ("Ms", "B", "Tenant"))
    post(patch)
    assign_lead(patch=patch, officer=successor, starts_on=tomorrow, by=None)
    assert states(tomorrow)[home.pk] == (Coverage.DUE, "")


def test_queries_do_not_grow(street, patch, add_home):
    with CaptureQueriesContext(connection) as few:
        count_coverage(today())
    for number in range(8):
        add_home(patch, ("Ms", "More", f"Tenant{number}"))
    with CaptureQueriesContext(connection) as more:
        count_coverage(today())
    assert len(more) == len(few)
