"""Publishing a design: patches, homes and leads change by themselves on the day."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import day_before, today
from officers.assignments.selectors import answers_for, who_answers
from officers.models import Assignment, DesignAssignment, ProposedLead
from patches.models import (
    DesignReview,
    DesignStatus,
    MovedHome,
    Patch,
    PatchBand,
    PatchDesign,
    PatchMembership,
    Property,
)
from patches.register.errors import UndoRefused
from patches.register.services import move_homes, undo_move
from tests.factories.designs import make_drawn_design
from tests.factories.officers import (
    AssignmentFactory,
    OfficerFactory,
    TeamWardFactory,
)
from tests.factories.patches import (
    LONG_AGO,
    BlockFactory,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)

from .conftest import day

pytestmark = pytest.mark.django_db


def spans(home: Property) -> list[tuple[str, dt.date, dt.date | None]]:
    rows = PatchMembership.objects.filter(property=home).order_by("starts_on")
    return list(rows.values_list("patch__code", "starts_on", "ends_on"))


def leads(patch: Patch) -> list[tuple[str, dt.date, dt.date | None]]:
    rows = Assignment.objects.filter(patch=patch, kind="lead").order_by("starts_on")
    return list(rows.values_list("officer__name", "starts_on", "ends_on"))


def midday(on: dt.date) -> dt.datetime:
    return dt.datetime.combine(on, dt.time(12), dt.UTC)


def test_homes_move_from_the_day_and_the_rest_stay(plan, publish):
    design = publish()

    new = Patch.objects.get(code=plan.drawn[2].code)
    last = day_before(plan.starts_on)
    first, second, third = plan.first.code, plan.second.code, plan.third.code
    for home in plan.homes[:2]:
        assert spans(home) == [(first, LONG_AGO, None)]
    for home in plan.homes[2:4]:
        assert spans(home) == [
            (first, LONG_AGO, last),
            (second, plan.starts_on, None),
        ]
    for home in plan.homes[4:8]:
        assert spans(home) == [(second, LONG_AGO, None)]
    for home in plan.homes[8:]:
        assert spans(home) == [
            (third, LONG_AGO, last),
            (new.code, plan.starts_on, None),
        ]
    assert MovedHome.objects.filter(move__design_move__design=design).count() == 6


def test_patches_open_go_on_and_close(plan, publish):
    design = publish()

    new = Patch.objects.get(code=plan.drawn[2].code)
    plan.third.refresh_from_db()
    assert (new.starts_on, new.ends_on, new.ward) == (plan.starts_on, None, plan.ward)
    assert (new.band_min, new.band_max) == (
        plan.drawn[2].band_min,
        plan.drawn[2].band_max,
    )
    assert plan.third.ends_on == day_before(plan.starts_on)
    changes = design.published_patches.values_list("patch__code", "change")
    assert set(changes) == {
        (plan.first.code, "kept"),
        (plan.second.code, "kept"),
        (new.code, "opened"),
        (plan.third.code, "closed"),
    }


def test_bands_change_from_the_day_where_a_patch_goes_on(plan, publish):
    same = (plan.drawn[1].band_min, plan.drawn[1].band_max)
    Patch.objects.filter(pk=plan.second.pk).update(band_min=same[0], band_max=same[1])
    publish()

    def band(patch: Patch, on: dt.date) -> tuple[int, int]:
        row = Patch.objects.with_band(on).get(pk=patch.pk)
        return row.smallest, row.largest

    assert band(plan.first, day_before(plan.starts_on)) == (280, 300)
    assert band(plan.first, plan.starts_on) == same
    made = PatchBand.objects.get()
    assert (made.patch, made.starts_on) == (plan.first, plan.starts_on)
    assert made.reason == f"Patch design “{plan.design}”"


def test_where_every_patch_went_is_kept_with_homes_that_stayed(plan, publish):
    design = publish()
    flows = design.successions.values_list(
        "from_patch__code", "to_patch__code", "home_count"
    )
    assert set(flows) == {
        (plan.first.code, plan.first.code, 2),
        (plan.first.code, plan.second.code, 2),
        (plan.second.code, plan.second.code, 4),
        (plan.third.code, plan.drawn[2].code, 4),
    }


def test_leads_follow_the_plan_and_the_closing_patchs_end(plan, publish):
    cover = AssignmentFactory(
        patch=plan.third, kind="cover", officer=plan.ann, ends_on=day(60)
    )
    design = publish()

    new = Patch.objects.get(code=plan.drawn[2].code)
    last = day_before(plan.starts_on)
    assert leads(plan.first) == [("Ann", LONG_AGO, None)]
    assert leads(plan.third) == [("Cy", LONG_AGO, last)]
    assert leads(new) == [("Cy", plan.starts_on, None)]
    cover.refresh_from_db()
    assert cover.ends_on == last
    kept = DesignAssignment.objects.filter(design=design)
    assert set(
        kept.values_list(
            "assignment__patch", "is_new", "ends_on_before", "ends_on_after"
        )
    ) == {
        (plan.third.pk, False, None, last),
        (plan.third.pk, False, day(60), last),
        (new.pk, True, None, None),
    }


def test_chosen_leads_take_over_and_the_team_answers_where_nobody_is_chosen(
    plan, publish
):
    dee = OfficerFactory(name="Dee")
    ProposedLead.objects.create(design_patch=plan.drawn[0], officer=dee)
    ProposedLead.objects.create(design_patch=plan.drawn[2], officer=None)
    publish()

    new = Patch.objects.get(code=plan.drawn[2].code)
    assert leads(plan.first) == [
        ("Ann", LONG_AGO, day_before(plan.starts_on)),
        ("Dee", plan.starts_on, None),
    ]
    answer = who_answers(new, plan.starts_on)
    assert (answer.kind, answer.team) == ("team", plan.team)


def test_the_design_is_scheduled_with_a_review_a_year_on(plan, publish, manager):
    design = publish(note="Committee of 3 March")

    assert (design.status, design.starts_on) == ("scheduled", plan.starts_on)
    assert (design.published_by, design.superseded_on) == (manager, None)
    event = design.events.last()
    assert (event.from_status, event.to_status) == ("approved", "scheduled")
    assert event.note.endswith("Committee of 3 March")
    review = DesignReview.objects.get(design=design)
    assert review.due_on == plan.starts_on.replace(year=plan.starts_on.year + 1)
    recorded = AuditEvent.objects.filter(by=manager).values_list("verb", flat=True)
    assert {
        "patch design.scheduled",
        "homes.moved",
        "patch.created",
        "patch.closed",
        "assignment.lead_started",
        "assignment.lead_ended",
    } <= set(recorded)


def test_on_the_date_nothing_needs_to_run(plan, publish):
    design = publish()
    new = Patch.objects.get(code=plan.drawn[2].code)

    def state(on: dt.date) -> tuple:
        with time_machine.travel(midday(on), tick=False):
            inside = PatchMembership.objects.of_managed_homes(today())
            patches = Patch.objects.current().order_by("pk")
            answers = answers_for(patches, today())
            return (
                [inside.filter(patch=patch).count() for patch in patches],
                [answers[patch.pk].name for patch in patches],
                design.state_on(today()),
                PatchDesign.objects.in_force_on(today()).count(),
            )

    assert state(day_before(plan.starts_on)) == (
        [4, 4, 4],
        ["Ann", "Bo", "Cy"],
        "Scheduled",
        0,
    )
    assert state(plan.starts_on) == ([2, 6, 4], ["Ann", "Bo", "Cy"], "In force", 1)
    assert new.pk > plan.third.pk


def test_a_double_click_publishes_once(plan, publish):
    version = plan.design.version
    first = publish(version=version)
    assert publish(version=version) == first
    assert (
        PatchDesign.objects.get(pk=first.pk)
        .events.filter(to_status="scheduled")
        .count()
        == 1
    )


def test_homes_gone_since_are_skipped_and_leave_closing_patches(plan, publish):
    drawn, closing = plan.homes[2], plan.homes[8]
    Property.objects.filter(pk__in=[drawn.pk, closing.pk]).update(managed_to=day(5))
    publish()
    assert spans(drawn) == [(plan.first.code, LONG_AGO, None)]
    assert spans(closing) == [(plan.third.code, LONG_AGO, day_before(plan.starts_on))]


def test_homes_moved_since_go_from_where_they_are(plan, publish, manager):
    home = plan.homes[2]
    move_homes(
        properties=[home.pk],
        to_patch=plan.third,
        starts_on=today(),
        reason="Repairs",
        token="6a7c1b1e-0000-4000-8000-000000000001",
        by=manager,
    )
    publish()
    assert spans(home)[-2:] == [
        (plan.third.code, today(), day_before(plan.starts_on)),
        (plan.second.code, plan.starts_on, None),
    ]


def test_new_homes_stay_in_a_patch_that_goes_on(plan, publish):
    home = PatchMembershipFactory(patch=plan.first).property
    publish()
    assert spans(home) == [(plan.first.code, LONG_AGO, None)]


@pytest.mark.parametrize("by_what", ["block", "side", "postcode", "street"])
def test_new_homes_of_a_closing_patch_go_with_their_neighbours(plan, publish, by_what):
    near = plan.homes[2]
    fields = {"street": "Nowhere Lane", "postcode": "ZK9 9ZZ"}
    if by_what == "side":
        fields = {"street": near.street, "postcode": near.postcode}
    elif by_what in fields:
        fields[by_what] = getattr(near, by_what)
    home = PropertyFactory(ward=plan.ward, **fields)
    if by_what == "block":
        block = BlockFactory(ward=plan.ward)
        Property.objects.filter(pk__in=[near.pk, home.pk]).update(block=block)
    PatchMembershipFactory(patch=plan.third, property=home)

    publish()

    assert spans(home)[-1] == (plan.second.code, plan.starts_on, None)


def test_homes_with_no_patch_keep_having_none(plan, publish):
    home = PropertyFactory(ward=plan.ward)
    publish()
    assert spans(home) == []


def test_planned_moves_before_the_day_do_not(plan, publish, manager):
    move_homes(
        properties=[plan.homes[2].pk],
        to_patch=plan.second,
        starts_on=day(10),
        reason="Repairs",
        token="6a7c1b1e-0000-4000-8000-000000000003",
        by=manager,
    )
    publish()
    assert spans(plan.homes[2])[-1] == (plan.second.code, day(10), None)


def test_a_lead_planned_after_the_one_who_goes_on_is_kept(plan, publish):
    plan.leads[0].ends_on = day(39)
    plan.leads[0].save()
    AssignmentFactory(patch=plan.first, officer=plan.bo, starts_on=day(40))
    publish()
    assert [name for name, *_ in leads(plan.first)] == ["Ann", "Bo"]


def test_a_later_design_supersedes_an_older_one_of_its_wards(plan, publish, manager):
    older = make_drawn_design(
        ward=WardFactory(), status=DesignStatus.SCHEDULED, starts_on=day(-300)
    ).design
    older.wards.set([plan.ward])

    design = publish()

    older.refresh_from_db()
    assert (older.superseded_on, older.superseded_by) == (plan.starts_on, design)
    assert older.state_on(day_before(plan.starts_on)) == "In force"
    assert older.state_on(plan.starts_on) == "Superseded"


def test_a_design_of_more_wards_holds_on_for_the_others(plan, publish):
    older = make_drawn_design(
        ward=WardFactory(), status=DesignStatus.SCHEDULED, starts_on=day(-300)
    ).design
    older.wards.add(plan.ward)
    publish()
    older.refresh_from_db()
    assert older.superseded_on is None


def test_moves_of_a_publication_are_not_undone_one_by_one(plan, publish, manager):
    design = publish()
    for link in design.moves.all():
        with pytest.raises(UndoRefused, match="part of a published patch design"):
            undo_move(move=link.move, by=manager)


def test_a_patch_outside_the_wards_that_loses_homes_is_in_the_map(plan, publish):
    other = WardFactory()
    TeamWardFactory(team=plan.team, ward=other)
    outside = PatchFactory(ward=other)
    PatchMembershipFactory.create_batch(3, patch=outside)
    PatchMembership.objects.filter(property=plan.homes[0]).update(patch=outside)
    design = publish()
    flows = design.successions.filter(from_patch=outside)
    assert set(flows.values_list("to_patch", "home_count")) == {
        (plan.first.pk, 1),
        (outside.pk, 3),
    }
