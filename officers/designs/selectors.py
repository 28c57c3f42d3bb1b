"""Who is to answer for the patches of a design, and for how many homes that changes."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count

from housingplus.common.dates import today
from housingplus.common.models import in_force
from officers.assignments.models import Assignment, AssignmentKind
from officers.directory.models import Officer
from patches.design.models import DesignAlternative, DesignHome, DesignRule, RuleKind
from patches.register.models import PatchMembership

from .models import ProposedLead


@dataclass(frozen=True)
class OfficerChanges:
    """Homes whose lead is another officer afterwards, in all and by drawn patch."""

    home_count: int
    by_patch: dict[int, int]


@dataclass(frozen=True)
class Present:
    """Which officer leads how many of a drawn patch's homes today; None is nobody."""

    homes: dict[int, Counter[int | None]]

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
    for drawn_id, patch_id, count in placed:
        officer_id = lead_of.get(patch_id)
        if officer_id is not None:
            homes[drawn_id][officer_id] += count
            homes[drawn_id][None] -= count
    return Present(dict(homes))


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

    Whom somebody chose, else the officer who leads most of its homes today and still
    works here `on` the day; the one with the earlier name where two lead as many.
    """
    present = present or present_leads(alternative)
    chosen = dict(
        ProposedLead.objects.filter(design_patch__alternative=alternative).values_list(
            "design_patch", "officer"
        )
    )
    drawn_ids = alternative.patches.order_by("pk").values_list("pk", flat=True)
    return pick_leads(present, chosen, drawn_ids, on or today())


def pick_leads(
    present: Present,
    chosen: Mapping[int, int | None],
    drawn_ids: Iterable[int],
    day: dt.date,
) -> dict[int, Officer | None]:
    """Return who is to lead each drawn patch by the rule of `proposed_leads`."""
    ids = {officer for counted in present.homes.values() for officer in counted}
    officers = Officer.objects.in_bulk({*ids, *chosen.values()} - {None})
    order: dict[int | None, int] = {
        officer.pk: place
        for place, officer in enumerate(
            sorted(officers.values(), key=lambda officer: (officer.name, officer.pk))
        )
        if officer.started_on <= day
        and (officer.left_on is None or officer.left_on >= day)
    }
    leads: dict[int, Officer | None] = {}
    for drawn_id in drawn_ids:
        counted = present.homes.get(drawn_id, Counter())
        officer_id = (
            chosen[drawn_id] if drawn_id in chosen else _leads_most(counted, order)
        )
        leads[drawn_id] = officers.get(officer_id) if officer_id else None
    return leads


def _leads_most(
    counted: Counter[int | None], order: Mapping[int | None, int]
) -> int | None:
    return min(
        (officer_id for officer_id in counted if officer_id in order),
        key=lambda officer_id: (-counted[officer_id], order[officer_id]),
        default=None,
    )


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
