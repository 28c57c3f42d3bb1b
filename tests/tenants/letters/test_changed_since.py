"""Who left, or wants letters elsewhere, after a run was worked out gets none of it."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from django.core import mail
from django.urls import reverse

from housingplus.common.dates import today
from housingplus.jobs.services import run_job
from patches.models import Property
from tenants.households.models import CommunicationNeeds, Household
from tenants.letters.selectors.coverage import with_coverage
from tenants.letters.selectors.standing import state_and_reason
from tenants.letters.services import runs, sending
from tenants.letters.services.deliveries import claim_delivery
from tenants.models import LetterDelivery, LetterRun, LetterRunHome
from tests.factories.tenants import CommunicationNeedsFactory, HouseholdFactory

from .conftest import DATED

pytestmark = pytest.mark.django_db

ELSEWHERE = "c/o 4 Solicitors Row, Kestrelford, ZK1 1AA"


def household(**values):
    return lambda home: Household.objects.filter(property=home).update(**values)


def needs(**values):
    return lambda home: CommunicationNeeds.objects.filter(
        household__property=home
    ).update(**values)


@pytest.fixture
def homes(add_home, patch) -> dict[str, Property]:
    """A home written to there, one elsewhere, one by e-mail."""
    found = {
        "home": add_home(patch, ("Ms", "Bea", "Jones")),
        "elsewhere": add_home(
            patch,
            ("Mr", "Ali", "Khan"),
            household={"correspondence_address": ELSEWHERE},
        ),
        "email": add_home(patch, ("Ms", "Li", "Wen")),
    }
    CommunicationNeedsFactory(
        household=found["email"].households.get(),
        letter_format="email",
        email="li@example.org",
    )
    return found


CHANGES = [
    ("home", household(correspondence_address=ELSEWHERE)),
    ("home", household(ends_on=DATED - dt.timedelta(days=1))),
    ("elsewhere", household(correspondence_address="9 Ash Road, Kestrelford, ZK1 1AB")),
    ("elsewhere", household(correspondence_address="")),
    ("email", needs(email="wen@example.org")),
    ("email", needs(letter_format="standard")),
]
OTHER_CHANGES = [
    ("home", household(ends_on=DATED)),
    ("elsewhere", household(version=7)),
    ("email", household(correspondence_address=ELSEWHERE)),
    ("email", needs(notes="Calls are best after four")),
]


def reasons(run: LetterRun) -> dict[int, str]:
    return dict(run.homes.order_by("pk").values_list("property", "reason"))


@pytest.mark.parametrize(("which", "change"), CHANGES)
def test_approving_takes_the_home_out(composed, homes, patch, leader, which, change):
    run = composed(patch)
    change(homes[which])
    run = runs.approve_run(run=run, by=leader.user)
    expected = {home.pk: "" for home in homes.values()} | {homes[which].pk: "changed"}
    assert reasons(run) == expected
    assert (run.home_count, run.letter_count, run.exception_count) == (3, 2, 1)
    assert not run.letters.filter(home__property=homes[which]).exists()


@pytest.mark.parametrize(("which", "change"), OTHER_CHANGES)
def test_other_changes_take_nobody_out(composed, homes, patch, leader, which, change):
    run = composed(patch)
    change(homes[which])
    run = runs.approve_run(run=run, by=leader.user)
    assert run.letter_count == 3


def test_producing_takes_out_what_changed_after_approval(
    composed, work, homes, patch, leader
):
    run = runs.approve_run(run=composed(patch), by=leader.user)
    household(correspondence_address="")(homes["elsewhere"])
    run = runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    assert run.status == "produced"
    assert (run.letter_count, run.exception_count) == (2, 1)
    assert sum(pack.letter_count for pack in run.packs.all()) == 2


def test_a_copy_for_somebody_who_moved_is_taken_out_by_itself(
    produced, work, add_copied, patch, leader
):
    home = add_copied()
    run = produced(patch)
    needs(representative_address="1 Quay, Otherton, ZS1 9ZZ")(home)
    assert not run.letters.marked_since().exists()
    assert run.letters.changed_since().get().is_copy
    run = work.produce(runs.produce_run(run=run, by=leader.user))
    assert [letter.is_copy for letter in run.letters.all()] == [False]
    assert (run.letter_count, run.exception_count) == (1, 0)
    assert "has another address now" in run.homes.get().detail


def test_a_copy_sent_by_notify_does_not_go_to_an_old_address(
    produced, add_copied, patch, leader
):
    home = add_copied()
    run = produced(patch, way_out="notify")
    letter, copy = run.letters.order_by("is_copy")
    for one in (copy, letter):
        LetterDelivery.objects.create(letter=one, run=run, service="notify")
    needs(representative_address="1 Quay, Otherton, ZS1 9ZZ")(home)
    assert claim_delivery(run, "worker", ["notify"]).letter == letter
    assert "elsewhere" in LetterDelivery.objects.get(letter=copy).error


def test_working_it_out_again_writes_where_they_want_it(
    composed, work, homes, patch, leader
):
    run = composed(patch)
    household(correspondence_address=ELSEWHERE)(homes["home"])
    run = work.compose(runs.recompose_run(run=run, by=leader.user))
    run = runs.approve_run(run=run, by=leader.user)
    letter = run.letters.get(home__property=homes["home"])
    assert "Solicitors Row" in " ".join(letter.address_lines)
    assert letter.written_to == ELSEWHERE
    assert run.letter_count == 3


def test_packs_can_be_made_again_without_it(produced, homes, patch, leader, client_for):
    run = produced(patch)
    household(correspondence_address="")(homes["elsewhere"])
    client = client_for(leader.user)
    page = client.get(run.get_absolute_url()).content.decode()
    assert "If it is not printed yet, make the packs again without it" in page
    run = runs.produce_run(run=run, by=leader.user)
    assert reasons(run)[homes["elsewhere"].pk] == "changed"


def test_what_is_printed_can_be_posted(produced, add_home, patch, leader):
    """Between printing and saying so somebody always moves: their letter went."""
    home = add_home(patch, ("Ms", "Bea", "Jones"))
    run = produced(patch)
    household(correspondence_address=ELSEWHERE)(home)
    run = runs.mark_posted(run=run, posted_on=today(), by=leader.user)
    assert (run.status, run.letter_count) == ("posted", 1)


def test_nothing_is_sent_to_an_address_nobody_wants(produced, homes, patch, leader):
    run = produced(patch)
    run = sending.send_run(run=run, by=leader.user)
    needs(email="wen@example.org")(homes["email"])
    run_job(run.send_job_id, partial(sending.send, run.pk))
    delivery = run.deliveries.get()
    assert (delivery.status, mail.outbox) == ("failed", [])
    assert "want letters elsewhere" in delivery.error
    run = runs.produce_run(run=run, by=leader.user)
    assert reasons(run)[homes["email"].pk] == "changed"


def test_an_email_that_went_stays(produced, homes, patch, leader):
    run = produced(patch)
    run = sending.send_run(run=run, by=leader.user)
    run_job(run.send_job_id, partial(sending.send, run.pk))
    needs(email="wen@example.org")(homes["email"])
    run = runs.produce_run(run=run, by=leader.user)
    assert reasons(run)[homes["email"].pk] == ""


@pytest.mark.parametrize("moves_out", [False, True])
def test_the_home_stays_due(composed, work, homes, patch, leader, moves_out):
    run = composed(patch, dated=today())
    home = homes["home"]
    if moves_out:
        household(ends_on=today() - dt.timedelta(days=1))(home)
        HouseholdFactory(property=home, starts_on=today())
    else:
        household(correspondence_address=ELSEWHERE)(home)
    runs.approve_run(run=run, by=leader.user)
    run = work.produce(runs.produce_run(run=run, by=leader.user))
    sending.send_run(run=run, by=leader.user)
    run.refresh_from_db()
    run_job(run.send_job_id, partial(sending.send, run.pk))
    runs.mark_posted(run=run, posted_on=today(), by=leader.user)
    stands = with_coverage(Property.objects.all(), today()).in_bulk()
    assert state_and_reason(stands[home.pk].stands) == ("due", "")
    assert state_and_reason(stands[homes["elsewhere"].pk].stands) == ("told", "")
    assert LetterRunHome.objects.get(run=run, property=home).settled_on == today()


def test_pages_say_who_will_be_taken_out(composed, homes, patch, leader, client_for):
    run = composed(patch)
    client = client_for(leader.user)
    said = "to households that left, or to an address that changed"
    assert said not in client.get(run.get_absolute_url()).content.decode()
    household(correspondence_address="")(homes["elsewhere"])
    assert f"1 letter is {said}" in client.get(run.get_absolute_url()).content.decode()
    approve = reverse("tenants:letters:run_approve", args=[run.pk])
    assert "1 will be taken out" in client.get(approve).content.decode()
