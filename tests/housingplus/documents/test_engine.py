"""Documents as accessible PDF."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from housingplus.documents import DocumentNotSet, compile_document
from housingplus.documents.engine import printable
from tests.pdf_ua import problems_of

TEMPLATE = Path(__file__).parent / "sample.typ"
DAY = dt.date(2026, 3, 3)


def content(**changes):
    return {
        "foot": "Kestrelford, 3 March 2026",
        "rows": [["KS-01", "Beacon Hill", 287], ["KS-02", "Foxcote", 301]],
        "facts": [["In force from", "1 April 2025"], ["Homes", "588"]],
        "comments": ["Keep Elm Road together"],
        **changes,
    }


def compiled(**changes) -> bytes:
    return compile_document(
        TEMPLATE, content(**changes), title="Review of the map", dated=DAY
    )


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_document_is_tagged_and_says_what_it_is():
    assert problems_of(compiled()) == []
    with pikepdf.open(io.BytesIO(compiled())) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "en-GB"
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Review of the map"
        tags = [str(element.S) for element in elements(document.Root.StructTreeRoot)]
    assert tags.count("/H1") == 1
    assert tags.count("/H2") == 2
    assert tags.count("/Table") == 1
    assert tags.count("/TH") == 3
    assert tags.count("/LI") == 3


def elements(element):
    children = element.get("/K", [])
    if not isinstance(children, pikepdf.Array):
        children = [children]
    for child in children:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def test_same_values_give_the_same_bytes():
    assert compiled() == compiled()
    assert compiled() != compiled(foot="Another")


def test_text_is_never_read_as_markup():
    awkward = '#panic() *bold* $x$ <label> \\ "quoted" [b] // no'
    assert awkward in text_of(compiled(comments=[awkward])).replace("\r\n", " ")


def test_what_no_font_shows_is_marked_and_never_a_failure():
    text = text_of(compiled(comments=["Thanks 🙂", "한국어", "\x00nul\u202e", "شكرا"]))
    assert "Thanks \ufffd" in text
    assert "nul" in text
    assert printable("한국어") == "\ufffd\ufffd\ufffd"


def test_long_tables_repeat_their_head():
    rows = [[f"KS-{n:03d}", "Beacon Hill", n] for n in range(150)]
    pdf = compiled(rows=rows)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = len(document.pages)
    assert pages > 2
    assert text_of(pdf).count("Patch Ward Homes") + 1 >= pages
    assert f"Page {pages} of {pages}" in text_of(pdf)


def test_values_that_do_not_fit_the_template_are_a_refusal():
    with pytest.raises(DocumentNotSet, match="could not be set"):
        compile_document(TEMPLATE, {}, title="Nothing", dated=DAY)
