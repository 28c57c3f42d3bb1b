"""Copies nobody is to have any more: they never go, and letters stay where they are."""

from __future__ import annotations

import pytest

from housingplus.common.dates import today
from tenants.households.models import CommunicationNeeds, Household
from tenants.letters.errors import MarkedSince, ReturnRefused
from tenants.letters.querysets import LetterQuerySet
from tenants.letters.services import runs, sending
from tenants.letters.services.deliveries import claim_delivery
from tenants.letters.services.returns import check_return
from tenants.models import LetterDelivery, LetterRun
from tests.factories.letters import ReturnedLetterFactory

from .test_copies import both

pytestmark = pytest.mark.django_db


def mark(home) -> None:
    Household.objects.filter(property=home).update(
        safe_contact_only=True, safe_contact_how="By telephone"
    )


def change(home, **needs) -> None:
    CommunicationNeeds.objects.filter(household__property=home).update(**needs)


STOPPED = {
    "wants no copies": {"copy_to_representative": False},
    "somebody else acts": {"representative_name": "Mr Otto Vance"},
}


@pytest.fixture(params=STOPPED)
def stop(request):
    return lambda home: change(home, **STOPPED[request.param])


@pytest.fixture
def make_again(work, leader):
    def make(run: LetterRun) -> LetterRun:
        runs.produce_run(run=run, by=leader.user)
        return work.produce(run)

    return make


def marked(run: LetterRun) -> LetterQuerySet:
    return run.letters.marked_since()


def test_the_copy_in_a_pack_is_stopped_though_the_email_went(
    produced, add_copied, make_again, patch
):
    """Who must be contacted safely may be in danger from whoever acts for them."""
    home = add_copied(letter_format="email", email="ali@example.org")
    add_copied(("Ms", "Bea", "Jones"))
    run = produced(patch)
    letter, copy = (
        run.letters.get(home__property=home, is_copy=wanted) for wanted in (False, True)
    )
    delivery = LetterDelivery.objects.create(
        letter=letter, run=run, service="email", status="accepted"
    )
    mark(home)
    assert list(marked(run)) == [copy]
    run = make_again(run)
    row = run.homes.get(property=home)
    assert (row.is_exception, list(row.letters.all())) == (False, [letter])
    assert "The copy for Ms Ida Boyle" in row.detail
    assert copy.reference in row.detail
    assert LetterDelivery.objects.get() == delivery
    assert (run.letter_count, run.exception_count) == (3, 0)
    assert sum(pack.letter_count for pack in run.packs.all()) == 3


def test_a_copy_still_to_be_sent_is_taken_out_though_the_letter_went(
    produced, add_copied, make_again, patch
):
    home = add_copied()
    run = produced(patch, way_out="notify")
    letter, copy = both(run)
    LetterDelivery.objects.create(
        letter=letter, run=run, service="notify", status="accepted"
    )
    LetterDelivery.objects.create(letter=copy, run=run, service="notify")
    mark(home)
    run = make_again(run)
    assert list(run.letters.all()) == [letter]
    assert LetterDelivery.objects.get().letter == letter


def test_a_copy_that_went_cannot_be_taken_back(produced, add_copied, patch, stop):
    home = add_copied()
    run = produced(patch, way_out="notify")
    for letter in both(run):
        LetterDelivery.objects.create(
            letter=letter, run=run, service="notify", status="accepted"
        )
    stop(home)
    assert not marked(run).exists()


def test_approving_takes_a_copy_stopped_meanwhile_out(
    composed, add_copied, patch, leader, stop
):
    home = add_copied()
    run = composed(patch)
    letter, copy = both(run)
    stop(home)
    assert list(marked(run)) == [copy]
    run = runs.approve_run(run=run, by=leader.user)
    assert list(run.letters.all()) == [letter]
    assert (run.letter_count, run.exception_count) == (1, 0)


def test_packs_with_a_copy_stopped_meanwhile_are_made_again(
    produced, add_copied, make_again, patch, leader, stop, client_for
):
    home = add_copied()
    run = produced(patch, dated=today())
    letter, copy = both(run)
    stop(home)
    with pytest.raises(MarkedSince):
        runs.mark_posted(run=run, posted_on=today(), by=leader.user)
    page = client_for(leader.user).get(run.get_absolute_url()).content.decode()
    assert "1 letter of this run must not be sent" in page
    assert "Make the packs again" in page
    run = make_again(run)
    assert list(run.letters.all()) == [letter]
    run = runs.mark_posted(run=run, posted_on=today(), by=leader.user)
    page = client_for(leader.user).get(f"/letters/runs/{run.pk}/homes/")
    assert f"{copy.reference}, was taken out" in page.content.decode()


def test_a_pack_of_nothing_but_a_copy_is_dropped_with_it(
    produced, add_copied, make_again, patch, stop
):
    home = add_copied(letter_format="braille")
    run = produced(patch)
    assert run.packs.count() == 2
    stop(home)
    run = make_again(run)
    assert [pack.channel for pack in run.packs.all()] == ["supplier"]
    assert (run.status, run.letter_count) == ("produced", 1)


def test_a_copy_stopped_while_letters_are_sent_fails(
    produced, add_copied, patch, leader, monkeypatch, stop
):
    monkeypatch.setattr(sending, "_enqueue", lambda run, job: None)
    home = add_copied()
    run = produced(patch, way_out="notify")
    letter, copy = both(run)
    sending.send_run(run=run, by=leader.user)
    stop(home)
    assert claim_delivery(run, "worker", ["notify"]).letter == letter
    assert claim_delivery(run, "worker", ["notify"]) is None
    delivery = copy.delivery
    delivery.refresh_from_db()
    assert delivery.status == "failed"
    assert "no copies any more" in delivery.error


def test_copies_that_are_wanted_stay(produced, add_copied, make_again, patch):
    home = add_copied()
    run = produced(patch)
    change(home, representative_contact="07700 900456", notes="New")
    assert not marked(run).exists()
    assert make_again(run).letters.count() == 2


@pytest.fixture
def came_back(produced, add_copied, patch, leader):
    home = add_copied()
    run = produced(patch, dated=today())
    runs.mark_posted(run=run, posted_on=today(), by=leader.user)
    returned = ReturnedLetterFactory(letter=both(run)[1], came_back_on=today())

    def check(**needs):
        if needs:
            change(home, **needs)
        returned.refresh_from_db()
        return check_return(
            returned=type(returned).objects.get(pk=returned.pk),
            outcome="no_more_copies",
            note="",
            version=returned.version,
            by=leader.user,
        )

    return check


def test_copies_that_still_go_have_not_stopped(came_back):
    with pytest.raises(ReturnRefused, match="Stop them first"):
        came_back()
    assert came_back(copy_to_representative=False).outcome == "no_more_copies"


def test_copies_to_somebody_else_are_no_reason(came_back):
    other = {
        "representative_name": "Mr Otto Vance",
        "representative_address": "1 Quay, Otherton, ZS1 9ZZ",
    }
    assert came_back(**other).is_checked


def test_a_household_that_has_moved_out_has_no_copies(came_back):
    Household.objects.update(ends_on="2026-03-05", starts_on="2020-01-01")
    assert came_back().is_checked
