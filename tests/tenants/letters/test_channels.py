"""How each letter goes is decided when a run is composed; packs hold one way each."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import zipfile
from io import BytesIO, StringIO

import pikepdf
import pytest

from tenants.letters import rules
from tenants.letters.services import runs
from tenants.letters.services.files import path_of
from tenants.models import LetterRun
from tests.factories.tenants import CommunicationNeedsFactory

pytestmark = pytest.mark.django_db

# As long as a building may be called, and wider than a window.
TOO_WIDE = "Wharfside Mansions Overlooking the Municipal Waterworks Weir"


@pytest.fixture
def add_wanting(add_home, patch):
    """Add a home whose household wants letters in a format."""

    def add(wanted: str, **fields):
        home = add_home(patch, ("Ms", "Bea", wanted.title()), **fields)
        CommunicationNeedsFactory(
            household=home.households.get(),
            letter_format=wanted,
            email="bea@example.org" if wanted == "email" else "",
        )
        return home

    return add


@pytest.mark.parametrize(
    ("wanted", "channel"),
    [
        ("standard", "post"),
        ("large_print", "post"),
        ("braille", "supplier"),
        ("audio", "supplier"),
        ("email", "email"),
    ],
)
def test_a_letter_goes_by_what_its_household_wants(
    composed, add_wanting, patch, wanted, channel
):
    add_wanting(wanted)
    letter = composed(patch).letters.get()
    assert (letter.letter_format, letter.channel) == (wanted, channel)
    assert letter.email == ("bea@example.org" if channel == "email" else "")


def test_a_run_may_print_for_those_who_want_email(composed, add_wanting, patch):
    add_wanting("email")
    letter = composed(patch, email_letters="print").letters.get()
    assert (letter.letter_format, letter.channel) == ("standard", "post")


def test_a_run_may_leave_those_who_want_email_out(composed, add_wanting, patch):
    add_wanting("email")
    home = composed(patch, email_letters="except").homes.get()
    assert (home.reason, home.detail) == ("other_format", "E-mail only")


@pytest.mark.parametrize("wanted", ["email", "braille"])
def test_no_window_cuts_the_address_of_what_is_not_posted(
    composed, add_wanting, patch, wanted
):
    add_wanting(wanted, building=TOO_WIDE)
    run = composed(patch)
    assert run.letter_count == 1


def test_a_window_cuts_the_address_of_what_is_posted(composed, add_wanting, patch):
    add_wanting("standard", building=TOO_WIDE)
    assert composed(patch).homes.get().reason == "address"


def test_a_supplier_needs_an_address_to_send_to(composed, add_wanting, patch):
    add_wanting("audio", household={"correspondence_address": "c/o the harbour"})
    assert composed(patch).homes.get().reason == "address"


def test_packs_hold_letters_of_one_channel(produced, add_wanting, patch):
    for wanted in ("email", "standard", "braille", "email", "large_print"):
        add_wanting(wanted)
    run = produced(patch)
    assert run.status == "produced"
    rules.check_adds_up(run)
    packs = list(run.packs.order_by("number"))
    assert [(pack.channel, pack.letter_count) for pack in packs] == [
        ("post", 2),
        ("supplier", 1),
        ("email", 2),
    ]
    crossed = [
        letter.reference
        for letter in run.letters.select_related("chunk__pack")
        if letter.channel != letter.chunk.pack.channel
    ]
    assert not crossed
    assert run.page_count == packs[0].page_count


def test_the_ledger_says_how_each_letter_goes(produced, add_wanting, patch):
    for wanted in ("standard", "audio", "email"):
        add_wanting(wanted)
    run = produced(patch)
    with path_of(run.ledger_file).open(encoding="utf-8-sig") as ledger:
        rows = list(csv.DictReader(StringIO(ledger.read())))
    assert [(row["Goes by"], row["E-mail address"]) for row in rows] == [
        ("Post", ""),
        ("Supplier of Braille and audio", ""),
        ("E-mail", "bea@example.org"),
    ]


def test_counts_by_channel_open_their_homes(client_for, composed, add_wanting, patch):
    for wanted in ("standard", "audio", "email", "email"):
        add_wanting(wanted)
    run = composed(patch)
    client = client_for(run.created_by)
    page = client.get(run.get_absolute_url())
    assert [(row.channel, row.homes) for row in page.context["channels"]] == [
        ("post", 1),
        ("supplier", 1),
        ("email", 2),
    ]
    homes = client.get(f"{run.get_absolute_url()}homes/?outcome=letter&channel=email")
    assert homes.context["page_obj"].paginator.count == 2


def test_the_supplier_gets_each_letter_once_as_text_and_tagged_pdf(
    produced, add_wanting, patch, client_for
):
    for wanted in ("braille", "audio", "standard"):
        add_wanting(wanted)
    run = produced(patch)
    letters = {letter.reference: letter for letter in run.letters.filter(page_count=1)}
    pack = run.packs.get(channel="supplier")
    url = f"{run.get_absolute_url()}packs/{pack.number}/"
    content = client_for(run.created_by).get(url).getvalue()
    assert hashlib.sha256(content).hexdigest() == pack.sha256
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        listed = json.loads(archive.read("manifest.json"))
        rows = csv.DictReader(
            StringIO(archive.read("manifest.csv").decode("utf-8-sig"))
        )
        assert [row["reference"] for row in rows] == [x["reference"] for x in listed]
        for row in listed:
            text, pdf = (archive.read(row[name]) for name in ("text_file", "pdf_file"))
            assert hashlib.sha256(text).hexdigest() == row["text_sha256"]
            assert hashlib.sha256(pdf).hexdigest() == row["pdf_sha256"]
            letter = letters[row["reference"]]
            assert row["address"] == letter.address_lines
            assert letter.salutation in text.decode()
            assert "\n# " in text.decode()
            with pikepdf.open(BytesIO(pdf)) as opened:
                assert "/StructTreeRoot" in opened.Root
    assert len(names) == len(set(names)) == 2 * 2 + 3
    assert sorted(row["format"] for row in listed) == ["Audio", "Braille"]


@pytest.mark.parametrize(("year", "kept"), [(1950, 1980), (2150, 2107)])
def test_a_supplier_file_of_a_date_no_zip_holds_is_made(
    composed, work, leader, add_wanting, patch, year, kept
):
    add_wanting("braille")
    run = composed(patch)
    LetterRun.objects.update(dated=dt.date(year, 3, 3))
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    with zipfile.ZipFile(path_of(run.packs.get().file)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {kept}


def test_a_supplier_file_made_again_has_the_same_bytes(
    produced, work, add_wanting, patch
):
    add_wanting("braille")
    run = produced(patch)
    before = run.packs.get().sha256
    runs.produce_run(run=run, by=run.created_by)
    assert work.produce(run).packs.get().sha256 == before
