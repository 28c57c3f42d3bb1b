"""How much each officer answers for."""

from __future__ import annotations

import datetime as dt
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

from .models import Officer


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
