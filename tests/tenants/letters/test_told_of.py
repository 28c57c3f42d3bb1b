"""Whom a household should have been told of: short cover, and changed details."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from housingplus.common.dates import today
from officers.assignments.services import make_vacant, set_cover
from officers.directory.services import edit_officer
from officers.teams.services import save_team
from tenants.letters.default_wording import COVER, VACANCY, Wording
from tenants.letters.errors import NotDueAnyMore
from tenants.letters.selectors.answering import contact_key, told_key
from tenants.letters.selectors.coverage import count_coverage, list_due, total_of
from tenants.letters.services import runs
from tenants.letters.services.due import dismiss_run, prepare_letters_due
from tenants.letters.services.templates import create_template
from tenants.models import LetterRunHome
from tests.factories.officers import OfficerFactory

pytestmark = pytest.mark.django_db


def day(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def counts(on: dt.date | None = None) -> tuple[int, int, dict[str, int]]:
    total = total_of(count_coverage(on or today()).values())
    return total.told, total.due, total.exceptions


def causes(patch, on: dt.date | None = None) -> dict[str, int]:
    found = list_due(on or today())
    return found[patch.ward_id].causes if found else {}


@pytest.fixture
def post(produced, leader):
    """Write to everybody in a patch and post it today."""

    def write(patch, **fields):
        run = produced(patch, **{"dated": today(), **fields})
        return runs.mark_posted(run=run, posted_on=today(), by=leader.user)

    return write


@pytest.fixture
def cover(patch):
    """Cover of the patch from today, for so many days."""

    def begin(days: int, *, starts_on=None, officer=None):
        starts_on = starts_on or today()
        officer = officer or OfficerFactory(name="Robin Cover")
        return set_cover(
            patches=[patch],
            officer=officer,
            starts_on=starts_on,
            ends_on=starts_on + dt.timedelta(days=days - 1),
            by=None,
        )[0]

    return begin


@pytest.fixture
def edit(officer):
    """Change the officer's details, `days` ago."""

    def change(*, days: int = 0, **details):
        officer.refresh_from_db()
        with time_machine.travel(timezone.now() - dt.timedelta(days=days)):
            edit_officer(
                officer=officer, version=officer.version, details=details, by=None
            )

    return change


def wording_of(wording: Wording):
    template = create_template(
        name=wording.name,
        purpose=wording.purpose,
        subject=wording.subject,
        body=wording.body,
        by=None,
    )
    return template.versions.get()


@pytest.mark.parametrize(("days", "due"), [(28, 0), (29, 6)])
def test_only_longer_cover_makes_letters_due(street, patch, post, cover, days, due):
    post(patch)
    cover(days)
    assert counts() == (6 - due, due, {})
    assert counts(day(days)) == (6, 0, {})


def test_the_days_are_a_setting(street, patch, post, cover, settings):
    settings.LETTERS_COVER_DAYS = 0
    post(patch)
    cover(1)
    assert counts() == (0, 6, {})


def test_cover_that_follows_by_the_same_person_counts_with_it(
    street, patch, post, cover
):
    post(patch)
    robin = cover(20).officer
    assert counts() == (6, 0, {})
    cover(20, starts_on=day(20), officer=robin)
    assert counts() == (0, 6, {})
    assert counts(day(25)) == (0, 6, {})


def test_cover_by_two_people_counts_each(street, patch, post, cover):
    post(patch)
    cover(20)
    cover(20, starts_on=day(20), officer=OfficerFactory(name="Kim Other"))
    assert counts(day(25)) == (6, 0, {})


def test_a_letter_during_short_cover_that_names_only_the_cover(
    street, patch, post, cover
):
    """They are told while it runs, and due once the officer they never met is back."""
    cover(5)
    assert counts() == (0, 6, {})
    run = post(patch)
    assert run.letters.first().values["officer name"] == "Robin Cover"
    assert counts() == (6, 0, {})
    assert counts(day(5)) == (0, 6, {})


@pytest.mark.parametrize("days", [5, 60])
def test_a_letter_that_names_who_is_away_tells_of_both(
    street, patch, post, cover, days
):
    cover(days)
    post(patch, template_version=wording_of(COVER))
    assert counts() == (6, 0, {})
    assert counts(day(days)) == (6, 0, {})


def test_dismissed_during_short_cover(
    street, patch, ward, cover, work, leader, template
):
    cover(5)
    (run,) = prepare_letters_due(day=today(), wards=[ward], by=None)
    dismiss_run(run=work.compose(run), reason="Told at the door", by=leader.user)
    assert counts() == (0, 0, {"dismissed": 6})


def test_a_new_number_makes_letters_due_since_that_day(street, patch, post, edit):
    post(patch)
    LetterRunHome.objects.update(settled_on=day(-10))
    edit(phone="01632 960999", days=3)
    due = list_due(today())[patch.ward_id]
    assert (due.causes, due.since) == ({"contact": 6}, day(-3))
    assert counts(day(-4))[:2] == (6, 0)
    assert counts(day(-3))[:2] == (0, 6)


@pytest.mark.parametrize(
    ("details", "due"),
    [
        ({"name": "Sam New-Name"}, 6),
        ({"email": "new@example.com"}, 6),
        ({"job_title": "Senior officer"}, 0),
    ],
)
def test_what_counts_as_contact_details(street, patch, post, edit, details, due):
    post(patch)
    edit(**details)
    assert counts()[1] == due


def test_told_the_new_number_is_told(street, patch, post, edit):
    post(patch)
    edit(phone="01632 960999")
    post(patch)
    assert counts() == (6, 0, {})


def test_a_number_changed_back_is_not_due(
    street, patch, officer, ward, post, edit, work, leader
):
    post(patch)
    before = officer.phone
    edit(phone="01632 960999")
    (run,) = prepare_letters_due(day=today(), wards=[ward], by=None)
    run = work.compose(run)
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    edit(phone=before)
    assert counts() == (6, 0, {})
    with pytest.raises(NotDueAnyMore):
        runs.mark_posted(run=run, posted_on=today(), by=leader.user)


def test_the_teams_number_counts_where_it_answers(street, patch, post, team, edit):
    make_vacant(patch=patch, starts_on=today(), reason="", by=None)
    post(patch, template_version=wording_of(VACANCY))
    edit(phone="01632 960999")
    assert counts() == (6, 0, {})
    team.refresh_from_db()
    save_team(
        team=team,
        name=team.name,
        phone="01632 960111",
        email=team.email,
        version=team.version,
        by=None,
    )
    assert causes(patch) == {"contact": 6}


def test_a_run_dated_before_the_change_prints_the_new_number(
    street, patch, ward, edit, work, leader, template
):
    (run,) = prepare_letters_due(day=day(-2), wards=[ward], by=None)
    edit(phone="01632 960999")
    run = runs.approve_run(run=work.compose(run), by=leader.user)
    assert run.letter_count == 6


def test_runs_posted_before_details_were_kept(street, patch, post, edit, officer):
    """Their details are those printed; other rows get those of today."""
    migration = import_module(
        "tenants.migrations.0013_say_which_contact_details_were_told"
    )
    edit(phone="01632 960111")
    post(patch)
    now = set(LetterRunHome.objects.values_list("pk", "told_key"))
    migration.take_details_away(apps, None)
    bare = f":officer-{officer.pk}"
    assert LetterRunHome.objects.filter(told_key__endswith=bare).count() == 6
    migration.add_details(apps, None)
    assert set(LetterRunHome.objects.values_list("pk", "told_key")) == now

    migration.take_details_away(apps, None)
    edit(phone="01632 960222")
    migration.add_details(apps, None)
    assert causes(patch) == {"contact": 6}

    migration.take_details_away(apps, None)
    run = LetterRunHome.objects.first().run
    run.senders = {}
    run.save(update_fields=["senders"])
    migration.add_details(apps, None)
    assert counts() == (6, 0, {})


def test_the_key_ignores_spaces_only():
    assert contact_key(["Sam", "01632  960111 ", ""]) == contact_key(
        ["Sam", "01632 960111", ""]
    )
    assert contact_key(["Sam", "0", ""]) != contact_key(["Sam", "", "0"])
    assert told_key(None, None, names_covered=True) == "0:"
