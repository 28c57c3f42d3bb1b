"""A letter is shown again as its household got it, before and after an upgrade."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from django.urls import reverse

from tenants.letters.selectors import content
from tenants.letters.services import composing, making, production, runs, single
from tenants.letters.services.files import path_of
from tenants.letters.services.single import letter_pdf
from tenants.models import Letter, LetterRun
from tests.factories.tenants import CommunicationNeedsFactory
from tests.pdf_ua import problems_of

pytestmark = pytest.mark.django_db

NEW = "typst 99.0 0123456789abcdef"
CAVEAT = "may not look exactly like the letter that was sent"


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(composing, "CHUNK_SIZE", 2)


@pytest.fixture
def upgrade(monkeypatch):
    """Have letters say another date from now on, and the typesetter know of it."""

    def do() -> None:
        monkeypatch.setattr(content, "long_date", lambda day: "Some other day")
        for module in (single, making):
            monkeypatch.setattr(module, "typesetting_version", lambda: NEW)

    return do


def words_in(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(words.split())


def last_letter(run: LetterRun) -> Letter:
    return run.letters.select_related("chunk__pack").last()


def page_of(client, letter: Letter) -> str:
    address = reverse("tenants:letters:letter_detail", args=[letter.pk])
    return " ".join(client.get(address).content.decode().split())


def lose(name: str) -> None:
    path_of(name).unlink()


def damage(name: str) -> None:
    path = path_of(name)
    whole = path.read_bytes()
    path.write_bytes(whole[:-20] + bytes(20))


def test_with_the_same_typesetter_it_is_set_again(
    produced, street, patch, leader, client_for
):
    letter = last_letter(produced(patch))
    before = letter_pdf(letter)
    lose(letter.chunk.file)
    lose(letter.chunk.pack.file)
    assert letter_pdf(letter) == before
    assert CAVEAT not in page_of(client_for(leader.user), letter)


@pytest.mark.parametrize("spoil", [None, lose, damage])
def test_after_an_upgrade_it_is_cut_from_what_was_printed(
    produced, street, patch, leader, client_for, upgrade, spoil
):
    letter = last_letter(produced(patch))
    before = letter_pdf(letter)
    upgrade()
    if spoil:
        spoil(letter.chunk.file)
    shown = letter_pdf(letter)
    assert words_in(shown) == words_in(before)
    assert "3 March 2026" in words_in(shown)
    assert letter_pdf(letter) == shown
    assert CAVEAT not in page_of(client_for(leader.user), letter)


@pytest.mark.parametrize("spoil", [None, lose])
def test_a_letter_cut_out_is_tagged_and_holds_nothing_of_others(
    produced, add_home, patch, upgrade, spoil
):
    for number, name in enumerate(["Jones", "Khan", "Ó Briain", "Li"]):
        home = add_home(patch, ("Ms", "Bea", name), postcode=f"ZK{number} 1AA")
    CommunicationNeedsFactory(
        household=home.households.get(), letter_format="large_print"
    )
    run = produced(patch, is_double_sided=True)
    upgrade()
    for letter in run.letters.select_related("chunk__pack"):
        if spoil and path_of(letter.chunk.file).exists():
            spoil(letter.chunk.file)
        pdf = letter_pdf(letter)
        assert problems_of(pdf) == []
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert len(opened.pages) == letter.page_count
            assert letter.reference in str(opened.docinfo["/Title"])
            plain = io.BytesIO()
            opened.save(
                plain,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                compress_streams=False,
            )
        assert letter.reference in words_in(pdf)
        for other in run.letters.exclude(pk=letter.pk):
            assert other.reference.encode() not in plain.getvalue()
            assert other.addressee not in words_in(pdf)


@pytest.mark.parametrize("spoil", [lose, damage])
def test_a_page_says_when_nothing_shows_it_as_it_was(
    produced, street, patch, leader, client_for, upgrade, spoil
):
    letter = last_letter(produced(patch))
    upgrade()
    spoil(letter.chunk.file)
    spoil(letter.chunk.pack.file)
    client = client_for(leader.user)
    assert CAVEAT in page_of(client, letter)
    assert "Some other day" in words_in(letter_pdf(letter))
    pdf = client.get(reverse("tenants:letters:letter_pdf", args=[letter.pk]))
    assert pdf.content == letter_pdf(letter)


def test_a_letter_for_the_supplier_is_not_looked_for_in_a_zip(
    produced, add_home, patch, leader, client_for, upgrade
):
    home = add_home(patch, ("Ms", "Bea", "Jones"))
    CommunicationNeedsFactory(household=home.households.get(), letter_format="braille")
    letter = last_letter(produced(patch))
    before = words_in(letter_pdf(letter))
    upgrade()
    assert words_in(letter_pdf(letter)) == before
    lose(letter.chunk.file)
    assert CAVEAT in page_of(client_for(leader.user), letter)


def test_before_it_is_produced_a_letter_is_set_as_letters_are_now(
    composed, street, patch, leader, client_for, upgrade
):
    letter = last_letter(composed(patch))
    upgrade()
    assert "Some other day" in words_in(letter_pdf(letter))
    assert CAVEAT not in page_of(client_for(leader.user), letter)


def test_a_run_paused_for_an_upgrade_names_both(
    composed, work, street, patch, leader, monkeypatch, upgrade
):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    run = runs.produce_run(run=run, by=leader.user)
    setting = production.set_chunk

    def set_and_pause(run, chunk):
        setting(run, chunk)
        runs.pause_run(run=run, by=leader.user)

    with monkeypatch.context() as patched:
        patched.setattr(production, "set_chunk", set_and_pause)
        run = work.produce(run)
    before = run.chunks.exclude(engine="").get().engine
    upgrade()
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    assert set(run.engine.split("; ")) == {before, NEW}
    said = [words_in(letter_pdf(letter)) for letter in run.letters.all()]
    assert ["3 March 2026" in words for words in said] == [True] * 2 + [False] * 4
