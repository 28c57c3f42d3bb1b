"""What a letter that came back means for the home: told, due or an exception."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import dataclass

import pytest

from housingplus.common.dates import today
from officers.assignments.services import assign_lead
from patches.models import Property
from tenants.letters.proving import check_proof
from tenants.letters.selectors.coverage import (
    count_coverage,
    list_due,
    state_and_reason,
    total_of,
    with_coverage,
)
from tenants.letters.selectors.proof import write_proof
from tenants.letters.services import runs
from tenants.letters.services.due import dismiss_run, prepare_letters_due
from tenants.models import Letter, LetterRunHome, ReturnedLetter
from tests.factories.letters import ReturnedLetterFactory
from tests.factories.officers import OfficerFactory, UserFactory
from tests.factories.tenants import HouseholdFactory

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
POSTED = today() - 10 * DAY
BACK = today() - 6 * DAY
CHECKED = today() - 3 * DAY
CHANGED = today() - 2 * DAY


@dataclass
class Street:
    """One home, told some days ago by a letter."""

    home: Property
    letter: Letter
    patch: object


@pytest.fixture
def post(produced, leader):
    """Write to a patch; it counts as posted on the day given."""

    def write(patch, on: dt.date):
        run = produced(patch, dated=today())
        run = runs.mark_posted(run=run, posted_on=today(), by=leader.user)
        run.homes.filter(settled_on__isnull=False).update(settled_on=on)
        type(run).objects.filter(pk=run.pk).update(posted_on=on)
        return run

    return write


@pytest.fixture
def told(patch, add_home, post) -> Street:
    home = add_home(patch, ("Ms", "A", "Tenant"))
    run = post(patch, POSTED)
    return Street(home, run.letters.get(), patch)


def came_back(street: Street, outcome: str = "", **fields) -> ReturnedLetter:
    if outcome:
        user = UserFactory()
        fields |= {"outcome": outcome, "checked_on": CHECKED, "checked_by": user}
    return ReturnedLetterFactory(letter=street.letter, came_back_on=BACK, **fields)


def stands(home: Property, day: dt.date | None = None) -> tuple[str, str]:
    """Where a home stands, and its reason or cause."""
    day = day or today()
    row = with_coverage(Property.objects.filter(pk=home.pk), day).get()
    state, reason = state_and_reason(row.stands)
    return state, row.cause if state == "due" else reason


def assert_adds_up(day: dt.date) -> None:
    total = total_of(count_coverage(day).values())
    assert total.homes == Property.objects.managed_on(day).count()


RETURNED = ("exception", "returned")
TOLD = ("told", "")
NEW_ANSWER = ("due", "new_answer")
NEW_HOUSEHOLD = ("due", "new_household")


@pytest.mark.parametrize(
    ("outcome", "same", "new_answer", "new_household", "later_letter"),
    [
        (None, TOLD, NEW_ANSWER, NEW_HOUSEHOLD, TOLD),
        ("", RETURNED, RETURNED, NEW_HOUSEHOLD, TOLD),
        ("nobody_there", RETURNED, RETURNED, NEW_HOUSEHOLD, TOLD),
        ("write_again", ("due", "returned"), NEW_ANSWER, NEW_HOUSEHOLD, TOLD),
        ("told_otherwise", TOLD, NEW_ANSWER, NEW_HOUSEHOLD, TOLD),
    ],
)
@pytest.mark.parametrize("then", ["same", "answer", "household", "letter"])
def test_where_a_home_stands(
    told, post, then, outcome, same, new_answer, new_household, later_letter
):
    if then == "letter":
        post(told.patch, CHANGED)
    if outcome is not None:
        came_back(told, outcome)
    if then == "answer":
        officer = OfficerFactory()
        assign_lead(patch=told.patch, officer=officer, starts_on=CHANGED, by=None)
    if then == "household":
        told.home.households.update(ends_on=CHANGED - DAY)
        HouseholdFactory(property=told.home, starts_on=CHANGED)
    expected = {
        "same": same,
        "answer": new_answer,
        "household": new_household,
        "letter": later_letter,
    }
    assert stands(told.home) == expected[then]
    for ago in range(12):
        assert_adds_up(today() - ago * DAY)


def test_each_day_says_what_was_so_on_it(told):
    came_back(told, "write_again")
    assert stands(told.home, BACK - DAY) == TOLD
    assert stands(told.home, BACK) == RETURNED
    assert stands(told.home, CHECKED - DAY) == RETURNED
    assert stands(told.home, CHECKED) == ("due", "returned")


def test_a_home_to_write_to_again_is_due_since_that_was_said(told):
    came_back(told, "write_again")
    due = list_due(today())[told.home.ward_id]
    assert (due.since, due.causes) == (CHECKED, {"returned": 1})


def test_one_of_two_tenancies_back_is_enough(patch, add_home, post):
    home = add_home(patch, ("Ms", "A", "Tenant"))
    add_home.tenancy(home.households.get(), ("Mr", "B", "Tenant"))
    first, second = post(patch, POSTED).letters.order_by("pk")
    came_back(Street(home, first, patch), "told_otherwise")
    assert stands(home) == TOLD
    came_back(Street(home, second, patch))
    assert stands(home) == RETURNED


def test_a_letter_about_something_else_untells_nobody(told, template, post):
    template.purpose = "other"
    template.save()
    other = post(told.patch, BACK).letters.get()
    came_back(Street(told.home, other, told.patch))
    assert stands(told.home) == TOLD


def test_a_run_composed_meanwhile_leaves_the_home_out(told, composed):
    came_back(told)
    run = composed(told.patch, dated=today())
    home = run.homes.get()
    assert (home.is_exception, home.reason) == (True, "returned")
    assert run.letter_count == 0


def test_runs_composed_before_it_came_back_lose_its_letter(
    told, add_home, composed, leader
):
    add_home(told.patch, ("Ms", "B", "Tenant"))
    run = composed(told.patch, dated=today())
    assert run.letter_count == 2
    came_back(told)
    run = runs.approve_run(run=run, by=leader.user)
    assert (run.letter_count, run.exception_count) == (1, 1)
    assert run.homes.get(is_exception=True).reason == "returned"


def test_what_a_run_left_out_is_due_once_somebody_has_checked(
    told, add_home, post, ward, work
):
    add_home(told.patch, ("Ms", "B", "Tenant"))
    returned = came_back(told)
    post(told.patch, CHANGED)
    assert LetterRunHome.objects.filter(reason="returned").count() == 1
    assert stands(told.home) == RETURNED
    ReturnedLetter.objects.filter(pk=returned.pk).update(
        outcome="write_again",
        checked_on=CHECKED,
        checked_by=returned.recorded_by,
    )
    assert stands(told.home) == ("due", "returned")
    (run,) = prepare_letters_due(day=today(), wards=[ward], by=None)
    assert work.compose(run).letters.get().household == told.letter.household


def test_a_letter_written_again_tells(told, ward, work, leader):
    came_back(told, "write_again")
    (run,) = prepare_letters_due(day=today(), wards=[ward], by=None)
    run = work.compose(run)
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    runs.mark_posted(run=run, posted_on=today(), by=leader.user)
    assert stands(told.home) == TOLD
    assert prepare_letters_due(day=today(), wards=[ward], by=None) == []


def test_a_letter_dismissed_after_the_check_is_not_due_again(told, ward, work, leader):
    came_back(told, "write_again")
    (run,) = prepare_letters_due(day=today(), wards=[ward], by=None)
    dismiss_run(run=work.compose(run), reason="Told at the door", by=leader.user)
    assert stands(told.home) == ("exception", "dismissed")


def test_a_letter_dismissed_before_it_was_told_does_not_count(told, post):
    run = told.letter.run
    LetterRunHome.objects.create(
        run=type(run).objects.create(
            template_version=run.template_version,
            title="Earlier",
            dated=POSTED,
            scope_kind="all",
            token="5b0b3f0e-6a43-4ff5-9d0e-0d6c1f7f2a00",
        ),
        property=told.home,
        is_exception=True,
        reason="dismissed",
        told_key=told.letter.home.told_key,
        settled_on=POSTED - DAY,
    )
    came_back(told, "write_again")
    assert stands(told.home) == ("due", "returned")


def test_the_proof_says_which_letters_came_back(told, tmp_path):
    came_back(told, "told_otherwise")
    path = tmp_path / "proof.zip"
    with path.open("wb") as file:
        assert write_proof(file, today()).told == 1
    assert check_proof(path) == []
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    line = f'"{BACK}","{CHECKED}"'.encode()
    assert line in content["letters.csv"]
    content["letters.csv"] = content["letters.csv"].replace(line, b'"2026-01-01",""')
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in content.items():
            archive.writestr(name, text)
    assert any("came back and nobody told" in wrong for wrong in check_proof(path))


@pytest.mark.parametrize("outcome", ["", "write_again", "nobody_there"])
def test_a_letter_that_came_back_is_no_proof(told, tmp_path, outcome):
    came_back(told, outcome)
    path = tmp_path / "proof.zip"
    with path.open("wb") as file:
        assert write_proof(file, today()).told == 0
    assert check_proof(path) == []
