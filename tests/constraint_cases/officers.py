"""People who do the work."""

from __future__ import annotations

import datetime as dt

from tests.factories import officers as staff
from tests.factories import patches as places

from .making import BEFORE, LATER, START, Cases, ends_before_start, overlap, twice


def _two_ends_of_an_attempt() -> None:
    begun = staff.NoticeDeliveryFactory()
    for step in ("sent", "failed"):
        staff.NoticeDeliveryFactory(recipient=begun.recipient, step=step)


CASES: Cases = {
    "user_email_any_case_unique": lambda: [
        staff.UserFactory(email="robin@kestrelford.example"),
        staff.UserFactory(email="ROBIN@kestrelford.example"),
    ],
    "django_admin_for_administrators_only": lambda: staff.UserFactory(is_staff=True),
    "officers_assignment_ends_after_start": ends_before_start(staff.AssignmentFactory),
    "assignment_to_officer_or_team": lambda: staff.AssignmentFactory(
        team=staff.WardTeamFactory()
    ),
    "cover_has_a_last_day": lambda: staff.AssignmentFactory(kind="cover", ends_on=None),
    "one_lead_for_a_patch_on_a_date": overlap(
        staff.AssignmentFactory, "patch", kind="lead"
    ),
    "one_cover_for_a_patch_on_a_date": lambda: [
        staff.AssignmentFactory(
            patch=patch, kind="cover", starts_on=START, ends_on=LATER
        )
        for patch in [places.PatchFactory()] * 2
    ],
    "officers_councillor_ends_after_start": ends_before_start(staff.CouncillorFactory),
    "councillor_has_name": lambda: staff.CouncillorFactory(name=""),
    "officers_dropin_ends_after_start": ends_before_start(staff.DropInFactory),
    "drop_in_on_a_weekday": lambda: staff.DropInFactory(weekday=8),
    "drop_in_closes_after_it_opens": lambda: staff.DropInFactory(closes_at=dt.time(10)),
    "notice_since_before_its_day": lambda: staff.NoticeSendingFactory(
        since=dt.date(2026, 3, 4)
    ),
    "notice_once_to_an_address": twice(
        staff.NoticeRecipientFactory, "sending", email="ada@kestrelford.example"
    ),
    "notice_recipient_has_email": lambda: staff.NoticeRecipientFactory(email=""),
    "notice_attempt_begins_once": twice(staff.NoticeDeliveryFactory, "recipient"),
    "notice_attempt_ends_once": _two_ends_of_an_attempt,
    "drop_in_has_place": lambda: staff.DropInFactory(place=""),
    "officer_left_after_start": lambda: staff.OfficerFactory(
        started_on=START, left_on=BEFORE
    ),
    "officer_fte_up_to_one": lambda: staff.OfficerFactory(fte="1.01"),
    "officer_has_name": lambda: staff.OfficerFactory(name=""),
    "officers_teamward_ends_after_start": ends_before_start(staff.TeamWardFactory),
    "one_team_for_a_ward_on_a_date": overlap(staff.TeamWardFactory, "ward"),
    "officers_teammembership_ends_after_start": ends_before_start(
        staff.TeamMembershipFactory
    ),
    "once_in_a_team_on_a_date": overlap(staff.TeamMembershipFactory, "team", "officer"),
    "officers_teamleadership_ends_after_start": ends_before_start(
        staff.TeamLeadershipFactory
    ),
    "one_leader_for_a_team_on_a_date": overlap(staff.TeamLeadershipFactory, "team"),
}
