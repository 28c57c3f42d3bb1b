"""What a supplier of Braille and audio is given: each letter as text and tagged PDF."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pikepdf

from housingplus.common.csv_export import rows_as_csv
from housingplus.common.dates import long_date
from tenants.letters.markup import to_marked_text
from tenants.letters.models import Letter, LetterRun
from tenants.letters.selectors.content import content_of
from tenants.letters.selectors.senders import Senders
from tenants.letters.typesetting import PageSpan

from .single import letter_pdf

_HEADER = [
    "reference",
    "format",
    "addressee",
    "address",
    "text_file",
    "text_sha256",
    "pdf_file",
    "pdf_sha256",
    "pdf_pages",
]
_README = """\
Letters to be made in Braille or as audio: {title}

manifest.csv and manifest.json list the {count} letters of this file, each once: its
reference, the format its household wants, to whom and where to send it, the names of
its two files and their SHA-256.

REFERENCE.txt is the letter as plain text (UTF-8), to transcribe or read out.
  # ## ###    headings of three levels, the first being what the letter is about
  * 1.        entries of a list
  An empty line stands between paragraphs.
REFERENCE.pdf is the same letter as a tagged PDF, for checking against.

Send each letter to the address in the manifest. Names and addresses are personal:
delete this file when the letters are sent.
"""


def write_supplier_file(
    run: LetterRun, letters: Iterable[Letter], destination: Path
) -> tuple[PageSpan, ...]:
    """Write the ZIP of some letters; return the pages of each letter's own PDF.

    The same letters give the same bytes, whoever writes them.
    """
    rows: list[dict[str, Any]] = []
    with zipfile.ZipFile(destination, "w", zipfile.ZIP_DEFLATED) as archive:
        for letter in letters:
            letter.run = run
            text, pdf = letter_text(letter).encode(), letter_pdf(letter)
            row = _row(letter, text, pdf)
            rows.append(row)
            _add(archive, run, row["text_file"], text)
            _add(archive, run, row["pdf_file"], pdf)
        readme = _README.format(title=run.title, count=len(rows))
        _add(archive, run, "README.txt", readme.encode())
        _add(archive, run, "manifest.csv", _as_csv(rows).encode())
        listed = json.dumps(rows, ensure_ascii=False, indent=1)
        _add(archive, run, "manifest.json", listed.encode())
    return tuple(PageSpan(row["reference"], 1, row["pdf_pages"]) for row in rows)


def letter_text(letter: Letter) -> str:
    """Return a letter as plain text that keeps its headings and lists."""
    run = letter.run
    senders = Senders.from_json(run.senders)
    head = senders.letterheads[str(letter.landlord_id)]
    officer = senders.officers[str(letter.patch_id)]
    content = content_of(run, letter)
    signature = [
        officer["name"],
        officer["job_title"],
        officer["phone"] and f"Telephone: {officer['phone']}",
        officer["email"] and f"E-mail: {officer['email']}",
    ]
    paragraphs = [
        "\n".join([head["name"], *head["return_address"], *head["contact_lines"]]),
        "\n".join(letter.address_lines),
        f"{long_date(run.dated)}\nOur reference: {letter.reference}",
        *(
            words
            for part in content.parts
            for words in (
                part.salutation,
                to_marked_text(part.content).strip(),
                part.closing,
            )
        ),
        "\n".join(line for line in signature if line),
        *(offer.text for offer in content.offers),
    ]
    return "\n\n".join(paragraphs) + "\n"


def _row(letter: Letter, text: bytes, pdf: bytes) -> dict[str, Any]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    return {
        "reference": letter.reference,
        "format": letter.get_letter_format_display(),
        "addressee": letter.addressee,
        "address": list(letter.address_lines),
        "text_file": f"{letter.reference}.txt",
        "text_sha256": hashlib.sha256(text).hexdigest(),
        "pdf_file": f"{letter.reference}.pdf",
        "pdf_sha256": hashlib.sha256(pdf).hexdigest(),
        "pdf_pages": pages,
    }


def _as_csv(rows: Iterable[dict[str, Any]]) -> str:
    shown = ({**row, "address": ", ".join(row["address"])} for row in rows)
    return "".join(
        rows_as_csv(_HEADER, ([row[name] for name in _HEADER] for row in shown))
    )


def _add(archive: zipfile.ZipFile, run: LetterRun, name: str, content: bytes) -> None:
    day = run.dated
    year = min(max(day.year, 1980), 2107)  # Those a ZIP can hold.
    entry = zipfile.ZipInfo(name, (year, day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
