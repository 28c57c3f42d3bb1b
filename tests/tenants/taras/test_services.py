"""Changing associations: rules kept, once on a double click, no edit lost."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from tenants.models import Tara, TaraContact, TaraOfficer, TaraRole
from tenants.taras import errors, services
from tests.factories.officers import OfficerFactory, UserFactory
from tests.factories.patches import BlockFactory, PatchFactory, WardFactory
from tests.factories.tenants import (
    TaraFactory,
    TaraOfficerFactory,
    TaraRoleFactory,
    TaraStreetFactory,
)

pytestmark = pytest.mark.django_db

MARCH = dt.date(2026, 3, 3)
DETAILS = {
    "name": "Elm Road Residents",
    "recognised_on": MARCH,
    "closed_on": None,
    "email": "",
    "phone": "",
    "meeting_place": "",
    "contacts_are_public": False,
    "notes": "",
}


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def tara():
    return TaraFactory()


def test_create_tara(by):
    tara = services.create_tara(ward=WardFactory(), by=by, **DETAILS)
    assert Tara.objects.get() == tara
    assert AuditEvent.objects.get(verb="tara.created").subject == tara


def test_create_tara_refuses_a_name_in_use_in_any_case(tara, by):
    with pytest.raises(errors.NameTaken):
        services.create_tara(
            ward=tara.ward, by=by, **DETAILS | {"name": tara.name.upper()}
        )


def test_create_tara_refuses_to_close_before_recognition(by):
    with pytest.raises(errors.EndBeforeStart):
        services.create_tara(
            ward=WardFactory(), by=by, **DETAILS | {"closed_on": dt.date(2020, 1, 1)}
        )


def test_edit_tara_records_old_and_new(tara, by):
    services.edit_tara(tara=tara, version=1, by=by, ward=tara.ward, **DETAILS)
    event = AuditEvent.objects.get(verb="tara.changed")
    assert event.changes["recognised_on"] == ["2024-01-01", "2026-03-03"]
    assert "ward" not in event.changes


def test_edit_tara_says_who_changed_it_first(tara, by):
    services.edit_tara(tara=tara, version=1, by=by, ward=tara.ward, **DETAILS)
    with pytest.raises(errors.TaraChanged, match=str(by)):
        services.edit_tara(tara=tara, version=1, by=by, ward=tara.ward, **DETAILS)


def test_set_area_replaces_what_it_speaks_for(tara, by):
    TaraStreetFactory(tara=tara)
    block, patch = BlockFactory(ward=tara.ward), PatchFactory(ward=tara.ward)
    services.set_area(
        tara=tara,
        version=1,
        streets=[(tara.ward, "Oak Lane")],
        blocks=[block],
        patches=[patch],
        by=by,
    )
    assert [row.street_key for row in tara.streets.all()] == ["oak lane"]
    assert [row.block for row in tara.blocks.all()] == [block]
    assert [row.patch for row in tara.patches.all()] == [patch]
    with pytest.raises(errors.TaraChanged):
        services.set_area(
            tara=tara, version=1, streets=[], blocks=[], patches=[], by=by
        )


def add_role(tara, by, **changes):
    values = {
        "role": "chair",
        "name": "Imran Dale",
        "phone": "07700 900123",
        "email": "",
        "starts_on": MARCH,
    }
    return services.add_role(tara=tara, by=by, **values | changes)


def test_add_role_once_for_one_token(tara, by):
    token = uuid.uuid4()
    assert add_role(tara, by, token=token) == add_role(tara, by, token=token)
    assert TaraRole.objects.count() == 1
    event = AuditEvent.objects.get(verb="tara.role_added")
    assert "Imran" not in f"{event.summary}{event.changes}"


def test_add_role_refuses_a_closed_tara(by):
    tara = TaraFactory(closed_on=dt.date(2026, 1, 1))
    with pytest.raises(errors.TaraClosed):
        add_role(tara, by)


def test_end_role(by):
    role = TaraRoleFactory()
    assert services.end_role(role=role, ends_on=MARCH, by=by).ends_on == MARCH
    with pytest.raises(errors.EndBeforeStart):
        services.end_role(role=role, ends_on=dt.date(2020, 1, 1), by=by)


def test_set_officer_ends_the_present_one_the_day_before(tara, by):
    first, second = OfficerFactory(), OfficerFactory()
    TaraOfficerFactory(tara=tara, officer=first)
    services.set_officer(
        tara=tara, kind="liaison", officer=second, starts_on=MARCH, by=by
    )
    rows = TaraOfficer.objects.filter(tara=tara).order_by("starts_on")
    assert [(row.officer, row.ends_on) for row in rows] == [
        (first, dt.date(2026, 3, 2)),
        (second, None),
    ]


def test_set_officer_to_nobody_frees_the_part(tara, by):
    TaraOfficerFactory(tara=tara, kind="lead")
    services.set_officer(tara=tara, kind="lead", officer=None, starts_on=MARCH, by=by)
    assert not TaraOfficer.objects.as_at(MARCH).filter(tara=tara).exists()


def test_set_officer_to_the_same_person_changes_nothing(tara, by):
    row = TaraOfficerFactory(tara=tara)
    kept = services.set_officer(
        tara=tara, kind="liaison", officer=row.officer, starts_on=MARCH, by=by
    )
    assert kept == row
    assert not AuditEvent.objects.exists()


def test_set_officer_refuses_somebody_not_in_post(tara, by):
    for officer in (
        OfficerFactory(left_on=dt.date(2026, 1, 1)),
        OfficerFactory(started_on=dt.date(2026, 6, 1)),
    ):
        with pytest.raises(errors.NotInPost):
            services.set_officer(
                tara=tara, kind="lead", officer=officer, starts_on=MARCH, by=by
            )


def test_set_officer_refuses_when_somebody_is_named_later(tara, by):
    TaraOfficerFactory(tara=tara, kind="lead", starts_on=dt.date(2026, 5, 1))
    with pytest.raises(errors.PartTaken, match="1 May 2026"):
        services.set_officer(
            tara=tara, kind="lead", officer=OfficerFactory(), starts_on=MARCH, by=by
        )


def record(tara, by, **changes):
    values = {"on": MARCH, "kind": "meeting", "note": "AGM", "officer": None}
    return services.record_contact(tara=tara, by=by, **values | changes)


def test_record_contact_once_for_one_token(tara, by):
    token = uuid.uuid4()
    assert record(tara, by, token=token) == record(tara, by, token=token)
    assert TaraContact.objects.get().recorded_by == by


def test_record_contact_refuses_the_future(tara, by):
    with pytest.raises(errors.DateInFuture):
        record(tara, by, on=today() + dt.timedelta(days=1))
