"""Who answers here? Every page, letter and look-up asks through these functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    CharField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from housingplus.common.dates import day_before
from officers.directory.models import Officer
from officers.directory.selectors import with_load
from officers.teams.models import TeamLeadership, TeamMembership, TeamWard, WardTeam
from patches.register.models import Patch

from .models import Assignment, AssignmentKind
from .querysets import answering_assignment

if TYPE_CHECKING:
    from patches.wards.models import Ward


class AnswerKind(StrEnum):
    """How a patch is answered for."""

    COVER = "cover"
    LEAD = "lead"
    TEAM = "team"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Answer:
    """Who answers for a patch on a day.

    `officer` is set for a person. `team` is the ward team: it answers itself when
    `kind` is TEAM, and stands behind the officer otherwise; it is None only when the
    ward has no team. `leader` leads that team on the day. `since` is the first day of
    the assignment that answers, `until` its last if it has one. `covered` is the lead
    who is away while cover runs, `without_cover` who would answer if it did not.
    """

    patch_id: int
    kind: AnswerKind
    officer: Officer | None = None
    team: WardTeam | None = None
    leader: Officer | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    covered: Officer | WardTeam | None = None
    assignment_id: int | None = None
    without_cover: Answer | None = None

    @property
    def name(self) -> str:
        """Who to say answers: a person's name, a team's name, or "Nobody"."""
        if self.officer is not None:
            return self.officer.name
        return self.team.name if self.team is not None else "Nobody"

    @property
    def is_person(self) -> bool:
        return self.officer is not None


def answers_for(patches: Iterable[Patch], on: dt.date) -> dict[int, Answer]:
    """Return who answers for each patch on a day: patch id to Answer.

    Always four queries, however many patches. A patch of a ward without a team and
    without a lead gets an Answer of kind NOBODY.
    """
    patches = list(patches)
    patch_ids = [patch.pk for patch in patches]
    running: dict[int, list[Assignment]] = {}
    for assignment in (
        Assignment.objects.as_at(on)
        .filter(patch__in=patch_ids)
        .answering_first()
        .select_related("officer", "team")
    ):
        running.setdefault(assignment.patch_id, []).append(assignment)
    team_of_ward = teams_of_wards({patch.ward_id for patch in patches}, on)
    assigned = {row.team_id for rows in running.values() for row in rows if row.team_id}
    leaders = leaders_of_teams(
        assigned | {team.pk for team in team_of_ward.values()}, on
    )
    return {
        patch.pk: _answer(
            patch, running.get(patch.pk, []), team_of_ward.get(patch.ward_id), leaders
        )
        for patch in patches
    }


def who_answers(patch: Patch, on: dt.date) -> Answer:
    """Return who answers for one patch on a day."""
    return answers_for([patch], on)[patch.pk]


def teams_of_wards(ward_ids: Iterable[int], on: dt.date) -> dict[int, WardTeam]:
    """Return the team of each ward on a day: ward id to team."""
    rows = TeamWard.objects.as_at(on).filter(ward__in=list(ward_ids))
    return {row.ward_id: row.team for row in rows.select_related("team")}


def leaders_of_teams(team_ids: Iterable[int], on: dt.date) -> dict[int, Officer]:
    """Return the leader of each team on a day: team id to officer."""
    rows = TeamLeadership.objects.as_at(on).filter(team__in=list(team_ids))
    return {row.team_id: row.officer for row in rows.select_related("officer")}


def with_answer(patches: QuerySet[Patch], on: dt.date) -> QuerySet[Patch]:
    """Annotate patches for filtering and sorting by who answers on a day.

    Adds `answering_officer_id`, `answering_team_id` (of the assignment that answers),
    `answering_name`, `ward_team_id` (whose team answers when both are NULL).
    """
    return patches.annotate(
        answering_officer_id=answering_assignment(on, field="officer"),
        answering_team_id=answering_assignment(on, field="team"),
        ward_team_id=Subquery(
            TeamWard.objects.as_at(on)
            .filter(ward=OuterRef("ward"))
            .order_by()
            .values("team")[:1]
        ),
    ).annotate(
        answering_name=Subquery(
            Officer.objects.filter(pk=OuterRef("answering_officer_id")).values("name")
        )
    )


def without_officer(patches: QuerySet[Patch], on: dt.date) -> QuerySet[Patch]:
    """Patches no person answers for on a day: their ward team does."""
    rows: QuerySet[Any] = with_answer(patches, on)
    return rows.filter(answering_officer_id__isnull=True)


def vacant_since(patches: QuerySet[Patch], on: dt.date) -> QuerySet[Patch]:
    """Annotate `last_person_day`: when a person last answered before a day."""
    persons = Assignment.objects.filter(
        patch=OuterRef("pk"), officer__isnull=False, ends_on__lt=on
    ).order_by("-ends_on")
    return patches.annotate(last_person_day=Subquery(persons.values("ends_on")[:1]))


def first_day_without_officer(patch: Patch) -> dt.date:
    """Return since when no person answers; `vacant_since` has annotated the patch."""
    last: dt.date | None = patch.last_person_day  # type: ignore[attr-defined]
    if last is None:
        return patch.starts_on
    return max(last + dt.timedelta(days=1), patch.starts_on)


def wards_led_by(officer: Officer, on: dt.date) -> QuerySet[Ward]:
    """Wards of the teams the officer leads on a day."""
    from patches.wards.models import Ward

    led = TeamLeadership.objects.as_at(on).filter(officer=officer).values("team")
    return Ward.objects.filter(
        pk__in=TeamWard.objects.as_at(on).filter(team__in=led).values("ward")
    )


def patches_answered_by(officer: Officer, on: dt.date) -> QuerySet[Patch]:
    """Patches where the officer is lead or cover on a day."""
    mine = Assignment.objects.as_at(on).filter(officer=officer).values("patch")
    return Patch.objects.as_at(on).filter(pk__in=mine)


def list_assignment_timeline(
    patches: Patch | Iterable[Patch],
) -> QuerySet[Assignment]:
    """Return every assignment of a patch or of several, newest first."""
    chosen = [patches] if isinstance(patches, Patch) else patches
    return (
        Assignment.objects.filter(patch__in=chosen)
        .select_related("officer", "team", "patch__ward", "created_by")
        .order_by("-starts_on", "-pk")
    )


def list_work_from(officer: Officer, day: dt.date) -> QuerySet[Assignment]:
    """Return what an officer leads or covers on a day or is to after it."""
    return (
        Assignment.objects.filter(officer=officer)
        .from_day(day)
        .select_related("patch__ward", "officer")
        .order_by("patch__code", "starts_on")
    )


def latest_assignment_ids(patch_ids: Iterable[int]) -> dict[int, int]:
    """Return each patch's latest lead row: what a form has seen (none: absent)."""
    rows = (
        Assignment.objects.filter(patch__in=list(patch_ids), kind=AssignmentKind.LEAD)
        .order_by()
        .values_list("patch")
        .annotate(latest=Max("pk"))
    )
    return dict(rows)


def leads_from(
    patch: Patch, starts_on: dt.date
) -> tuple[Assignment | None, list[Assignment]]:
    """Return the lead running into a day, and the leads starting then or later."""
    rows = (
        Assignment.objects.filter(patch=patch, kind=AssignmentKind.LEAD)
        .from_day(starts_on)
        .select_related("officer", "team", "patch")
        .order_by("starts_on")
    )
    present: Assignment | None = None
    later: list[Assignment] = []
    for row in rows:
        if row.starts_on < starts_on:
            present = row
        else:
            later.append(row)
    return present, later


def lead_before(assignment: Assignment) -> Assignment | None:
    """Return the lead that ends as a lead begins, if they can go on beyond that day."""
    last_day = day_before(assignment.starts_on)
    rows = Assignment.objects.filter(
        patch=assignment.patch_id, kind=AssignmentKind.LEAD, ends_on=last_day
    ).exclude(officer__left_on=last_day)
    return rows.select_related("officer", "team", "patch").first()


def with_answer_kind(patches: QuerySet[Patch], on: dt.date) -> QuerySet[Patch]:
    """Annotate `answer_kind`, one of `AnswerKind`, after `with_answer`."""
    covered = Assignment.objects.as_at(on).filter(kind=AssignmentKind.COVER)
    person = Q(answering_officer_id__isnull=False)
    team = Q(answering_team_id__isnull=False) | Q(ward_team_id__isnull=False)
    return patches.annotate(
        answer_kind=Case(
            When(person & Q(pk__in=covered.values("patch")), then=Value("cover")),
            When(person, then=Value("lead")),
            When(team, then=Value("team")),
            default=Value("nobody"),
            output_field=CharField(),
        )
    )


def candidates_for(
    patches: Patch | Iterable[Patch], on: dt.date, *, after: bool = False
) -> QuerySet[Officer]:
    """Return who could answer for a patch, own team first, with their present load.

    Everybody in post on the day, with `after` also those who start later;
    `is_own_team` says who belongs to a team of the patches' wards.
    """
    chosen = [patches] if isinstance(patches, Patch) else patches
    wards = {patch.ward_id for patch in chosen}
    people = (
        Officer.objects.in_post_from(on) if after else Officer.objects.working_on(on)
    )
    teams = TeamWard.objects.as_at(on).filter(ward__in=wards).values("team")
    own = TeamMembership.objects.as_at(on).filter(team__in=teams).values("officer")
    return (
        with_load(people, on)
        .annotate(is_own_team=Case(When(pk__in=own, then=Value(True)), default=False))
        .order_by("-is_own_team", "name", "pk")
    )


def _answer(
    patch: Patch,
    running: list[Assignment],
    ward_team: WardTeam | None,
    leaders: dict[int, Officer],
) -> Answer:
    if not running:
        leader = leaders.get(ward_team.pk) if ward_team else None
        kind = AnswerKind.TEAM if ward_team else AnswerKind.NOBODY
        return Answer(patch_id=patch.pk, kind=kind, team=ward_team, leader=leader)
    first = running[0]
    team = first.team or ward_team
    covered = next(
        (row for row in running[1:] if row.kind == AssignmentKind.LEAD), None
    )
    kind = AnswerKind.TEAM if first.team_id else AnswerKind(first.kind)
    without_cover = None
    if first.kind == AssignmentKind.COVER:
        without_cover = _answer(patch, running[1:], ward_team, leaders)
    return Answer(
        patch_id=patch.pk,
        kind=kind,
        officer=first.officer,
        team=team,
        leader=leaders.get(team.pk) if team else None,
        since=first.starts_on,
        until=first.ends_on,
        covered=(covered.officer or covered.team) if covered else None,
        assignment_id=first.pk,
        without_cover=without_cover,
    )
