"""Draft runs of letters due: one a ward, made by themselves, never out of date."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from housingplus.common.dates import today
from officers.assignments.services import assign_lead, cancel_planned
from tenants.letters.errors import MoveRefused, NotDueAnyMore, NothingToSend
from tenants.letters.selectors.coverage import count_coverage, total_of
from tenants.letters.selectors.due import days_of_coming_changes
from tenants.letters.services import runs
from tenants.letters.services.due import dismiss_run, prepare_letters_due
from tests.factories.officers import OfficerFactory

pytestmark = pytest.mark.django_db


def counts(day: dt.date | None = None) -> tuple[int, int, dict[str, int]]:
    total = total_of(count_coverage(day or today()).values())
    return total.told, total.due, total.exceptions


@pytest.fixture
def post(produced, leader):
    """Write to everybody in a patch and post it today."""

    def write(patch):
        run = produced(patch, dated=today())
        return runs.mark_posted(run=run, posted_on=today(), by=leader.user)

    return write


@pytest.fixture
def change(patch, tomorrow):
    """Let somebody else lead the patch, from tomorrow unless told otherwise."""

    def make(officer=None, starts_on=None):
        return assign_lead(
            patch=patch,
            officer=officer or OfficerFactory(),
            starts_on=starts_on or tomorrow,
            by=None,
        )

    return make


@pytest.fixture
def tomorrow():
    return today() + dt.timedelta(days=1)


@pytest.fixture
def prepare(ward, work, template):
    def make(day: dt.date | None = None):
        made = prepare_letters_due(day=day or today(), wards=[ward], by=None)
        return [work.compose(run) for run in made]

    return make


def test_one_run_for_the_ward(street, prepare):
    (run,) = prepare()
    assert (run.status, run.letter_count, run.created_by) == ("composed", 6, None)
    assert prepare() == []


def test_a_second_run_of_a_ward_and_day_is_told_apart(
    street, patch, add_home, prepare, leader
):
    (run,) = prepare()
    runs.approve_run(run=run, by=leader.user)
    add_home(patch, ("Ms", "New", "Comer"))
    (second,) = prepare()
    assert second.title == f"{run.title} (2)"
    assert (second.letter_count, prepare()) == (1, [])


def test_only_homes_that_are_due(street, patch, add_home, post, prepare):
    post(patch)
    add_home(patch, ("Ms", "New", "Comer"))
    (run,) = prepare()
    assert (run.home_count, run.letter_count) == (1, 1)


def test_nothing_is_prepared_when_nothing_is_due(street, patch, post, prepare):
    post(patch)
    assert prepare() == []


def test_no_template_is_said(street, ward, template):
    template.is_archived = True
    template.save()
    with pytest.raises(CommandError, match="no template that introduces"):
        call_command("prepare_letters_due", stdout=StringIO())


def test_the_command_prepares_and_says_what(street, ward, template):
    out = StringIO()
    call_command("prepare_letters_due", stdout=out)
    assert f"Letters due: {ward.name}" in out.getvalue()
    assert "1 runs prepared" in out.getvalue()


def test_told_meanwhile_are_withdrawn_at_approval(street, patch, post, prepare, leader):
    (run,) = prepare()
    post(patch)
    with pytest.raises(NothingToSend):
        runs.approve_run(run=run, by=leader.user)


def test_a_change_undone_is_withdrawn_before_posting(
    street, patch, post, prepare, leader, change, tomorrow, work
):
    post(patch)
    lead = change()
    (run,) = prepare(tomorrow)
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    cancel_planned(assignment=lead, by=None)
    with pytest.raises(NotDueAnyMore):
        runs.mark_posted(run=run, posted_on=today(), by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    run.refresh_from_db()
    assert (run.letter_count, run.exception_count) == (0, 6)


def test_dismissed_homes_are_exceptions_until_the_next_change(
    street, prepare, leader, change, tomorrow
):
    (run,) = prepare()
    dismiss_run(run=run, reason="Told at the open day", by=leader.user)
    assert counts() == (0, 0, {"dismissed": 6})
    assert prepare() == []
    change()
    assert counts(tomorrow) == (0, 6, {})


def test_who_was_dismissed_once_is_due_when_they_come_again(
    street, patch, post, prepare, leader, change, tomorrow
):
    """Robin is to answer, dismissed; does not; and answers a month later."""
    post(patch)
    robin = OfficerFactory(name="Robin Next")
    lead = change(robin)
    (run,) = prepare(tomorrow)
    dismiss_run(run=run, reason="Only for a day", by=leader.user)
    assert counts(tomorrow) == (0, 0, {"dismissed": 6})
    cancel_planned(assignment=lead, by=None)
    later = tomorrow + dt.timedelta(days=30)
    change(robin, later)

    assert counts(tomorrow) == (6, 0, {})
    assert counts(later) == (0, 6, {})


def test_a_change_undone_and_made_again_is_due(
    street, patch, post, prepare, leader, change, tomorrow, work
):
    post(patch)
    robin = OfficerFactory(name="Robin Next")
    lead = change(robin)
    (run,) = prepare(tomorrow)
    runs.approve_run(run=run, by=leader.user)
    cancel_planned(assignment=lead, by=None)
    runs.produce_run(run=run, by=leader.user)
    run.refresh_from_db()
    assert run.exception_count == 6
    run.homes.update(settled_on=today())  # As posting the rest of the run does.
    change(robin)

    assert counts(tomorrow) == (0, 6, {})


def test_a_cancelled_run_leaves_them_due(street, prepare, leader):
    (run,) = prepare()
    runs.cancel_run(run=run, reason="Later", by=leader.user)
    (again,) = prepare()
    assert again.pk != run.pk


def test_dismissing_is_refused_once_approved(street, prepare, leader):
    (run,) = prepare()
    runs.approve_run(run=run, by=leader.user)
    with pytest.raises(MoveRefused):
        dismiss_run(run=run, reason="Too late", by=leader.user)


def test_coming_changes_are_listed_by_day(street, ward, change, tomorrow):
    assert days_of_coming_changes([ward.pk], today()) == []
    change()
    assert days_of_coming_changes([ward.pk], today()) == [tomorrow]
