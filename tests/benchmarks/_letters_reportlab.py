"""The same letters through ReportLab's Platypus, as one untagged document."""

from html import escape
from io import BytesIO
from pathlib import Path

from housingplus.documents.glyphs import FONT_FOLDER
from tenants.letters.markup import BlockKind, Run
from tenants.letters.typesetting import LetterContent

from ._letters import letterheads, officers, sample_letter

TITLES = {BlockKind.HEADING: "h1", BlockKind.SUBHEADING: "h2"}
LISTS = {BlockKind.BULLETS: "bullet", BlockKind.NUMBERS: "1"}


def produce_document(count: int, directory: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    for name, file in (("Letter", "Regular"), ("Letter-Bold", "Bold")):
        pdfmetrics.registerFont(TTFont(name, FONT_FOLDER / f"NotoSans-{file}.ttf"))
    pdfmetrics.registerFontFamily("Letter", normal="Letter", bold="Letter-Bold")
    letters = [sample_letter(number) for number in range(count)]
    started = iter(letters)

    def letterhead(canvas, _document):  # type: ignore[no-untyped-def]
        _draw_letterhead(canvas, next(started))

    document = BaseDocTemplate(
        str(directory / "letters.pdf"), pagesize=A4, invariant=True, lang="en-GB"
    )
    frame = Frame(24.6 * mm, 18 * mm, 161 * mm, 184 * mm, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("letter", [frame], onPage=letterhead))
    styles = _styles()
    document.build([part for letter in letters for part in _story(letter, styles)])


def _styles():  # type: ignore[no-untyped-def]
    from reportlab.lib.styles import ParagraphStyle

    body = ParagraphStyle("p", fontName="Letter", fontSize=11, leading=14.3)
    body.spaceAfter = 6
    sizes = {"title": 15, "h1": 13, "h2": 11.5, "item": 11, "small": 9.5}
    return {"p": body} | {
        name: ParagraphStyle(
            name,
            body,
            fontName="Letter" if name in {"item", "small"} else "Letter-Bold",
            fontSize=size,
            leading=size * 1.3,
            spaceAfter=3,
        )
        for name, size in sizes.items()
    }


def _story(letter: LetterContent, styles):  # type: ignore[no-untyped-def]
    from reportlab.lib.units import mm
    from reportlab.platypus import (
        Image,
        ListFlowable,
        PageBreak,
        Paragraph,
    )

    head, officer = letterheads()[letter.letterhead], officers()[letter.officer]
    yield Paragraph(escape(letter.salutation), styles["p"])
    yield Paragraph(escape(letter.content.subject_text), styles["title"])
    for block in letter.content.blocks:
        texts = [_marked(item) for item in block.items]
        if block.kind in LISTS:
            yield ListFlowable(
                [Paragraph(text, styles["item"]) for text in texts],
                bulletType=LISTS[block.kind],
            )
        else:
            yield Paragraph(texts[0], styles[TITLES.get(block.kind, "p")])
    yield Paragraph(letter.closing, styles["p"])
    if officer.signature:
        yield Image(BytesIO(officer.signature.content), 46 * mm, 14 * mm)
    signed = (officer.name, officer.job_title, officer.phone, officer.email)
    yield Paragraph("<br/>".join(map(escape, signed)), styles["p"])
    yield Paragraph(escape(head.other_formats), styles["small"])
    yield PageBreak()


def _marked(runs: tuple[Run, ...]) -> str:
    return "".join(
        f"<b>{escape(run.text)}</b>" if run.is_bold else escape(run.text)
        for run in runs
    ).replace("\n", "<br/>")


def _draw_letterhead(canvas, letter: LetterContent) -> None:  # type: ignore[no-untyped-def]
    from reportlab.lib.units import mm
    from reportlab.lib.utils import ImageReader

    head = letterheads()[letter.letterhead]
    logo = ImageReader(BytesIO(head.logo.content))
    canvas.drawImage(logo, 24.6 * mm, 267 * mm, 60 * mm, 20 * mm)
    sender = (head.name, *head.return_address, *head.contact_lines)
    reference = ("Date", letter.date_text, "Our reference", letter.reference)
    for left, top, size, lines in (
        (24.6, 254, 10, letter.address_lines),
        (130, 285, 9.5, (*sender, *reference)),
    ):
        text = canvas.beginText(left * mm, top * mm)
        text.setFont("Letter", size, size * 1.15)
        text.textLines(lines)
        canvas.drawText(text)
