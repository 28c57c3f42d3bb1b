"""The same letters through LibreOffice: one flat text document made into a PDF.

The address stands in the flow of the text, not in the window.
"""

import subprocess
from base64 import b64encode
from html import escape
from pathlib import Path

from tenants.letters.markup import BlockKind, Run
from tenants.letters.typesetting import LetterContent, Picture

from ._letters import letterheads, officers, sample_letter

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
STYLES = """
<office:styles>
<style:style style:name="p" style:family="paragraph">
 <style:paragraph-properties fo:margin-bottom="2.5mm"/>
 <style:text-properties style:font-name="Noto Sans" fo:font-size="11pt"/></style:style>
<style:style style:name="l" style:family="paragraph" style:parent-style-name="p">
 <style:paragraph-properties fo:margin-bottom="0mm"/></style:style>
<style:style style:name="new" style:family="paragraph" style:parent-style-name="l">
 <style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="b" style:family="text">
 <style:text-properties fo:font-weight="bold"/></style:style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="a4">
 <style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm"
  fo:margin-left="24.6mm" fo:margin-right="24mm" fo:margin-top="10mm"
  fo:margin-bottom="10mm"/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard"
 style:page-layout-name="a4"/></office:master-styles>
"""
HEADINGS = {BlockKind.HEADING: 2, BlockKind.SUBHEADING: 3}


def produce_document(count: int, directory: Path) -> None:
    letters = "".join(_letter(sample_letter(number)) for number in range(count))
    source = directory / "letters.fodt"
    source.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document {NAMES} office:version="1.2" office:mimetype='
        f'"application/vnd.oasis.opendocument.text">{STYLES}<office:body><office:text>'
        f"{letters}</office:text></office:body></office:document>"
    )
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{directory}/profile",
            "--headless",
            "--convert-to",
            'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}',
            "--outdir",
            str(directory),
            str(source),
        ],
        check=True,
        capture_output=True,
    )
    if not (directory / "letters.pdf").exists():
        raise SystemExit("LibreOffice wrote no file")


def _letter(letter: LetterContent) -> str:
    head, officer = letterheads()[letter.letterhead], officers()[letter.officer]
    reference = ("Date", letter.date_text, "Our reference", letter.reference)
    sender = (head.name, *head.return_address, *head.contact_lines, *reference)
    signed = (officer.name, officer.job_title, officer.phone, officer.email)
    return (
        f'<text:p text:style-name="new">{_picture(head.logo, 60, 20)}</text:p>'
        f"{_lines(sender)}{_lines(letter.address_lines)}"
        f"{_paragraph(escape(letter.salutation))}"
        f"{_heading(1, escape(letter.content.subject_text))}"
        f"{''.join(map(_block, letter.content.blocks))}{_paragraph(letter.closing)}"
        f"{_paragraph(_picture(officer.signature, 46, 14))}{_lines(signed)}"
        f"{_paragraph(escape(head.other_formats))}"
    )


def _block(block) -> str:  # type: ignore[no-untyped-def]
    texts = [_marked(item) for item in block.items]
    if block.kind in HEADINGS:
        return _heading(HEADINGS[block.kind], texts[0])
    if block.kind is BlockKind.PARAGRAPH:
        return _paragraph(texts[0])
    items = "".join(
        f"<text:list-item>{_paragraph(text)}</text:list-item>" for text in texts
    )
    return f"<text:list>{items}</text:list>"


def _marked(runs: tuple[Run, ...]) -> str:
    return "".join(
        f'<text:span text:style-name="b">{escape(run.text)}</text:span>'
        if run.is_bold
        else escape(run.text)
        for run in runs
    ).replace("\n", "<text:line-break/>")


def _heading(level: int, text: str) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def _paragraph(text: str) -> str:
    return f'<text:p text:style-name="p">{text}</text:p>'


def _lines(lines: tuple[str, ...]) -> str:
    return "".join(
        f'<text:p text:style-name="l">{escape(line)}</text:p>' for line in lines
    )


def _picture(picture: Picture | None, width: int, height: int) -> str:
    if picture is None:
        return ""
    return (
        f'<draw:frame svg:width="{width}mm" svg:height="{height}mm"><draw:image>'
        f"<office:binary-data>{b64encode(picture.content).decode()}"
        f"</office:binary-data></draw:image><svg:title>{escape(picture.alt)}"
        "</svg:title></draw:frame>"
    )
