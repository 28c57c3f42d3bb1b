"""Whose officer would change, in every alternative of a design at once.

Homes are counted by the patch they were in when the design was drawn, as kept with each
drawn patch, so that a page of many alternatives need not count homes again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from housingplus.common.dates import today
from officers.directory.models import Officer
from patches.design.models import DesignPatch

from .models import ProposedLead
from .selectors import OfficerChanges, Present, changes, leads_on, pick_leads


def leads_of(
    patches: Iterable[DesignPatch],
) -> tuple[Present, dict[int, Officer | None]]:
    """Return who leads the homes of drawn patches now and who is to.

    All patches of the alternatives they are of are read and answered for: who leads
    one of them depends on the others. A fixed number of queries for each alternative.
    """
    day = today()
    lead_of = leads_on(day)
    alternatives = {patch.alternative_id for patch in patches}
    rows = list(
        DesignPatch.objects.filter(alternative__in=alternatives)
        .only("alternative", "area", "came_from")
        .order_by("pk")
    )
    chosen = dict(
        ProposedLead.objects.filter(
            design_patch__alternative__in=alternatives
        ).values_list("design_patch", "officer")
    )
    every: dict[int, Counter[int | None]] = {}
    leads: dict[int, Officer | None] = {}
    for pk in sorted(alternatives):
        own = [patch for patch in rows if patch.alternative_id == pk]
        present = _present(own, lead_of)
        every |= present.homes
        areas = {patch.pk: patch.area_id for patch in own}
        picked = {key: who for key, who in chosen.items() if key in areas}
        leads |= pick_leads(present, picked, areas, day)
    return Present(every), leads


def _present(patches: Sequence[DesignPatch], lead_of: Mapping[int, int]) -> Present:
    """Return who leads the homes of an alternative's patches, as counted when drawn."""
    homes: dict[int, Counter[int | None]] = {}
    now: set[int] = set()
    for patch in patches:
        counted: Counter[int | None] = Counter()
        for key, count in patch.came_from.items():
            counted[lead_of.get(int(key)) if key else None] += count
            now |= {int(key)} if key else set()
        homes[patch.pk] = counted
    return Present(homes, Counter(lead_of[key] for key in now if key in lead_of))


def officer_changes_of(patches: Sequence[DesignPatch]) -> dict[int, OfficerChanges]:
    """Return how many homes change officer in each alternative, by its key."""
    present, leads = leads_of(patches)
    found: dict[int, dict[int, Officer | None]] = {}
    for patch in patches:
        found.setdefault(patch.alternative_id, {})[patch.pk] = leads[patch.pk]
    return {pk: changes(present, own) for pk, own in found.items()}
