"""What is drawn: areas, units, homes, and the patches of an alternative."""

import factory
from factory.django import DjangoModelFactory

from patches.models import (
    DesignArea,
    DesignHome,
    DesignPatch,
    DesignPatchWork,
    DesignPlacement,
    DesignUnit,
)
from tests.factories.patches import PropertyFactory, WardFactory

from .rows import DesignAlternativeFactory, PatchDesignFactory, WorkTypeFactory


class DesignAreaFactory(DjangoModelFactory):
    class Meta:
        model = DesignArea

    design = factory.SubFactory(PatchDesignFactory)
    number = factory.Sequence(lambda n: n)
    name = factory.Sequence(lambda n: f"Team area {n}")


class DesignUnitFactory(DjangoModelFactory):
    class Meta:
        model = DesignUnit

    area = factory.SubFactory(DesignAreaFactory)
    number = factory.Sequence(lambda n: n)
    name = factory.Sequence(lambda n: f"Elm Road {n}, ZK1 1AA")
    home_count = 1
    hours = 1.0
    easting = 402_000.0
    northing = 437_000.0


class DesignHomeFactory(DjangoModelFactory):
    """A home of a unit; with `unit=None` give its `area`."""

    class Meta:
        model = DesignHome

    unit = factory.SubFactory(DesignUnitFactory)
    area = factory.LazyAttribute(lambda row: row.unit.area)
    design = factory.SelfAttribute("area.design")
    property = factory.SubFactory(PropertyFactory)
    hours = 1.0
    easting = 402_000.0
    northing = 437_000.0
    postcode = factory.SelfAttribute("property.postcode")
    street = factory.SelfAttribute("property.street")


class DesignPatchFactory(DjangoModelFactory):
    """A new patch of an alternative, in an area of the same design."""

    class Meta:
        model = DesignPatch

    alternative = factory.SubFactory(DesignAlternativeFactory)
    area = factory.SubFactory(
        DesignAreaFactory, design=factory.SelfAttribute("..alternative.design")
    )
    number = factory.Sequence(lambda n: n)
    code = factory.Sequence(lambda n: f"S{n:03d}")
    ward = factory.SubFactory(WardFactory)
    home_count = 290
    hours = 290.0
    deviation = 0.0
    walk_metres = 200.0
    walk_spread = 350.0
    middle = "1 Elm Road"
    band_min = 280
    band_max = 300


class DesignPlacementFactory(DjangoModelFactory):
    """A unit in a patch of the same design's area."""

    class Meta:
        model = DesignPlacement

    patch = factory.SubFactory(DesignPatchFactory)
    alternative = factory.SelfAttribute("patch.alternative")
    unit = factory.SubFactory(
        DesignUnitFactory, area=factory.SelfAttribute("..patch.area")
    )


class DesignPatchWorkFactory(DjangoModelFactory):
    class Meta:
        model = DesignPatchWork

    patch = factory.SubFactory(DesignPatchFactory)
    work_type = factory.SubFactory(WorkTypeFactory)
    per_year = 580.0
    officer_hours = 24.2
