"""Every kind of letter passes the checks of PDF/UA, and each check can fail."""

from __future__ import annotations

import io
import unicodedata
from contextlib import closing
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from tenants.letters import markup
from tenants.letters.default_translations import DEFAULT_TRANSLATIONS
from tenants.letters.default_wording import INTRODUCTION
from tenants.letters.typesetting import (
    LetterFormat,
    Offer,
    TypesetBatch,
    compile_chunk,
    phrases_of,
    single_letter,
)
from tests.benchmarks._letters import sample_batch, sample_letter
from tests.pdf_ua import elements_of, problems_of

VALUES = {
    "officer name": "Priya Nair",
    "officer job title": "Housing officer",
    "officer phone known": "yes",
}


def _translated(code, **fields):
    (wording,) = (
        row for row in DEFAULT_TRANSLATIONS[INTRODUCTION.name] if row.key == code
    )
    content = markup.fill(
        markup.parse(wording.subject, wording.body), VALUES, isolate=code == "ur"
    )
    return replace(
        sample_letter(0),
        content=content,
        language=code if len(code) == 2 else "en-GB",
        closing=phrases_of(code).closing,
        **fields,
    )


LETTERS = {
    "standard": lambda: sample_letter(0),
    "large print": lambda: sample_letter(0, format=LetterFormat.LARGE_PRINT),
    "easy read": lambda: _translated("easy-read", format=LetterFormat.EASY_READ),
    "translated": lambda: _translated("pl"),
    "right to left": lambda: _translated("ur"),
    "bilingual": lambda: _translated("ur", english=sample_letter(0)),
    "copy": lambda: replace(
        sample_letter(0), note="Copy for Ms I Boyle. The letter was sent to Mr A Khan."
    ),
    "offered": lambda: replace(
        sample_letter(0),
        offers=(
            Offer(phrases_of("ar").offer.format(phone="0114 496 0000"), "ar"),
            Offer("Call 0114 496 0000 if you would like this letter in Arabic."),
        ),
    ),
}


def _marked(batch: TypesetBatch) -> TypesetBatch:
    return replace(batch, has_code=True, has_fold_marks=True)


@pytest.fixture(scope="module")
def pdfs():
    """One file of each kind of letter, with every mark a run can print."""
    return {
        name: single_letter(_marked(sample_batch([make()]))).pdf
        for name, make in LETTERS.items()
    }


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_passes(pdfs, kind):
    assert problems_of(pdfs[kind]) == []


@pytest.mark.parametrize("kind", LETTERS)
def test_the_words_can_be_read_back(pdfs, kind):
    letter = LETTERS[kind]()
    read = _letters_of(_text_of(pdfs[kind]))
    parts = [part for part in (letter, letter.english) if part]
    for part in parts:
        assert _letters_of(part.note) in read
        for block in part.content.blocks:
            for item in block.items:
                words = "".join(run.text for run in item).split()
                lost = [
                    word
                    for word in words
                    if _letters_of(word) not in read and not _has_mark(word)
                ]
                assert lost == []


def _has_mark(word: str) -> bool:
    """Whether a word has a mark above its letters, which pdfium reads elsewhere."""
    return any(unicodedata.category(c) == "Mn" for c in word)


def _text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _letters_of(text: str) -> str:
    """The letters and digits of a text: spaces, isolates and where brackets stand
    among right-to-left words depend on who reads it back."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(character for character in text if character.isalnum())


def test_languages_are_told_apart(pdfs):
    with pikepdf.open(io.BytesIO(pdfs["right to left"])) as document:
        assert document.Root.Lang == "ur"
    with pikepdf.open(io.BytesIO(pdfs["bilingual"])) as document:
        found = {
            str(element.Lang)
            for element in elements_of(document.Root.StructTreeRoot)
            if "/Lang" in element
        }
    assert "en-GB" in found


def feet_of(letters):
    """The words at the foot of each page; nothing is said of their order."""
    result = compile_chunk(_marked(sample_batch(letters)))
    with closing(pypdfium2.PdfDocument(result.pdf)) as pdf:
        return [set(page.get_textpage().get_text_range()[-60:].split()) for page in pdf]


def test_the_foot_of_a_page_speaks_as_the_page_does(worded):
    long = worded("\n\n".join("Words to read. " * 30 for _ in range(8)))
    both = _translated("ur", english=sample_letter(0, content=long))
    next_one = replace(_translated("ur"), reference="WX26-000009")
    feet = feet_of([both, next_one])
    assert {"Page", "2", "of", "3"} <= feet[1]
    assert {"Page", "3", "of"} <= feet[2]
    assert ["Page" in foot for foot in feet] == [False, True, True, False]


def test_the_foot_of_a_translated_page_is_translated(worded):
    long = worded("\n\n".join("Words to read. " * 30 for _ in range(8)))
    letter = replace(_translated("pl", english=sample_letter(0)), content=long)
    feet = feet_of([letter])
    assert {"Strona", "2", "z", "3"} <= feet[1]
    assert {"Page", "3", "of"} <= feet[2]


def _unmarked(document):
    del document.Root.MarkInfo


def _without_language(document):
    del document.Root.Lang


def _without_title(document):
    document.Root.ViewerPreferences.DisplayDocTitle = False


def _without_claim(document):
    with document.open_metadata() as metadata:
        del metadata["pdfuaid:part"]


def _untagged(document):
    del document.Root.StructTreeRoot


def _without_parents(document):
    del document.Root.StructTreeRoot["/ParentTree"]


def _without_alt(document):
    for element in elements_of(document.Root.StructTreeRoot):
        if str(element.S) == "/Figure":
            del element["/Alt"]


def _skipping(document):
    for element in elements_of(document.Root.StructTreeRoot):
        if str(element.S) == "/H2":
            element.S = pikepdf.Name.H3


def _with_loose_text(document):
    page = document.pages[0]
    page.contents_add(b"0 0 10 10 re f")


def _open_marks(document):
    document.pages[0].contents_add(b"/Artifact BMC")


def _without_letters(document):
    for font in document.pages[0].Resources.Font.values():
        del font["/ToUnicode"]


def _without_font(document):
    for font in document.pages[0].Resources.Font.values():
        described = font.DescendantFonts[0].FontDescriptor
        for name in ("/FontFile2", "/FontFile3"):
            if name in described:
                del described[name]


def _with_action(document):
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Named)


def _without_place(document):
    del document.pages[0]["/StructParents"]


def _with_own_tag(document):
    for element in elements_of(document.Root.StructTreeRoot):
        if str(element.S) == "/P":
            element.S = pikepdf.Name.Paragraphe


def _without_tab_order(document):
    page = document.pages[0]
    page.Annots = pikepdf.Array()
    if "/Tabs" in page:
        del page["/Tabs"]


BROKEN = [
    (_unmarked, "not marked as tagged"),
    (_without_language, "no language"),
    (_without_title, "title is not shown"),
    (_without_claim, "does not say it is PDF/UA-1"),
    (_untagged, "no structure tree"),
    (_without_parents, "no parent tree"),
    (_without_alt, "no words instead"),
    (_skipping, "heading 3 follows heading 1"),
    (_with_loose_text, "neither tagged nor an artifact"),
    (_open_marks, "marks do not close"),
    (_without_letters, "which letters its glyphs are"),
    (_without_font, "is not in the file"),
    (_with_action, "something runs"),
    (_without_place, "no place in the parent tree"),
    (_with_own_tag, "no standard tag"),
    (_without_tab_order, "tab order"),
]


@pytest.mark.parametrize(("damage", "said"), BROKEN)
def test_each_check_finds_a_broken_file(pdfs, damage, said):
    with pikepdf.open(io.BytesIO(pdfs["standard"])) as document:
        damage(document)
        written = io.BytesIO()
        document.save(written)
    assert any(said in problem for problem in problems_of(written.getvalue()))
