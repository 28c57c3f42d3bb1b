"""The summary for members is one sheet of paper, whatever the plan."""

from __future__ import annotations

import pypdfium2
import pytest

from housingplus.common.dates import today
from patches.models import DesignAlternative
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


def test_a_long_word_widens_no_page(open_browser, manager, ward):
    made = make_drawn_design(
        ward=ward,
        author=manager,
        status="scheduled",
        starts_on=today(),
        name="W" * 80,
        reason="r" * 900,
    )
    DesignAlternative.objects.filter(pk=made.alternative.pk).update(name="y" * 80)
    page = open_browser(manager)
    page.set_viewport_size({"width": 390, "height": 900})

    design, plan = f"/designs/{made.design.pk}/", made.alternative.get_absolute_url()
    for path in (design, f"{plan}summary/", f"{design}follows/wards/{ward.pk}/"):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide == 390, path
