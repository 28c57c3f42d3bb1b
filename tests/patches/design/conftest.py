"""Homes on streets in two ward teams' areas, and designs drawn on them."""

from __future__ import annotations

import uuid
from functools import partial

import pytest

from housingplus.common.dates import today
from housingplus.jobs.models import Job
from housingplus.jobs.services import create_job, run_job
from patches.design.services.designs import create_design
from patches.design.services.drawing import draw
from patches.models import Patch, PatchDesign, Property, Ward
from tests.factories.designs import AssumptionSetFactory, WorkRateFactory
from tests.factories.patches import (
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)

EAST, NORTH = 402_000, 437_000


@pytest.fixture
def make_streets():
    """Make homes on streets a hundred metres apart, in patches side by side."""

    def make(
        ward: Ward, patches: list[Patch] | None = None, streets: int = 6, homes: int = 4
    ) -> list[Property]:
        made = []
        for street in range(streets):
            inward = f"{street % 10}{chr(65 + street // 10)}A"
            for number in range(homes):
                home = PropertyFactory(
                    ward=ward,
                    street=f"{ward.name} Road {street}",
                    postcode=f"ZK{ward.pk % 90 + 1} {inward}",
                    easting=EAST + street * 100 + 2_000 * (ward.pk % 90),
                    northing=NORTH + number,
                )
                if patches:
                    patch = patches[street * len(patches) // streets]
                    PatchMembershipFactory(property=home, patch=patch)
                made.append(home)
        return made

    return make


@pytest.fixture
def assumptions():
    """Every home needs half an hour twice a year."""
    rate = WorkRateFactory(assumptions=AssumptionSetFactory(band_min=8, band_max=12))
    return rate.assumptions


@pytest.fixture
def make_design(manager, assumptions):
    """Make a draft for some wards."""

    def make(*wards: Ward, **values) -> PatchDesign:
        given = {
            "name": "Spring",
            "homes_on": today(),
            "assumptions": assumptions,
            "token": uuid.uuid4(),
            "by": manager,
        }
        return create_design(wards=wards, **{**given, **values})

    return make


@pytest.fixture
def draw_now(manager):
    """Draw a design at once, each ward an area unless told otherwise."""

    def now(design: PatchDesign, areas=None) -> Job:
        areas = areas or [(ward.name, (ward.pk,)) for ward in design.wards.all()]
        job = create_job(kind="test", by=manager)
        run_job(job.pk, partial(draw, design.pk, areas))
        job.refresh_from_db()
        design.refresh_from_db()
        return job

    return now


@pytest.fixture
def uneven(make_streets, make_design):
    """Return a design of a ward where one patch has four streets and one has two."""
    ward = WardFactory()
    patches = [PatchFactory(ward=ward) for _ in range(2)]
    make_streets(ward, [patches[0], patches[0], patches[1]], streets=6)
    return make_design(ward, sizing="present")
