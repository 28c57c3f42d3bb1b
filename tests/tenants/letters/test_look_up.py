"""The code on letters: it leads to the public look-up, and is frozen with the run."""

from __future__ import annotations

from contextlib import closing
from types import SimpleNamespace

import pypdfium2
import pytest
import zxingcpp

from housingplus.documents.codes import qr_code
from tenants.letters.services import single
from tenants.models import Letter

pytestmark = pytest.mark.django_db
SITE = "https://homes.example.gov.uk"


def read_letter(letter: Letter) -> SimpleNamespace:
    """Return a letter's pages, its words, and the codes a telephone reads off it."""
    with closing(pypdfium2.PdfDocument(single.letter_pdf(letter))) as pdf:
        words, codes = "", []
        for page in pdf:
            with closing(page.get_textpage()) as text:
                words += text.get_text_range()
            picture = page.render(scale=150 / 72).to_pil().convert("L")
            codes += [
                found.text
                for found in zxingcpp.read_barcodes(
                    picture, formats=zxingcpp.BarcodeFormat.QRCode
                )
            ]
            page.close()
        return SimpleNamespace(
            pages=len(pdf), words=" ".join(words.split()), codes=codes
        )


def test_a_letter_leads_to_the_look_up(settings, composed, street, patch, client):
    settings.PUBLIC_URL = SITE
    letter = composed(patch).letters.first()

    read = read_letter(letter)

    assert read.codes == [f"{SITE}/who-is-my-officer/"]
    assert "homes.example.gov.uk/who-is-my-officer" in read.words
    assert read.pages == 1
    assert client.get(read.codes[0].removeprefix(SITE)).status_code == 200


def test_a_site_without_a_public_address_prints_none(settings, composed, street, patch):
    settings.PUBLIC_URL = ""
    read = read_letter(composed(patch).letters.first())

    assert read.codes == []
    assert "scan" not in read.words


def test_the_code_is_frozen_with_the_run(settings, composed, street, patch):
    settings.PUBLIC_URL = ""
    before = composed(patch).letters.first()
    without = single.letter_pdf(before)
    settings.PUBLIC_URL = SITE
    assert single.letter_pdf(before) == without


def test_codes_of_one_address_are_the_same_picture():
    assert qr_code(SITE) == qr_code(SITE)
    assert qr_code(SITE) != qr_code(f"{SITE}/other")
