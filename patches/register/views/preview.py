"""What a move would change, before anybody confirms it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Case, When

from officers.assignments.selectors import Answer, answers_for
from patches.properties.models import Property
from patches.register.models import Patch
from patches.register.rules import Position, why_not_move
from patches.register.selectors import (
    SizeChange,
    fingerprint,
    list_positions,
    list_size_changes,
)
from tenants.households.models import Household
from tenants.households.querysets import not_written_to

from .scope import ward_ids_for

if TYPE_CHECKING:
    from officers.accounts.models import User


@dataclass
class AnswerChange:
    """The homes that come from one patch (or none), and who answers for them then."""

    patch: Patch | None
    before: Answer | None
    after: Answer | None
    homes: list[Property] = field(default_factory=list)
    household_count: int = 0

    @property
    def is_change(self) -> bool:
        return _who(self.before) != _who(self.after)


@dataclass(frozen=True)
class Preview:
    """Everything a person sees on "check before you move"."""

    movable: list[Position]
    refused: list[tuple[Property, str]]
    sizes: list[SizeChange]
    changes: list[AnswerChange]
    household_count: int
    letter_count: int

    @property
    def seen(self) -> str:
        return fingerprint(self.movable)

    @property
    def home_ids(self) -> list[int]:
        return [position.home.pk for position in self.movable]


def preview_move(
    *,
    home_ids: Collection[int],
    to_patch: Patch | None,
    starts_on: dt.date,
    user: User,
) -> Preview:
    """Return what moving the homes on that day would change."""
    ward_ids = ward_ids_for(to_patch.ward, starts_on) if to_patch else set()
    movable: list[Position] = []
    refused: list[tuple[Property, str]] = []
    for position in list_positions(home_ids, starts_on):
        why = why_not_move(
            position, to_patch=to_patch, starts_on=starts_on, ward_ids=ward_ids
        )
        if why:
            refused.append((position.home, why))
        else:
            movable.append(position)
    changes = _answer_changes(movable, to_patch, starts_on)
    changing = [row for row in changes if row.is_change]
    letters = _count_households(changing, starts_on, user)
    return Preview(
        movable=movable,
        refused=refused,
        sizes=list_size_changes(movable, to_patch=to_patch, day=starts_on),
        changes=changes,
        household_count=sum(row.household_count for row in changing),
        letter_count=letters,
    )


def _answer_changes(
    movable: Sequence[Position], to_patch: Patch | None, day: dt.date
) -> list[AnswerChange]:
    patches = {row.patch.pk: row.patch for row in movable if row.patch is not None}
    if to_patch is not None:
        patches[to_patch.pk] = to_patch
    answers = answers_for(patches.values(), day)
    after = answers[to_patch.pk] if to_patch else None
    groups: dict[int | None, AnswerChange] = {}
    for position in movable:
        group = groups.setdefault(
            position.patch_id,
            AnswerChange(position.patch, answers.get(position.patch_id or 0), after),
        )
        group.homes.append(position.home)
    return list(groups.values())


def _count_households(
    changing: Sequence[AnswerChange], day: dt.date, user: User
) -> int:
    """Count each group's households on the day; return how many may be written to."""
    group_of = {home.pk: group for group in changing for home in group.homes}
    households = (
        Household.objects.visible_to(user)
        .as_at(day)
        .filter(property__in=group_of)
        .order_by()
        .annotate(is_marked=Case(When(not_written_to(), then=True), default=False))
        .values_list("property", "is_marked")
    )
    letters = 0
    for property_id, is_marked in households:
        group_of[property_id].household_count += 1
        letters += not is_marked
    return letters


def _who(answer: Answer | None) -> tuple[str, int | None]:
    if answer is None:
        return ("nobody", None)
    if answer.officer is not None:
        return ("officer", answer.officer.pk)
    return ("team", answer.team.pk if answer.team else None)
