"""A plan on one page: what it says, and that it says it of the right plan."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patches.design.presenters.summary import next_steps
from patches.design.selectors.pictures import Picture, PictureShape, picture_of
from patches.models import DesignStatus, PatchDesign
from tests.factories.designs import make_drawn_design
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import WardFactory

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def plan(uneven, draw_now):
    """Return the best balance: twelve homes in each of two patches, not 16 and 8."""
    draw_now(uneven)
    for patch in {home.patch for home in uneven.homes.select_related("patch")}:
        AssignmentFactory(patch=patch)
    return uneven.alternatives.get(kind="best_balance")


def test_it_says_why_in_figures_of_today_and_then(client_for, manager, plan):
    response = client_for(manager).get(f"{plan.get_absolute_url()}summary/")

    page = text_of(response)
    assert "up to 33.3 % from the mean" in page
    assert "Under this plan it is up to 0.0 %, and 2 of 2 are within 5 %" in page
    assert "4 of 24 homes (16.7 %) change patch; 4 (16.7 %) get another" in page
    assert "Every patch is in one piece" in page
    columns = response.context["comparison"].columns
    assert [str(column.alternative) for column in columns[:2]] == [
        "As now",
        "Best balance",
    ]
    assert len(columns) == 5


def test_pictures_have_every_patch_with_its_code_inside_the_frame(plan):
    picture = picture_of(plan)

    codes = {shape.code for shape in picture.shapes}
    assert codes == set(plan.patches.values_list("code", flat=True))
    assert all(shape.path.startswith("M") for shape in picture.shapes)
    assert all(0 <= shape.x <= picture.width for shape in picture.shapes)
    assert all(0 <= shape.y <= picture.height for shape in picture.shapes)
    assert picture.is_named
    assert picture_of(plan) == picture


def test_maps_are_told_in_words(client_for, manager, plan):
    codes = ", ".join(shape.code for shape in picture_of(plan).shapes)
    page = text_of(client_for(manager).get(f"{plan.get_absolute_url()}summary/"))
    assert f'<desc id="map-2-words">{codes}.</desc>' in page

    shape = PictureShape("N1", "", "", 0, 0)
    assert Picture(1, 1, (shape,) * 62).in_words.endswith("N1 and 2 more.")
    assert Picture(1, 1, ()).in_words == "No patch."


def test_a_long_reason_is_cut_between_words(client_for, manager, plan):
    PatchDesign.objects.update(reason="balance\n" * 100)
    response = client_for(manager).get(f"{plan.get_absolute_url()}summary/")
    assert response.context["why"].endswith("balance …")
    assert len(response.context["why"]) < 425


def test_where_there_are_no_patches_today_the_plan_stands_alone(
    client_for, manager, make_streets, make_design, draw_now
):
    ward = WardFactory()
    make_streets(ward, streets=1, homes=1)
    design = make_design(ward)
    draw_now(design)
    plan = design.alternatives.get(kind="most_compact")
    client = client_for(manager)

    page = client.get(plan.get_absolute_url())
    assert f"{plan.get_absolute_url()}summary/" in page.content.decode()
    response = client.get(f"{plan.get_absolute_url()}summary/")

    text = text_of(response)
    assert "1 of 1 patch is within 5 % of it." in text
    assert "This plan: 1 patch<" in text
    assert "oday" not in text.split("<article")[1].split("What happens next")[0]


def test_as_now_is_no_plan(client_for, manager, plan):
    now = plan.design.alternatives.get(kind="as_now")
    client = client_for(manager)

    assert client.get(f"{now.get_absolute_url()}summary/").status_code == 404
    assert "summary/" not in client.get(now.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (DesignStatus.DRAFT, "Nothing has been proposed yet"),
        (DesignStatus.PROPOSED, "Comments are welcome, 1 March 2027 to 28 March 2027"),
        (DesignStatus.APPROVED, "The plan is approved."),
        (DesignStatus.SCHEDULED, "comes into force on 1 May 2027"),
        (DesignStatus.WITHDRAWN, "Nothing changes"),
    ],
)
def test_what_happens_next_by_status(status, said):
    design = PatchDesign(
        status=status,
        consult_from=dt.date(2027, 3, 1),
        consult_until=dt.date(2027, 3, 28),
        starts_on=dt.date(2027, 5, 1),
    )
    steps = " ".join(next_steps(design, dt.date(2027, 4, 1)))
    assert said in steps
    assert ("gets a letter" in steps) == (status != DesignStatus.WITHDRAWN)


def test_a_plan_in_force_came(plan):
    design = PatchDesign(status="scheduled", starts_on=dt.date(2027, 5, 1))
    assert "came into force" in next_steps(design, dt.date(2027, 5, 1))[0]


def test_queries_do_not_grow(client_for, manager, django_assert_num_queries):
    client = client_for(manager)
    small, large = make_drawn_design(homes=4), make_drawn_design(patches=4, homes=24)
    urls = [f"{own.alternative.get_absolute_url()}summary/" for own in (small, large)]
    for url in urls:  # Maps and pictures are kept in the cache.
        assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as few:
        client.get(urls[0])
    with django_assert_num_queries(len(few)):
        client.get(urls[1])
