"""Two people at once. Each test has a twin with the protection off, which must fail."""

from __future__ import annotations

import threading
import uuid

import pytest
from django.db import (
    DatabaseError,
    IntegrityError,
    connection,
    connections,
    transaction,
)

from housingplus.common import triggers
from housingplus.common.dates import today
from patches.models import MovedHome, Patch, PatchBand, PatchMembership, PatchMove
from patches.register.errors import HomesChanged
from patches.register.selectors import fingerprint, list_positions
from patches.register.services import bands, move_homes, moving, set_band, undo_move
from tests.factories.officers import UserFactory
from tests.factories.patches import LONG_AGO, PatchFactory, PropertyFactory
from tests.stress import rounds

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = rounds(10, 100)


def at_once(*acts):
    """Do all acts in threads that start together; return results or errors."""
    start = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(at, act):
        try:
            start.wait()
            results[at] = act()
        except Exception as error:
            results[at] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def doubled():
    """How many pairs of a home's times in patches overlap."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM patches_patchmembership a"
            " JOIN patches_patchmembership b"
            " ON a.property_id = b.property_id AND a.id < b.id"
            " WHERE a.starts_on <= COALESCE(b.ends_on, '9999-12-31')"
            " AND COALESCE(a.ends_on, '9999-12-31') >= b.starts_on"
        )
        return cursor.fetchone()[0]


def add_directly(home, patch, gate=None):
    """Put a home in a patch as careless code would: look first, then insert."""

    def act():
        if PatchMembership.objects.filter(property=home).exists():
            return None
        if gate is not None:
            gate.wait()
        return PatchMembership.objects.create(
            property=home, patch=patch, starts_on=LONG_AGO
        )

    return act


def drop_constraint():
    """Take rule 1 out of the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "ALTER TABLE patches_patchmembership"
                " DROP CONSTRAINT one_patch_for_a_home_on_a_date"
            )
        else:
            cursor.execute("DROP TRIGGER one_patch_for_a_home_on_a_date_insert")
            cursor.execute("DROP TRIGGER one_patch_for_a_home_on_a_date_update")


def put_constraint_back():
    PatchMembership.objects.all().delete()
    if connection.vendor == "sqlite":
        triggers.install(connection)
        return
    rule = next(
        rule
        for rule in PatchMembership._meta.constraints
        if rule.name == "one_patch_for_a_home_on_a_date"
    )
    with connection.schema_editor() as editor:
        editor.add_constraint(PatchMembership, rule)


def test_database_refuses_one_of_two_writers(ward):
    patches = [PatchFactory(ward=ward), PatchFactory(ward=ward)]
    for _ in range(ROUNDS):
        home = PropertyFactory(ward=ward)
        gate = threading.Barrier(2)

        results = at_once(*(add_directly(home, patch, gate) for patch in patches))

        # PostgreSQL may call it a deadlock, which refuses one of the two as well.
        refused = [each for each in results if isinstance(each, DatabaseError)]
        assert len(refused) == 1
    assert doubled() == 0


def test_twin_without_the_constraint_doubles(ward):
    patches = [PatchFactory(ward=ward), PatchFactory(ward=ward)]
    drop_constraint()
    try:
        home = PropertyFactory(ward=ward)
        gate = threading.Barrier(2)
        at_once(*(add_directly(home, patch, gate) for patch in patches))
        assert doubled() == 1
    finally:
        put_constraint_back()


def movers(place, targets, people):
    ids = [home.pk for home in place.homes]
    seen = fingerprint(list_positions(ids, today()))

    def mover(to_patch, person):
        return lambda: move_homes(
            properties=ids,
            to_patch=to_patch,
            starts_on=today(),
            reason="Balancing",
            token=uuid.uuid4(),
            by=person,
            seen=seen,
        )

    return [mover(*pair) for pair in zip(targets, people, strict=True)]


def test_two_people_moving_the_same_homes_one_wins_the_other_is_told(place):
    third = PatchFactory(ward=place.ward)
    people = [UserFactory(), UserFactory()]
    for _ in range(ROUNDS):
        results = at_once(*movers(place, [place.second, third], people))

        won = [each for each in results if isinstance(each, PatchMove)]
        lost = [each for each in results if isinstance(each, HomesChanged)]
        assert len(won) == len(lost) == 1
        assert f"{won[0].moved_by} moved some of these homes" in lost[0].message
        assert doubled() == 0
        undo_move(move=won[0], by=people[0])


def test_twin_without_looking_again_under_the_lock_both_move(place, monkeypatch):
    """With no look under the lock, a mover decides on what is no longer so."""
    third = PatchFactory(ward=place.ward)
    people = [UserFactory(), UserFactory()]
    monkeypatch.setattr(moving, "fingerprint", lambda positions: seen)
    ids = [home.pk for home in place.homes]
    seen = fingerprint(list_positions(ids, today()))

    results = at_once(*movers(place, [place.second, third], people))

    assert [type(each) for each in results] == [PatchMove, PatchMove]


def test_a_double_click_at_once_moves_once(place):
    ids = [home.pk for home in place.homes]
    person = UserFactory()
    token = uuid.uuid4()

    def click():
        return move_homes(
            properties=ids,
            to_patch=place.second,
            starts_on=today(),
            reason="Balancing",
            token=token,
            by=person,
        )

    results = at_once(*[click] * 4)

    assert {each.pk for each in results} == {PatchMove.objects.get().pk}


def test_undo_and_a_further_move_at_once_leave_one_patch(place):
    third = PatchFactory(ward=place.ward)
    person = UserFactory()
    for _ in range(ROUNDS):
        made = movers(place, [place.second], [person])[0]()
        further = movers(place, [third], [person])[0]

        at_once(lambda made=made: undo_move(move=made, by=person), further)

        assert doubled() == 0
        with transaction.atomic():
            assert PatchMembership.objects.current().count() == 3
        _put_back(place)


def band_setters(patch):
    person = UserFactory()

    def setter(band_min):
        return lambda: set_band(
            patch=patch,
            starts_on=today(),
            band_min=band_min,
            band_max=300,
            reason="Many visits",
            by=person,
        )

    return [setter(200), setter(210)]


def test_two_people_setting_a_band_leave_one_of_them(ward):
    for _ in range(ROUNDS):
        patch = PatchFactory(ward=ward)

        results = at_once(*band_setters(patch))

        assert [type(each) for each in results] == [Patch, Patch]
        patch.refresh_from_db()
        assert (PatchBand.objects.filter(patch=patch).count(), patch.version) == (1, 3)


def test_twin_without_the_lock_one_band_is_refused(ward, monkeypatch):
    """SQLite lets one write at a time anyway; there the lock is that."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no row lock to take away")
    gate, write = threading.Barrier(2), bands._write

    def write_together(*args):
        gate.wait()
        write(*args)

    monkeypatch.setattr(bands, "lock", lambda rows: rows)
    monkeypatch.setattr(bands, "_write", write_together)

    results = at_once(*band_setters(PatchFactory(ward=ward)))

    assert len([each for each in results if isinstance(each, IntegrityError)]) == 1


def _put_back(place):
    MovedHome.objects.all().delete()
    PatchMembership.objects.all().delete()
    PatchMembership.objects.bulk_create(
        PatchMembership(property=home, patch=place.first, starts_on=LONG_AGO)
        for home in place.homes
    )
