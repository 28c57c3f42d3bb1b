"""Adding, correcting, ending and taking back councillors."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from officers.councillors import errors, services
from officers.councillors.selectors import (
    list_councillors_kept_by,
    list_councillors_of_ward,
    list_councillors_to_come,
)
from officers.models import Councillor
from tests.factories.officers import CouncillorFactory
from tests.factories.patches import WardFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def add(ward, by, **given) -> Councillor:
    details = {
        "name": "Cllr Noor Heath",
        "party": "",
        "email": "",
        "phone": "",
        "starts_on": today(),
        "token": None,
    }
    return services.add_councillor(ward=ward, by=by, **{**details, **given})


def test_adding_records_who_and_a_second_click_adds_nothing(ward, manager):
    token = uuid.uuid4()

    first = add(ward, manager, token=token)

    assert add(ward, manager, token=token) == first
    event = AuditEvent.objects.get()
    assert (event.verb, event.subject, event.by) == (
        "councillor.added",
        first,
        manager,
    )


def test_editing_records_what_was_and_what_is(manager):
    councillor = CouncillorFactory(phone="0114 496 0001")

    services.edit_councillor(
        councillor=councillor, version=1, by=manager, phone="0114 496 0002"
    )

    councillor.refresh_from_db()
    assert (councillor.phone, councillor.version) == ("0114 496 0002", 2)
    event = AuditEvent.objects.get()
    assert event.changes == {"phone": ["0114 496 0001", "0114 496 0002"]}


def test_the_second_of_two_edits_is_a_conflict(manager):
    councillor = CouncillorFactory()
    services.edit_councillor(councillor=councillor, version=1, by=manager, party="A")

    with pytest.raises(errors.CouncillorChanged, match=f"{manager} changed this"):
        services.edit_councillor(
            councillor=councillor, version=1, by=manager, party="B"
        )

    councillor.refresh_from_db()
    assert councillor.party == "A"


def test_end_councillor_takes_them_out_of_office_the_next_day(ward, manager):
    councillor = CouncillorFactory(ward=ward)

    services.end_councillor(councillor=councillor, ends_on=today(), by=manager)

    assert list(list_councillors_of_ward(ward, today())) == [councillor]
    assert not list_councillors_of_ward(ward, today() + DAY).exists()


def test_end_councillor_refuses_a_day_before_the_first(manager):
    councillor = CouncillorFactory(starts_on=today())

    with pytest.raises(errors.EndsBeforeStart, match="or later"):
        services.end_councillor(
            councillor=councillor, ends_on=today() - DAY, by=manager
        )


@pytest.mark.parametrize(
    ("act", "details"),
    [
        (services.edit_councillor, {"version": 1, "party": "B"}),
        (services.end_councillor, {"ends_on": dt.date(2199, 1, 1)}),
    ],
)
def test_a_time_in_office_that_is_over_stays_as_it_was(manager, act, details):
    councillor = CouncillorFactory(ends_on=today() - DAY)

    with pytest.raises(errors.OutOfOfficeAlready, match="left office on"):
        act(councillor=councillor, by=manager, **details)


def test_only_a_councillor_to_come_can_be_removed(manager):
    coming, here = CouncillorFactory(starts_on=today() + DAY), CouncillorFactory()

    services.remove_councillor(councillor=coming, by=manager)
    services.remove_councillor(councillor=coming, by=manager)
    with pytest.raises(errors.InOfficeAlready, match="last day instead"):
        services.remove_councillor(councillor=here, by=manager)

    assert list(Councillor.objects.all()) == [here]
    assert AuditEvent.objects.get().verb == "councillor.removed"


def test_a_ward_has_several_councillors_now_and_later(ward):
    first, second = CouncillorFactory.create_batch(2, ward=ward)
    coming = CouncillorFactory(ward=ward, starts_on=today() + DAY)
    CouncillorFactory(ward=ward, ends_on=today() - DAY)
    CouncillorFactory()

    assert set(list_councillors_of_ward(ward, today())) == {first, second}
    assert list(list_councillors_to_come(ward, today())) == [coming]


def test_leaders_keep_those_of_their_wards_and_managers_all(ward, leader, manager):
    own = CouncillorFactory(ward=ward)
    other = CouncillorFactory(ward=WardFactory())

    assert list(list_councillors_kept_by(leader.user)) == [own]
    assert set(list_councillors_kept_by(manager)) == {own, other}
