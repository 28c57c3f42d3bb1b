"""Undoing a move."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import day_before, today
from patches.models import Patch, PatchMembership
from patches.register.errors import UndoRefused
from patches.register.services import undo_move
from tests.factories.officers import UserFactory
from tests.factories.patches import LONG_AGO, PatchFactory, PropertyFactory

pytestmark = pytest.mark.django_db


def rows():
    return set(
        PatchMembership.objects.values_list(
            "property",
            "patch",
            "starts_on",
            "ends_on",
            "reason",
            "started_by_move",
            "ended_by_move",
            "ends_on_before_move",
        )
    )


@pytest.fixture
def person():
    return UserFactory(first_name="Sam", last_name="Poole")


@pytest.mark.parametrize("days", [0, 40])
def test_undo_restores_exactly(place, move, person, days):
    home = PropertyFactory(ward=place.ward)
    PatchMembership.objects.filter(property=place.homes[0]).update(
        ends_on=today() + dt.timedelta(days=100)
    )
    before = rows()
    made = move([*place.homes, home], starts_on=today() + dt.timedelta(days=days))

    undone = undo_move(move=made, by=person)

    assert rows() == before
    assert undone.undone_by == person
    assert AuditEvent.objects.get(verb="homes.move_undone").subject == made


def test_undo_of_taking_out_restores_exactly(place, move, person):
    before = rows()

    undo_move(move=move(to_patch=None), by=person)

    assert rows() == before


def test_undo_of_a_second_move_on_one_day_restores_the_first(place, move, person):
    first = move()
    before = rows()
    second = move(to_patch=PatchFactory(ward=place.ward))

    undo_move(move=second, by=person)

    assert rows() == before
    undo_move(move=first, by=person)
    assert {patch for _, patch, *_ in rows()} == {place.first.pk}


def test_undo_later_sends_homes_back_and_keeps_the_days_between(
    place, move, person, spans
):
    began = today()
    made = move()

    with time_machine.travel(dt.datetime.combine(began, dt.time(12), dt.UTC)) as clock:
        clock.shift(dt.timedelta(days=10))
        later = today()
        undo_move(move=made, by=person)

    assert spans(place.homes[0]) == [
        ("KS-01", LONG_AGO, day_before(began)),
        ("KS-02", began, day_before(later)),
        ("KS-01", later, None),
    ]


def test_undo_later_of_taking_out_starts_again_today(place, move, person, spans):
    began = today()
    made = move(to_patch=None)

    with time_machine.travel(dt.datetime.combine(began, dt.time(12), dt.UTC)) as clock:
        clock.shift(dt.timedelta(days=10))
        undo_move(move=made, by=person)

    assert spans(place.homes[0]) == [
        ("KS-01", LONG_AGO, day_before(began)),
        ("KS-01", began + dt.timedelta(days=10), None),
    ]


def test_undo_later_is_refused_when_the_former_patch_has_closed(place, move, person):
    began = today()
    made = move()
    Patch.objects.filter(pk=place.first.pk).update(ends_on=began)

    with time_machine.travel(dt.datetime.combine(began, dt.time(12), dt.UTC)) as clock:
        clock.shift(dt.timedelta(days=10))
        with pytest.raises(UndoRefused, match="KS-01 Harbour is closed"):
            undo_move(move=made, by=person)


def test_undo_twice_is_refused_with_who(place, move, person):
    made = move()
    undo_move(move=made, by=person)

    with pytest.raises(UndoRefused, match="Sam Poole undid this move on"):
        undo_move(move=made, by=UserFactory())


def test_undo_is_refused_once_a_home_moved_again(place, move, person):
    made = move()
    move(place.homes[:1], to_patch=PatchFactory(ward=place.ward))

    with pytest.raises(UndoRefused, match="since then 1 home has moved again"):
        undo_move(move=made, by=person)


def test_undo_is_refused_once_a_later_move_is_planned(place, move, person):
    made = move()
    move(
        place.homes[:2],
        to_patch=PatchFactory(ward=place.ward),
        starts_on=today() + dt.timedelta(days=3),
    )

    with pytest.raises(UndoRefused, match="since then 2 homes have moved again"):
        undo_move(move=made, by=person)


def test_undo_of_taking_out_is_refused_once_a_home_has_a_patch(place, move, person):
    made = move(to_patch=None)
    move(place.homes[:1])

    with pytest.raises(UndoRefused, match="1 home has moved again"):
        undo_move(move=made, by=person)


@pytest.mark.parametrize("is_replaced", [False, True])
def test_undo_brings_no_home_back_to_a_patch_closed_since(
    place, move, person, is_replaced
):
    if is_replaced:
        PatchMembership.objects.update(starts_on=today())
    made = move()
    Patch.objects.filter(pk=place.first.pk).update(ends_on=today())
    before = rows()

    with pytest.raises(UndoRefused, match="KS-01 Harbour closes on"):
        undo_move(move=made, by=person)

    assert rows() == before
