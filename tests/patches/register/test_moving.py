"""Moving homes between patches."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import day_before, today
from patches.models import MovedHome, PatchMembership, PatchMove, Property
from patches.register.errors import HomesChanged, MoveRefused
from patches.register.selectors import (
    fingerprint,
    list_homes_of_patch,
    list_positions,
)
from tests.factories.officers import UserFactory
from tests.factories.patches import (
    LONG_AGO,
    LandlordFactory,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db


def test_move_ends_the_day_before_and_starts_anew(place, move, spans):
    made = move()

    for home in place.homes:
        assert spans(home) == [
            ("KS-01", LONG_AGO, day_before(today())),
            ("KS-02", today(), None),
        ]
    assert made.home_count == 3
    assert list(list_homes_of_patch(place.second, today())) == place.homes


def test_boundary_days_belong_to_one_patch_each(place, move):
    starts_on = today() + dt.timedelta(days=5)
    move(starts_on=starts_on)

    assert list_homes_of_patch(place.first, day_before(starts_on)).count() == 3
    assert list_homes_of_patch(place.second, day_before(starts_on)).count() == 0
    assert list_homes_of_patch(place.first, starts_on).count() == 0
    assert list_homes_of_patch(place.second, starts_on).count() == 3


def test_a_planned_move_takes_effect_by_itself(place, move):
    starts_on = today() + dt.timedelta(days=5)
    move(starts_on=starts_on)

    assert list_homes_of_patch(place.second, today()).count() == 0
    # Half past midnight in summer time is still the day before in UTC.
    with time_machine.travel(
        dt.datetime.combine(starts_on, dt.time(0, 30), dt.UTC), tick=False
    ):
        assert list_homes_of_patch(place.second, today()).count() == 3


def test_today_is_the_councils_day_at_the_summer_clock(place, move, spans):
    with time_machine.travel(dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)):
        move(place.homes[:1])

    assert spans(place.homes[0])[-1] == ("KS-02", dt.date(2026, 7, 1), None)


def test_homes_without_a_patch_can_be_given_one(place, move, spans):
    home = PropertyFactory(ward=place.ward)

    move([home])

    assert spans(home) == [("KS-02", today(), None)]


def test_homes_can_be_taken_out_of_their_patch(place, move, spans):
    move(to_patch=None)

    assert spans(place.homes[0]) == [("KS-01", LONG_AGO, day_before(today()))]


def test_move_is_recorded_with_what_it_did(place, move):
    person = UserFactory()

    made = move(by=person, reason="  Balancing the ward ")

    event = AuditEvent.objects.get(verb="homes.moved")
    assert (event.by, event.subject) == (person, made)
    assert event.changes == {"patch": [[place.first.pk], place.second.pk]}
    assert made.reason == "Balancing the ward"
    moved = MovedHome.objects.filter(move=made)
    assert {row.from_patch for row in moved} == {place.first}


def test_second_move_on_one_day_takes_the_place_of_the_first(place, move, spans):
    third = PatchFactory(ward=place.ward, code="KS-03")
    first_move = move()

    second_move = move(to_patch=third)

    assert spans(place.homes[0]) == [
        ("KS-01", LONG_AGO, day_before(today())),
        ("KS-03", today(), None),
    ]
    kept = MovedHome.objects.get(move=second_move, property=place.homes[0])
    assert kept.is_replaced
    assert (kept.from_patch, kept.replaced_move) == (place.second, first_move)


def test_a_double_click_moves_once(place, move):
    token = uuid.uuid4()

    made = move(token=token)

    assert move(token=token) == made
    assert PatchMove.objects.count() == 1


def test_move_refuses_a_past_day(place, move):
    with pytest.raises(MoveRefused, match="cannot start in the past") as refused:
        move(starts_on=day_before(today()))
    assert refused.value.field == "starts_on"


def test_move_refuses_a_day_further_than_two_years(place, move):
    with pytest.raises(MoveRefused, match="within the next two years"):
        move(starts_on=today() + dt.timedelta(days=800))


def test_move_refuses_no_homes(place, move):
    with pytest.raises(MoveRefused, match="at least one home"):
        move(properties=[])


def test_move_refuses_more_homes_than_any_ward_has(place, move):
    with pytest.raises(MoveRefused, match="You chose 30,001 homes"):
        move(properties=range(30_001))


def test_move_refuses_homes_already_there(place, move):
    with pytest.raises(MoveRefused, match="1 Elm Road is already there"):
        move(to_patch=place.first)


def test_move_refuses_homes_with_no_patch_to_leave(place, move):
    with pytest.raises(MoveRefused, match="has no patch already"):
        move([PropertyFactory(ward=place.ward)], to_patch=None)


def test_move_refuses_homes_with_a_later_planned_move(place, move):
    later = today() + dt.timedelta(days=30)
    move(place.homes[:1], starts_on=later)

    with pytest.raises(MoveRefused, match="1 Elm Road has a planned move to KS-02"):
        move(to_patch=PatchFactory(ward=place.ward))
    assert PatchMembership.objects.as_at(today()).filter(patch=place.first).count() == 3


def test_move_refuses_homes_planned_to_leave_their_patch(place, move):
    move(place.homes[:1], to_patch=None, starts_on=today() + dt.timedelta(days=30))

    with pytest.raises(MoveRefused, match="leaves KS-01 Harbour after"):
        move()


def test_move_refuses_homes_not_managed_that_day(place, move):
    Property.objects.filter(pk=place.homes[1].pk).update(managed_to=LONG_AGO)

    with pytest.raises(MoveRefused, match="2 Elm Road is not managed on"):
        move()


def test_move_refuses_a_closed_patch(place, move):
    closed = PatchFactory(ward=place.ward, ends_on=LONG_AGO)

    with pytest.raises(MoveRefused, match="closed on 1 January 2024"):
        move(to_patch=closed)


def test_move_refuses_a_patch_about_to_close(place, move):
    closing = PatchFactory(ward=place.ward, ends_on=today() + dt.timedelta(days=9))

    with pytest.raises(MoveRefused, match="closes on"):
        move(to_patch=closing)


def test_move_refuses_a_patch_not_yet_in_force(place, move):
    starts_on = today() + dt.timedelta(days=9)
    planned = PatchFactory(ward=place.ward, starts_on=starts_on)

    with pytest.raises(MoveRefused, match="only in force from"):
        move(to_patch=planned)
    assert move(to_patch=planned, starts_on=starts_on).home_count == 3


def test_move_refuses_homes_outside_the_wards_of_the_team(place, move):
    elsewhere = PropertyFactory(ward=WardFactory(name="Quarry Hill"), building="9")

    with pytest.raises(MoveRefused, match="9 Elm Road lies in Quarry Hill"):
        move([elsewhere])
    assert move([elsewhere], ward_ids={place.ward.pk, elsewhere.ward_id})


def test_move_refuses_what_somebody_else_has_moved_first(place, move):
    person = UserFactory(first_name="Sam", last_name="Poole")
    ids = [home.pk for home in place.homes]
    seen = fingerprint(list_positions(ids, today()))
    third = PatchFactory(ward=place.ward, code="KS-03")
    move(place.homes[:1], to_patch=third, by=person)

    with pytest.raises(HomesChanged, match="Sam Poole moved some of these homes to KS"):
        move(seen=seen)
    assert PatchMove.objects.count() == 1


def test_all_or_nothing(place, move, spans):
    home = PropertyFactory(ward=WardFactory())

    with pytest.raises(MoveRefused):
        move([*place.homes, home])
    assert spans(place.homes[0]) == [("KS-01", LONG_AGO, None)]


def test_two_thousand_homes_take_few_queries(place, move):
    landlord = LandlordFactory()
    homes = PropertyFactory.build_batch(
        2_000, ward=place.ward, landlord=landlord, manager=landlord
    )
    homes = Property.objects.bulk_create(homes)
    PatchMembership.objects.bulk_create(
        PatchMembershipFactory.build(patch=place.first, property=home) for home in homes
    )

    with CaptureQueriesContext(connection) as asked:
        move(homes)

    plain = [q for q in asked.captured_queries if "INSERT" not in q["sql"]]
    assert len(plain) < 15
    assert len(asked) < 60
    assert list_homes_of_patch(place.second, today()).count() == 2_000
