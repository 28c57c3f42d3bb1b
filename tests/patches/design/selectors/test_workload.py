"""What homes are expected to need, from records and assumptions."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patches.design.selectors.workload import expected_work
from patches.design.workload.rates import AREA_PRIOR_YEARS, RateSource
from tests.factories.designs import (
    AreaRateFactory,
    AssumptionSetFactory,
    WorkRateFactory,
    WorkRecordFactory,
    WorkTypeFactory,
)
from tests.factories.patches import (
    BlockFactory,
    HousingAreaFactory,
    LandlordFactory,
    PropertyFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db

ON = dt.date(2026, 10, 1)
YEAR = {"starts_on": dt.date(2025, 10, 1), "ends_on": dt.date(2026, 9, 30)}
A_YEAR = 365 / 365.25


@pytest.fixture
def assumptions():
    return AssumptionSetFactory(prior_years=Decimal("2.00"))


@pytest.fixture
def visits(assumptions):
    return WorkRateFactory(
        assumptions=assumptions, officer_minutes=60, back_office_minutes=12
    )


def _part(found, home, work_type):
    return next(p for p in found.parts(home.pk) if p.work_type.pk == work_type.pk)


def test_with_nothing_recorded_a_home_has_the_set_s_rate(assumptions, visits):
    home = PropertyFactory()

    found = expected_work(assumptions, on=ON)

    part = _part(found, home, visits.work_type)
    assert part.per_year == 2
    assert part.officer_hours == pytest.approx(2 * 60 / 60 / 12)
    assert part.back_office_hours == pytest.approx(2 * 12 / 60 / 12)
    assert part.source == RateSource.SET
    assert found.hours == {home.pk: pytest.approx(1 / 6)}
    assert found.mean_hours == pytest.approx(1 / 6)


def test_the_most_specific_rate_of_the_set_wins(assumptions, visits):
    area = HousingAreaFactory()
    for rate, values in (
        (3, {"area": area, "property_type": ""}),
        (4, {"area": None, "property_type": "flat"}),
        (5, {"area": area, "property_type": "flat"}),
    ):
        AreaRateFactory(rate=visits, per_year=rate, **values)
    here, elsewhere = WardFactory(area=area), WardFactory(area=None)
    homes = {
        PropertyFactory(ward=here, property_type="flat"): (5, RateSource.AREA_AND_TYPE),
        PropertyFactory(ward=here, property_type="house"): (3, RateSource.AREA),
        PropertyFactory(ward=elsewhere, property_type="flat"): (4, RateSource.TYPE),
        PropertyFactory(ward=elsewhere, property_type="house"): (2, RateSource.SET),
    }

    found = expected_work(assumptions, on=ON)

    for home, expected in homes.items():
        part = _part(found, home, visits.work_type)
        assert (part.per_year, part.source) == expected


def test_a_home_s_own_record_counts_for_its_years(assumptions, visits, ward):
    busy, quiet = PropertyFactory.create_batch(2, ward=ward)
    WorkRecordFactory(property=busy, work_type=visits.work_type, count=8, **YEAR)

    found = expected_work(assumptions, on=ON)

    area = (8 + AREA_PRIOR_YEARS * (8 / 2 / A_YEAR)) / (2 * A_YEAR + AREA_PRIOR_YEARS)
    part, other = (_part(found, home, visits.work_type) for home in (busy, quiet))
    assert part.area_rate == other.area_rate == pytest.approx(area)
    assert part.source == RateSource.RECORDED
    assert (part.recorded_count, other.recorded_count) == (8, 0)
    assert part.recorded_years == other.recorded_years == pytest.approx(A_YEAR)
    assert part.per_year == pytest.approx((8 + 2 * area) / (A_YEAR + 2))
    assert other.per_year == pytest.approx((0 + 2 * area) / (A_YEAR + 2))


def test_a_ward_without_records_keeps_the_set_s_rate(assumptions, visits, ward):
    WorkRecordFactory(
        property=PropertyFactory(ward=ward), work_type=visits.work_type, **YEAR
    )
    elsewhere = PropertyFactory()

    found = expected_work(assumptions, on=ON)

    part = _part(found, elsewhere, visits.work_type)
    assert (part.per_year, part.recorded_years) == (2, 0)


def test_work_nobody_counts_is_not_taken_for_none(assumptions, visits, ward):
    """Visits are counted in the ward, letters nowhere: letters keep their rate."""
    letters = WorkRateFactory(assumptions=assumptions)
    home = PropertyFactory(ward=ward)
    WorkRecordFactory(property=home, work_type=visits.work_type, **YEAR)

    found = expected_work(assumptions, on=ON)

    part = _part(found, home, letters.work_type)
    assert (part.per_year, part.recorded_years) == (2, 0)


def test_a_day_without_rows_of_a_home_is_a_record_of_nothing(assumptions, visits, ward):
    """Work of another kind in the ward shows that its days were counted."""
    other = WorkRateFactory(assumptions=assumptions)
    home, neighbour = PropertyFactory.create_batch(2, ward=ward)
    elsewhere = PropertyFactory()
    WorkRecordFactory(property=neighbour, work_type=other.work_type, **YEAR)
    WorkRecordFactory(property=elsewhere, work_type=visits.work_type, **YEAR)

    found = expected_work(assumptions, on=ON)

    part = _part(found, home, visits.work_type)
    assert (part.recorded_count, part.recorded_years) == (0, pytest.approx(A_YEAR))


def test_only_time_under_management_is_known(assumptions, visits, ward):
    landlord = LandlordFactory()
    old = PropertyFactory(ward=ward, landlord=landlord)
    new = PropertyFactory(
        ward=ward, landlord=landlord, managed_from=dt.date(2026, 9, 1)
    )
    WorkRecordFactory(property=old, work_type=visits.work_type, **YEAR)

    found = expected_work(assumptions, on=ON)

    assert _part(found, new, visits.work_type).recorded_years == pytest.approx(
        30 / 365.25
    )


def test_homes_of_the_first_list_were_managed_before_it(assumptions, visits, ward):
    """A list without dates makes the day it is imported the start of management."""
    home = PropertyFactory(ward=ward, managed_from=dt.date(2026, 9, 30))
    WorkRecordFactory(property=home, work_type=visits.work_type, **YEAR)

    found = expected_work(assumptions, on=ON)

    part = _part(found, home, visits.work_type)
    assert part.recorded_years == pytest.approx(A_YEAR)
    assert part.recorded_count == 3


def test_records_from_before_management_do_not_count(assumptions, visits, ward):
    landlord = LandlordFactory()
    old = PropertyFactory(ward=ward, landlord=landlord)
    new = PropertyFactory(ward=ward, landlord=landlord, managed_from=ON)
    for home in (old, new):
        WorkRecordFactory(property=home, work_type=visits.work_type, count=3, **YEAR)

    found = expected_work(assumptions, on=ON)

    part = _part(found, new, visits.work_type)
    assert (part.recorded_count, part.recorded_years) == (0, 0)
    area = (3 + AREA_PRIOR_YEARS * 3 / A_YEAR) / (A_YEAR + AREA_PRIOR_YEARS)
    assert part.area_rate == pytest.approx(area)


def test_records_begun_after_the_day_are_left_out(assumptions, visits, ward):
    home = PropertyFactory(ward=ward)
    WorkRecordFactory(property=home, work_type=visits.work_type, **YEAR)

    found = expected_work(assumptions, on=dt.date(2025, 9, 30))

    assert _part(found, home, visits.work_type).recorded_count == 0


def test_planned_work_comes_as_often_as_planned(assumptions, ward):
    planned = WorkRateFactory(assumptions=assumptions, nature="proactive")
    home = PropertyFactory(ward=ward)
    WorkRecordFactory(property=home, work_type=planned.work_type, count=9, **YEAR)

    part = _part(expected_work(assumptions, on=ON), home, planned.work_type)

    assert (part.per_year, part.recorded_count) == (2, 0)


def test_work_of_a_block_is_shared_by_its_managed_homes(assumptions, ward):
    rate = WorkRateFactory(
        assumptions=assumptions, basis="block", officer_minutes=60, per_year=12
    )
    block = BlockFactory(ward=ward)
    some, other = PropertyFactory.create_batch(2, ward=ward, block=block)
    PropertyFactory(ward=ward, block=block, managed_to=dt.date(2026, 1, 1))
    house = PropertyFactory(ward=ward)

    found = expected_work(assumptions, on=ON)

    assert found.hours == {
        some.pk: pytest.approx(0.5),
        other.pk: pytest.approx(0.5),
        house.pk: 0,
    }
    assert _part(found, some, rate.work_type).shared_by == 2


def test_work_of_a_patch_belongs_to_no_home_and_counts_once(assumptions, visits, ward):
    meetings = WorkRateFactory(
        assumptions=assumptions, basis="patch", officer_minutes=120, per_year=24
    )
    homes = PropertyFactory.create_batch(3, ward=ward)

    found = expected_work(assumptions, on=ON)
    parts = {part.work_type.pk: part for part in found.total([h.pk for h in homes])}

    assert found.patch_hours == pytest.approx(4)
    assert meetings.work_type_id not in {
        part.work_type.pk for part in found.parts(homes[0].pk)
    }
    assert parts[meetings.work_type_id].officer_hours == pytest.approx(4)
    assert parts[visits.work_type_id].per_year == pytest.approx(6)


def test_the_total_leaves_out_homes_no_longer_managed(assumptions, visits):
    home = PropertyFactory()
    sold = PropertyFactory(managed_to=dt.date(2026, 1, 1))

    (part,) = expected_work(assumptions, on=ON).total([home.pk, sold.pk])

    assert part.per_year == 2


def test_a_home_weighs_the_same_alone_and_in_the_city(assumptions, visits):
    wards = WardFactory.create_batch(3)
    for number, ward in enumerate(wards):
        for home in PropertyFactory.create_batch(3, ward=ward):
            WorkRecordFactory(
                property=home, work_type=visits.work_type, count=number, **YEAR
            )

    of_all = expected_work(assumptions, on=ON)
    of_one = expected_work(assumptions, on=ON, ward_ids=[wards[1].pk])

    assert len(of_one.hours) == 3
    assert of_one.hours == {pk: of_all.hours[pk] for pk in of_one.hours}


def test_a_city_without_homes_or_work(assumptions):
    found = expected_work(assumptions, on=ON)

    assert (found.hours, found.types, found.mean_hours) == ({}, [], 0)
    assert found.total([1]) == []


def test_queries_do_not_grow(assumptions, django_assert_num_queries):
    work_types = WorkTypeFactory.create_batch(3)
    rates = [
        WorkRateFactory(assumptions=assumptions, work_type=kind) for kind in work_types
    ]
    for home in PropertyFactory.create_batch(2):
        WorkRecordFactory(property=home, work_type=work_types[0], **YEAR)
    with CaptureQueriesContext(connection) as few:
        expected_work(assumptions, on=ON)
    for home in PropertyFactory.create_batch(10):
        WorkRecordFactory(property=home, work_type=work_types[1], **YEAR)
        AreaRateFactory(rate=rates[2])

    with django_assert_num_queries(len(few)):
        expected_work(assumptions, on=ON)
