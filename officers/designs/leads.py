"""Who is to answer for each drawn patch, and what each officer would have to do."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from housingplus.common.errors import Refusal
from officers.directory.models import Officer
from officers.teams.models import TeamMembership, TeamWard
from patches.design.models import DesignAlternative, DesignPatch

from . import rules
from .models import ProposedLead
from .selectors import (
    count_homes_led,
    kept_out_of,
    leads_on,
    present_leads,
    proposed_leads,
)

TEAM = "team"


@dataclass(frozen=True)
class LeadRow:
    """A drawn patch, who is to lead it, and how many of its homes keep their officer.

    `chosen` is the row of somebody's choice; without it the officer is proposed.
    """

    drawn: DesignPatch
    officer: Officer | None
    chosen: ProposedLead | None
    keep_count: int
    problem: str = ""

    @property
    def value(self) -> str:
        """The officer as an answer of the form."""
        return str(self.officer.pk) if self.officer else TEAM

    @property
    def change_count(self) -> int:
        return self.drawn.home_count - self.keep_count


@dataclass
class OfficerLoad:
    """What an officer would lead: drawn patches, and homes outside the design."""

    officer: Officer
    capacity: float
    drawn: list[DesignPatch] = field(default_factory=list)
    homes_elsewhere: int = 0

    @property
    def hours(self) -> float:
        return sum(patch.hours for patch in self.drawn)

    @property
    def home_count(self) -> int:
        return sum(patch.home_count for patch in self.drawn)

    @property
    def percent(self) -> int:
        return round(100 * self.hours / self.capacity) if self.capacity else 0

    @property
    def state(self) -> str:
        """ "No patch", "Over capacity" or "Within capacity"."""
        if not self.drawn and not self.homes_elsewhere:
            return "No patch"
        return "Over capacity" if self.percent > 100 else "Within capacity"


def list_lead_rows(alternative: DesignAlternative, on: dt.date) -> list[LeadRow]:
    """Return the drawn patches with who is to lead each, by area and code."""
    present = present_leads(alternative)
    officers = proposed_leads(alternative, on=on, present=present)
    chosen = {
        row.design_patch_id: row
        for row in ProposedLead.objects.filter(
            design_patch__alternative=alternative
        ).select_related("chosen_by")
    }
    kept_out = kept_out_of(alternative)
    rows = []
    for drawn in alternative.patches.select_related("area", "ward", "continues"):
        officer = officers[drawn.pk]
        rows.append(
            LeadRow(
                drawn=drawn,
                officer=officer,
                chosen=chosen.get(drawn.pk),
                keep_count=present.keep(drawn.pk, officer),
                problem=_problem(officer, drawn, kept_out.get(drawn.pk, {}), on),
            )
        )
    return rows


def list_loads(
    alternative: DesignAlternative, rows: Sequence[LeadRow], on: dt.date
) -> list[OfficerLoad]:
    """Return what each officer would lead, the fullest first.

    Officers who lead patches of these wards today and none afterwards come last.
    """
    design = alternative.design
    capacity = float(design.assumptions.monthly_capacity)
    drawn: defaultdict[int, list[DesignPatch]] = defaultdict(list)
    officers: dict[int, Officer] = {}
    for row in rows:
        if row.officer is not None:
            officers[row.officer.pk] = row.officer
            drawn[row.officer.pk].append(row.drawn)
    in_wards = set(design.wards.order_by().values_list("patches", flat=True))
    losing = {
        officer_id
        for patch_id, officer_id in leads_on(on).items()
        if patch_id in in_wards
    }
    officers |= Officer.objects.in_bulk(losing - set(officers))
    elsewhere = count_homes_led(set(officers), not_in=in_wards, on=on)
    loads = [
        OfficerLoad(
            officer=officer,
            capacity=capacity * float(officer.fte),
            drawn=drawn[pk],
            homes_elsewhere=elsewhere.get(pk, 0),
        )
        for pk, officer in officers.items()
    ]
    return sorted(
        loads, key=lambda load: (not load.drawn, -load.percent, load.officer.name)
    )


def list_candidates(on: dt.date) -> list[Officer]:
    """Return everybody in post on a day, by name."""
    return list(Officer.objects.working_on(on).order_by("name", "pk"))


def teams_of_officers(
    officer_ids: Collection[int], ward_ids: Iterable[int], on: dt.date
) -> dict[int, set[int]]:
    """Return, by ward, which of some officers belong to its ward team on a day."""
    team_of = dict(
        TeamWard.objects.as_at(on)
        .filter(ward__in=list(ward_ids))
        .order_by()
        .values_list("ward", "team")
    )
    members: defaultdict[int, set[int]] = defaultdict(set)
    for team_id, officer_id in (
        TeamMembership.objects.as_at(on)
        .filter(team__in=set(team_of.values()), officer__in=officer_ids)
        .order_by()
        .values_list("team", "officer")
    ):
        members[team_id].add(officer_id)
    return {ward_id: members[team_id] for ward_id, team_id in team_of.items()}


def count_leads(rows: Iterable[LeadRow]) -> Counter[str]:
    """Count homes that keep their officer, change, and patches with nobody."""
    counted: Counter[str] = Counter()
    for row in rows:
        counted["keep"] += row.keep_count
        counted["change"] += row.change_count
        counted["vacant"] += row.officer is None
        counted["problems"] += bool(row.problem)
    return counted


def _problem(
    officer: Officer | None, drawn: DesignPatch, kept_out: dict, on: dt.date
) -> str:
    """Return why the officer cannot lead the drawn patch, or nothing."""
    try:
        if officer is not None:
            rules.check_in_post(officer, on)
        rules.check_no_conflict(officer, drawn.code, kept_out)
    except Refusal as refusal:
        return refusal.message
    return ""
