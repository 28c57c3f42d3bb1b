"""Pages: moving homes by hand, undoing, copies, every move."""

from __future__ import annotations

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patches.models import DesignEdit, DesignStatus, PatchDesign, Property
from patches.properties.indexing import rebuild_property_words
from tests.factories.designs import DesignEditFactory, make_drawn_design
from tests.factories.officers import UserFactory

from .test_moving import west_and_east

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for, manager):
    return client_for(manager)


@pytest.fixture
def url(hand) -> str:
    return f"{hand.alternative.get_absolute_url()}adjust/0/"


def answers(hand, streets, patch, **values):
    asked = {
        "places": [hand.places[street].pk for street in streets],
        "to": patch.pk,
        "version": hand.now().version,
        "token": str(uuid.uuid4()),
    }
    return {**asked, **values}


def test_the_page_shows_patches_and_places_of_the_area(client, hand, url):
    response = client.get(f"{hand.alternative.get_absolute_url()}adjust/", follow=True)

    assert response.redirect_chain == [(url, 302)]
    assert [line["patch"].home_count for line in response.context["lines"]] == [12, 12]
    assert len(response.context["page_obj"]) == 6
    body = response.content.decode()
    assert "No homes have been moved yet" in body
    assert "same as “Best balance”" in body
    assert "Undo" not in body


def test_moving_says_what_it_did_and_stays_on_the_same_list(client, hand, url):
    west, east = west_and_east(hand)
    response = client.post(
        f"{url}?patch={west.pk}&sort=-homes", answers(hand, [2], east), follow=True
    )

    assert response.redirect_chain == [(f"{url}?patch={west.pk}&sort=-homes", 302)]
    (said,) = map(str, response.context["messages"])
    assert said.startswith(f"Moved: {hand.places[2].name} (4 homes) from {west.code}")
    assert f"{west.code}: 12 to 8 homes" in said
    assert f"{east.code}: 12 to 16 homes, over band, +33.3 % from the mean" in said
    assert len(response.context["page_obj"]) == 2
    assert "Undo" in response.content.decode()


def test_a_refused_move_keeps_the_ticks_and_says_why(client, hand, url):
    west, east = west_and_east(hand)
    far = hand.places[5].name
    response = client.post(f"{url}?q={far}", answers(hand, [0], east))

    body = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in body
    assert "is not next to" in body
    assert re.search(r"<title>\s*Error: ", body)
    assert [unit.pk for unit in response.context["also"]] == [hand.places[0].pk]
    assert body.count(" checked") == 1
    assert f'value="{east.pk}" selected' in body
    assert not DesignEdit.objects.exists()


@pytest.mark.parametrize(
    ("missing", "said"),
    [("to", "Select the patch they go to"), ("places", "Select what is to move")],
)
def test_what_is_missing_is_asked_for(client, hand, url, missing, said):
    west, east = west_and_east(hand)
    posted = answers(hand, [2], east)
    posted.pop(missing)

    assert said in client.post(url, posted).content.decode()


@pytest.mark.parametrize(
    "values",
    [
        {"to": "9" * 40},
        {"to": "x"},
        {"places": ["x", "-1", "9" * 40, "²"]},
        {"token": "no"},
        {"version": ""},
        {"version": "9" * 30},
    ],
)
def test_nonsense_is_refused_and_changes_nothing(client, hand, url, values):
    west, east = west_and_east(hand)

    response = client.post(url, answers(hand, [2], east, **values))

    assert response.status_code in {200, 409}
    assert "There is a problem" in response.content.decode()
    assert not DesignEdit.objects.exists()


def test_a_conflict_shows_the_map_as_it_is_now(client, hand, url):
    west, east = west_and_east(hand)
    stale = answers(hand, [1], east)
    hand.move([2], east, by=UserFactory(first_name="Mara", last_name="Voss"))

    response = client.post(url, stale)

    assert response.status_code == 409
    assert "Mara Voss changed this on" in response.content.decode()
    homes = {
        line["patch"].code: line["patch"].home_count
        for line in response.context["lines"]
    }
    assert homes == {west.code: 8, east.code: 16}
    again = response.context["form"]["version"].value()
    assert client.post(url, {**stale, "version": again}).status_code == 302


def test_undo_and_redo_keep_the_list_filtered_and_sorted(client, hand, url):
    _, east = west_and_east(hand)
    hand.move([2], east)

    page = client.get(f"{url}?q=Road&sort=-homes").content.decode()
    assert f'action="{url}undo/?q=Road&amp;sort=-homes"' in page
    for version, act in ((2, "undo"), (3, "redo")):
        response = client.post(f"{url}{act}/?q=Road&sort=-homes", {"version": version})
        assert response.headers["location"] == f"{url}?q=Road&sort=-homes"


def test_undo_and_redo(client, hand, url):
    west, east = west_and_east(hand)
    hand.move([2], east)

    response = client.post(f"{url}undo/", {"version": 2}, follow=True)
    assert "Undone: " in str(next(iter(response.context["messages"])))
    assert "Redo" in response.content.decode()
    response = client.post(f"{url}redo/", {"version": 3}, follow=True)
    assert "Done again: " in str(next(iter(response.context["messages"])))

    response = client.post(f"{url}redo/", {"version": 4}, follow=True)
    assert "no move to redo" in str(next(iter(response.context["messages"])))
    response = client.post(f"{url}undo/", {"version": ""}, follow=True)
    assert "press the button again" in str(next(iter(response.context["messages"])))
    assert hand.codes() == [west.code] * 2 + [east.code] * 4


@pytest.mark.parametrize("find", ["street", "postcode", "address"])
def test_places_are_found_by_street_postcode_and_address(client, hand, url, find):
    # A street whose words are no number of another's house.
    inside = hand.places[3].homes.values("property")
    Property.objects.filter(pk__in=inside).update(street="Heron Way")
    home = hand.places[3].homes.first().property
    rebuild_property_words(Property.objects.all())
    text = {
        "street": home.street,
        "postcode": home.postcode,
        "address": home.first_line,
    }[find]

    response = client.get(url, {"q": text})

    assert [unit.pk for unit in response.context["page_obj"]] == [hand.places[3].pk]


def test_nothing_found_says_so(client, url):
    assert "Nothing matches" in client.get(url, {"q": "Nowhere"}).content.decode()


def test_the_map_offers_every_place_with_its_patch(client, hand, url):
    shapes = client.get(f"{url}map/").json()["features"]

    points = [f["properties"] for f in shapes if f["geometry"]["type"] == "Point"]
    assert {point["pick"] for point in points} == {unit.pk for unit in hand.places}
    assert all(re.search(r": 4 homes, in P\w+$", point["label"]) for point in points)
    assert len(shapes) == 8


def test_every_move_is_listed_and_exported(client, hand):
    west, east = west_and_east(hand)
    hand.move([2], east)
    hand.undo()

    page = client.get(f"{hand.alternative.get_absolute_url()}moves/")
    assert "Undone" in page.content.decode()
    response = client.get(f"{hand.alternative.get_absolute_url()}moves/?format=csv")
    rows = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert rows[0].startswith('"Number","Move","By"')
    assert rows[1].endswith('"Yes"')


def test_copying_leads_to_the_moves(client, hand):
    source = hand.alternative.copied_from
    url = f"{source.get_absolute_url()}copy/"

    form = client.get(url).context["form"]
    assert form["name"].value() == "Best balance, by hand"
    response = client.post(url, {"name": "Best balance, by hand"}, follow=True)

    assert response.context["alternative"].name == "Best balance, by hand"
    assert "is ready. Choose what to move" in response.content.decode()
    assert client.get(url).context["form"]["name"].value() == "Best balance, by hand 2"
    assert "already" in client.post(url, {"name": "most compact"}).content.decode()


def test_removing_asks_first(client, hand):
    url = f"{hand.alternative.get_absolute_url()}remove/"

    assert "cannot be brought back" in client.get(url).content.decode()
    response = client.post(url, follow=True)

    assert "removed" in str(next(iter(response.context["messages"])))
    assert not PatchDesign.objects.filter(alternatives=hand.alternative).exists()


def test_the_designs_page_leads_to_copies_while_it_is_a_draft(client, hand):
    design = hand.alternative.design
    body = client.get(design.get_absolute_url()).content.decode()
    assert "Adjust “Most compact”" in body
    assert "Move homes" in body
    assert (
        "Move homes" in client.get(hand.alternative.get_absolute_url()).content.decode()
    )

    PatchDesign.objects.filter(pk=design.pk).update(
        status=DesignStatus.PROPOSED, chosen=hand.alternative
    )
    body = client.get(design.get_absolute_url()).content.decode()
    assert "0 moves" in body
    assert "Move homes" not in body
    assert "Adjust “" not in body


def test_lists_ask_as_often_for_two_as_for_twelve(
    client, django_assert_num_queries, manager
):
    made = [make_drawn_design(homes=4), make_drawn_design(homes=24)]
    urls = []
    for design, count in zip(made, (2, 12), strict=True):
        design.alternative.kind = "by_hand"
        design.alternative.save()
        DesignEditFactory.create_batch(
            count, alternative=design.alternative, made_by=manager
        )
        path = design.alternative.get_absolute_url()
        urls.append((f"{path}moves/", f"{path}adjust/{design.area.number}/"))
    for small, large in zip(*urls, strict=True):
        assert {client.get(path).status_code for path in (small, large)} == {200}
        with CaptureQueriesContext(connection) as few:
            client.get(small)
        with django_assert_num_queries(len(few)):
            client.get(large)
