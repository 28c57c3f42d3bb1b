"""Teams with what they have and lack."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from officers.assignments.selectors import without_officer
from officers.directory.models import Officer
from patches.register.models import Patch

from .models import TeamLeadership, TeamMembership, TeamWard, WardTeam


@dataclass
class TeamParts:
    """A team's wards and leader on a day."""

    wards: list[TeamWard] = field(default_factory=list)
    leader: Officer | None = None


def with_counts(teams: QuerySet[WardTeam], day: dt.date) -> QuerySet[WardTeam]:
    """Annotate `member_count`, `patch_count`, `vacant_count` and `leader_name`."""
    members = TeamMembership.objects.as_at(day).filter(team=OuterRef("pk"))
    wards = TeamWard.objects.as_at(day).filter(team=OuterRef(OuterRef("pk")))
    patches = Patch.objects.as_at(day).filter(ward__in=wards.values("ward"))
    vacant = without_officer(Patch.objects.as_at(day), day).filter(
        ward__in=wards.values("ward")
    )
    leader = TeamLeadership.objects.as_at(day).filter(team=OuterRef("pk"))
    return teams.annotate(
        member_count=_counted(members, "team"),
        patch_count=_all_counted(patches),
        vacant_count=_all_counted(vacant),
        leader_name=Subquery(leader.values("officer__name")[:1]),
    )


def parts_of_teams(team_ids: list[int], day: dt.date) -> dict[int, TeamParts]:
    """Return wards and leader of each team on a day; two queries."""
    parts = {pk: TeamParts() for pk in team_ids}
    for row in (
        TeamWard.objects.as_at(day)
        .filter(team__in=team_ids)
        .select_related("ward")
        .order_by("ward__name")
    ):
        parts[row.team_id].wards.append(row)
    leaders = TeamLeadership.objects.as_at(day).filter(team__in=team_ids)
    for lead in leaders.select_related("officer"):
        parts[lead.team_id].leader = lead.officer
    return parts


def _counted(rows: QuerySet, key: str) -> Coalesce:
    counted = rows.order_by().values(key).annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _all_counted(rows: QuerySet) -> Coalesce:
    """Count rows without grouping by a column of theirs."""
    one = Value(1, output_field=IntegerField())
    counted = (
        rows.order_by().annotate(one=one).values("one").annotate(total=Count("pk"))
    )
    return Coalesce(Subquery(counted.values("total"), output_field=IntegerField()), 0)
