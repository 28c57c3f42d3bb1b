"""How much each officer answers for."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import (
    Count,
    DateField,
    IntegerField,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from housingplus.common.models import in_force
from officers.assignments.models import Assignment, AssignmentKind
from officers.teams.models import TeamMembership
from patches.register.models import PatchMembership

from .models import Officer, OfficerKind


def with_load(officers: QuerySet[Officer], day: dt.date) -> QuerySet[Officer]:
    """Annotate officers with what they answer for on a day, and their team.

    `patch_count`, `home_count` (managed homes of patches led), `cover_count`,
    `lead_since` (of the patch held longest) and `team_name`.
    """
    mine = Assignment.objects.as_at(day).filter(officer=OuterRef("pk")).order_by()
    leads = mine.filter(kind=AssignmentKind.LEAD).values("officer")
    covers = mine.filter(kind=AssignmentKind.COVER).values("officer")
    homes = (
        PatchMembership.objects.of_managed_homes(day)
        .filter(
            in_force(day, "patch__assignments__"),
            patch__assignments__officer=OuterRef("pk"),
            patch__assignments__kind=AssignmentKind.LEAD,
        )
        .order_by()
        .values("patch__assignments__officer")
        .annotate(total=Count("pk"))
        .values("total")
    )
    team = (
        TeamMembership.objects.as_at(day)
        .filter(officer=OuterRef("pk"))
        .order_by("starts_on", "pk")
        .values("team__name")[:1]
    )
    return officers.annotate(
        patch_count=_counted(leads),
        home_count=Coalesce(Subquery(homes, output_field=IntegerField()), 0),
        cover_count=_counted(covers),
        lead_since=Subquery(
            leads.annotate(first=Min("starts_on")).values("first"),
            output_field=DateField(),
        ),
        team_name=Subquery(team),
    )


def _counted(rows: QuerySet[Any, Any]) -> Coalesce:
    counted = rows.annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass(frozen=True)
class PostsFilled:
    """Full-time equivalents of patch officers in post on a day."""

    by_ward: dict[int, Decimal]
    by_patch: dict[int, Decimal]
    without_patch: Decimal

    @property
    def total(self) -> Decimal:
        return sum(self.by_ward.values(), Decimal(0)) + self.without_patch


_PATCH_OFFICERS = (
    OfficerKind.HOUSING_OFFICER,
    OfficerKind.SENIOR,
    OfficerKind.APPRENTICE,
)


def count_posts_filled(day: dt.date) -> PostsFilled:
    """Return how much officer time is in post, by ward and by patch; two queries.

    Whoever leads patches counts where they are, in equal shares; a patch officer who
    leads none counts only in the total.
    """
    leads = list(
        Assignment.objects.as_at(day)
        .filter(kind=AssignmentKind.LEAD, officer__isnull=False)
        .filter(in_force(day, "patch__"))
        .order_by()
        .values_list("patch_id", "patch__ward_id", "officer_id")
    )
    working: dict[int, tuple[Decimal, str]] = {
        pk: (fte, kind)
        for pk, fte, kind in Officer.objects.working_on(day)
        .order_by()
        .values_list("pk", "fte", "kind")
    }
    patches_of = Counter(officer for _, _, officer in leads)
    by_ward: dict[int, Decimal] = defaultdict(Decimal)
    by_patch: dict[int, Decimal] = {}
    for patch, ward, officer in leads:
        if officer in working:
            share = working[officer][0] / patches_of[officer]
            by_patch[patch] = share
            by_ward[ward] += share
    idle = (
        fte
        for pk, (fte, kind) in working.items()
        if kind in _PATCH_OFFICERS and pk not in patches_of
    )
    return PostsFilled(dict(by_ward), by_patch, sum(idle, Decimal(0)))
