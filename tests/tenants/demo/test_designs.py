"""The patch designs of the demo city: one in force for long, one to decide on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Sum
from django.test import override_settings

from housingplus.audit.selectors import list_events_about
from housingplus.common.dates import today
from officers.accounts.models import User
from officers.accounts.roles import Role
from officers.assignments.models import Assignment
from officers.designs.comparing import officer_changes_of
from officers.designs.planning import plan_leads
from officers.models import WardTeam
from patches.design.models import CommentFrom, DesignReview, PatchDesign
from patches.design.selectors.publishing import plan_publication
from patches.design.selectors.reviews import reviews_due
from patches.models import DesignHome, PatchMembership, Property
from tenants.demo.designs import write_designs


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The city, written once for the module: that takes longer than all its tests."""
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO_MODE=True),
        transaction.atomic(),
    ):
        call_command("demo_city", homes=2_400, stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def city(written: None, db: None) -> None:
    """The city is there before each test's own transaction begins."""


def designs() -> tuple[PatchDesign, PatchDesign]:
    """Return the design in force and the one that waits."""
    return (
        PatchDesign.objects.in_state("in_force", today()).get(),
        PatchDesign.objects.in_state("proposed", today()).get(),
    )


def test_one_design_is_in_force_and_its_review_is_due_soon(city):
    in_force, _ = designs()
    day = today()

    review = reviews_due(day).get()
    assert review.design == in_force
    assert day < review.due_on <= day + dt.timedelta(days=30)
    statuses = [event.to_status for event in in_force.events.all()]
    assert statuses == ["draft", "proposed", "approved", "scheduled"]
    when = [event.at for event in in_force.events.all()]
    assert when == sorted(when)
    assert when[-1].date() < in_force.starts_on
    assert in_force.created_at == when[0]
    assert max(e.at for e in list_events_about(in_force)).date() < in_force.starts_on


def test_homes_are_where_the_design_in_force_put_them(city):
    in_force, _ = designs()
    day = today()

    drawn = dict(
        DesignHome.objects.filter(
            unit__placements__alternative=in_force.chosen
        ).values_list("property", "unit__placements__patch__continues")
    )
    now = dict(
        PatchMembership.objects.as_at(day)
        .filter(property__in=drawn)
        .values_list("property", "patch")
    )
    assert now == drawn
    before = PatchMembership.objects.as_at(in_force.starts_on - dt.timedelta(days=1))
    then = dict(before.filter(property__in=drawn).values_list("property", "patch"))
    moved = {home for home in drawn if then[home] != drawn[home]}
    assert len(moved) == in_force.chosen.measures["moved_homes"] > 0
    rows = in_force.successions.all()
    assert rows.aggregate(n=Sum("home_count"))["n"] == len(drawn)
    assert sum(r.home_count for r in rows if r.from_patch != r.to_patch) == len(moved)


def test_bands_of_the_design_in_force_are_dated(city):
    in_force, _ = designs()
    published = in_force.published_patches.select_related("patch", "design_patch")
    for row in published:
        patch = type(row.patch).objects.with_band(today()).get(pk=row.patch_id)
        drawn = row.design_patch
        assert (patch.smallest, patch.largest) == (drawn.band_min, drawn.band_max)
    assert any(row.patch.bands.exists() for row in published)


def test_nobody_loses_a_patch_and_new_homes_stay_without_one(city):
    unplaced = Property.objects.exclude(
        memberships__in=PatchMembership.objects.as_at(today())
    )
    assert unplaced.count() == 16
    assert not Assignment.objects.filter(design_changes__isnull=False).exists()
    assert not Assignment.objects.filter(reason__startswith="Patch design").exists()


def test_only_homes_that_moved_changed_officer(city):
    in_force, _ = designs()
    patches = list(in_force.chosen.patches.all())
    changed = officer_changes_of(patches)[in_force.chosen_id]
    assert changed.home_count == in_force.chosen.measures["moved_homes"]


def test_a_plan_of_the_leaders_team_waits_with_comments(city):
    _, proposed = designs()
    leader = User.objects.get(role=Role.WARD_TEAM_LEADER).officer
    team = leader.leaderships.get().team
    assert set(proposed.wards.all()) == {
        row.ward for row in team.team_wards.select_related("ward")
    }
    assert set(proposed.comments.values_list("comes_from", flat=True)) == {
        *CommentFrom.values
    }
    assert proposed.consult_from < today() < proposed.consult_until
    assert proposed.starts_on is None


def test_the_waiting_plan_can_be_published(city):
    _, proposed = designs()
    plan = plan_publication(proposed, today() + dt.timedelta(days=40))
    assert plan.moving_count == proposed.chosen.measures["moved_homes"] > 0
    assert plan.obstacles == []
    assert plan_leads(plan).obstacles == []


def test_the_same_seed_draws_the_same_designs(city):
    """Written again, beside the first ones, they are the same."""
    manager = User.objects.get(role=Role.SERVICE_MANAGER)
    found = []
    for _ in range(2):
        with transaction.atomic():
            before = list(PatchDesign.objects.values_list("pk", flat=True))
            DesignReview.objects.all().delete()
            write_designs(
                list(WardTeam.objects.order_by("pk"))[:1],
                on=today(),
                random=Random(4),
                by=manager,
            )
            made = PatchDesign.objects.exclude(pk__in=before).get()
            found.append(
                (
                    made.token,
                    made.created_at,
                    made.chosen.number,
                    list(
                        made.chosen.placements.order_by("unit__number").values_list(
                            "unit__name", "patch__code"
                        )
                    ),
                    list(made.comments.values_list("text", "made_at", "token")),
                )
            )
            transaction.set_rollback(True)
    assert found[0] == found[1]
