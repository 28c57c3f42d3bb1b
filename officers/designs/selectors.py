"""Who is to answer for the patches of a design, and for how many homes that changes."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Count

from housingplus.common.dates import today
from housingplus.common.models import in_force
from officers.assignments.models import Assignment, AssignmentKind
from officers.directory.models import Officer
from patches.design.models import DesignAlternative, DesignHome, DesignRule, RuleKind
from patches.register.models import PatchMembership

from .models import ProposedLead
from .proposing import propose_leads


@dataclass(frozen=True)
class OfficerChanges:
    """Homes whose lead is another officer afterwards, in all and by drawn patch."""

    home_count: int
    by_patch: dict[int, int]


@dataclass(frozen=True)
class Present:
    """Which officer leads how many of a drawn patch's homes today; None is nobody.

    `led` is how many of the patches those homes are in now each officer leads.
    """

    homes: dict[int, Counter[int | None]]
    led: Counter[int] = field(default_factory=Counter)

    def keep(self, drawn_id: int, officer: Officer | None) -> int:
        """How many homes of a drawn patch would keep this officer."""
        if officer is None:
            return 0
        return self.homes.get(drawn_id, Counter())[officer.pk]


def present_leads(alternative: DesignAlternative) -> Present:
    """Count the homes of each drawn patch by who leads on them today; three queries."""
    day = today()
    lead_of = leads_on(day)
    homes: dict[int, Counter[int | None]] = defaultdict(Counter)
    rows = (
        DesignHome.objects.filter(unit__placements__alternative=alternative)
        .order_by()
        .values_list("unit__placements__patch")
    )
    for drawn_id, count in rows.annotate(total=Count("pk")):
        homes[drawn_id][None] = count
    placed = (
        rows.filter(in_force(day, "property__memberships__"))
        .values_list("unit__placements__patch", "property__memberships__patch")
        .annotate(total=Count("pk"))
    )
    led: dict[int, int] = {}
    for drawn_id, patch_id, count in placed:
        officer_id = lead_of.get(patch_id)
        if officer_id is not None:
            led[patch_id] = officer_id
            homes[drawn_id][officer_id] += count
            homes[drawn_id][None] -= count
    return Present(dict(homes), Counter(led.values()))


def leads_on(day: dt.date) -> dict[int, int]:
    """Return the officer who leads each patch on a day; covers stand in for no one."""
    rows = Assignment.objects.as_at(day).filter(
        kind=AssignmentKind.LEAD, officer__isnull=False
    )
    return dict(rows.order_by().values_list("patch", "officer"))


def proposed_leads(
    alternative: DesignAlternative,
    *,
    on: dt.date | None = None,
    present: Present | None = None,
) -> dict[int, Officer | None]:
    """Return who is to lead each drawn patch, by its id; None is its ward team.

    Whom somebody chose, else a proposal by which most homes keep their officer, nobody
    leads more patches than today, and all work here `on` the day.
    """
    present = present or present_leads(alternative)
    chosen = dict(
        ProposedLead.objects.filter(design_patch__alternative=alternative).values_list(
            "design_patch", "officer"
        )
    )
    areas = dict(alternative.patches.order_by("pk").values_list("pk", "area"))
    return pick_leads(present, chosen, areas, on or today())


def pick_leads(
    present: Present,
    chosen: Mapping[int, int | None],
    areas: Mapping[int, int],
    day: dt.date,
) -> dict[int, Officer | None]:
    """Return who is to lead each patch of one alternative, as `proposed_leads` says.

    `areas` is the area of each drawn patch.
    """
    homes = {pk: present.homes.get(pk, Counter()) for pk in areas}
    ids = {officer for counted in homes.values() for officer in counted}
    officers = Officer.objects.in_bulk({*ids, *chosen.values()} - {None})
    in_post = sorted(
        (
            officer
            for officer in officers.values()
            if officer.started_on <= day
            and (officer.left_on is None or officer.left_on >= day)
        ),
        key=lambda officer: (officer.name, officer.pk),
    )
    leads = propose_leads(
        homes, areas, [officer.pk for officer in in_post], present.led, chosen
    )
    return {
        drawn_id: officers.get(officer_id) if officer_id else None
        for drawn_id, officer_id in leads.items()
    }


def count_officer_changes(alternative: DesignAlternative) -> OfficerChanges:
    """Count the homes whose lead would be another than today's.

    Homes nobody leads today count where an officer is to lead them, and the other way
    round.
    """
    present = present_leads(alternative)
    return changes(present, proposed_leads(alternative, present=present))


def changes(present: Present, leads: Mapping[int, Officer | None]) -> OfficerChanges:
    """Count the homes whose lead these leads would change."""
    by_patch = {}
    for drawn_id, officer in leads.items():
        counted = present.homes.get(drawn_id, Counter())
        key = officer.pk if officer else None
        by_patch[drawn_id] = counted.total() - counted[key]
    return OfficerChanges(sum(by_patch.values()), by_patch)


def kept_out_of(alternative: DesignAlternative) -> dict[int, dict[int, DesignRule]]:
    """Return, by drawn patch, the officers some of its homes are kept away from.

    Each with the rule: a home kept out of a patch (an officer's own, say) is kept away
    from the officer who leads that patch today.
    """
    rules = list(
        DesignRule.objects.filter(
            design=alternative.design_id, kind=RuleKind.NOT_IN
        ).select_related("patch")
    )
    if not rules:
        return {}
    lead_of = leads_on(today())
    home_ids = {home_id for rule in rules for home_id in rule.homes}
    drawn_of = dict(
        DesignHome.objects.filter(
            design=alternative.design_id,
            property__in=home_ids,
            unit__placements__alternative=alternative,
        ).values_list("property", "unit__placements__patch")
    )
    found: dict[int, dict[int, DesignRule]] = defaultdict(dict)
    for rule in rules:
        officer_id = lead_of.get(rule.patch_id or 0)
        if officer_id is None:
            continue
        for home_id in rule.homes:
            if home_id in drawn_of:
                found[drawn_of[home_id]].setdefault(officer_id, rule)
    return dict(found)


def count_homes_led(
    officer_ids: Collection[int], *, not_in: Collection[int], on: dt.date
) -> dict[int, int]:
    """Count the homes officers lead in other patches than some, by officer."""
    lead_of = {
        patch_id: officer_id
        for patch_id, officer_id in leads_on(on).items()
        if officer_id in officer_ids and patch_id not in not_in
    }
    sizes = (
        PatchMembership.objects.of_managed_homes(on)
        .filter(patch__in=list(lead_of))
        .order_by()
        .values_list("patch")
        .annotate(total=Count("pk"))
    )
    counted: Counter[int] = Counter()
    for patch_id, total in sizes:
        counted[lead_of[patch_id]] += total
    return dict(counted)
