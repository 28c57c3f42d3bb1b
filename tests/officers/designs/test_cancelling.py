"""Cancelling a publication before its day: as if it had never been."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.apps import apps

from housingplus.audit.models import AuditEvent
from officers.assignments.services import assign_lead, cancel_planned, reassign_all
from officers.models import Assignment
from patches.design.errors import DesignRefused
from patches.models import (
    DesignStatus,
    Patch,
    PatchDesign,
    PatchMembership,
    Property,
)
from patches.register.errors import UndoRefused
from patches.register.services import move_homes
from tests.factories.designs import make_drawn_design
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import (
    PatchBandFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)
from tests.factories.tenants import TaraPatchFactory

from .conftest import LATER, day

pytestmark = pytest.mark.django_db

# What is only ever added to, and the counter that tells an edit from a later one.
HISTORY = {"AuditEvent", "DesignEvent"}


def dump() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours, but for history and versions."""
    tables = {}
    for label in ("patches", "officers", "tenants", "jobs"):
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            if model.__name__ in HISTORY:
                continue
            rows = model._base_manager.order_by("pk").values()
            tables[model.__name__] = [
                {name: value for name, value in row.items() if name != "version"}
                for row in rows
            ]
    return tables


@pytest.fixture
def everything(plan):
    """Homes, covers and designs of every kind a publication meets."""
    AssignmentFactory(patch=plan.third, kind="cover", officer=plan.ann, ends_on=day(60))
    AssignmentFactory(patch=plan.first, kind="cover", officer=plan.bo, ends_on=day(60))
    Property.objects.filter(pk__in=[plan.homes[2].pk, plan.homes[8].pk]).update(
        managed_to=day(5)
    )
    PatchMembership.objects.filter(property=plan.homes[9]).update(ends_on=day(90))
    PropertyFactory(ward=plan.ward)
    PatchBandFactory(patch=plan.first, starts_on=day(10), ends_on=day(49))
    PatchBandFactory(patch=plan.first, starts_on=day(50))
    PatchMembershipFactory(
        patch=plan.third,
        property=PropertyFactory(ward=plan.ward, street=plan.homes[3].street),
    )
    from officers.models import ProposedLead

    ProposedLead.objects.create(design_patch=plan.drawn[1], officer=plan.ann)
    older = make_drawn_design(
        ward=WardFactory(), status=DesignStatus.SCHEDULED, starts_on=day(-300)
    ).design
    older.wards.set([plan.ward])
    return older


def test_cancelling_restores_every_table_exactly(plan, everything, publish, cancel):
    before = dump()
    published = publish()
    assert dump() != before
    everything.refresh_from_db()
    assert everything.superseded_by == published

    design = cancel()

    assert dump() == before
    assert (design.status, design.starts_on) == ("approved", None)
    event = design.events.last()
    assert (event.from_status, event.to_status, event.note) == (
        "scheduled",
        "approved",
        "Councillors asked",
    )


def test_publishing_again_after_cancelling_does_the_same(plan, publish, cancel):
    first = publish()
    flows = set(first.successions.values_list("from_patch__code", "home_count"))
    cancel()
    again = publish()
    assert set(again.successions.values_list("from_patch__code", "home_count")) == flows


def test_what_was_recorded_stays(plan, publish, cancel, manager):
    publish()
    new = Patch.objects.get(code=plan.drawn[2].code).pk
    cancel()
    verbs = AuditEvent.objects.filter(by=manager).values_list("verb", flat=True)
    assert {
        "patch design.cancelled",
        "homes.move_undone",
        "patch.removed",
        "patch.kept_open",
        "assignment.lead_cancelled",
        "assignment.lead_extended",
    } <= set(verbs)
    assert AuditEvent.objects.filter(verb="patch.removed", subject_id=new).exists()


def test_cancelling_says_why(publish, cancel):
    publish()
    with pytest.raises(DesignRefused, match="Say why"):
        cancel(reason=" ")


def test_a_double_click_cancels_once(publish, cancel):
    version = publish().version
    first = cancel(version=version)
    assert cancel(version=version).version == first.version
    assert first.events.filter(from_status="scheduled").count() == 1


def test_what_is_in_force_is_not_cancelled(plan, publish, cancel):
    publish()
    moment = dt.datetime.combine(plan.starts_on, dt.time(12), dt.UTC)
    with (
        time_machine.travel(moment, tick=False),
        pytest.raises(DesignRefused, match="has been in force since"),
    ):
        cancel()


def test_cancelling_is_refused_once_its_homes_are_to_move_on(
    plan, publish, cancel, manager
):
    publish()
    new = Patch.objects.get(code=plan.drawn[2].code)
    move_homes(
        properties=[plan.homes[8].pk],
        to_patch=plan.second,
        starts_on=day(60),
        reason="Repairs",
        token="6a7c1b1e-0000-4000-8000-000000000011",
        by=manager,
    )
    with pytest.raises(UndoRefused, match="Since then 1 home has been moved again"):
        cancel()
    assert PatchDesign.objects.get(pk=plan.design.pk).status == "scheduled"
    assert new.memberships.count() == 4


def test_cancelling_is_refused_under_a_later_plan_for_the_same_wards(
    plan, publish, cancel, client_for, manager
):
    publish()
    later = make_drawn_design(
        name="Later",
        ward=plan.ward,
        status=DesignStatus.SCHEDULED,
        starts_on=day(LATER + 5),
    ).design
    assert later.wards.get() == plan.ward

    says = "“Later” is published for .* Cancel that one first"
    with pytest.raises(DesignRefused, match=says):
        cancel()
    page = client_for(manager).get(f"/designs/{plan.design.pk}/publish/cancel/")
    assert page.status_code == 409
    assert "Cancel that one first" in page.content.decode()


def test_cancelling_is_refused_once_other_homes_come_to_its_patches(
    plan, publish, cancel, manager
):
    home = PropertyFactory(ward=plan.ward)
    publish()
    move_homes(
        properties=[home.pk],
        to_patch=Patch.objects.get(code=plan.drawn[2].code),
        starts_on=plan.starts_on,
        reason="New home",
        token="6a7c1b1e-0000-4000-8000-000000000012",
        by=manager,
    )
    with pytest.raises(DesignRefused, match="named in 1 "):
        cancel()


def test_cancelling_is_refused_once_something_names_its_patches(plan, publish, cancel):
    publish()
    TaraPatchFactory(patch=Patch.objects.get(code=plan.drawn[2].code))
    with pytest.raises(DesignRefused, match="named in 1 patch of a TARA since"):
        cancel()


def test_cancelling_is_refused_once_another_lead_is_planned(
    plan, publish, cancel, manager
):
    publish()
    new = Patch.objects.get(code=plan.drawn[2].code)
    assign_lead(patch=new, officer=plan.bo, starts_on=day(60), by=manager)
    with pytest.raises(DesignRefused, match=f"Who answers for {new.code} was changed"):
        cancel()


def test_cancelling_is_refused_once_a_closing_patch_changed_hands(
    plan, publish, cancel, manager
):
    publish()
    assign_lead(patch=plan.third, officer=plan.bo, starts_on=day(3), by=manager)
    with pytest.raises(DesignRefused, match=f"{plan.third.code} was changed"):
        cancel()


def test_a_lead_planned_for_a_patch_the_plan_left_alone_stays(
    plan, publish, cancel, manager
):
    publish()
    assign_lead(patch=plan.second, officer=plan.ann, starts_on=day(60), by=manager)
    assert cancel().status == "approved"
    rows = Assignment.objects.filter(patch=plan.second).order_by("starts_on")
    assert [row.officer for row in rows] == [plan.bo, plan.ann]


def test_a_new_lead_may_be_cancelled_and_an_officer_leave_meanwhile(
    plan, publish, manager
):
    """What a publication placed is an assignment like any other."""
    publish()
    new = Patch.objects.get(code=plan.drawn[2].code)
    planned = Assignment.objects.get(patch=new)
    cancel_planned(assignment=planned, by=manager)
    assert not Assignment.objects.filter(patch=new).exists()
    assign_lead(patch=new, officer=plan.cy, starts_on=plan.starts_on, by=manager)
    reassign_all(
        officer=plan.cy, left_on=day(5), successors={}, reason="Leaving", by=manager
    )
    assert Assignment.objects.get(patch=new, team=plan.team).starts_on == plan.starts_on


def test_cancelling_after_a_lead_was_cancelled_removes_the_patch_too(
    plan, publish, cancel, manager
):
    publish()
    new = Patch.objects.get(code=plan.drawn[2].code)
    cancel_planned(assignment=Assignment.objects.get(patch=new), by=manager)
    cancel()
    assert not Patch.objects.filter(pk=new.pk).exists()


def test_reopening_is_refused_where_the_last_day_was_changed(plan, publish, cancel):
    publish()
    Patch.objects.filter(pk=plan.third.pk).update(ends_on=day(50))
    with pytest.raises(DesignRefused, match="The last day of .* was changed to"):
        cancel()
    Patch.objects.filter(pk=plan.third.pk).update(ends_on=None)
    assert cancel().status == "approved"
