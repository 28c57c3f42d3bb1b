"""Proofs look as the letters will, and cannot be taken for them."""

from __future__ import annotations

from contextlib import closing

import pypdfium2
import pytest

from tenants.letters.services import proofs

pytestmark = pytest.mark.django_db


def test_a_proof_is_marked_on_every_page(composed, street, patch):
    run = composed(patch)
    content = proofs.proof_pdf(run, list(run.letters.order_by("sequence")))
    with closing(pypdfium2.PdfDocument(content)) as pdf:
        assert len(pdf) == 6
        for page in pdf:
            with closing(page.get_textpage()) as words:
                assert "PROOF" in words.get_text_range()
            page.close()
