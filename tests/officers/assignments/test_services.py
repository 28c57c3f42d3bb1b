"""Assigning, covering and handing over, as the services do it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from officers.assignments import errors, services
from officers.assignments.models import Assignment
from officers.assignments.selectors import (
    AnswerKind,
    latest_assignment_ids,
    who_answers,
)
from officers.assignments.services import Planned
from officers.teams.models import TeamLeadership, TeamMembership
from tests.factories.officers import AssignmentFactory, OfficerFactory
from tests.factories.patches import PatchFactory

pytestmark = pytest.mark.django_db
LONG_AGO = dt.date(2024, 1, 1)


@pytest.fixture
def patch(ward, team):
    return PatchFactory(ward=ward)


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def assign(patch, manager, **values):
    values = {"starts_on": today(), "reason": "New starter"} | values
    return services.assign_lead(patch=patch, by=manager, **values)


def test_assigning_ends_the_present_lead_the_day_before(patch, officer, manager):
    old = AssignmentFactory(patch=patch)
    new = assign(patch, manager, officer=officer, starts_on=in_days(7))
    old.refresh_from_db()
    assert old.ends_on == in_days(6)
    assert (new.starts_on, new.ends_on) == (in_days(7), None)
    assert who_answers(patch, in_days(6)).officer == old.officer
    assert who_answers(patch, in_days(7)).officer == officer


def test_assigning_is_recorded_with_the_change(patch, officer, manager):
    AssignmentFactory(patch=patch)
    assign(patch, manager, officer=officer)
    verbs = AuditEvent.objects.filter(by=manager).values_list("verb", flat=True)
    assert set(verbs) == {"assignment.lead_started", "assignment.lead_ended"}


def test_officer_is_told_after_the_commit(
    patch, officer, manager, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assign(patch, manager, officer=officer)
    assert [message.to for message in mail.outbox] == [[officer.email]]


def test_later_lead_is_refused_until_somebody_decides(patch, officer, manager):
    later = AssignmentFactory(patch=patch, starts_on=in_days(30))
    with pytest.raises(
        errors.LaterLeadPlanned, match="Say what becomes of that"
    ) as refused:
        assign(patch, manager, officer=officer)
    assert refused.value.planned == [later]


def test_later_lead_can_be_kept(patch, officer, manager):
    AssignmentFactory(patch=patch, starts_on=in_days(30))
    new = assign(patch, manager, officer=officer, planned=Planned.KEEP)
    assert new.ends_on == in_days(29)


def test_later_lead_can_be_cancelled(patch, officer, manager):
    later = AssignmentFactory(patch=patch, starts_on=in_days(30))
    new = assign(patch, manager, officer=officer, planned=Planned.CANCEL)
    assert new.ends_on is None
    assert not Assignment.objects.filter(pk=later.pk).exists()
    assert AuditEvent.objects.filter(verb="assignment.lead_cancelled").exists()


def test_lead_beginning_the_same_day_is_replaced_when_asked(patch, officer, manager):
    AssignmentFactory(patch=patch, starts_on=today())
    assign(patch, manager, officer=officer, planned=Planned.CANCEL)
    assert who_answers(patch, today()).officer == officer


def test_lead_ends_with_the_officers_last_day(patch, officer, manager):
    officer.left_on = in_days(10)
    officer.save()
    assert assign(patch, manager, officer=officer).ends_on == in_days(10)


def test_asking_twice_makes_one_assignment(patch, officer, manager):
    first = assign(patch, manager, officer=officer, seen_assignment_id=0)
    second = assign(patch, manager, officer=officer, seen_assignment_id=0)
    assert first == second
    assert Assignment.objects.count() == 1


def test_stale_form_is_a_conflict_and_can_go_on(patch, officer, manager):
    seen = latest_assignment_ids([patch.pk]).get(patch.pk, 0)
    other = AssignmentFactory(patch=patch, starts_on=in_days(-1))
    with pytest.raises(errors.AssignmentChanged, match=patch.code):
        assign(patch, manager, officer=officer, seen_assignment_id=seen)
    assign(patch, manager, officer=officer, seen_assignment_id=other.pk)
    assert who_answers(patch, today()).officer == officer


def test_vacancy_lets_the_team_answer_from_the_day(patch, team, officer, manager):
    AssignmentFactory(patch=patch, officer=officer)
    services.make_vacant(
        patch=patch, starts_on=in_days(3), reason="Seconded", by=manager
    )
    assert who_answers(patch, in_days(2)).officer == officer
    answer = who_answers(patch, in_days(3))
    assert (answer.kind, answer.team) == (AnswerKind.TEAM, team)


def test_cancelling_lets_the_former_lead_run_on(patch, officer, manager):
    AssignmentFactory(patch=patch, officer=officer)
    planned = assign(patch, manager, officer=OfficerFactory(), starts_on=in_days(5))
    services.cancel_planned(assignment=planned, by=manager)
    row = Assignment.objects.get()
    assert (row.officer, row.ends_on) == (officer, None)


def test_cancelling_never_outlasts_a_leaver(patch, officer, manager):
    AssignmentFactory(patch=patch, officer=officer, ends_on=in_days(4))
    planned = assign(patch, manager, officer=OfficerFactory(), starts_on=in_days(5))
    officer.left_on = in_days(4)
    officer.save()
    services.cancel_planned(assignment=planned, by=manager)
    assert Assignment.objects.get().ends_on == in_days(4)


def test_cancelling_twice_is_no_error(patch, officer, manager):
    planned = AssignmentFactory(patch=patch, starts_on=in_days(5))
    services.cancel_planned(assignment=planned, by=manager)
    services.cancel_planned(assignment=planned, by=manager)
    assert not Assignment.objects.exists()


def test_cover_of_several_patches_expires_by_itself(ward, team, officer, manager):
    patches = PatchFactory.create_batch(3, ward=ward)
    for patch in patches:
        AssignmentFactory(patch=patch, officer=officer)
    cover = OfficerFactory()
    for _ in range(2):
        services.set_cover(
            patches=patches,
            officer=cover,
            starts_on=today(),
            ends_on=in_days(4),
            reason="Leave",
            by=manager,
        )
    assert Assignment.objects.filter(kind="cover").count() == 3
    assert who_answers(patches[0], in_days(4)).officer == cover
    assert who_answers(patches[0], in_days(5)).officer == officer


def test_cover_is_all_or_nothing(ward, team, manager):
    free, covered = PatchFactory.create_batch(2, ward=ward)
    AssignmentFactory(patch=covered, kind="cover", ends_on=in_days(2))
    with pytest.raises(errors.CoverOverlaps):
        services.set_cover(
            patches=[free, covered],
            officer=OfficerFactory(),
            starts_on=today(),
            ends_on=in_days(1),
            by=manager,
        )
    assert Assignment.objects.count() == 1


def test_cover_ends_early(patch, manager):
    cover = AssignmentFactory(
        patch=patch, kind="cover", starts_on=in_days(-3), ends_on=in_days(9)
    )
    services.end_cover(assignment=cover, last_day=today(), by=manager)
    cover.refresh_from_db()
    assert cover.ends_on == today()


def test_bulk_reassign_moves_all_or_none(ward, team, officer, manager):
    patches = PatchFactory.create_batch(2, ward=ward)
    AssignmentFactory(patch=patches[0])
    ended = PatchFactory(ward=ward, ends_on=in_days(-1))
    values = {"officer": officer, "starts_on": today(), "reason": "", "by": manager}
    with pytest.raises(errors.PatchNotInForce):
        services.reassign_patches(patches=[*patches, ended], **values)
    assert Assignment.objects.count() == 1
    services.reassign_patches(patches=patches, **values)
    services.reassign_patches(patches=patches, **values)
    assert Assignment.objects.filter(officer=officer).count() == 2


def test_leaver_hands_over_everything(ward, team, leader, manager):
    led, planned, covered, vacant = PatchFactory.create_batch(4, ward=ward)
    heir = OfficerFactory()
    AssignmentFactory(patch=led, officer=leader)
    AssignmentFactory(patch=vacant, officer=leader)
    AssignmentFactory(patch=planned, officer=leader, starts_on=in_days(60))
    AssignmentFactory(
        patch=covered, officer=leader, kind="cover", starts_on=today(),
        ends_on=in_days(40),
    )  # fmt: skip
    done = services.reassign_all(
        officer=leader,
        left_on=in_days(10),
        successors={led.pk: heir, planned.pk: heir, covered.pk: heir, vacant.pk: None},
        reason="Retires",
        by=manager,
    )
    leader.refresh_from_db()
    assert (leader.left_on, leader.version) == (in_days(10), 2)
    assert (len(done.leads), len(done.covers), done.teams_without_leader) == (3, 1, 1)
    assert who_answers(led, in_days(10)).officer == leader
    assert who_answers(led, in_days(11)).officer == heir
    assert who_answers(planned, in_days(60)).officer == heir
    assert who_answers(planned, in_days(59)).kind == AnswerKind.TEAM
    assert who_answers(covered, in_days(40)).officer == heir
    assert who_answers(vacant, in_days(11)).kind == AnswerKind.TEAM
    assert TeamMembership.objects.get(officer=leader).ends_on == in_days(10)
    assert TeamLeadership.objects.get(officer=leader).ends_on == in_days(10)


def test_leaver_page_out_of_date_is_a_conflict(patch, officer, manager):
    AssignmentFactory(patch=patch, officer=officer)
    with pytest.raises(errors.AssignmentChanged):
        services.reassign_all(
            officer=officer,
            left_on=today(),
            successors={},
            reason="",
            by=manager,
            seen=[],
        )
    officer.refresh_from_db()
    assert officer.left_on is None
