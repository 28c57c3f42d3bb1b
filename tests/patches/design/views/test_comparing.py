"""Pages: alternatives side by side, one alternative, its maps and lists."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patches.models import DesignHome, PatchDesign
from tests.factories.designs import make_drawn_design
from tests.factories.officers import AssignmentFactory, OfficerFactory
from tests.factories.patches import PropertyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(uneven, draw_now):
    draw_now(uneven)
    return uneven


def figures_of(response) -> dict[str, list[str]]:
    return {
        row.label: [cell.text for cell in row.cells]
        for _, rows in response.context["comparison"].groups
        for row in rows
    }


def alternative_url(design, kind, rest=""):
    number = design.alternatives.get(kind=kind).number
    return f"/designs/{design.pk}/alternatives/{number}/{rest}"


def test_alternatives_stand_side_by_side(client_for, manager, drawn):
    response = client_for(manager).get(drawn.get_absolute_url())

    columns = response.context["comparison"].columns
    assert [str(column.alternative) for column in columns] == [
        "As now",
        "Fewest households moved",
        "Most compact",
        "Best balance",
        "By your weights",
    ]
    figures = figures_of(response)
    assert figures["Patches"] == ["2"] * 5
    assert figures["Homes in a patch"] == ["24"] * 5
    assert figures["Furthest from the mean"][0] == "33.3 %"
    assert figures["Within ± 2 %"][:2] == ["0 of 2", "2 of 2"]
    assert figures["Homes that change patch"][:2] == ["0 (0.0 %)", "4 (16.7 %)"]
    assert "Suggested" in response.content.decode()
    assert response.context["suggested"].kind != "as_now"


def test_every_count_opens_a_list_that_is_there(client_for, manager, drawn):
    client = client_for(manager)
    response = client.get(drawn.get_absolute_url())
    urls = {
        cell.url
        for _, rows in response.context["comparison"].groups
        for row in rows
        for cell in row.cells
        if cell.url
    }

    assert len(urls) > 40
    for url in sorted(urls):
        assert client.get(url).status_code == 200


def test_counts_open_lists_of_as_many(client_for, manager, drawn):
    client = client_for(manager)
    for kind in ("as_now", "fewest_moved", "best_balance"):
        measures = drawn.alternatives.get(kind=kind).measures
        for query, count in (
            ("change=moves", measures["moved_homes"]),
            ("change=none", measures["none"]),
            ("change=unplaced", measures["unplaced"]),
        ):
            url = alternative_url(drawn, kind, f"homes/?{query}")
            assert client.get(url).context["page_obj"].paginator.count == count
        url = alternative_url(drawn, kind, "?within=2")
        found = client.get(url).context["page_obj"].paginator.count
        assert found == round(measures["within"][0] * measures["patches"])


def test_officer_changes_count_the_homes_of_their_list(client_for, manager, drawn):
    ward = drawn.wards.get()
    for patch in ward.patches.all():
        AssignmentFactory(patch=patch, officer=OfficerFactory())
    client = client_for(manager)
    figures = figures_of(client.get(drawn.get_absolute_url()))
    label = "Households whose officer changes"

    assert figures[label][0] == "0 (0.0 %)"
    assert figures[label][1] == "4 (16.7 %)"
    url = alternative_url(drawn, "fewest_moved", "homes/?change=officer")
    response = client.get(url)
    assert response.context["page_obj"].paginator.count == 4
    line = response.context["lines"][0]
    assert line["lead_now"] != line["lead_then"]


def test_patches_outside_are_explained_by_name(client_for, manager, drawn):
    url = drawn.get_absolute_url()
    number = drawn.alternatives.get(kind="as_now").number
    page = client_for(manager).get(url, {"show": number}).content.decode()

    assert "Patches outside the limit" in page
    for patch in drawn.wards.get().patches.all():
        assert f"{patch.code} is 33.3 %" in page


def test_chosen_alternative_is_shown_first(client_for, officer):
    made = make_drawn_design(status="proposed")
    response = client_for(officer.user).get(made.design.get_absolute_url())

    assert response.context["shown"] == made.alternative
    assert "Chosen" in response.content.decode()
    assert "Draw again" not in response.content.decode()


def test_comparison_queries_do_not_grow(
    client_for, manager, drawn, make_streets, draw_now, django_assert_num_queries
):
    client = client_for(manager)
    url = drawn.get_absolute_url()
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    make_streets(drawn.wards.get(), [drawn.wards.get().patches.first()], streets=12)
    PatchDesign.objects.update(sizing="patches", sizing_value=6)
    draw_now(drawn)
    with django_assert_num_queries(len(few)):
        client.get(url)


def test_a_design_changed_since_says_so(client_for, manager, drawn):
    later = drawn.drawn_at + dt.timedelta(minutes=5)
    PatchDesign.objects.filter(pk=drawn.pk).update(changed_at=later)
    page = client_for(manager).get(drawn.get_absolute_url()).content.decode()

    assert "Changed since" in page
    assert "Draw it again" in page


def test_comparison_downloads_as_csv(client_for, manager, drawn):
    response = client_for(manager).get(f"/designs/{drawn.pk}/compare/")
    lines = b"".join(response.streaming_content).decode().splitlines()

    assert lines[0].endswith('"By your weights"')
    assert '"Patches","2","2","2","2","2"' in lines


def test_alternative_lists_its_patches(client_for, manager, drawn):
    client = client_for(manager)
    url = alternative_url(drawn, "best_balance")
    response = client.get(url)

    assert [line["patch"].home_count for line in response.context["lines"]] == [12, 12]
    assert client.get(url, {"size": "over"}).context["lines"] == []
    assert len(client.get(url, {"kind": "goes_on"}).context["lines"]) == 2
    assert client.get(url, {"whole": "no"}).context["lines"] == []
    code = response.context["lines"][1]["patch"].code
    (line,) = client.get(url, {"q": code}).context["lines"]
    assert line["patch"].code == code
    csv = b"".join(client.get(url, {"format": "csv"}).streaming_content).decode()
    assert code in csv


@pytest.mark.parametrize(
    "sort", ["code", "team", "homes", "-hours", "-gap", "walk", "-moved", "deviation"]
)
def test_alternative_is_sorted(client_for, manager, drawn, sort):
    url = alternative_url(drawn, "as_now")
    assert client_for(manager).get(url, {"sort": sort}).status_code == 200


def test_alternative_queries_do_not_grow(
    client_for, manager, django_assert_num_queries
):
    client = client_for(manager)
    small, large = make_drawn_design(patches=2), make_drawn_design(patches=12)
    client.get(small.alternative.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(small.alternative.get_absolute_url())
    with django_assert_num_queries(len(few)):
        client.get(large.alternative.get_absolute_url())


def test_homes_queries_do_not_grow(client_for, manager, django_assert_num_queries):
    client = client_for(manager)
    small, large = make_drawn_design(homes=2), make_drawn_design(homes=12)
    client.get(f"{small.alternative.get_absolute_url()}homes/")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{small.alternative.get_absolute_url()}homes/")
    with django_assert_num_queries(len(few)):
        client.get(f"{large.alternative.get_absolute_url()}homes/")


def test_homes_are_filtered_and_downloaded(client_for, manager, drawn):
    client = client_for(manager)
    fewest = drawn.alternatives.get(kind="fewest_moved")
    url = alternative_url(drawn, "fewest_moved", "homes/")
    moved = client.get(url, {"change": "moves"}).context["lines"][0]["home"]

    for query in (
        {"now": moved.patch_id, "change": "moves"},
        {"then": moved.drawn_patch_id, "change": "joins"},
        {"q": moved.property.postcode, "change": "moves"},
    ):
        assert client.get(url, query).context["page_obj"].paginator.count == 4
    stays = client.get(url, {"change": "stays"})
    assert stays.context["page_obj"].paginator.count == 20
    csv = b"".join(client.get(url, {"format": "csv"}).streaming_content).decode()
    assert csv.count("\r\n") == 25
    assert f'"{moved.property.uprn}"' in csv
    assert fewest.patches.count() == 2


def test_homes_in_no_patch_are_listed(client_for, manager, uneven, draw_now):
    ward = uneven.wards.get()
    PropertyFactory(ward=ward, street="Far Lane", easting=402_300, northing=437_400)
    lost = PropertyFactory(ward=ward, street="Lost Lane", postcode="ZK99 9ZZ")
    draw_now(uneven)
    client = client_for(manager)
    url = alternative_url(uneven, "as_now", "homes/")

    for change, count in (("first", 2), ("none", 1), ("unplaced", 1)):
        response = client.get(url, {"change": change})
        assert response.context["page_obj"].paginator.count == count
    eye = client.get(f"/designs/{uneven.pk}/eye/")
    assert list(eye.context["page_obj"]) == [lost]
    assert client.get(f"/designs/{uneven.pk}/eye/", {"kind": "x"}).status_code == 404


def test_maps_are_geojson_of_places(client_for, manager, drawn):
    client = client_for(manager)
    shapes = client.get(alternative_url(drawn, "best_balance", "map/")).json()
    changes = client.get(alternative_url(drawn, "fewest_moved", "changes-map/")).json()

    assert [f["geometry"]["type"] for f in shapes["features"]] == ["Polygon"] * 2
    colours = {f["properties"]["colour"] for f in shapes["features"]}
    assert len(colours) == 2
    points = [f for f in changes["features"] if f["geometry"]["type"] == "Point"]
    assert len(points) == 1
    assert "4 homes from" in points[0]["properties"]["label"]


def test_split_streets_name_their_patches(client_for, manager, drawn):
    url = alternative_url(drawn, "best_balance", "split-streets/")
    client = client_for(manager)
    assert "No street is split" in client.get(url).content.decode()
    DesignHome.objects.update(street="Elm Road")
    assert "Elm Road" in client.get(url).content.decode()


def test_an_alternative_of_another_design_is_not_found(client_for, manager, drawn):
    url = f"/designs/{drawn.pk}/alternatives/99/"
    assert client_for(manager).get(url).status_code == 404
