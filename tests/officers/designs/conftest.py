"""An approved design of three patches, each with a lead: one is drawn anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from housingplus.common.dates import today
from officers.designs import services
from patches.models import DesignStatus, PatchDesign
from tests.factories.designs import make_drawn_design
from tests.factories.officers import AssignmentFactory, OfficerFactory

LATER = 30


def day(ahead: int = LATER) -> dt.date:
    """A day so many days from today."""
    return today() + dt.timedelta(days=ahead)


@pytest.fixture
def plan(ward, team, manager):
    """`first` goes on without its last street, `second` takes that in, `third` closes.

    Homes 0 to 3 are in `first`, 4 to 7 in `second`, 8 to 11 in `third`, led by `ann`,
    `bo` and `cy`. In place of `third` a new patch is drawn.
    """
    made = make_drawn_design(
        patches=3, new=1, ward=ward, author=manager, status=DesignStatus.APPROVED
    )
    first, second, third = made.present
    ann, bo, cy = (OfficerFactory(name=name) for name in ("Ann", "Bo", "Cy"))
    leads = [
        AssignmentFactory(patch=patch, officer=officer)
        for patch, officer in zip(made.present, (ann, bo, cy), strict=True)
    ]
    return SimpleNamespace(
        made=made,
        design=made.design,
        first=first,
        second=second,
        third=third,
        homes=made.homes,
        drawn=made.drawn,
        ann=ann,
        bo=bo,
        cy=cy,
        leads=leads,
        team=team,
        ward=ward,
        starts_on=day(),
    )


@pytest.fixture
def publish(plan, manager) -> Callable[..., PatchDesign]:
    """Publish the plan for its day, unless told otherwise."""

    def act(**changes):
        design = PatchDesign.objects.get(pk=plan.design.pk)
        given = {
            "design": design,
            "starts_on": plan.starts_on,
            "version": design.version,
            "by": manager,
        }
        return services.publish_design(**given | changes)

    return act


@pytest.fixture
def cancel(plan, manager) -> Callable[..., PatchDesign]:
    """Cancel the publication of the plan."""

    def act(**changes):
        design = PatchDesign.objects.get(pk=plan.design.pk)
        given = {
            "design": design,
            "reason": "Councillors asked",
            "version": design.version,
            "by": manager,
        }
        return services.cancel_publication(**given | changes)

    return act
