"""Moving homes in the browser: choose, check, confirm; and undoing."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from patches.models import PatchMembership, PatchMove
from patches.register.presenters import compact
from patches.register.selectors import list_homes_of_patch
from tests.factories.officers import (
    AssignmentFactory,
    TeamWardFactory,
)
from tests.factories.patches import (
    BlockFactory,
    PatchBandFactory,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)
from tests.factories.tenants import HouseholdFactory

pytestmark = pytest.mark.django_db
MOVE = reverse("patches:register:move_homes")


def answers(place, homes=None, **changes):
    day = changes.pop("day", today())
    return {
        "step": "check",
        "homes": compact(home.pk for home in homes or place.homes),
        "to_patch": place.second.pk,
        "starts_on_day": day.day,
        "starts_on_month": day.month,
        "starts_on_year": day.year,
        "reason": "Balancing",
        "token": uuid.uuid4(),
    } | changes


@pytest.fixture
def client(leader, client_for):
    return client_for(leader.user)


def chosen(response):
    return [home.building for home in response.context["homes"]]


def test_ticked_homes_are_offered_patches_of_the_team(place, team, client):
    near = PatchFactory(ward=WardFactory(), code="NE-01")
    TeamWardFactory(team=team, ward=near.ward)
    far = PatchFactory(code="FA-01")

    response = client.post(MOVE, {"homes": [place.homes[0].pk, place.homes[2].pk]})

    assert chosen(response) == ["1", "3"]
    content = response.content.decode()
    assert f'value="{near.pk}"' in content
    assert f'value="{far.pk}"' not in content


@pytest.mark.parametrize(
    ("query", "buildings"),
    [
        ("patch={first}", ["1", "2", "3"]),
        ("patch={first}&street=elm+road&side=odds", ["1", "3"]),
        ("patch={first}&street=elm+road&side=evens", ["2"]),
        ("ward={ward}&street=elm+road", ["1", "2", "3", "4"]),
        ("block={block}", ["4"]),
        ("homes={home}", ["2"]),
    ],
)
def test_whole_streets_sides_and_blocks_can_be_chosen(place, client, query, buildings):
    block = BlockFactory(ward=place.ward)
    PropertyFactory(ward=place.ward, building="4", block=block)
    PropertyFactory(building="8")

    response = client.get(
        f"{MOVE}?"
        + query.format(
            first=place.first.pk,
            ward=place.ward.pk,
            block=block.pk,
            home=place.homes[1].pk,
        )
    )

    assert chosen(response) == buildings


def test_every_home_with_no_patch_can_be_chosen_as_filtered(place, client):
    for number in (11, 12, 13):
        PropertyFactory(ward=place.ward, building=str(number), street="Ash Lane")
    PropertyFactory(ward=place.ward, building="14", street="Oak Row")
    PropertyFactory(building="15", street="Ash Lane")

    assert chosen(client.get(f"{MOVE}?unplaced=1")) == ["11", "12", "13", "14"]
    odds = client.get(f"{MOVE}?unplaced=1&street=ash&side=odds")
    assert chosen(odds) == ["11", "13"]


@pytest.mark.parametrize("query", ["", "ward={ward}", "street=elm+road", "homes=x"])
def test_nothing_chosen_goes_back_with_a_message(place, client, query):
    response = client.get(f"{MOVE}?" + query.format(ward=place.ward.pk), follow=True)

    assert b"Choose at least one home to move" in response.content


def test_homes_of_another_ward_are_not_found(place, client):
    assert client.post(MOVE, {"homes": PropertyFactory().pk}).status_code == 404


def test_check_shows_what_would_change(place, officer, client):
    AssignmentFactory(patch=place.first, officer=officer)
    HouseholdFactory(property=place.homes[0])
    HouseholdFactory(
        property=place.homes[1], do_not_write=True, do_not_write_reason="x"
    )

    response = client.post(MOVE, answers(place))

    preview = response.context["preview"]
    assert [(row.before, row.after) for row in preview.sizes] == [(3, 0), (0, 3)]
    assert (preview.household_count, preview.letter_count) == (2, 1)
    assert preview.changes[0].before.officer == officer
    assert not PatchMove.objects.exists()


def test_check_speaks_of_the_band_of_the_day_of_the_move(place, client):
    starts_on = today() + dt.timedelta(days=5)
    PatchBandFactory(patch=place.second, band_min=1, band_max=3, starts_on=starts_on)

    def second(day):
        response = client.post(MOVE, answers(place, day=day))
        return response.context["preview"].sizes[1].band_after

    assert second(starts_on) == "In band"
    assert second(today()) == "Under band"


def test_check_knows_when_the_same_officer_goes_on_answering(place, officer, client):
    AssignmentFactory(patch=place.first, officer=officer)
    AssignmentFactory(patch=place.second, officer=officer)
    HouseholdFactory(property=place.homes[0])

    preview = client.post(MOVE, answers(place)).context["preview"]

    assert (preview.household_count, preview.letter_count) == (0, 0)
    assert not preview.changes[0].is_change


def test_check_asks_who_answers_on_the_day_of_the_move(place, officer, client):
    day = today() + dt.timedelta(days=10)
    AssignmentFactory(patch=place.first, officer=officer)
    AssignmentFactory(patch=place.second, officer=officer, starts_on=day)
    HouseholdFactory(property=place.homes[0])

    now = client.post(MOVE, answers(place)).context["preview"]
    then = client.post(MOVE, answers(place, day=day)).context["preview"]

    assert (now.household_count, then.household_count) == (1, 0)


def test_check_leaves_out_homes_that_cannot_move_and_says_why(place, team, client):
    ward = WardFactory(name="Quarry Hill")
    there = PropertyFactory(ward=place.ward, building="9")
    PatchMembershipFactory(patch=place.second, property=there)
    outside = PropertyFactory(ward=ward, building="7")
    PatchMembershipFactory(patch=place.first, property=outside)

    response = client.post(MOVE, answers(place, [*place.homes, there, outside]))

    refused = {home.building: why for home, why in response.context["preview"].refused}
    assert refused == {
        "7": "lies in Quarry Hill, outside the patch's ward team",
        "9": "is already there",
    }
    assert len(response.context["preview"].movable) == 3


def test_confirm_moves_and_a_double_click_moves_once(place, leader, client):
    data = answers(place, step="confirm")
    data["seen"] = client.post(MOVE, answers(place)).context["preview"].seen

    first = client.post(MOVE, data)
    second = client.post(MOVE, data)

    made = PatchMove.objects.get()
    assert first.url == second.url == made.get_absolute_url()
    assert made.moved_by == leader.user
    assert list_homes_of_patch(place.second, today()).count() == 3


def test_confirm_can_take_homes_out_of_their_patch(place, client):
    client.post(MOVE, answers(place, step="confirm", to_patch="none"))

    assert not PatchMembership.objects.current().exists()


def test_confirm_after_somebody_else_moved_them_says_who(place, move, manager, client):
    seen = client.post(MOVE, answers(place)).context["preview"].seen
    third = PatchFactory(ward=place.ward, code="KS-03")
    move(place.homes[:1], to_patch=third, by=manager)

    response = client.post(MOVE, answers(place, step="confirm", seen=seen))

    assert f"{manager} moved some of these homes to KS-03" in response.content.decode()
    assert response.context["form"]["reason"].value() == "Balancing"
    assert PatchMove.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to_patch": ""}, "Choose a patch, or choose to take"),
        ({"reason": ""}, "Say why the homes move"),
        ({"day": dt.date(2020, 1, 1)}, "Moves cannot start in the past"),
        ({"starts_on_month": "13"}, "Date of the move must be a real date"),
        ({"to_patch": "999999"}, "Choose a patch of the same ward team"),
    ],
)
def test_wrong_answers_are_explained(place, client, changes, words):
    response = client.post(MOVE, answers(place, **changes))

    assert "There is a problem" in response.content.decode()
    assert words in response.content.decode()


def test_change_goes_back_with_what_was_typed(place, client):
    response = client.post(MOVE, answers(place, step="change", reason="Why not"))

    assert response.context["form"]["reason"].value() == "Why not"


def test_officers_may_not_move(place, officer, analyst, client_for):
    for user in (officer.user, analyst):
        assert client_for(user).get(MOVE).status_code == 403
        assert client_for(user).post(MOVE, answers(place)).status_code == 403


def test_check_asks_as_often_for_two_homes_as_for_twelve(
    place, client, django_assert_num_queries
):
    def data(count):
        homes = list(list_homes_of_patch(place.first, today())[:count])
        return answers(place, homes)

    for _ in range(10):
        patch = PatchFactory(ward=place.ward)
        home = PropertyFactory(ward=place.ward)
        PatchMembershipFactory(patch=place.first, property=home)
        AssignmentFactory(patch=patch)
        HouseholdFactory(property=home)
    client.post(MOVE, data(2))
    with CaptureQueriesContext(connection) as few:
        client.post(MOVE, data(2))
    with django_assert_num_queries(len(few)):
        client.post(MOVE, data(12))


def test_move_page_lists_homes_and_undoes(place, move, leader, client):
    made = move(by=leader.user)
    page = made.get_absolute_url()
    undo = reverse("patches:register:move_undo", args=[made.pk])

    content = client.get(page).content.decode()
    assert "2 Elm Road" in content
    assert "Undo this move" in content
    assert client.get(undo).status_code == 405
    assert client.post(undo, follow=True).context["move"].undone_by == leader.user
    again = client.post(undo, follow=True).content.decode()
    assert "undid this move on" in again
    assert list_homes_of_patch(place.first, today()).count() == 3


def test_move_page_says_why_it_cannot_be_undone(place, move, leader, client):
    made = move(by=leader.user)
    move(place.homes[:1], to_patch=PatchFactory(ward=place.ward))

    content = client.get(made.get_absolute_url()).content.decode()

    assert "since then 1 home has moved again" in content
    assert "Undo this move" not in content


def test_leaders_undo_moves_of_their_own_wards_only(
    place, move, other_leader, officer, client_for
):
    made = move()
    undo = reverse("patches:register:move_undo", args=[made.pk])

    assert client_for(other_leader.user).post(undo).status_code == 403
    assert client_for(officer.user).post(undo).status_code == 403
    page = client_for(other_leader.user).get(made.get_absolute_url())
    assert b"Undo this move" not in page.content
