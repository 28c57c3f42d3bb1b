"""What publishing a design does to leads and covers, worked out beforehand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from housingplus.common.errors import Refusal
from officers.assignments.models import Assignment, AssignmentKind
from officers.assignments.selectors import teams_of_wards
from officers.directory.models import Officer
from officers.teams.models import WardTeam
from patches.design.selectors.publishing import Obstacle, PatchPlan, PublicationPlan

from . import rules
from .selectors import kept_out_of, proposed_leads


@dataclass(frozen=True)
class LeadPlan:
    """Who leads one drawn patch from the day on, and whether that is a change.

    `present` leads the patch that goes on into the day.
    """

    patch: PatchPlan
    officer: Officer | None
    team: WardTeam | None
    present: Assignment | None
    begins: bool

    @property
    def name(self) -> str:
        if self.officer is not None:
            return self.officer.name
        return self.team.name if self.team else "Nobody"


@dataclass
class LeadsPlan:
    """All leads of a publication, and the assignments that end with closing patches."""

    leads: list[LeadPlan] = field(default_factory=list)
    ending: list[Assignment] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)

    @property
    def covers_ending(self) -> list[Assignment]:
        return [row for row in self.ending if row.kind == AssignmentKind.COVER]

    @property
    def begin_count(self) -> int:
        return sum(lead.begins for lead in self.leads)


def plan_leads(plan: PublicationPlan) -> LeadsPlan:
    """Work out who leads what from the day on; a fixed number of queries."""
    alternative = plan.design.chosen
    assert alternative is not None  # noqa: S101
    made = LeadsPlan()
    running, later = _assignments(plan)
    teams = teams_of_wards(
        {ward for row in plan.patches for ward in {row.ward_id, *row.ward_ids}},
        plan.starts_on,
    )
    chosen = proposed_leads(alternative, on=plan.starts_on)
    kept_out = kept_out_of(alternative)
    for row in plan.patches:
        officer = chosen.get(row.drawn.pk)
        lead = _lead(row, officer, teams.get(row.ward_id), running)
        made.leads.append(lead)
        patch_id = row.patch.pk if row.patch else 0
        sentences = [
            rules.why_wards_do_not_fit(row.code, row.ward_ids, row.ward_id, teams)
        ]
        if lead.begins:
            sentences += _why_not(lead, later[patch_id], plan)
        try:
            rules.check_no_conflict(officer, row.code, kept_out.get(row.drawn.pk, {}))
        except Refusal as refusal:
            sentences.append(refusal.message)
        made.obstacles += [Obstacle(sentence) for sentence in sentences if sentence]
    for patch in plan.closing:
        made.ending += running[patch.pk]
        made.obstacles += [
            Obstacle(rules.why_begun_later(patch, row)) for row in later[patch.pk]
        ]
    return made


def _assignments(
    plan: PublicationPlan,
) -> tuple[defaultdict[int, list[Assignment]], defaultdict[int, list[Assignment]]]:
    """Return by patch what runs into the day, and what begins then or later."""
    patches = [*plan.closing, *(row.patch for row in plan.patches if row.patch)]
    rows = (
        Assignment.objects.filter(patch__in=[patch.pk for patch in patches])
        .from_day(plan.starts_on)
        .select_related("officer", "team", "patch")
        .order_by("starts_on", "pk")
    )
    running: defaultdict[int, list[Assignment]] = defaultdict(list)
    later: defaultdict[int, list[Assignment]] = defaultdict(list)
    for row in rows:
        found = running if row.starts_on < plan.starts_on else later
        found[row.patch_id].append(row)
    return running, later


def _lead(
    row: PatchPlan,
    officer: Officer | None,
    team: WardTeam | None,
    running: defaultdict[int, list[Assignment]],
) -> LeadPlan:
    present = None
    if row.patch is not None:
        leads = [a for a in running[row.patch.pk] if a.kind == AssignmentKind.LEAD]
        present = leads[0] if leads else None
    if officer is not None:
        begins = present is None or present.officer_id != officer.pk
    elif row.is_new:
        begins = True
    else:
        begins = present is not None and present.officer_id is not None
    shown = team if present is None or present.team is None else present.team
    return LeadPlan(row, officer, team if begins else shown, present, begins)


def _why_not(
    lead: LeadPlan, later: Sequence[Assignment], plan: PublicationPlan
) -> list[str]:
    row = lead.patch
    sentences = [
        rules.why_begun_later(planned.patch, planned)
        for planned in later
        if planned.kind == AssignmentKind.LEAD
    ]
    if lead.officer is None:
        if lead.team is None:
            sentences.append(
                rules.why_nobody_answers(row.code, row.drawn.ward, plan.starts_on)
            )
        return sentences
    try:
        rules.check_in_post(lead.officer, plan.starts_on)
    except Refusal as refusal:
        sentences.append(f"{row.code}: {refusal.message}")
    return sentences
