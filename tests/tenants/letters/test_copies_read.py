"""Copies on pages, in counts, in the proof, and when the post brings them back."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from django.urls import reverse

from housingplus.common.dates import today
from tenants.households.models import CommunicationNeeds
from tenants.letters.errors import ReturnRefused
from tenants.letters.proving import check_proof
from tenants.letters.selectors.coverage import count_coverage, total_of
from tenants.letters.selectors.proof import write_proof
from tenants.letters.selectors.returns import (
    households_not_to_write_to,
    rates_by_patch,
)
from tenants.letters.services import runs
from tenants.letters.services.retention import erase_run
from tenants.letters.services.returns import check_return, record_not_sent
from tenants.models import Letter, LetterRun, ReturnedLetter
from tests.factories.letters import LetterDeliveryFactory, ReturnedLetterFactory
from tests.factories.tenants import CommunicationNeedsFactory

pytestmark = pytest.mark.django_db

MARK = "Copy for the representative"


def url(name: str, *args: object) -> str:
    return reverse(f"tenants:letters:{name}", args=args)


def told_homes() -> int:
    return total_of(count_coverage(today()).values()).told


@pytest.fixture
def copied(street) -> None:
    """The first home of the street has somebody who acts for its household."""
    CommunicationNeedsFactory(
        household=street[0].households.get(),
        representative_name="Ms Ida Boyle",
        representative_address="9 Mill Lane, Otherton, ZS1 2AB",
        copy_to_representative=True,
    )


@pytest.fixture
def posted(copied, patch, produced, leader) -> LetterRun:
    run = produced(patch, dated=today())
    return runs.mark_posted(run=run, posted_on=today(), by=leader.user)


@pytest.fixture
def letter(posted) -> Letter:
    return posted.letters.get(home__letters__is_copy=True, is_copy=False)


@pytest.fixture
def copy(posted) -> Letter:
    return posted.letters.get(is_copy=True)


@pytest.fixture
def returned(copy) -> ReturnedLetter:
    return ReturnedLetterFactory(letter=copy, came_back_on=today())


def proof_of(tmp_path):
    path = tmp_path / "proof.zip"
    with path.open("wb") as file:
        write_proof(file, today())
    with zipfile.ZipFile(path) as archive:
        text = archive.read("letters.csv").decode("utf-8-sig")
    return path, list(csv.DictReader(io.StringIO(text)))


def test_a_copy_that_came_back_says_nothing_of_the_home(posted, returned, copy, street):
    assert told_homes() == 6
    assert not households_not_to_write_to([home.pk for home in street], today())


def test_a_letter_that_came_back_counts_though_its_copy_arrived(letter, street):
    ReturnedLetterFactory(letter=letter, came_back_on=today())
    assert told_homes() == 5
    assert list(households_not_to_write_to([home.pk for home in street], today())) == [
        letter.household_id
    ]


def test_a_copy_that_came_back_leaves_the_next_letter_alone(returned, composed, patch):
    run = composed(patch, dated=today())
    assert (run.exception_count, run.letters.copies().count()) == (0, 1)


def test_return_rates_are_of_letters_to_households(returned, manager):
    (row,) = rates_by_patch(manager)
    assert (row["posted"], row["back"], row["to_check"]) == (6, 0, 0)


def test_the_proof_shows_copies_and_tells_by_letters(posted, copy, returned, tmp_path):
    path, rows = proof_of(tmp_path)
    assert check_proof(path) == []
    assert [row["Letter"] for row in rows if row[MARK]] == [copy.reference]
    assert len(rows) == 7


def test_a_proof_in_which_only_a_copy_tells_a_home_does_not_hold(
    posted, letter, tmp_path
):
    path, _ = proof_of(tmp_path)
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name).decode() for name in archive.namelist()}
    lines = kept["letters.csv"].splitlines(keepends=True)
    kept["letters.csv"] = "".join(x for x in lines if letter.reference not in x)
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in kept.items():
            archive.writestr(name, text)
    home = letter.home.property_id
    wrong = check_proof(path)
    assert f"home {home} is told and has no letter" in wrong
    assert f"home {home} has a copy of no letter" in wrong


def test_a_copy_is_checked_by_what_can_be_found_out_about_it(returned, letter, manager):
    for outcome in ("write_again", "told_otherwise", "nobody_there"):
        with pytest.raises(ReturnRefused):
            check_return(
                returned=returned, outcome=outcome, note="", version=1, by=manager
            )
    check_return(
        returned=returned, outcome="copy_corrected", note="", version=1, by=manager
    )
    returned.refresh_from_db()
    assert returned.is_checked
    other = ReturnedLetterFactory(letter=letter, came_back_on=today())
    with pytest.raises(ReturnRefused):
        check_return(
            returned=other, outcome="no_more_copies", note="", version=1, by=manager
        )


def test_a_copy_given_up_is_to_be_looked_at_and_writes_nobody_again(copy, manager):
    delivery = LetterDeliveryFactory(
        letter=copy,
        run=copy.run,
        service="notify",
        status="failed",
        given_up_at=copy.run.approved_at,
        given_up_by=manager,
        given_up_reason="No such street",
    )
    record_not_sent(delivery, on=today(), by=manager)
    assert not copy.returned.is_checked
    assert told_homes() == 6


def test_pages_of_a_copy_that_came_back_ask_for_its_address(
    client_for, leader, returned, copy
):
    client = client_for(leader.user)
    page = client.get(returned.get_absolute_url()).content.decode()
    assert "Where is the representative of" in page
    assert "Who lives at" not in page
    assert "copy_corrected" in page
    assert "write_again" not in page
    household = client.get(copy.household.get_absolute_url()).content.decode()
    assert "The copy to the representative came back on" in household
    assert "Check their address" in household
    assert "Check who lives there" not in household
    assert "Copy posted to the representative: Introductions" in household
    said = {"outcome": "no_more_copies", "version": "1"}
    refused = client.post(returned.get_absolute_url(), said)
    assert "Copies still go to this representative" in refused.content.decode()
    CommunicationNeeds.objects.update(copy_to_representative=False)
    assert client.post(returned.get_absolute_url(), said).status_code == 302
    page = client.get(url("return_list")).content.decode()
    assert "No more copies" in page
    assert MARK in page


def test_lists_can_be_narrowed_to_copies_or_letters(
    client_for, leader, posted, returned, copy
):
    client = client_for(leader.user)
    for name, rows in (("letter_list", (6, 1)), ("return_list", (0, 1))):
        for wanted, count in zip(("no", "yes"), rows, strict=True):
            response = client.get(url(name), {"copies": wanted})
            assert len(response.context["page_obj"].object_list) == count
    homes = client.get(url("run_homes", posted.pk), {"copies": "yes"})
    assert [row.pk for row in homes.context["page_obj"]] == [copy.home_id]
    assert "(copy for the representative)" in homes.content.decode()
    text = b"".join(
        client.get(url("letter_list"), {"format": "csv"}).streaming_content
    ).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text))
    assert [row["Reference"] for row in rows if row["Copy"] == "Yes"] == [
        copy.reference
    ]


def test_the_page_of_a_run_says_how_many_letters_are_copies(
    client_for, leader, posted, composed, patch
):
    client = client_for(leader.user)
    page = " ".join(client.get(posted.get_absolute_url()).content.decode().split())
    assert "1 of them a copy for a representative" in page
    assert "copies=yes" in page
    page = client.get(url("run_approve", composed(patch).pk)).content.decode()
    assert "1 of them a copy for a representative" in page


def test_a_letter_and_its_copy_lead_to_each_other(client_for, leader, letter, copy):
    client = client_for(leader.user)
    page = client.get(url("letter_detail", copy.pk)).content.decode()
    assert "Copy for Ms Ida Boyle. The letter was sent to" in page
    assert url("letter_detail", letter.pk) in page
    page = client.get(url("letter_detail", letter.pk)).content.decode()
    assert "Copied as" in page
    assert url("letter_detail", copy.pk) in page


def test_nothing_of_a_representative_is_left_after_erasing(
    client_for, leader, posted, copy
):
    erase_run(run=posted, day=today())
    row = str(list(Letter.objects.filter(pk=copy.pk).values()))
    assert "Boyle" not in row
    assert "Mill Lane" not in row
    page = client_for(leader.user).get(url("letter_detail", copy.pk))
    assert page.status_code == 200
    assert told_homes() == 6
