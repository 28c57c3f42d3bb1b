"""The summary for members is one sheet of paper, whatever the plan."""

from __future__ import annotations

import pypdfium2
import pytest

from tests.factories.designs import make_drawn_design

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_summary_prints_on_one_page(open_browser, manager, ward, tmp_path):
    made = make_drawn_design(
        patches=40,
        homes=4,
        ward=ward,
        author=manager,
        status="proposed",
        name="A plan of a name as long as it can be, for all wards north of the river",
        reason="Two officers left, three neighbourhoods grew, and patches differ. "
        * 40,
    )
    page = open_browser(manager)
    page.goto(f"{made.alternative.get_absolute_url()}summary/")
    path = tmp_path / "summary.pdf"
    page.pdf(path=path, format="A4", margin={"top": "12mm", "bottom": "12mm"})

    pdf = pypdfium2.PdfDocument(path)
    assert len(pdf) == 1
    text = pdf[0].get_textpage().get_text_range()
    assert "What happens next" in text
    assert "Search" not in text
    pdf.close()
