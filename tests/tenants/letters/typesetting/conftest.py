import io

import pikepdf
import pypdfium2
import pytest

from tenants.letters import markup
from tests.benchmarks._letters import sample_batch, sample_letter

PIXELS_PER_MM = 144 / 25.4


@pytest.fixture
def make_letter():
    return sample_letter


@pytest.fixture
def make_batch():
    return sample_batch


@pytest.fixture
def worded():
    """A filled letter from a subject, a body and values."""

    def fill(body, subject="Subject", **values):
        return markup.fill(markup.parse(subject, body), values)

    return fill


@pytest.fixture
def text_of():
    """The text of one page, as a reader of the PDF gets it."""

    def read(pdf, page=1):
        document = pypdfium2.PdfDocument(pdf)
        try:
            return document[page - 1].get_textpage().get_text_range()
        finally:
            document.close()

    return read


@pytest.fixture
def opened():
    """The PDF as objects; closed at the end of the test."""
    documents = []

    def open_pdf(pdf):
        documents.append(pikepdf.open(io.BytesIO(pdf)))
        return documents[-1]

    yield open_pdf
    for document in documents:
        document.close()


@pytest.fixture
def ink():
    """For a page of a PDF, a function that finds the ink in a zone."""

    def render(pdf, page):
        document = pypdfium2.PdfDocument(pdf)
        bitmap = document[page - 1].render(scale=2).to_pil().convert("L")
        document.close()

        def box(zone):
            """Bounds of the ink in a zone of millimetres, or None."""
            left, top = (
                round(zone.left * PIXELS_PER_MM),
                round(zone.top * PIXELS_PER_MM),
            )
            part = bitmap.crop(
                (
                    left,
                    top,
                    round(zone.right * PIXELS_PER_MM),
                    round(zone.bottom * PIXELS_PER_MM),
                )
            )
            found = part.point(lambda value: 255 if value < 200 else 0).getbbox()
            if not found:
                return None
            return tuple(
                (edge + start) / PIXELS_PER_MM
                for edge, start in zip(found, (left, top, left, top), strict=True)
            )

        return box

    return render
