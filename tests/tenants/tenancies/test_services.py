"""Starting and ending tenancies."""

from __future__ import annotations

import datetime as dt

import pytest

from housingplus.audit.models import AuditEvent
from tenants.households.errors import EndBeforeStart
from tenants.tenancies import errors, services
from tests.factories.officers import UserFactory
from tests.factories.patches import LandlordFactory
from tests.factories.tenants import HouseholdFactory, PersonFactory, TenancyFactory

pytestmark = pytest.mark.django_db

MARCH = dt.date(2026, 3, 3)


def start(household, **changes):
    values = {
        "landlord": LandlordFactory(),
        "reference": "T1",
        "kind": "secure",
        "holders": [PersonFactory(last_name="Ashworth"), PersonFactory()],
        "starts_on": MARCH,
        "by": UserFactory(),
    }
    return services.start_tenancy(household=household, **values | changes)


def test_start_tenancy_keeps_the_order_of_names_and_indexes_them():
    household = HouseholdFactory()
    people = [PersonFactory(last_name="Zeller"), PersonFactory(last_name="Adams")]
    tenancy = start(household, holders=people)
    assert [row.person for row in tenancy.holders.all()] == people
    assert household.words.filter(word="zeller").exists()
    event = AuditEvent.objects.get(verb="tenancy.started")
    assert event.subject == household
    assert "Zeller" not in f"{event.summary} {event.changes}"


def test_start_tenancy_refuses_nobody():
    with pytest.raises(errors.NobodyHolds):
        start(HouseholdFactory(), holders=[])


def test_start_tenancy_refuses_a_reference_in_use():
    other = TenancyFactory()
    with pytest.raises(errors.ReferenceTaken, match=other.reference):
        start(HouseholdFactory(), landlord=other.landlord, reference=other.reference)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [(dt.date(2023, 1, 1), None), (MARCH, None), (MARCH, dt.date(2027, 1, 1))],
)
def test_start_tenancy_refuses_a_time_outside_the_household(starts_on, ends_on):
    household = HouseholdFactory(ends_on=dt.date(2026, 6, 1))
    with pytest.raises(errors.OutsideHousehold):
        start(household, starts_on=starts_on, ends_on=ends_on)


def test_end_tenancy_takes_names_out_of_the_search():
    tenancy = start(HouseholdFactory())
    ended = services.end_tenancy(
        tenancy=tenancy, ends_on=dt.date(2026, 4, 1), by=UserFactory()
    )
    assert ended.ends_on == dt.date(2026, 4, 1)
    assert not tenancy.household.words.exists()
    assert AuditEvent.objects.filter(verb="tenancy.ended").exists()


def test_end_tenancy_refuses_a_day_before_it_began():
    with pytest.raises(EndBeforeStart):
        services.end_tenancy(
            tenancy=TenancyFactory(), ends_on=dt.date(2020, 1, 1), by=UserFactory()
        )
