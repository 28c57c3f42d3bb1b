"""The assumptions Housing+ comes with."""

import pytest

from housingplus.audit.models import AuditEvent
from patches.design.models import AssumptionSet, WorkRate, WorkType
from patches.design.selectors.assumptions import default_assumptions
from patches.design.selectors.workload import expected_work
from patches.design.services.assumptions import create_default_assumptions
from patches.design.workload.defaults import DEFAULT_WORK
from tests.factories.designs import AssumptionSetFactory, WorkTypeFactory
from tests.factories.patches import BlockFactory, PropertyFactory

pytestmark = pytest.mark.django_db


def test_the_default_set_has_every_kind_of_work(manager):
    made = create_default_assumptions(by=manager)

    assert made == default_assumptions()
    assert made.created_by == manager
    assert [rate.work_type.name for rate in made.rates.all()] == [
        work.name for work in DEFAULT_WORK
    ]
    assert "assumptions, not measurements" in made.notes
    assert AuditEvent.objects.filter(verb="assumptions.created", by=manager).exists()


def test_asking_twice_makes_one(manager):
    first = create_default_assumptions(by=manager)

    second = create_default_assumptions(by=None)

    assert first == second
    assert AssumptionSet.objects.count() == 1
    assert WorkRate.objects.count() == WorkType.objects.count() == len(DEFAULT_WORK)


def test_a_default_set_of_one_s_own_is_left_alone(manager):
    own = AssumptionSetFactory(is_default=True)

    assert create_default_assumptions(by=manager) == own
    assert AssumptionSet.objects.count() == 1


def test_kinds_of_work_known_by_name_are_used(manager):
    known = WorkTypeFactory(name="rent ARREARS", service="Rents")

    made = create_default_assumptions(by=manager)

    known.refresh_from_db()
    assert known.service == "Rents"
    assert made.rates.filter(work_type=known).exists()
    assert WorkType.objects.count() == len(DEFAULT_WORK)


def test_290_average_homes_make_an_officer_s_month(manager):
    """A third of the homes flats, a block for each 27 of those."""
    made = create_default_assumptions(by=manager)
    for at in range(3):
        block = BlockFactory()
        kinds = ["flat"] * 27 + ["house"] * 40 + ["bungalow"] * 14
        for kind in kinds:
            PropertyFactory(
                ward=block.ward,
                property_type=kind,
                block=block if kind == "flat" else None,
                building=str(at),
            )

    found = expected_work(made, on=made.dated)

    month = 290 * found.mean_hours + found.patch_hours
    assert month == pytest.approx(float(made.monthly_capacity), rel=0.02)
