"""What is known of moves: before one is made, and after."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Sequence

from django.db.models import Q, QuerySet

from patches.properties.models import Property
from patches.register.models import MovedHome, Patch, PatchMembership, PatchMove
from patches.register.rules import Position


def list_positions(property_ids: Collection[int], day: dt.date) -> list[Position]:
    """Return where each home is on `day` and what is planned after, in two queries."""
    current: dict[int, PatchMembership] = {}
    later: dict[int, PatchMembership] = {}
    memberships = (
        PatchMembership.objects.from_day(day)
        .filter(property__in=property_ids)
        .select_related("patch")
        .order_by("-starts_on")
    )
    for membership in memberships:
        found = current if membership.is_in_force(day) else later
        found[membership.property_id] = membership
    return [
        Position(
            home=home,
            is_managed=home.managed_from <= day
            and (home.managed_to is None or home.managed_to >= day),
            membership=current.get(home.pk),
            later=later.get(home.pk),
        )
        for home in Property.objects.filter(pk__in=property_ids)
        .select_related("ward")
        .in_walking_order()
    ]


def fingerprint(positions: Sequence[Position]) -> str:
    """Return a short text that changes when any of the homes' positions does."""
    lines = sorted(
        f"{position.home.pk}:{_mark(position.membership)}:{_mark(position.later)}"
        for position in positions
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def _mark(membership: PatchMembership | None) -> str:
    if membership is None:
        return "-"
    return f"{membership.pk},{membership.patch_id},{membership.ends_on}"


def latest_move_of(property_ids: Collection[int]) -> PatchMove | None:
    """Return the move that touched any of the homes last."""
    moved = MovedHome.objects.filter(property__in=property_ids)
    return (
        PatchMove.objects.filter(pk__in=moved.values("move"))
        .select_related("moved_by", "undone_by", "to_patch")
        .order_by("-moved_at", "-pk")
        .first()
    )


def list_moves_of_property(home: Property) -> QuerySet[MovedHome]:
    """Return what each move did to a home, newest first, with by whom and where."""
    return (
        MovedHome.objects.filter(property=home)
        .select_related(
            "move__moved_by", "move__undone_by", "move__to_patch", "from_patch"
        )
        .order_by("-move__moved_at", "-pk")
    )


def list_moves_of_patch(patch: Patch) -> QuerySet[PatchMove]:
    """Return the moves into and out of a patch, newest first."""
    out = MovedHome.objects.filter(from_patch=patch).values("move")
    return PatchMove.objects.filter(Q(to_patch=patch) | Q(pk__in=out)).select_related(
        "moved_by", "undone_by", "to_patch"
    )


def count_homes_changed_since(move: PatchMove) -> int:
    """Return how many homes of a move are no longer as the move left them."""
    moved = MovedHome.objects.filter(move=move).values("property")
    after = PatchMembership.objects.from_day(move.starts_on).filter(property__in=moved)
    if move.to_patch_id is None:
        return after.order_by().values("property").distinct().count()
    left_as_it_was = after.filter(
        started_by_move=move, ended_by_move=None, ends_on=None
    )
    total = MovedHome.objects.filter(move=move).count()
    return total - left_as_it_was.count()
