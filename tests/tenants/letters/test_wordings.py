"""Translations and easy read: who gets which, and what never changes."""

from __future__ import annotations

import pytest

from tenants.letters.default_translations import DEFAULT_TRANSLATIONS
from tenants.letters.default_wording import DEFAULT_WORDING
from tenants.letters.errors import TemplateRefused
from tenants.letters.placeholders import check_wording
from tenants.letters.selectors.content import batch_of, content_of
from tenants.letters.selectors.wordings import (
    count_wordings,
    list_wording_states,
    placeholders_left_out,
)
from tenants.letters.services.emailing import email_of
from tenants.letters.services.single import letter_pdf
from tenants.letters.services.supplier import letter_text
from tenants.letters.services.templates import (
    create_default_templates,
    save_template,
)
from tenants.letters.services.wordings import record_check, save_wording
from tenants.letters.typesetting import LetterFormat, characters_not_shown
from tenants.models import LetterTemplate
from tests.factories.tenants import CommunicationNeedsFactory

pytestmark = pytest.mark.django_db

POLISH = {"subject": "Opiekun: ((officer name))", "body": "Od ((answering since))."}
URDU = {"subject": "آپ کے افسر", "body": "فون ((officer name))\n\n# سرخی\n\n* ایک\n"}
EASY = {"subject": "Your officer", "body": "((officer name)) helps you.\n"}


@pytest.fixture
def version(template):
    return template.versions.get()


@pytest.fixture
def write(version, manager):
    """Keep a wording of the template, checked unless told otherwise."""

    def save(key, words, *, checked=True):
        row = save_wording(version=version, key=key, by=manager, **words)
        if checked and not row.is_easy_read:
            record_check(wording=row, checked_by="Ola, translator", by=manager)
        return row

    return save


@pytest.fixture
def wants(add_home, patch):
    """A home whose household wants a language or format."""

    def add(**needs):
        home = add_home(patch, ("Ms", "Bea", "Jones"))
        CommunicationNeedsFactory(household=home.households.get(), **needs)
        return home

    return add


def test_a_household_gets_its_language_once_it_is_checked(
    composed, patch, wants, write, manager
):
    wants(language="pl")
    draft = write("pl", POLISH, checked=False)
    letter = composed(patch).letters.get()
    assert (letter.wording, letter.wanted_language) == (None, "pl")
    record_check(wording=draft, checked_by="Ola", by=manager)
    run = composed(patch)
    letter = run.letters.get()
    assert letter.wording == draft
    content = content_of(run, letter)
    assert content.language == "pl"
    assert content.salutation == "Szanowni Państwo"
    assert content.closing == "Z poważaniem"
    assert content.date_text == "3 marca 2026"
    assert content.english is None


def test_whoever_checks_a_translation_sees_its_lines(version, manager, client_for):
    save_wording(
        version=version, key="pl", subject="Nowy", body="# Raz\n\n* Dwa", by=manager
    )
    address = f"/letters/templates/{version.template_id}/wordings/pl/checked/"
    page = client_for(manager).get(address).content.decode()
    assert "# Raz\n\n* Dwa</div>" in page
    # Lines are kept, and lists told from paragraphs, by this style sheet.
    assert "css/letters.css" in page


def test_without_a_translation_the_english_offers_one(composed, patch, wants, landlord):
    landlord.contact_phone = "0114 496 0000"
    landlord.save()
    wants(language="so")
    run = composed(patch)
    content = content_of(run, run.letters.get())
    assert content.language == "en-GB"
    own, english = content.offers
    assert own.language == "so"
    assert "0114 496 0000" in own.text
    assert english.text == (
        "Call 0114 496 0000 if you would like this letter in Somali."
    )
    assert count_wordings(run) == {"translated": 0, "fallback": 1, "easy_read": 0}


def test_an_english_letter_offers_nothing(composed, patch, street):
    run = composed(patch)
    assert not any(letter.offers for letter in batch_of(run, run.letters.all()).letters)


def test_a_bilingual_run_has_the_english_after_it(composed, patch, wants, write):
    wants(language="ur")
    write("ur", URDU)
    run = composed(patch, is_bilingual=True)
    content = content_of(run, run.letters.get())
    assert content.language == "ur"
    assert content.english.language == "en-GB"
    assert content.english.salutation == "Dear Ms Jones"
    assert content.english.reference == content.reference
    assert not content.english.offers


@pytest.mark.parametrize("is_bilingual", [True, False])
def test_an_email_and_a_suppliers_text_are_in_the_language_too(
    composed, patch, wants, write, is_bilingual
):
    wants(language="pl", letter_format="email", email="bea@example.org")
    write("pl", POLISH | {"closing": "Z poważaniem z urzędu"})
    letter = composed(patch, is_bilingual=is_bilingual).letters.get()
    message = email_of(letter)
    assert message.subject.startswith("Opiekun: ")
    for text in (message.body, message.alternatives[0].content, letter_text(letter)):
        assert "Opiekun: " in text
        assert "Z poważaniem z urzędu" in text
        assert ("Yours sincerely" in text) is is_bilingual
        assert ("Dear Ms Jones" in text) is is_bilingual
    assert 'lang="pl"' in message.alternatives[0].content


def test_easy_read_has_its_own_plan_and_needs_a_wording(composed, patch, wants, write):
    wants(letter_format="easy_read")
    assert composed(patch).homes.get().reason == "other_format"
    row = write("easy-read", EASY)
    run = composed(patch)
    letter = run.letters.get()
    assert letter.wording == row
    content = content_of(run, letter)
    assert content.format is LetterFormat.EASY_READ
    assert content.content.subject_text == "Your officer"


def test_what_was_composed_keeps_its_wording_for_ever(composed, patch, wants, write):
    wants(language="pl")
    write("pl", POLISH)
    run = composed(patch)
    before = letter_pdf(run.letters.get())
    write("pl", POLISH | {"body": "Zupełnie inaczej."})
    write("ur", URDU)
    assert letter_pdf(run.letters.get()) == before
    assert letter_pdf(composed(patch).letters.get()) != before


def test_a_correction_is_used_only_when_checked(composed, patch, wants, write):
    wants(language="pl")
    first = write("pl", POLISH)
    second = write("pl", POLISH | {"body": "Poprawka."}, checked=False)
    assert second.number == 2
    assert composed(patch).letters.get().wording == first


def test_new_english_needs_new_translations(
    composed, patch, wants, write, template, version, manager
):
    wants(language="pl")
    write("pl", POLISH)
    newer = save_template(
        template=template,
        name=template.name,
        purpose=template.purpose,
        subject=version.subject,
        body=version.body + "\nMore.\n",
        by=manager,
    )
    (state,) = list_wording_states(newer)
    assert (state.key, state.is_for_current, state.is_used) == ("pl", False, False)
    run = composed(patch, template_version=newer)
    assert run.letters.get().wording is None


def test_the_same_words_make_no_edition(write):
    assert write("pl", POLISH) == write("pl", POLISH)


def test_a_wording_is_refused_where_it_cannot_be_kept(version, manager, write):
    with pytest.raises(TemplateRefused, match="there is no placeholder"):
        save_wording(
            version=version, key="pl", subject="A", body="((imię))", by=manager
        )
    with pytest.raises(TemplateRefused, match="language of the list"):
        save_wording(version=version, key="xx", **POLISH, by=manager)
    with pytest.raises(TemplateRefused, match="needs no check"):
        record_check(wording=write("easy-read", EASY), checked_by="Ola", by=manager)
    with pytest.raises(TemplateRefused, match="who checked it"):
        record_check(
            wording=write("pl", POLISH, checked=False), checked_by=" ", by=manager
        )


def test_a_missing_value_of_the_translation_is_named(
    composed, patch, wants, write, officer
):
    officer.phone = ""
    officer.save()
    wants(language="pl")
    write("pl", POLISH | {"body": "((officer phone))"})
    row = composed(patch).homes.get()
    assert (row.reason, "officer phone" in row.detail) == ("missing_value", True)


def test_placeholders_the_english_has_are_missed(version):
    left_out = placeholders_left_out(version, "((officer-name))", "Nic.")
    assert left_out == ["officer job title", "officer phone known", "cover"]


def test_ours_can_be_printed_and_say_what_the_english_says(db):
    made = create_default_templates()
    english = {wording.name: wording for wording in DEFAULT_WORDING}
    assert {template.name for template in made} == set(DEFAULT_TRANSLATIONS)
    for name, others in DEFAULT_TRANSLATIONS.items():
        assert others[0].key == "easy-read"
        for other in others:
            assert not check_wording(other.subject, other.body)
            assert not characters_not_shown(other.subject + other.body)
            if other.key != "easy-read":
                template = LetterTemplate.objects.get(name=name)
                assert not placeholders_left_out(
                    template.versions.get(), other.subject, other.body
                )
            assert english[name].subject != other.subject
    usable = {
        (row.key, row.version.template.name)
        for template in made
        for row in template.versions.get().wordings.usable()
    }
    assert usable == {("easy-read", name) for name in english}
