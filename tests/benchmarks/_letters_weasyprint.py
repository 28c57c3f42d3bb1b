"""The same letters through WeasyPrint, as one tagged document."""

from base64 import b64encode
from html import escape
from pathlib import Path

from housingplus.documents.glyphs import FONT_FOLDER
from tenants.letters.markup import to_html
from tenants.letters.typesetting import LetterContent, Picture

from ._letters import letterheads, officers, sample_letter

STYLE = f"""
@font-face {{ font-family: Letter;
  src: url(file://{FONT_FOLDER}/NotoSans-Regular.ttf) }}
@font-face {{ font-family: Letter; font-weight: bold;
  src: url(file://{FONT_FOLDER}/NotoSans-Bold.ttf) }}
@page {{ size: A4; margin: 20mm 24mm 18mm 24.6mm }}
body {{ font: 11.5pt/1.35 Letter }}
article {{ break-before: page; position: relative; padding-top: 75mm }}
.logo {{ position: absolute; top: -10mm; height: 20mm }}
.sender {{ position: absolute; top: -10mm; left: 105mm; font-size: 9.5pt }}
.address {{ position: absolute; top: 20.5mm; font-size: 10pt; line-height: 1.15 }}
.signature {{ height: 14mm; display: block }}
.photo {{ height: 26mm; position: absolute; right: 0; bottom: 0 }}
h1 {{ font-size: 15pt }} h2 {{ font-size: 13pt }} h3 {{ font-size: 11.5pt }}
footer {{ border-top: 0.5pt solid; font-size: 9.5pt }}
"""


def produce_document(count: int, directory: Path) -> None:
    from weasyprint import HTML

    pages = "".join(_article(sample_letter(number)) for number in range(count))
    html = (
        f'<html lang="en-GB"><head><title>Letters</title><style>{STYLE}</style></head>'
        f"<body>{pages}</body></html>"
    )
    HTML(string=html).write_pdf(directory / "letters.pdf", pdf_variant="pdf/ua-1")


def _article(letter: LetterContent) -> str:
    head, officer = letterheads()[letter.letterhead], officers()[letter.officer]
    photo = _image(officer.photo, "photo") if officer.photo else ""
    lines = (officer.name, officer.job_title, officer.phone, officer.email)
    return (
        f"<article>{_image(head.logo, 'logo')}"
        f'<div class="sender"><p><b>{escape(head.name)}</b></p>'
        f"<p>{_lines(head.return_address)}</p><p>{_lines(head.contact_lines)}</p>"
        f"<p><b>Date</b><br>{letter.date_text}</p>"
        f"<p><b>Our reference</b><br>{letter.reference}</p></div>"
        f'<div class="address">{_lines(letter.address_lines)}</div>'
        f"<p>{escape(letter.salutation)}</p>"
        f"<h1>{escape(letter.content.subject_text)}</h1>{to_html(letter.content)}"
        f"<p>{letter.closing}</p>{_image(officer.signature, 'signature')}"
        f"<p>{_lines(lines)}</p>{photo}"
        f"<footer>{escape(head.other_formats)}</footer></article>"
    )


def _lines(lines: tuple[str, ...]) -> str:
    return "<br>".join(map(escape, lines))


def _image(picture: Picture, name: str) -> str:
    content = b64encode(picture.content).decode()
    alt = escape(picture.alt)
    return f'<img class="{name}" alt="{alt}" src="data:image/png;base64,{content}">'
