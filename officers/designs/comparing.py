"""Whose officer would change, in every alternative of a design at once.

Homes are counted by the patch they were in when the design was drawn, as kept with each
drawn patch, so that a page of many alternatives need not count homes again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from housingplus.common.dates import today
from officers.directory.models import Officer
from patches.design.models import DesignPatch

from .models import ProposedLead
from .selectors import OfficerChanges, Present, changes, leads_on, pick_leads


def leads_of(
    patches: Sequence[DesignPatch],
) -> tuple[Present, dict[int, Officer | None]]:
    """Return who leads the homes of drawn patches now and who is to; three queries."""
    day = today()
    lead_of = leads_on(day)
    present = Present({patch.pk: _by_lead(patch, lead_of) for patch in patches})
    drawn_ids = [patch.pk for patch in patches]
    alternatives = {patch.alternative_id for patch in patches}
    chosen = dict(
        ProposedLead.objects.filter(
            design_patch__alternative__in=alternatives
        ).values_list("design_patch", "officer")
    )
    return present, pick_leads(present, chosen, drawn_ids, day)


def _by_lead(patch: DesignPatch, lead_of: Mapping[int, int]) -> Counter[int | None]:
    counted: Counter[int | None] = Counter()
    for key, homes in patch.came_from.items():
        counted[lead_of.get(int(key)) if key else None] += homes
    return counted


def officer_changes_of(patches: Sequence[DesignPatch]) -> dict[int, OfficerChanges]:
    """Return how many homes change officer in each alternative, by its key."""
    present, leads = leads_of(patches)
    found: dict[int, dict[int, Officer | None]] = {}
    for patch in patches:
        found.setdefault(patch.alternative_id, {})[patch.pk] = leads[patch.pk]
    return {pk: changes(present, own) for pk, own in found.items()}
