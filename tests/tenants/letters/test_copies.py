"""Copies of letters for those who act for households: who gets one, what it says."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tenants.households.models import Household
from tenants.letters import rules
from tenants.letters.selectors.content import content_of
from tenants.letters.selectors.previews import preview_for
from tenants.letters.selectors.recipients import draft_homes, prepare_mailing
from tenants.letters.selectors.samples import sample_of
from tenants.letters.services import editing, files, lengths
from tenants.letters.services.single import letter_pdf
from tenants.models import Letter, LetterRun
from tests.factories.tenants import (
    LetterWordingCheckFactory,
    LetterWordingFactory,
)

from .conftest import DATED

pytestmark = pytest.mark.django_db


def both(run: LetterRun) -> tuple[Letter, Letter]:
    """The letter of a run, and its copy."""
    return run.letters.get(is_copy=False), run.letters.get(is_copy=True)


def translate(template, body: str) -> None:
    """Give the template a Polish wording that somebody has checked."""
    wording = LetterWordingFactory(
        version=template.versions.get(), language="pl", subject="Temat", body=body
    )
    LetterWordingCheckFactory(wording=wording)


def test_the_representative_gets_a_copy_of_the_letter(composed, add_copied, patch):
    add_copied()
    run = composed(patch)
    letter, copy = both(run)
    assert (run.home_count, run.letter_count, run.exception_count) == (1, 2, 0)
    rules.check_adds_up(run)
    assert copy.address_lines == [
        "Ms Ida Boyle",
        "Harbour Advocacy",
        "9 Mill Lane",
        "OTHERTON",
        "ZS1 2AB",
    ]
    assert copy.addressee == "Ms Ida Boyle"
    assert copy.salutation == letter.salutation == "Dear Mr Khan"
    assert copy.values == letter.values
    assert (copy.home, copy.household, copy.tenancy) == (
        letter.home,
        letter.household,
        letter.tenancy,
    )
    assert letter.addressee == "Mr A Khan"


def test_only_the_copy_says_whose_letter_it_is(composed, add_copied, patch):
    add_copied(household={"correspondence_address": "1 Quay, Otherton, ZS1 9ZZ"})
    run = composed(patch)
    letter, copy = both(run)
    note = content_of(run, copy).note
    assert note.startswith(
        "Copy for Ms Ida Boyle. The letter was sent to Mr A Khan of 12 Elm Road, "
    )
    assert note.endswith("ZK1 1AA.")
    assert content_of(run, letter).note == ""


def test_without_a_wish_for_copies_there_is_none(composed, add_copied, patch):
    add_copied(copy_to_representative=False)
    assert not composed(patch).letters.get().is_copy


@pytest.mark.parametrize(
    "needs",
    [
        {"letter_format": "large_print"},
        {"letter_format": "braille"},
        {"letter_format": "audio"},
        {"letter_format": "email", "email": "ali@example.org"},
        {"language": "pl"},
        {"language": "pl", "letter_format": "large_print"},
    ],
)
def test_a_copy_is_posted_in_standard_print_and_english(
    composed, add_copied, patch, template, needs
):
    translate(template, "((who answers))")
    add_copied(**needs)
    letter, copy = both(composed(patch))
    assert (letter.wording is not None) == ("language" in needs)
    assert (copy.letter_format, copy.channel, copy.email) == ("standard", "post", "")
    assert (copy.wording, copy.wanted_language) == (None, "")
    assert copy.salutation == "Dear Mr Khan"


def test_an_easy_read_household_has_an_ordinary_copy(
    composed, add_copied, patch, template
):
    LetterWordingFactory(
        version=template.versions.get(),
        is_easy_read=True,
        language="en",
        subject="Hello",
        body="((who answers)) helps you.",
    )
    add_copied(letter_format="easy_read")
    letter, copy = both(composed(patch))
    assert (letter.letter_format, copy.letter_format) == ("easy_read", "standard")
    assert letter.wording is not None
    assert copy.wording is None


def test_each_of_separate_tenancies_has_its_copy(composed, add_copied, add_home, patch):
    home = add_copied()
    add_home.tenancy(home.households.get(), ("Ms", "Bea", "Jones"))
    run = composed(patch)
    assert run.letter_count == 4
    copies = run.letters.filter(is_copy=True).order_by("tenancy")
    assert [copy.salutation for copy in copies] == ["Dear Mr Khan", "Dear Ms Jones"]
    letters = run.letters.filter(is_copy=False)
    assert {row.tenancy for row in copies} == {row.tenancy for row in letters}


@pytest.mark.parametrize(
    ("needs", "reason", "said"),
    [
        (
            {"representative_address": "9 Mill Lane, Otherton"},
            "address",
            "representative’s address: The last line of the address is no postcode",
        ),
        (
            {"representative_name": "Ms Ida Boyle, " + "Advocate " * 6},
            "address",
            "representative’s address: Address line 1 is",
        ),
        (
            {"representative_name": "Ms Ida \U0001f600"},
            "characters",
            "representative’s address: \U0001f600",
        ),
    ],
)
def test_no_household_is_silently_without_its_copy(
    composed, add_copied, patch, needs, reason, said
):
    add_copied(**needs)
    row = composed(patch).homes.get()
    assert (row.is_exception, row.reason) == (True, reason)
    assert said in row.detail
    assert not row.letters.exists()


def test_what_only_the_copy_prints_must_have_values_and_be_printable(
    composed, add_copied, patch, template, officer
):
    """The Polish asks less than the English, and never prints where the home is."""
    translate(template, "Witamy")
    home = add_copied(
        language="pl", household={"correspondence_address": "1 Quay, Here, ZS1 9ZZ"}
    )
    assert composed(patch).letter_count == 2
    type(home).objects.filter(pk=home.pk).update(street="Elm \U0001f600")
    row = composed(patch).homes.get()
    assert (row.reason, row.detail) == (
        "characters",
        "The representative’s copy: \U0001f600",
    )
    type(home).objects.filter(pk=home.pk).update(street="Elm Road")
    officer.job_title = ""
    officer.save()
    row = composed(patch).homes.get()
    assert row.reason == "missing_value"
    assert row.detail == "The representative’s copy: officer job title"


@pytest.mark.parametrize(
    "mark",
    [
        {"do_not_write": True, "do_not_write_reason": "Asked"},
        {"safe_contact_only": True, "safe_contact_how": "By telephone"},
    ],
)
def test_who_is_not_written_to_has_no_copy_either(composed, add_copied, patch, mark):
    add_copied(household=mark)
    assert not composed(patch).letters.exists()


def test_email_left_out_leaves_the_copy_out(composed, add_copied, patch):
    add_copied(letter_format="email", email="ali@example.org")
    run = composed(patch, email_letters="except")
    assert (run.letter_count, run.exception_count) == (0, 1)


def test_copies_are_in_the_order_of_their_own_postcodes(
    composed, add_copied, street, patch
):
    add_copied()
    run = composed(patch)
    lines = [row.address_lines[-1] for row in run.letters.order_by("sequence")]
    assert lines == [
        "ZK1 1AA",
        "ZK1 1AA",
        *(f"ZK{number} 1AA" for number in range(2, 7)),
        "ZS1 2AB",
    ]


def test_a_home_left_out_loses_both_and_put_back_has_both(
    composed, add_copied, work, patch, leader
):
    add_copied()
    run = composed(patch)
    editing.leave_out(
        run=run, home=run.homes.get(), reason="Told at the door", by=leader.user
    )
    run.refresh_from_db()
    assert (run.letter_count, run.exception_count) == (0, 1)
    assert not run.letters.exists()
    run = editing.put_back(run=run, home=run.homes.get(), by=leader.user)
    assert work.compose(run).letter_count == 2


def test_a_mark_after_composing_takes_both_out(composed, add_copied, street, patch):
    home = add_copied()
    run = composed(patch)
    Household.objects.filter(property=home).update(
        safe_contact_only=True, safe_contact_how="By telephone"
    )
    assert run.letters.marked_since().count() == 2


def test_copies_cost_no_query(template, add_copied, street, patch):
    version = template.versions.get()
    mailing = prepare_mailing(subject=version.subject, body=version.body, dated=DATED)
    draft_homes(mailing, [home.pk for home in street])
    with CaptureQueriesContext(connection) as without:
        draft_homes(mailing, [home.pk for home in street])
    homes = [add_copied().pk for _ in range(3)]
    with CaptureQueriesContext(connection) as with_copies:
        drafts = draft_homes(mailing, homes)
    assert len(with_copies) == len(without)
    assert [len(draft.letters) for draft in drafts] == [2, 2, 2]


def test_pages_of_copies_are_counted_by_themselves(
    composed, add_copied, street, patch, monkeypatch
):
    """In a large run copies are a kind of their own: they say a sentence more."""
    monkeypatch.setattr(lengths, "SET_ALL_UP_TO", 0)
    add_copied()
    run = composed(patch)
    assert run.letters.get(is_copy=True).page_count == 1


def test_a_second_copy_is_refused_by_the_database(composed, add_copied, patch):
    add_copied()
    _, copy = both(composed(patch))
    copy.pk, copy.sequence, copy.reference = None, 99, "L0000-00099"
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()
    Letter.objects.filter(is_copy=True).update(tenancy=None)
    copy.tenancy = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_the_packs_ledger_and_mail_file_tell_copies_apart(
    produced, add_copied, patch, tmp_path
):
    add_copied(letter_format="email", email="ali@example.org")
    add_copied(("Ms", "Bea", "Jones"))
    run = produced(patch, way_out="mail_house")
    assert [(pack.channel, pack.letter_count) for pack in run.packs.all()] == [
        ("post", 3),
        ("email", 1),
    ]
    with files.path_of(run.ledger_file).open(encoding="utf-8-sig") as file:
        ledger = list(csv.DictReader(file))
    marked = {row["Name"]: row["Copy for the representative"] for row in ledger}
    assert marked == {"Ms Ida Boyle": "Yes", "Mr A Khan": "", "Ms B Jones": ""}
    path = tmp_path / "mail.zip"
    path.write_bytes(files.path_of(run.mail_file).read_bytes())
    with zipfile.ZipFile(path) as archive:
        index = json.loads(archive.read("index.json"))
        lines = list(csv.DictReader(io.StringIO(archive.read("index.csv").decode())))
    copies = set(run.letters.copies().values_list("reference", flat=True))
    assert {row["reference"] for row in index["letters"] if row["copy"] == "yes"} == (
        copies
    )
    assert sum(row["copy"] == "yes" for row in lines) == 2


def test_a_copy_is_set_again_as_it_was(produced, add_copied, patch, text_in):
    add_copied()
    run = produced(patch)
    letter, copy = both(run)
    Household.objects.get().needs.delete()
    text = text_in(letter_pdf(copy))
    assert "Copy for Ms Ida Boyle. The letter was sent to Mr A Khan of" in text
    assert "Dear Mr Khan" in text
    assert text.index("Copy for") < text.index("Dear Mr Khan")
    assert "Copy for" not in text_in(letter_pdf(letter))
    assert letter_pdf(copy) == letter_pdf(copy)


@pytest.fixture
def text_in():
    import pypdfium2

    def read(pdf: bytes) -> str:
        document = pypdfium2.PdfDocument(pdf)
        try:
            text = document[0].get_textpage().get_text_range()
        finally:
            document.close()
        return " ".join(text.split())

    return read


def test_a_sample_has_a_copy(composed, add_copied, street, patch):
    add_copied()
    assert any(letter.is_copy for letter in sample_of(composed(patch)))


def test_a_preview_shows_the_letter_and_says_that_a_copy_goes(
    add_copied, patch, manager
):
    home = add_copied()
    preview = preview_for(
        manager, subject="Hello", body="((who answers))", find=home.postcode
    )
    assert (preview.letter_count, preview.copy_count) == (1, 1)
    assert preview.letter.note == ""


def test_a_copy_to_a_name_of_which_nothing_is_seen_is_not_made(
    composed, add_copied, patch
):
    add_copied(representative_name="\u200b")
    home = composed(patch).homes.get()
    assert (home.reason, home.detail) == (
        "missing_value",
        "The representative’s copy: name",
    )
