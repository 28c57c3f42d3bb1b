"""One run with every kind of letter, and who must not be written to on the way."""

from __future__ import annotations

import io
import json
import zipfile

import pikepdf
import pytest
from django.core.management import call_command

from tenants.letters.models import Channel
from tenants.letters.services import composing, making, production, runs
from tenants.letters.services.files import path_of
from tenants.letters.services.single import letter_pdf
from tenants.letters.services.wordings import record_check, save_wording
from tenants.models import Household, Letter, LetterRun
from tests.factories.tenants import CommunicationNeedsFactory
from tests.pdf_ua import problems_of

from .test_production import ledger_of, pages_of

pytestmark = pytest.mark.django_db

WORDINGS = {
    "ur": {"subject": "آپ کے افسر", "body": "((officer name))\n\n# سرخی\n\n* ایک\n"},
    "ar": {"subject": "موظف منطقتك", "body": "((officer name))\n\n1. واحد\n"},
    "pl": {"subject": "Opiekun: ((officer name))", "body": "Od ((answering since))."},
    "easy-read": {"subject": "Your officer", "body": "((officer name)) helps you."},
}
NEEDS = {
    "Standard": {},
    "Large": {"letter_format": "large_print"},
    "Urdu": {"language": "ur"},
    "Arabic": {"language": "ar", "letter_format": "large_print"},
    "Polish": {"language": "pl"},
    "Somali": {"language": "so"},
    "Easy": {"letter_format": "easy_read"},
    "Braille": {"letter_format": "braille", "language": "ur"},
    "Audio": {"letter_format": "audio"},
    "Mail": {"letter_format": "email", "email": "mail@example.org", "language": "ar"},
    "Copied": {
        "language": "ur",
        "representative_name": "Ms Ida Boyle",
        "representative_address": "9 Mill Lane, Otherton, ZS1 2AB",
        "copy_to_representative": True,
    },
}


@pytest.fixture
def mixed(
    composed, template, add_home, patch, manager, leader, monkeypatch
) -> LetterRun:
    """A run of every kind, twice each, approved; in each kind one will be marked."""
    monkeypatch.setattr(composing, "CHUNK_SIZE", 3)
    version = template.versions.get()
    for key, words in WORDINGS.items():
        row = save_wording(version=version, key=key, by=manager, **words)
        if not row.is_easy_read:
            record_check(wording=row, checked_by="A translator", by=manager)
    for name, needs in NEEDS.items():
        for first in ("Ann", "Ben"):
            home = add_home(patch, ("", first, name), postcode="ZK1 1AA")
            CommunicationNeedsFactory(household=home.households.get(), **needs)
    run = composed(patch, is_bilingual=True, way_out="mail_house", has_code=True)
    assert run.exception_count == 0
    return runs.approve_run(run=run, by=leader.user)


def mark_every_ben() -> None:
    bens = Letter.objects.filter(addressee__startswith="Ben ").values("household")
    Household.objects.filter(pk__in=bens).update(
        do_not_write=True, do_not_write_reason="Asked not to be"
    )


def before_the_packs(monkeypatch) -> None:
    """Have them marked when all chunks are set, as the first pack is to be made."""
    make = making.make_pack

    def mark_and_make(run, pack):
        monkeypatch.setattr(production, "make_pack", make)
        mark_every_ben()
        make(run, pack)

    monkeypatch.setattr(production, "make_pack", mark_and_make)


def before_the_end(monkeypatch) -> None:
    """Have them marked when every pack is made and the run is to be handed over."""
    whole = production._packs_are_whole

    def mark_and_look(run):
        monkeypatch.setattr(production, "_packs_are_whole", whole)
        mark_every_ben()
        return whole(run)

    monkeypatch.setattr(production, "_packs_are_whole", mark_and_look)


@pytest.mark.parametrize("step", [before_the_packs, before_the_end])
def test_every_kind_is_whole_without_those_marked_on_the_way(
    mixed, work, leader, monkeypatch, step
):
    step(monkeypatch)
    run = work.produce(runs.produce_run(run=mixed, by=leader.user))
    assert run.status == "produced"
    assert (run.home_count, run.letter_count) == (22, 12)
    assert run.exception_count == run.homes.filter(reason="do_not_write").count() == 11
    check_post(run)
    check_supplier(run)
    check_mail_file(run)
    for letter in run.letters.all():
        assert problems_of(letter_pdf(letter)) == []


def check_post(run: LetterRun) -> None:
    """Each letter is where ledger and rows say, nobody else's, and tagged."""
    packs = run.packs.exclude(channel=Channel.SUPPLIER)
    assert packs.count() == 2
    ledger = {row["Reference"]: row for row in ledger_of(run)}
    assert set(ledger) == set(run.letters.values_list("reference", flat=True))
    for pack in packs:
        assert problems_of(path_of(pack.file).read_bytes()) == []
        pages = pages_of(pack.file)
        assert not any("Ben " in page for page in pages)
        expected = 1
        for letter in run.letters.filter(chunk__pack=pack).order_by("sequence"):
            own = pages[letter.first_page - 1 :][: letter.page_count]
            assert letter.first_page == expected
            # The reader puts the L behind the number where a line runs to the left.
            assert all(letter.reference[1:] in page for page in own)
            assert int(ledger[letter.reference]["First page"]) == letter.first_page
            expected += letter.page_count
            if run.is_double_sided and expected % 2 == 0:
                assert pages[expected - 1].strip() == ""
                expected += 1
        assert len(pages) == expected - 1


def check_supplier(run: LetterRun) -> None:
    """Each has its text and its PDF, as the manifest says."""
    pack = run.packs.get(channel=Channel.SUPPLIER)
    with zipfile.ZipFile(path_of(pack.file)) as archive:
        rows = json.loads(archive.read("manifest.json"))
        listed = {row["text_file"] for row in rows} | {row["pdf_file"] for row in rows}
        assert listed <= set(archive.namelist())
        assert len(archive.namelist()) == len(listed) + 3
        for row in rows:
            with pikepdf.open(io.BytesIO(archive.read(row["pdf_file"]))) as pdf:
                assert len(pdf.pages) == row["pdf_pages"]
    assert {row["addressee"] for row in rows} == {"Ann Braille", "Ann Audio"}


def check_mail_file(run: LetterRun) -> None:
    """It holds by its own check, with the letters to post and no others."""
    path = path_of(run.mail_file)
    call_command("verify_mail_file", path, verbosity=0)
    with zipfile.ZipFile(path) as archive:
        index = json.loads(archive.read("index.json"))
    posted = run.letters.filter(channel=Channel.POST)
    assert sorted(row["reference"] for row in index["letters"]) == sorted(
        posted.values_list("reference", flat=True)
    )
