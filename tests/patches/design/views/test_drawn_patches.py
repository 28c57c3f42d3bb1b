"""Pages: a drawn patch, its band, and why a home is in it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from housingplus.audit.models import AuditEvent
from patches.models import PatchDesign
from tests.factories.designs import make_drawn_design

pytestmark = pytest.mark.django_db


@pytest.fixture
def patch(uneven, draw_now):
    """Return the patch of the fewest moves that takes in a street."""
    draw_now(uneven)
    patches = uneven.alternatives.get(kind="fewest_moved").patches
    return patches.order_by("-moved_count").first()


def test_patch_shows_homes_work_and_where_they_come_from(client_for, manager, patch):
    response = client_for(manager).get(patch.get_absolute_url())

    assert sum(len(street.homes) for street in response.context["streets"]) == 12
    assert [row["homes"] for row in response.context["origins"]] == [8, 4]
    (work,) = response.context["work"]
    assert work.officer_hours == pytest.approx(patch.hours)
    assert "as its work asks" in response.content.decode()
    shapes = client_for(manager).get(f"{patch.get_absolute_url()}map/").json()
    assert len(shapes["features"]) == 4


def test_patch_queries_do_not_grow(client_for, manager, django_assert_num_queries):
    client = client_for(manager)
    small, large = make_drawn_design(homes=2), make_drawn_design(homes=12)
    client.get(small.drawn[1].get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(small.drawn[1].get_absolute_url())
    with django_assert_num_queries(len(few)):
        client.get(large.drawn[1].get_absolute_url())


def test_home_says_why_it_is_in_its_patch(client_for, manager, patch):
    home = patch.placements.first().unit.homes.first()
    url = f"{patch.alternative.get_absolute_url()}homes/{home.property_id}/"
    response = client_for(manager).get(url)

    assert "never split" in response.context["why"]
    assert patch.code in response.context["why"]
    assert len(response.context["places"]) == 5


def test_home_of_no_design_is_not_found(client_for, manager, patch):
    url = f"{patch.alternative.get_absolute_url()}homes/999999/"
    assert client_for(manager).get(url).status_code == 404


def test_a_home_no_database_could_hold_is_not_found(client_for, manager, patch):
    page = patch.alternative.get_absolute_url()
    response = client_for(manager).get(f"{page}homes/99999999999999999999/")
    assert response.status_code == 404


def test_band_is_changed_with_a_reason_and_back(client_for, manager, patch):
    client = client_for(manager)
    url = f"{patch.get_absolute_url()}band/"
    assert "asks for 8 to 12 homes" in client.get(url).content.decode()
    before = patch.alternative.measures["in_band"]
    sent = {"band_min": 3, "band_max": 5, "reason": "Two towers being cleared"}
    assert client.post(url, sent).url == patch.get_absolute_url()

    patch.refresh_from_db()
    assert (patch.band_min, patch.band_max) == (3, 5)
    patch.alternative.refresh_from_db()
    assert patch.alternative.measures["in_band"] == before - 1
    assert AuditEvent.objects.filter(verb="patch design.band set").count() == 1
    assert "Two towers" in client.get(patch.get_absolute_url()).content.decode()
    client.post(url, {**sent, "reason": ""})
    patch.refresh_from_db()
    assert (patch.band_min, patch.band_max, patch.band_reason) == (8, 12, "")


def test_band_is_a_range(client_for, manager, patch):
    url = f"{patch.get_absolute_url()}band/"
    response = client_for(manager).post(
        url, {"band_min": 9, "band_max": 5, "reason": "x"}
    )
    assert "at least the smallest" in response.content.decode()


def test_band_of_a_proposed_design_stays(client_for, manager, patch):
    PatchDesign.objects.update(status="proposed", chosen=patch.alternative)
    url = f"{patch.get_absolute_url()}band/"
    response = client_for(manager).post(
        url, {"band_min": 3, "band_max": 5, "reason": "x"}
    )
    assert "is proposed" in response.content.decode()
    page = client_for(manager).get(patch.get_absolute_url()).content.decode()
    assert "band/" not in page
