"""What a screen reader needs is in the file."""

import pikepdf
import pytest

from tenants.letters.typesetting import LetterFormat, single_letter

SHOWING = {"Tj", "TJ", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}


@pytest.fixture(params=list(LetterFormat))
def document(request, make_letter, make_batch, opened):
    letter = make_letter(0, format=request.param)
    return opened(single_letter(make_batch([letter], has_code=True)).pdf)


def test_everything_shown_is_tagged_or_an_artifact(document):
    for page in document.pages:
        depth, shown = 0, 0
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator in {"BDC", "BMC"}:
                depth += 1
            elif operator == "EMC":
                depth -= 1
            elif operator in SHOWING:
                shown += 1
                assert depth > 0, f"{operator} outside any tag"
        assert depth == 0
        assert shown


def test_document_says_what_it_is(document):
    root = document.Root
    assert root.Lang == "en-GB"
    assert root.MarkInfo.Marked
    assert root.ViewerPreferences.DisplayDocTitle
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == (
            "Your housing officer is Priya Nair (WX26-000000)"
        )


def _elements(element):
    children = element.get("/K", [])
    if not isinstance(children, pikepdf.Array):
        children = [children]
    for child in children:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


def test_structure_has_headings_lists_and_described_pictures(document):
    elements = list(_elements(document.Root.StructTreeRoot))
    tags = [str(element.S) for element in elements]
    assert tags.count("/H1") == 1
    assert tags.index("/H1") < tags.index("/H2") < tags.index("/H3")
    assert tags.count("/L") == 2
    assert tags.count("/LI") == 6
    alts = [str(each.Alt) for each in elements if str(each.S) == "/Figure"]
    assert alts == [
        "Wexmoor Council",
        "Signature of Priya Nair",
        "Photo of your housing officer",
    ]


def test_fonts_are_embedded_with_their_text(document):
    fonts = {}
    for page in document.pages:
        for font in page.Resources.Font.values():
            fonts[font.objgen] = font
    assert fonts
    for font in fonts.values():
        assert "/ToUnicode" in font
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert "Noto" in str(descriptor.FontName)


def test_nothing_runs_and_nothing_is_attached(document):
    assert "/OpenAction" not in document.Root
    assert "/AA" not in document.Root
    assert not document.attachments
