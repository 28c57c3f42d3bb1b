"""What stands in the way of publishing a design is said, and nothing changes."""

from __future__ import annotations

import pytest

from officers.designs.planning import plan_leads
from officers.designs.services import fingerprint
from officers.models import ProposedLead
from patches.design.errors import DesignChanged, DesignRefused
from patches.design.selectors.publishing import plan_publication
from patches.design.services import deciding
from patches.models import DesignRule, DesignStatus, Patch, Property
from patches.register.services import move_homes, undo_move
from tests.factories.designs import make_drawn_design
from tests.factories.officers import AssignmentFactory, OfficerFactory, TeamWardFactory
from tests.factories.patches import (
    PatchBandFactory,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)

from .conftest import day

pytestmark = pytest.mark.django_db


def test_publishing_refuses_what_changed_after_the_check(plan, publish):
    checked = plan_publication(plan.design, plan.starts_on)
    seen = fingerprint(checked, plan_leads(checked))
    ProposedLead.objects.create(design_patch=plan.drawn[0], officer=plan.bo)

    with pytest.raises(DesignChanged, match="Check it again"):
        publish(seen=seen)
    assert not Patch.objects.filter(code=plan.drawn[2].code).exists()
    ProposedLead.objects.all().delete()
    assert publish(seen=seen).status == "scheduled"


def test_publishing_refuses_a_design_not_approved(plan, publish, manager):
    deciding.send_back(
        design=plan.design, note="No", version=plan.design.version, by=manager
    )
    with pytest.raises(DesignRefused, match="cannot become scheduled"):
        publish()


@pytest.mark.parametrize("ahead", [-1, 0, 800])
def test_publishing_refuses_days_gone_and_far(publish, ahead):
    with pytest.raises(DesignRefused) as refused:
        publish(starts_on=day(ahead))
    assert refused.value.field == "starts_on"


def test_new_homes_with_no_neighbours_stand_in_the_way(plan, publish):
    home = PropertyFactory(ward=plan.ward, street="Nowhere Lane", postcode="ZK9 9ZZ")
    PatchMembershipFactory(patch=plan.third, property=home)
    with pytest.raises(DesignRefused, match="1 home was not drawn, its patch closes"):
        publish()


def test_planned_moves_of_its_homes_stand_in_the_way(plan, publish, manager):
    move = move_homes(
        properties=[plan.homes[2].pk],
        to_patch=plan.second,
        starts_on=day(40),
        reason="Repairs",
        token="6a7c1b1e-0000-4000-8000-000000000002",
        by=manager,
    )
    with pytest.raises(DesignRefused, match="1 home has a move planned for"):
        publish()
    undo_move(move=move, by=manager)
    assert publish().status == "scheduled"


def test_a_code_used_meanwhile_stands_in_the_way(plan, publish):
    PatchFactory(code=plan.drawn[2].code.lower(), ends_on=day(-100))
    with pytest.raises(DesignRefused, match="There is or was a patch n"):
        publish()


def test_patches_closing_or_beginning_otherwise_stand_in_the_way(plan, publish):
    Patch.objects.filter(pk=plan.first.pk).update(ends_on=day(50))
    with pytest.raises(DesignRefused, match="which closes on"):
        publish()
    Patch.objects.filter(pk=plan.first.pk).update(ends_on=None)
    Patch.objects.filter(pk=plan.third.pk).update(ends_on=day(50))
    with pytest.raises(DesignRefused, match="is to close on .* already"):
        publish()
    Patch.objects.filter(pk=plan.third.pk).update(ends_on=None)
    PatchFactory(ward=plan.ward, starts_on=plan.starts_on)
    with pytest.raises(DesignRefused, match="is to begin on"):
        publish()


def test_a_band_planned_for_the_very_day_stands_in_the_way(plan, publish):
    PatchBandFactory(patch=plan.first, starts_on=day(10))
    assert PatchBandFactory(patch=plan.second, starts_on=plan.starts_on)
    with pytest.raises(DesignRefused, match="is to have another band from"):
        publish()


@pytest.mark.parametrize("kind", ["lead", "cover"])
def test_what_is_planned_for_a_closing_patch_stands_in_the_way(plan, publish, kind):
    plan.leads[2].ends_on = day(39)
    plan.leads[2].save()
    AssignmentFactory(
        patch=plan.third,
        kind=kind,
        officer=plan.bo,
        starts_on=day(40),
        ends_on=day(50),
    )
    with pytest.raises(DesignRefused, match="Bo is to .*Cancel that first"):
        publish()


def test_a_lead_planned_where_the_plan_wants_another_stands_in_the_way(plan, publish):
    plan.leads[0].ends_on = day(39)
    plan.leads[0].save()
    AssignmentFactory(patch=plan.first, officer=plan.bo, starts_on=day(40))
    ProposedLead.objects.create(design_patch=plan.drawn[0], officer=plan.cy)
    with pytest.raises(DesignRefused, match="Bo is to lead on"):
        publish()


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"left_on": day(10)}, "last day is"),
        ({"started_on": day(31)}, "starts work on"),
    ],
)
def test_leads_not_in_post_that_day_stand_in_the_way(plan, publish, dates, words):
    away = OfficerFactory(**dates)
    ProposedLead.objects.create(design_patch=plan.drawn[2], officer=away)
    with pytest.raises(DesignRefused, match=words):
        publish()


def test_a_home_kept_out_of_a_patch_does_not_fall_to_its_officer(plan, publish):
    DesignRule.objects.create(
        design=plan.design,
        kind="not_in",
        patch=plan.first,
        homes=[plan.homes[8].pk],
        label="Conflict of interest",
    )
    ProposedLead.objects.create(design_patch=plan.drawn[2], officer=plan.ann)
    with pytest.raises(DesignRefused, match="so Ann cannot lead it"):
        publish()


def test_a_patch_lies_in_the_wards_of_one_team(plan, publish):
    other = TeamWardFactory(ward=WardFactory()).ward
    plan.design.wards.add(other)
    Property.objects.filter(pk=plan.homes[0].pk).update(ward=other)
    with pytest.raises(DesignRefused, match="wards of different ward teams"):
        publish()


def test_nobody_answering_stands_in_the_way(plan, publish):
    ProposedLead.objects.create(design_patch=plan.drawn[2], officer=None)
    plan.team.team_wards.update(ends_on=day(3))
    with pytest.raises(DesignRefused, match="nobody would answer"):
        publish()


def test_designs_of_the_same_wards_are_published_in_order(plan, publish):
    later = make_drawn_design(
        ward=WardFactory(), status=DesignStatus.SCHEDULED, starts_on=day(30)
    ).design
    later.wards.add(plan.ward)
    with pytest.raises(DesignRefused, match="is published for"):
        publish()
