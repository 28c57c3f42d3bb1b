"""Modelled against actual, read from the database."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patches.design.models import DesignPatchWork, DesignStatus, WorkType
from patches.design.months import Month
from patches.design.rules.chance import Verdict
from patches.design.selectors.actual_work import compare_work
from patches.design.selectors.counted_work import count_work
from patches.register.models import Patch
from tests.factories.designs import (
    AssumptionSetFactory,
    WorkRateFactory,
    WorkRecordFactory,
    WorkTypeFactory,
    make_drawn_design,
)
from tests.factories.patches import (
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
)

pytestmark = pytest.mark.django_db
YEAR = [Month(2026, number) for number in range(1, 13)]
A_YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def record(home, kind, count, starts_on=A_YEAR[0], ends_on=A_YEAR[1]):
    return WorkRecordFactory(
        property=home,
        work_type=kind,
        count=count,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def designed(**fields):
    """A design in force since 2025: two pieces a year for each of its homes."""
    return make_drawn_design(
        status=DesignStatus.SCHEDULED, starts_on=dt.date(2025, 6, 1), **fields
    )


def patches():
    return list(Patch.objects.select_related("ward").order_by("code"))


def test_a_period_is_spread_evenly_over_its_days():
    membership = PatchMembershipFactory()
    kind = WorkTypeFactory()
    record(membership.property, kind, 365)
    pieces = count_work(YEAR).pieces
    assert pieces[membership.patch_id, 0, kind.pk] == pytest.approx(31)
    assert pieces[membership.patch_id, 1, kind.pk] == pytest.approx(28)
    assert sum(pieces.values()) == pytest.approx(365)


def test_lists_by_year_quarter_and_month_give_the_same():
    kind = WorkTypeFactory()
    yearly, quarterly, monthly = (PatchMembershipFactory() for _ in range(3))
    record(yearly.property, kind, 365)
    for first in (1, 4, 7, 10):
        start, end = Month(2026, first).first, Month(2026, first + 2).last
        record(quarterly.property, kind, (end - start).days + 1, start, end)
    for month in YEAR:
        record(monthly.property, kind, month.days, month.first, month.last)
    pieces = count_work(YEAR).pieces
    for at in range(12):
        counted = {
            round(pieces[row.patch_id, at, kind.pk], 6)
            for row in (yearly, quarterly, monthly)
        }
        assert len(counted) == 1


def test_what_a_home_needs_goes_with_it_from_the_day_it_moves():
    before = PatchMembershipFactory(ends_on=dt.date(2026, 1, 10))
    after = PatchMembershipFactory(
        property=before.property, starts_on=dt.date(2026, 1, 11)
    )
    kind = WorkTypeFactory()
    record(before.property, kind, 31, dt.date(2026, 1, 1), dt.date(2026, 1, 31))
    pieces = count_work(YEAR[:1]).pieces
    assert pieces[before.patch_id, 0, kind.pk] == pytest.approx(10)
    assert pieces[after.patch_id, 0, kind.pk] == pytest.approx(21)


def test_only_the_months_and_patches_asked_for_count():
    one, other = PatchMembershipFactory(), PatchMembershipFactory()
    kind = WorkTypeFactory()
    for row in (one, other):
        record(row.property, kind, 12)
    pieces = count_work(YEAR[3:5], [one.patch_id]).pieces
    assert {key[0] for key in pieces} == {one.patch_id}
    assert {key[1] for key in pieces} == {0, 1}


def test_expected_is_what_was_frozen_with_the_design():
    made = designed(patches=2, homes=6)
    for home in made.homes:
        record(home, made.work_type, 2)
    comparison = compare_work(patches(), YEAR)
    (compared,) = comparison.by_kind()
    assert compared.sum.expected == pytest.approx(24 * 365 / 365.25)
    assert compared.sum.recorded == pytest.approx(24)
    assert compared.minutes == pytest.approx(30)
    assert compared.verdict == Verdict.CHANCE
    assert comparison.total().expected_hours == pytest.approx(12, rel=1e-2)


def test_what_comes_far_more_often_is_named_with_its_hours():
    made = designed(patches=2, homes=20)
    for home in made.homes:
        record(home, made.work_type, 4)
    (compared,) = compare_work(patches(), YEAR).by_kind()
    assert compared.verdict == Verdict.MORE
    assert compared.sum.ratio == pytest.approx(2, rel=1e-2)
    assert compared.sum.extra_hours == pytest.approx(40, rel=1e-2)


def test_the_next_design_of_a_patch_is_compared_from_its_day():
    made = designed(patches=1, homes=4, moved=0)
    (patch,) = made.present
    later = make_drawn_design(
        patches=1,
        homes=2,
        moved=0,
        ward=made.ward,
        status=DesignStatus.SCHEDULED,
        starts_on=dt.date(2026, 7, 1),
    )
    # The second design is the patch's next one.
    later.design.published_patches.update(patch=patch)
    DesignPatchWork.objects.filter(patch__in=later.drawn).update(
        work_type=made.work_type, per_year=100
    )
    WorkRateFactory(assumptions=later.design.assumptions, work_type=made.work_type)
    record(made.homes[0], made.work_type, 12)
    sums = compare_work([patch], YEAR).by(lambda key: key[1])
    assert sums[5].expected == pytest.approx(8 * 30 / 365.25)
    assert sums[6].expected == pytest.approx(100 * 31 / 365.25)


def test_a_patch_of_no_design_has_what_the_default_set_expects():
    kind = WorkTypeFactory()
    default = AssumptionSetFactory(is_default=True)
    WorkRateFactory(assumptions=default, work_type=kind, per_year=3)
    patch = PatchFactory()
    homes = [
        PatchMembershipFactory(patch=patch, property__ward=patch.ward).property
        for _ in range(4)
    ]
    # Comes in the middle of the year, and needs what the others do.
    PatchMembershipFactory(
        patch=patch,
        property=PropertyFactory(ward=patch.ward, managed_from=dt.date(2026, 6, 30)),
        starts_on=dt.date(2026, 6, 30),
    )
    record(homes[0], kind, 12)
    sums = compare_work([patch], YEAR).by(lambda key: key[1])
    assert sums[0].expected == pytest.approx(12 * 31 / 365.25)
    assert sums[11].expected == pytest.approx(15 * 31 / 365.25)


def test_without_a_default_set_patches_of_no_design_are_named():
    membership = PatchMembershipFactory()
    record(membership.property, WorkTypeFactory(), 1)
    comparison = compare_work([membership.patch], YEAR)
    assert comparison.not_modelled == [membership.patch]
    assert not comparison.cells


def test_a_patch_without_any_record_is_left_out_and_named():
    made = designed(patches=2, homes=4)
    record(made.homes[0], made.work_type, 2)
    comparison = compare_work(patches(), YEAR)
    assert comparison.not_recorded == [made.present[1]]
    assert {key[0] for key in comparison.cells} == {made.present[0].pk}


def test_work_nobody_records_is_not_called_less_than_expected():
    made = designed(patches=1, homes=10, moved=0)
    record(made.homes[0], WorkTypeFactory(), 3)
    verdicts = {
        row.work_type.pk: row.verdict for row in compare_work(patches(), YEAR).by_kind()
    }
    assert verdicts[made.work_type.pk] == Verdict.NOT_RECORDED


def test_work_not_in_the_assumptions_is_said_to_be_so():
    made = designed(patches=1, homes=4, moved=0)
    kind = WorkTypeFactory()
    record(made.homes[0], kind, 3)
    found = {row.work_type.pk: row for row in compare_work(patches(), YEAR).by_kind()}
    assert found[kind.pk].verdict == Verdict.UNFORESEEN
    assert found[kind.pk].minutes is None


def test_days_before_and_after_the_records_are_not_compared():
    made = designed(patches=1, homes=10, moved=0)
    for home in made.homes:
        record(home, made.work_type, 1, Month(2026, 2).first, dt.date(2026, 3, 15))
    sums = compare_work(patches(), YEAR).by(lambda key: key[1])
    assert not sums[0].is_recorded
    assert sums[1].expected == pytest.approx(20 * 28 / 365.25)
    assert sums[2].expected == pytest.approx(20 * 15 / 365.25)
    assert sums[1].recorded + sums[2].recorded == pytest.approx(10)
    total = compare_work(patches(), YEAR).total()
    assert total.expected == pytest.approx(20 * 43 / 365.25)


def test_a_patch_that_begins_in_a_month_is_expected_to_need_its_days_only():
    made = make_drawn_design(
        patches=2,
        new=1,
        moved=0,
        status=DesignStatus.SCHEDULED,
        starts_on=dt.date(2026, 3, 17),
    )
    opened = made.design.published_patches.get(change="opened").patch
    home = made.homes_of(made.drawn[1])[0]
    record(home, made.work_type, 31, Month(2026, 3).first, Month(2026, 3).last)
    (cell,) = compare_work([opened], YEAR[2:3]).cells.values()
    assert cell.expected == pytest.approx(8 * 15 / 365.25)
    assert cell.recorded == pytest.approx(15)


def test_queries_do_not_grow():
    def with_more(homes):
        made = designed(patches=3, homes=homes)
        for home in made.homes:
            record(home, made.work_type, 2)
        PatchMembershipFactory()

    WorkRateFactory(
        assumptions=AssumptionSetFactory(is_default=True),
        work_type=WorkTypeFactory(),
    )
    with_more(2)
    with CaptureQueriesContext(connection) as few:
        compare_work(patches(), YEAR)
    with_more(6)
    with_more(3)
    with CaptureQueriesContext(connection) as many:
        compare_work(patches(), YEAR)
    assert len(many) == len(few)
    assert WorkType.objects.count() == 4
