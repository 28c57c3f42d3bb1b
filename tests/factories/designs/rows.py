"""Assumptions, records of work, designs and their alternatives."""

import datetime as dt
import uuid
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from patches.models import (
    AlternativeKind,
    AreaRate,
    AssumptionSet,
    BarrierSet,
    DesignAlternative,
    DesignRule,
    PatchDesign,
    RuleKind,
    WorkRate,
    WorkRecord,
    WorkType,
)
from tests.factories.officers import UserFactory
from tests.factories.patches import HousingAreaFactory, PropertyFactory

DATED = dt.date(2026, 1, 5)


class WorkTypeFactory(DjangoModelFactory):
    class Meta:
        model = WorkType

    name = factory.Sequence(lambda n: f"Visit {n}")
    order = factory.Sequence(lambda n: n % 1000)


class WorkRecordFactory(DjangoModelFactory):
    class Meta:
        model = WorkRecord

    property = factory.SubFactory(PropertyFactory)
    work_type = factory.SubFactory(WorkTypeFactory)
    count = 3
    starts_on = dt.date(2025, 1, 1)
    ends_on = dt.date(2025, 12, 31)


class AssumptionSetFactory(DjangoModelFactory):
    class Meta:
        model = AssumptionSet

    name = factory.Sequence(lambda n: f"Agreed figures {n}")
    dated = DATED


class WorkRateFactory(DjangoModelFactory):
    """Half an hour of the officer's time for every home twice a year."""

    class Meta:
        model = WorkRate

    assumptions = factory.SubFactory(AssumptionSetFactory)
    work_type = factory.SubFactory(WorkTypeFactory)
    officer_minutes = 30
    per_year = Decimal("2.000")


class AreaRateFactory(DjangoModelFactory):
    class Meta:
        model = AreaRate

    rate = factory.SubFactory(WorkRateFactory)
    area = factory.SubFactory(HousingAreaFactory)
    per_year = Decimal("3.000")


class BarrierSetFactory(DjangoModelFactory):
    """A river from west to east with one bridge."""

    class Meta:
        model = BarrierSet

    name = factory.Sequence(lambda n: f"Rivers {n}")
    lines = factory.LazyFunction(lambda: [[[401_000, 436_500], [409_000, 436_500]]])
    bridges = factory.LazyFunction(lambda: [[405_000, 436_500]])
    uploaded_by = factory.SubFactory(UserFactory)


class PatchDesignFactory(DjangoModelFactory):
    """A draft on which nothing is drawn yet; `wards=[…]` gives its wards."""

    class Meta:
        model = PatchDesign
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Spring design {n}")
    reason = "Two patches are far over their band."
    homes_on = DATED
    assumptions = factory.SubFactory(AssumptionSetFactory)
    token = factory.LazyFunction(uuid.uuid4)
    created_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def wards(self, create, wards, **kwargs):
        if create and wards:
            self.wards.set(wards)


class DesignRuleFactory(DjangoModelFactory):
    """Homes of one association; give `patch` for the kinds that have one."""

    class Meta:
        model = DesignRule

    design = factory.SubFactory(PatchDesignFactory)
    kind = RuleKind.TOGETHER
    label = "Elm tenants’ association"


class DesignAlternativeFactory(DjangoModelFactory):
    class Meta:
        model = DesignAlternative

    design = factory.SubFactory(PatchDesignFactory)
    number = factory.Sequence(lambda n: n + 1)
    kind = AlternativeKind.BEST_BALANCE
    name = factory.LazyAttribute(lambda row: AlternativeKind(row.kind).label)
    tolerance = Decimal("2.0")
