"""Pages of letters that came back."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from tenants.letters.services import runs
from tenants.models import Letter, ReturnedLetter
from tests.factories.letters import ReturnedLetterFactory

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"tenants:letters:{name}", args=args)


@pytest.fixture
def posted(street, patch, produced, leader):
    run = produced(patch, dated=today())
    return runs.mark_posted(run=run, posted_on=today(), by=leader.user)


@pytest.fixture
def letters(posted) -> list[Letter]:
    return list(posted.letters.order_by("sequence"))


@pytest.fixture
def client(client_for, officer):
    """The officer of the patch."""
    return client_for(officer.user)


def scanned(*references: str, **fields) -> dict[str, str]:
    return {
        "references": "\r\n".join(references),
        "came_back_on": today().isoformat(),
        "reason": "gone_away",
        **fields,
    }


def uploaded(text: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("back.csv", text.encode())}


def back(letter: Letter, **fields) -> ReturnedLetter:
    return ReturnedLetterFactory(letter=letter, came_back_on=today(), **fields)


def test_an_officer_records_what_the_scanner_typed(client, letters):
    first, second = letters[:2]
    references = [first.reference, "", second.reference, "L9999-00001"]
    page = client.post(url("return_record"), scanned(*references)).content.decode()
    assert "2 letters recorded" in page
    assert "L9999-00001" in page
    assert set(ReturnedLetter.objects.values_list("letter", flat=True)) == {
        first.pk,
        second.pk,
    }


def test_a_scanner_may_name_the_kind_of_code_first(client, letters):
    page = client.post(
        url("return_record"), scanned(f"]d1{letters[0].reference.lower()} ")
    )
    assert "1 letter recorded" in page.content.decode()


def test_a_double_click_says_they_are_recorded(client, letters):
    for _ in range(2):
        page = client.post(url("return_record"), scanned(letters[0].reference))
    assert "0 letters recorded" in page.content.decode()
    assert "Recorded already" in page.content.decode()
    assert ReturnedLetter.objects.count() == 1


def test_letters_outside_the_persons_homes_are_unknown(
    client_for, other_leader, letters
):
    client = client_for(other_leader.user)
    page = client.post(url("return_record"), scanned(letters[0].reference))
    assert "Not known" in page.content.decode()
    assert letters[0].addressee not in page.content.decode()
    assert not ReturnedLetter.objects.exists()


def test_nothing_scanned_and_a_day_to_come_are_said(client):
    page = client.post(url("return_record"), scanned("", reason="", came_back_on=""))
    page = page.content.decode()
    assert "Scan or enter a reference" in page
    assert "Select why they came back" in page
    assert "Enter the day they came back" in page
    page = client.post(url("return_record"), scanned("x", came_back_on="2199-01-01"))
    assert "cannot be after today" in page.content.decode()


def test_the_letters_page_leads_to_recording_it(client, letters):
    page = client.get(url("letter_detail", letters[0].pk)).content.decode()
    link = f"{url('return_record')}?letter={letters[0].pk}"
    assert link in page
    assert letters[0].reference in client.get(link).content.decode()


@pytest.mark.parametrize("asked", ["0", "x", "9" * 40])
def test_another_letter_asked_for_is_no_error(client, asked):
    assert client.get(url("return_record"), {"letter": asked}).status_code == 200


def test_a_list_is_recorded_with_each_reason_and_day(client, letters):
    day = f"{today():%d/%m/%Y}"
    text = (
        "Our reference;Return reason;Date returned\n"
        f"{letters[0].reference};Addressee gone away;{day}\n"
        f"{letters[1].reference};;{today().isoformat()}\n"
    )
    page = client.post(url("return_upload"), uploaded(text)).content.decode()
    assert "2 letters recorded" in page
    reasons = ReturnedLetter.objects.order_by("pk").values_list("reason", flat=True)
    assert list(reasons) == ["gone_away", "not_given"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "reference,reason,date\nL1,Gone fishing,2026-03-03\n",
            "Row 2: “Gone fishing”",
        ),
        ("reference,reason,date\nL1,refused,yesterday\n", "Row 2: Enter a date like"),
        ("reference,reason,date\nL1,refused,\n", "Row 2: Enter the day"),
        ("reference,reason,date\n,refused,2026-03-03\n", "Row 2: Enter the letter’s"),
        ("reference,reason,date\n", "no rows below it"),
        ("reference,reason\nL1,refused\n", "no column for “Date”"),
        ("reference,reason\nL1,refused\n", "Name the columns in its first row"),
        ("", "empty"),
    ],
)
def test_a_list_with_an_error_records_nothing(client, text, said):
    page = client.post(url("return_upload"), uploaded(text)).content.decode()
    assert said in page
    assert not ReturnedLetter.objects.exists()


def test_checking_asks_what_was_found_and_saves_it(client, letters, officer):
    returned = back(letters[0])
    address = url("return_check", returned.pk)
    assert (
        "Select what you found out"
        in client.post(address, {"version": 1}).content.decode()
    )
    client.post(address, {"version": 1, "outcome": "write_again", "note": "Visited"})
    returned.refresh_from_db()
    assert (returned.outcome, returned.checked_by) == ("write_again", officer.user)


def test_nothing_of_a_household_that_left_is_to_be_changed(client, letters):
    returned = back(letters[0])
    address = url("return_check", returned.pk)
    assert "change where letters go" in client.get(address).content.decode()
    household = returned.letter.household
    household.starts_on, household.ends_on = "2020-01-01", "2026-03-05"
    household.save()
    page = client.get(address).content.decode()
    assert "does not live there any more" in page
    assert "change where letters go" not in page


def test_the_second_of_two_is_told(client, client_for, leader, letters):
    returned = back(letters[0])
    address = url("return_check", returned.pk)
    given = {"version": 1, "outcome": "write_again"}
    client_for(leader.user).post(address, given)
    answer = client.post(address, given | {"outcome": "nobody_there"})
    assert answer.status_code == 409
    assert "changed this on" in answer.content.decode()
    returned.refresh_from_db()
    assert returned.outcome == "write_again"


def test_the_list_is_filtered(client, letters, leader):
    waiting = back(letters[0], reason="died")
    checked = back(
        letters[1],
        outcome="write_again",
        checked_on=today(),
        checked_by=leader.user,
    )
    found = {
        query: [
            row.pk
            for row in client.get(f"{url('return_list')}?{query}").context["page_obj"]
        ]
        for query in (
            "state=to_check",
            "state=checked",
            "reason=died",
            f"patch={letters[0].patch_id}&sort=reference",
            f"search={letters[1].reference.lower()}",
        )
    }
    assert list(found.values()) == [
        [waiting.pk],
        [checked.pk],
        [waiting.pk],
        [waiting.pk, checked.pk],
        [checked.pk],
    ]


def test_nobody_sees_letters_of_other_homes(client_for, other_leader, letters):
    back(letters[0])
    client = client_for(other_leader.user)
    for name in ("return_list", "return_rates"):
        page = client.get(url(name))
        assert page.context["page_obj"].paginator.count == 0
        assert letters[0].patch.code not in page.content.decode()


def test_rates_by_patch(client, letters):
    back(letters[0])
    page = client.get(url("return_rates"))
    (row,) = page.context["page_obj"]
    assert (row["posted"], row["back"], row["to_check"]) == (6, 1, 1)
    assert "16.7" in page.content.decode()


@pytest.mark.parametrize("name", ["return_list", "return_rates"])
def test_lists_come_as_csv(client, letters, name):
    back(letters[0])
    answer = client.get(url(name), {"format": "csv"})
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert len(rows) == 2
    assert len(rows[0]) == len(rows[1])
    assert letters[0].patch.code in rows[1]


def test_the_run_the_letter_and_the_household_say_so(
    client, client_for, leader, letters, posted
):
    returned = back(letters[0])
    run = client_for(leader.user).get(posted.get_absolute_url()).content.decode()
    assert f"{url('return_list')}?run={posted.pk}" in run
    letter = client.get(url("letter_detail", letters[0].pk)).content.decode()
    household = client.get(letters[0].household.get_absolute_url()).content.decode()
    for page in (letter, household):
        assert returned.get_absolute_url() in page
    assert "Check who lives there" in household
    assert "1 to check" in client.get(url("letter_list")).content.decode()


@pytest.mark.parametrize(
    "name", ["return_list", "return_rates", "letter_list", "coverage_homes"]
)
def test_queries_do_not_grow(
    client_for, leader, add_home, patch, street, produced, letters, name
):
    client = client_for(leader.user)
    for letter in letters[:2]:
        back(letter, outcome="write_again", checked_on=today(), checked_by=leader.user)
    client.get(url(name))
    with CaptureQueriesContext(connection) as few:
        client.get(url(name))
    for letter in letters[2:]:
        back(letter, outcome="write_again", checked_on=today(), checked_by=leader.user)
    with CaptureQueriesContext(connection) as more:
        client.get(url(name))
    assert len(more) == len(few)
