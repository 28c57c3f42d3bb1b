"""What changed for some homes between two days: who answers, moves, the team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, FilteredRelation, Min, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from housingplus.common.models import in_force
from officers.assignments.selectors import (
    Answer,
    answers_for,
    leaders_of_teams,
    teams_of_wards,
)
from officers.directory.models import Officer
from officers.teams.models import WardTeam
from patches.properties.models import Property
from patches.register.models import Patch, PatchMembership
from patches.wards.models import Ward


@dataclass(frozen=True)
class PatchChange:
    """A patch that is answered for otherwise; without an Answer it was not there."""

    patch: Patch
    before: Answer | None
    after: Answer | None


@dataclass(frozen=True)
class HomesMoved:
    """Homes that went from a patch to another; None is no patch."""

    from_patch: Patch | None
    to_patch: Patch | None
    home_count: int
    streets: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """What is different on `day` from what was so on `since`."""

    since: dt.date
    day: dt.date
    patches: tuple[PatchChange, ...]
    moves: tuple[HomesMoved, ...]
    team_before: WardTeam | None
    team_after: WardTeam | None
    leader_before: Officer | None
    leader_after: Officer | None

    @property
    def is_new_team(self) -> bool:
        return self.team_before != self.team_after

    @property
    def is_new_leader(self) -> bool:
        return self.leader_before != self.leader_after

    @property
    def is_empty(self) -> bool:
        return not (
            self.patches or self.moves or self.is_new_team or self.is_new_leader
        )


def changes_in_ward(ward: Ward, since: dt.date, day: dt.date) -> Changes:
    """Return what changed for a ward; fourteen queries, however many homes."""
    homes = Property.objects.filter(ward=ward)
    return changes_between(homes, ward, since, day, patches=Q(ward=ward))


def changes_between(
    homes: QuerySet[Property],
    ward: Ward,
    since: dt.date,
    day: dt.date,
    *,
    patches: Q | None = None,
) -> Changes:
    """Return what changed for some homes and for the team of their ward.

    The patches are those the homes are in on either day, and those of `patches`. Two
    days are compared: what came and went between them is not told.
    """
    homes = homes.order_by()
    moves = _moves(homes, since, day)
    inside = PatchMembership.objects.filter(property__in=homes.values("pk"))
    ids = set(inside.as_at(since).order_by().values_list("patch", flat=True))
    ids |= set(inside.as_at(day).order_by().values_list("patch", flat=True))
    ids |= {pk for from_id, to_id, _, _ in moves for pk in (from_id, to_id) if pk}
    chosen = Q(pk__in=ids) | patches if patches is not None else Q(pk__in=ids)
    found = {
        patch.pk: patch
        for patch in Patch.objects.filter(chosen)
        .select_related("ward")
        .defer("ward__boundary")
        .order_by("code")
    }
    before = _answers(found.values(), since)
    after = _answers(found.values(), day)
    teams_before, teams_after = (
        teams_of_wards([ward.pk], since),
        teams_of_wards([ward.pk], day),
    )
    team_before, team_after = teams_before.get(ward.pk), teams_after.get(ward.pk)
    return Changes(
        since=since,
        day=day,
        patches=tuple(
            PatchChange(patch, before.get(pk), after.get(pk))
            for pk, patch in found.items()
            if _sameness(before.get(pk)) != _sameness(after.get(pk))
        ),
        moves=tuple(
            sorted(
                (
                    HomesMoved(
                        found.get(from_id or 0), found.get(to_id or 0), total, streets
                    )
                    for from_id, to_id, total, streets in moves
                ),
                key=_by_code,
            )
        ),
        team_before=team_before,
        team_after=team_after,
        leader_before=_leader(team_before, since),
        leader_after=_leader(team_after, day),
    )


def _moves(
    homes: QuerySet[Any], since: dt.date, day: dt.date
) -> list[tuple[int | None, int | None, int, tuple[str, ...]]]:
    """Return from which patch to which how many homes went, with their streets."""
    rows = (
        Property.objects.managed_on(day)
        .filter(pk__in=homes.values("pk"))
        .annotate(
            was_in=FilteredRelation(
                "memberships", condition=in_force(since, "memberships__")
            ),
            is_in=FilteredRelation(
                "memberships", condition=in_force(day, "memberships__")
            ),
        )
        .annotate(
            patch_before=Coalesce(F("was_in__patch"), Value(0)),
            patch_after=Coalesce(F("is_in__patch"), Value(0)),
        )
        .exclude(patch_before=F("patch_after"))
        .order_by("street_key")
        .values_list("patch_before", "patch_after", "street_key")
        .annotate(name=Min("street"), total=Count("pk"))
    )
    totals: dict[tuple[int, int], int] = {}
    streets: dict[tuple[int, int], list[str]] = {}
    for from_id, to_id, _, name, total in rows:
        totals[from_id, to_id] = totals.get((from_id, to_id), 0) + total
        streets.setdefault((from_id, to_id), []).append(name)
    return [
        (from_id or None, to_id or None, total, tuple(streets[from_id, to_id]))
        for (from_id, to_id), total in totals.items()
    ]


def _answers(patches: Iterable[Patch], day: dt.date) -> dict[int, Answer]:
    return answers_for([patch for patch in patches if patch.is_in_force(day)], day)


def _sameness(answer: Answer | None) -> tuple[object, ...]:
    """Equal for answers that need not be told again; a longer cover must be."""
    if answer is None:
        return ()
    return (
        answer.kind,
        answer.officer and answer.officer.pk,
        None if answer.officer else answer.team and answer.team.pk,
        answer.until if answer.kind == "cover" else None,
    )


def _leader(team: WardTeam | None, day: dt.date) -> Officer | None:
    return leaders_of_teams([team.pk], day).get(team.pk) if team else None


def _by_code(moved: HomesMoved) -> tuple[str, str]:
    return (
        moved.from_patch.code if moved.from_patch else "",
        moved.to_patch.code if moved.to_patch else "",
    )
