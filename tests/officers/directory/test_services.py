"""Adding and changing officers."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from decimal import Decimal

import pytest
from django.db import connection

from housingplus.audit.models import AuditEvent
from officers.directory import errors, services
from officers.directory.models import Officer
from tests.factories.officers import AssignmentFactory, OfficerFactory, UserFactory

DETAILS = {
    "name": "Ana Poole",
    "job_title": "Housing officer",
    "kind": "housing_officer",
    "email": "",
    "phone": "07700 900123",
    "fte": Decimal("0.6"),
    "languages": "",
    "started_on": dt.date(2024, 1, 1),
    "user": None,
}


@pytest.mark.django_db
def test_adding_is_recorded(manager, picture):
    officer = services.add_officer(
        details=DETAILS,
        token=uuid.uuid4(),
        pictures={"photo": picture(), "signature": None},
        by=manager,
    )
    assert officer.photo.name.startswith("officers/photos/")
    assert AuditEvent.objects.get().verb == "officer.added"


@pytest.mark.django_db
def test_same_token_adds_once(manager):
    token = uuid.uuid4()
    first = services.add_officer(details=DETAILS, token=token, by=manager)
    second = services.add_officer(details=DETAILS, token=token, by=manager)
    assert first == second
    assert Officer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_add_one(manager):
    for _ in range(10):
        token, start = uuid.uuid4(), threading.Barrier(2)
        made: list[object] = []

        def add(token=token, start=start, made=made):
            start.wait()
            try:
                made.append(
                    services.add_officer(details=DETAILS, token=token, by=manager).pk
                )
            except Exception as error:
                made.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=add) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) == 2
        assert made[0] == made[1]


@pytest.mark.django_db
def test_edit_with_an_old_version_is_a_conflict(manager):
    officer = OfficerFactory()
    services.edit_officer(
        officer=officer, version=1, details={"name": "Ana Lee"}, by=manager
    )
    with pytest.raises(errors.OfficerChanged):
        services.edit_officer(
            officer=officer, version=1, details={"name": "Ana Dee"}, by=manager
        )
    officer.refresh_from_db()
    assert (officer.name, officer.version) == ("Ana Lee", 2)
    event = AuditEvent.objects.get()
    assert event.changes["name"][1] == "Ana Lee"


@pytest.mark.django_db
def test_twin_plain_save_overwrites_silently():
    officer = OfficerFactory(phone="07700 900001")
    mine, theirs = Officer.objects.get(pk=officer.pk), officer
    theirs.phone = "07700 900002"
    theirs.save()
    mine.name = "Ana Lee"
    mine.save()
    officer.refresh_from_db()
    assert officer.phone == "07700 900001"


@pytest.mark.django_db
def test_new_photo_replaces_the_old_file(
    manager, picture, django_capture_on_commit_callbacks
):
    officer = services.add_officer(
        details=DETAILS, token=None, pictures={"photo": picture()}, by=manager
    )
    old = officer.photo
    with django_capture_on_commit_callbacks(execute=True):
        officer = services.edit_officer(
            officer=officer,
            version=1,
            details=DETAILS,
            pictures={"photo": picture()},
            by=manager,
        )
    assert officer.photo.name != old.name
    assert not old.storage.exists(old.name)
    with django_capture_on_commit_callbacks(execute=True):
        officer = services.edit_officer(
            officer=officer,
            version=2,
            details=DETAILS,
            removed=frozenset({"photo"}),
            by=manager,
        )
    assert not officer.photo


@pytest.mark.django_db
def test_account_belongs_to_one_officer(manager):
    user = UserFactory()
    OfficerFactory(user=user, name="Bo Dale")
    with pytest.raises(errors.AccountTaken, match="Bo Dale"):
        services.add_officer(details=DETAILS | {"user": user}, token=None, by=manager)


@pytest.mark.django_db
def test_first_day_stays_before_the_first_patch(manager):
    assignment = AssignmentFactory()
    with pytest.raises(errors.StillAnswers):
        services.edit_officer(
            officer=assignment.officer,
            version=1,
            details={"started_on": dt.date(2025, 1, 1)},
            by=manager,
        )
