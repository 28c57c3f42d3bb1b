"""What a machine can check of PDF/UA-1 (ISO 14289-1), as sentences about what is wrong.

Follows the Matterhorn Protocol's checks that need no person. Not a full validator:
veraPDF is that; this runs in a second and needs nothing else.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

SHOWING = {"Tj", "TJ", "'", '"', "Do", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
HEADINGS = ("/H1", "/H2", "/H3", "/H4", "/H5", "/H6")
# Standard structure types of PDF 1.7; others need a role map.
_OTHERS = (
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private "
    "P H L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference "
    "BibEntry Code Link Annot Figure Formula Form"
)
KNOWN = {*HEADINGS, *(f"/{name}" for name in _OTHERS.split(" "))}


def problems_of(pdf: bytes) -> list[str]:
    """Return everything found wrong, nothing for a file that passes."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return [
            *_about_document(document),
            *_about_structure(document),
            *_about_pages(document),
            *_about_fonts(document),
        ]


def _about_document(document: pikepdf.Pdf) -> Iterator[str]:
    root = document.Root
    if not str(root.get("/Lang", "")):
        yield "no language is set"
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "the file is not marked as tagged"
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "the title is not shown in the window"
    with document.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "the file does not say it is PDF/UA-1"
        if not metadata.get("dc:title"):
            yield "there is no title"
    if "/OpenAction" in root or "/AA" in root or document.attachments:
        yield "something runs or is attached"


def _about_structure(document: pikepdf.Pdf) -> Iterator[str]:
    tree = document.Root.get("/StructTreeRoot")
    if tree is None:
        yield "there is no structure tree"
        return
    if "/ParentTree" not in tree:
        yield "the structure tree has no parent tree"
    roles = tree.get("/RoleMap", {})
    level = 0
    for element in elements_of(tree):
        tag = str(element.S)
        if tag not in KNOWN and tag not in roles:
            yield f"{tag} is no standard tag"
        if tag == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "a figure has no words instead"
        if tag in HEADINGS:
            found = HEADINGS.index(tag) + 1
            if found > level + 1:
                yield f"heading {found} follows heading {level}"
            level = found


def elements_of(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield every element under one, in reading order."""
    children = element.get("/K", [])
    if not isinstance(children, pikepdf.Array):
        children = [children]
    for child in children:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements_of(child)


def _about_pages(document: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(document.pages, 1):
        if str(page.get("/Tabs", "")) != "/S" and "/Annots" in page:
            yield f"page {number}: the tab order is not that of the structure"
        if "/StructParents" not in page:
            yield f"page {number} has no place in the parent tree"
        yield from _about_marks(page, number)


def _about_marks(page: pikepdf.Page, number: int) -> Iterator[str]:
    """Everything shown is a tag's content or an artifact."""
    depth = 0
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            depth += 1
        elif operator == "EMC":
            depth -= 1
        elif operator in SHOWING and depth == 0:
            yield f"page {number}: {operator} is neither tagged nor an artifact"
            return
    if depth:
        yield f"page {number}: marks do not close"


def _about_fonts(document: pikepdf.Pdf) -> Iterator[str]:
    seen = set()
    for page in document.pages:
        fonts = page.get("/Resources", {}).get("/Font", {})
        for font in fonts.values():
            if font.objgen in seen:
                continue
            seen.add(font.objgen)
            name = str(font.get("/BaseFont", "a font"))
            if "/ToUnicode" not in font:
                yield f"{name} does not say which letters its glyphs are"
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            described = inner.get("/FontDescriptor", {})
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(described.keys()):
                yield f"{name} is not in the file"
