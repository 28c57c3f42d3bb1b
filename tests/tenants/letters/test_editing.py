"""Changing a run before it is approved, and what becomes due meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest

from housingplus.common.dates import today
from officers.assignments.services import assign_lead
from tenants.letters.default_wording import CHANGE, VACANCY
from tenants.letters.errors import MoveRefused
from tenants.letters.selectors.coverage import count_coverage, total_of
from tenants.letters.selectors.due import DueSince, count_due_since, who_and_why
from tenants.letters.services import runs
from tenants.letters.services.due import dismiss_run, prepare_letters_due
from tenants.letters.services.editing import edit_run, leave_out, put_back
from tenants.letters.services.templates import create_template
from tests.factories.officers import OfficerFactory
from tests.factories.patches import PatchFactory
from tests.factories.tenants import CommunicationNeedsFactory

pytestmark = pytest.mark.django_db

EDITED = (
    "title",
    "dated",
    "envelope",
    "is_double_sided",
    "is_bilingual",
    "split",
    "way_out",
    "postage",
    "email_letters",
    "has_code",
    "has_fold_marks",
)


def counts() -> tuple[int, int, dict[str, int]]:
    total = total_of(count_coverage(today()).values())
    return total.told, total.due, total.exceptions


@pytest.fixture
def prepare(ward, work, template):
    def make(day: dt.date | None = None):
        made = prepare_letters_due(day=day or today(), wards=[ward], by=None)
        return [work.compose(run) for run in made]

    return make


@pytest.fixture
def edit(leader, template):
    def change(run, **fields):
        values = {name: getattr(run, name) for name in EDITED}
        return edit_run(
            run=run, by=leader.user, **({"template": template} | values | fields)
        )

    return change


@pytest.fixture
def finish(work, leader):
    """Take a composed run to the post."""

    def post(run):
        runs.approve_run(run=run, by=leader.user)
        runs.produce_run(run=run, by=leader.user)
        return runs.mark_posted(
            run=work.produce(run), posted_on=today(), by=leader.user
        )

    return post


def test_a_run_says_who_and_why(street, patch, officer, prepare):
    (run,) = prepare()
    (line,) = who_and_why(run)
    assert (line.cause, line.patch_code) == ("never_told", patch.code)
    assert (line.who, line.homes) == (officer.name, 6)


def test_an_edited_run_is_worked_out_again(street, prepare, edit, work):
    (run,) = prepare()
    other = create_template(
        name="Other words", purpose=CHANGE.purpose, subject="Hello", body="Hi.", by=None
    )
    edit(run, template=other, title="Renamed", envelope="dl", split="patch")
    run = work.compose(run)
    assert (run.title, run.envelope, run.split) == ("Renamed", "dl", "patch")
    assert run.template_version.template == other
    assert (run.status, run.letter_count) == ("composed", 6)
    assert run.letters.filter(values__date="").count() == 0


def test_how_letters_leave_is_edited_too(street, patch, composed, edit, work):
    CommunicationNeedsFactory(
        household=street[0].households.get(),
        letter_format="email",
        email="bea@kestrelford.example",
    )
    run = composed(patch)
    assert run.letters.filter(channel="email").count() == 1

    edit(
        run,
        way_out="mail_house",
        postage="first",
        email_letters="except",
        has_code=False,
        has_fold_marks=True,
    )
    run = work.compose(run)

    assert (run.way_out, run.postage) == ("mail_house", "first")
    assert (run.has_code, run.has_fold_marks) == (False, True)
    assert (run.letter_count, run.exception_count) == (5, 1)


def test_the_page_offers_what_the_run_has(composed, client_for, leader, street, patch):
    run = composed(
        patch, dated=today(), way_out="mail_house", postage="economy", has_code=False
    )
    client = client_for(leader.user)
    form = client.get(f"/letters/runs/{run.pk}/edit/").context["form"]
    answers = {name: form[name].value() for name in form.fields if form[name].value()}
    assert (answers["way_out"], answers["postage"]) == ("mail_house", "economy")
    assert "has_code" not in answers

    day = answers.pop("dated")
    answers |= {
        "template": run.template_version.template_id,
        "dated_day": day.day,
        "dated_month": day.month,
        "dated_year": day.year,
        "postage": "first",
    }
    client.post(f"/letters/runs/{run.pk}/edit/", answers)
    run.refresh_from_db()
    assert (run.status, run.postage, run.has_code) == ("composing", "first", False)


def test_an_approved_run_is_not_edited(street, prepare, edit, leader):
    (run,) = prepare()
    home = run.homes.first()
    runs.approve_run(run=run, by=leader.user)
    with pytest.raises(MoveRefused):
        edit(run, title="Too late")
    with pytest.raises(MoveRefused):
        leave_out(run=run, home=home, reason="Too late", by=leader.user)


def test_the_date_stays_after_the_day_changes_are_looked_for(
    street, patch, composed, edit
):
    run = composed(patch, changed_since=dt.date(2026, 1, 1))
    with pytest.raises(MoveRefused, match="must be after 1 January 2026"):
        edit(run, dated=dt.date(2026, 1, 1))


def test_a_home_left_out_is_an_exception_once_posted(
    street, prepare, leader, work, finish
):
    (run,) = prepare()
    home = run.homes.get(property=street[0])
    leave_out(run=run, home=home, reason="Told at the door", by=leader.user)
    assert counts() == (0, 6, {})
    runs.recompose_run(run=run, by=leader.user)
    run = work.compose(run)
    home = run.homes.get(property=street[0])
    assert (home.reason, home.detail) == ("dismissed", "Told at the door")
    assert (run.letter_count, run.exception_count) == (5, 1)
    finish(run)
    assert counts() == (5, 0, {"dismissed": 1})


def test_a_home_put_back_gets_its_letter(street, prepare, leader, work):
    (run,) = prepare()
    home = run.homes.get(property=street[0])
    leave_out(run=run, home=home, reason="By mistake", by=leader.user)
    with pytest.raises(MoveRefused):
        leave_out(run=run, home=home, reason="Again", by=leader.user)
    put_back(run=run, home=home, by=leader.user)
    run = work.compose(run)
    assert (run.home_count, run.letter_count, run.exception_count) == (6, 6, 0)
    with pytest.raises(MoveRefused):
        put_back(run=run, home=run.homes.first(), by=leader.user)


def test_dismissing_the_rest_keeps_the_reason_of_one(street, prepare, leader):
    (run,) = prepare()
    home = run.homes.get(property=street[0])
    leave_out(run=run, home=home, reason="Told at the door", by=leader.user)
    dismiss_run(run=run, reason="Told at the open day", by=leader.user)
    home.refresh_from_db()
    assert home.detail == "Told at the door"
    assert counts() == (0, 0, {"dismissed": 6})


def test_more_letters_due_since_are_counted_and_taken_in(
    street, patch, prepare, add_home, leader, work
):
    (run,) = prepare()
    assert count_due_since(run) == DueSince(0, 0, today())
    add_home(patch, ("Ms", "New", "Comer"))
    assert count_due_since(run).more == 1
    assert prepare() == []
    runs.recompose_run(run=run, by=leader.user)
    run = work.compose(run)
    assert (run.letter_count, count_due_since(run).more) == (7, 0)


def test_what_changed_since_is_counted(street, patch, prepare):
    (run,) = prepare()
    assign_lead(patch=patch, officer=OfficerFactory(), starts_on=today(), by=None)
    assert count_due_since(run).not_due == 6


def test_a_home_shown_before_the_run_was_worked_out_again_is_not_left_out(
    street, patch, composed, work, leader
):
    run = composed(patch)
    shown = run.homes.first()
    run = work.compose(runs.recompose_run(run=run, by=leader.user))
    with pytest.raises(MoveRefused, match="worked out again meanwhile"):
        leave_out(run=run, home=shown, reason="Told in person", by=leader.user)
    assert not run.homes.filter(is_exception=True).exists()


def test_an_approved_run_leaves_the_rest_to_another(
    street, patch, prepare, add_home, leader, finish, work
):
    (first,) = prepare()
    runs.approve_run(run=first, by=leader.user)
    assert prepare() == []
    new = add_home(patch, ("Ms", "New", "Comer"))
    (second,) = prepare()
    assert [home.property for home in second.homes.all()] == [new]
    assert prepare() == []
    assert count_due_since(second) == DueSince(0, 0, today())
    runs.produce_run(run=first, by=leader.user)
    runs.mark_posted(run=work.produce(first), posted_on=today(), by=leader.user)
    assert counts() == (6, 1, {})
    finish(second)
    assert counts() == (7, 0, {})


def test_a_cancelled_run_no_longer_has_its_homes(street, prepare, leader):
    (first,) = prepare()
    runs.approve_run(run=first, by=leader.user)
    runs.cancel_run(run=first, reason="Wrong paper", by=leader.user)
    (second,) = prepare()
    assert second.letter_count == 6


def test_pages_of_editing(street, prepare, client_for, leader, add_home, patch):
    (run,) = prepare()
    client = client_for(leader.user)
    add_home(patch, ("Ms", "New", "Comer"))
    page = client.get(run.get_absolute_url()).content.decode()
    assert "1 more letter is due since" in page
    assert "Never told" in page
    homes_url = f"{run.get_absolute_url()}homes/"
    assert "Leave out" in client.get(f"{homes_url}?cause=never_told").content.decode()
    home = run.homes.first()
    client.post(f"{homes_url}{home.pk}/leave-out/", {"reason": "Told at the door"})
    page = client.get(homes_url).content.decode()
    assert "Told at the door" in page
    assert "Put back" in page
    assert "Never told" in client.get(f"{homes_url}?format=csv").getvalue().decode()
    client.post(f"{homes_url}{home.pk}/put-back/")
    run.refresh_from_db()
    assert run.homes.filter(is_exception=True).count() == 0


def test_homes_whose_team_answers_are_told_in_a_wording_for_that(
    street, add_home, patch, ward, prepare, finish
):
    create_template(
        name=VACANCY.name,
        purpose=VACANCY.purpose,
        subject=VACANCY.subject,
        body=VACANCY.body,
        by=None,
    )
    vacant = PatchFactory(ward=ward, code="KS-05")
    add_home(vacant, ("Ms", "Vera", "Cant"), postcode="ZK8 1AA")
    (first,) = prepare()
    assert (first.letter_count, first.exception_count) == (6, 1)
    finish(first)
    assert counts() == (6, 1, {})
    (second,) = prepare()
    assert second.template_version.template.purpose == "vacancy"
    finish(second)
    assert counts() == (7, 0, {})
