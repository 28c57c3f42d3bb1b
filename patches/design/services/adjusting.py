"""Moving streets and blocks from patch to patch by hand; undoing and redoing it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from housingplus.audit import services as audit
from housingplus.audit.conflicts import changed_by_whom
from housingplus.audit.selectors import list_events_about
from housingplus.common.counting import plural
from housingplus.common.locking import lock
from patches.design.errors import AdjustmentChanged, AdjustmentRefused
from patches.design.models import (
    DesignAlternative,
    DesignArea,
    DesignEdit,
    DesignPatch,
    DesignUnit,
)
from patches.design.rules import adjusting as rules
from patches.design.selectors.adjusting import get_next_redo, get_next_undo
from patches.design.selectors.boards import load_area, make_ready
from patches.design.solver.adjust import why_not_move, with_places

from .moves import lock_design
from .storing import rewrite_area

if TYPE_CHECKING:
    from officers.accounts.models import User

GONE = "Somebody drew this design again or removed this alternative meanwhile."
_MOVED = "patch design.homes moved"
_UNDONE = "patch design.move undone"
_REDONE = "patch design.move redone"
# [unit, patch it left, patch it joined]: keys, None for no patch.
Move = tuple[int, int | None, int | None]


@dataclass(frozen=True)
class PatchChange:
    """A patch a move took homes from or gave them to, after the move."""

    patch: DesignPatch
    homes_before: int


@dataclass(frozen=True)
class Adjusted:
    """A move by hand that was made, undone or made again, and what it did.

    For a double click there are no changes, and for a second undo no edit.
    """

    edit: DesignEdit | None
    changes: tuple[PatchChange, ...]


def move_places(
    *,
    alternative: DesignAlternative,
    places: Collection[int],
    to: int,
    version: int,
    token: uuid.UUID,
    by: User,
) -> Adjusted:
    """Move units (their keys) to a patch of the same alternative (its key).

    Refused when a rule of the design, a kept patch or a patch in parts forbids it, and
    when somebody moved homes after `version`. The token came with the form: pressing
    twice moves once.
    """
    patch, units = _asked(alternative, places, to)
    # The slow part is outside the transaction: what follows takes a moment.
    make_ready(alternative, patch.area)
    with transaction.atomic():
        alternative = _lock(alternative)
        if (made := DesignEdit.objects.filter(token=token).first()) is not None:
            return _made_already(made, alternative)
        _check_version(alternative, version)
        drawn = load_area(alternative, patch.area)
        keys = _patch_keys(alternative, patch.area)
        number = keys.index(patch.pk)
        chosen = [unit.number for unit in units]
        if reason := why_not_move(drawn, chosen, number):
            raise AdjustmentRefused(reason, field="to")
        moves: list[Move] = [
            (unit.pk, _key(keys, drawn.part[unit.number]), patch.pk)
            for unit in units
            if drawn.part[unit.number] != number
        ]
        alternative.edits.filter(is_undone=True).delete()
        last = alternative.edits.order_by("-number").first()
        edit = DesignEdit.objects.create(
            alternative=alternative,
            number=last.number + 1 if last else 1,
            moves=moves,
            summary=_summary(alternative, units, moves, patch),
            made_by=by,
            token=token,
        )
        changes = _place(alternative, patch.area, {unit: to for unit, _, to in moves})
        _record(_MOVED, alternative, edit, by=by)
    return Adjusted(edit, changes)


def _made_already(made: DesignEdit, alternative: DesignAlternative) -> Adjusted:
    """Return a move made by an earlier press; another map's form is no such press."""
    if made.alternative_id != alternative.pk:
        raise AdjustmentChanged("This form is another map’s. Choose here what to move.")
    return Adjusted(made, ())


def undo_move(*, alternative: DesignAlternative, version: int, by: User) -> Adjusted:
    """Take back the last move by hand that is not undone yet."""
    return _step(alternative, version=version, by=by, is_undo=True)


def redo_move(*, alternative: DesignAlternative, version: int, by: User) -> Adjusted:
    """Make the move undone last again."""
    return _step(alternative, version=version, by=by, is_undo=False)


def _step(
    alternative: DesignAlternative, *, version: int, by: User, is_undo: bool
) -> Adjusted:
    next_edit = get_next_undo if is_undo else get_next_redo
    verb = _UNDONE if is_undo else _REDONE
    if (expected := next_edit(alternative)) is not None:
        make_ready(alternative, _area_of(expected))
    with transaction.atomic():
        alternative = _lock(alternative)
        if _is_repeated(alternative, verb, version=version, by=by):
            return Adjusted(None, ())
        _check_version(alternative, version)
        edit = next_edit(alternative)
        if edit is None:
            raise AdjustmentRefused(
                "There is no move to undo." if is_undo else "There is no move to redo."
            )
        edit.is_undone = is_undo
        edit.save(update_fields=["is_undone"])
        changes = _place(
            alternative,
            _area_of(edit),
            {unit: left if is_undo else joined for unit, left, joined in edit.moves},
        )
        _record(verb, alternative, edit, by=by)
    return Adjusted(edit, changes)


def _asked(
    alternative: DesignAlternative, places: Collection[int], to: int
) -> tuple[DesignPatch, list[DesignUnit]]:
    """Return the patch and the units named; refused when they are not this design's."""
    patch = alternative.patches.filter(pk=to).select_related("area").first()
    if patch is None and not DesignAlternative.objects.filter(pk=alternative.pk):
        raise AdjustmentChanged(GONE)
    if patch is None:
        raise AdjustmentRefused("Select the patch they go to", field="to")
    patch.area.design = alternative.design
    units = list(
        DesignUnit.objects.filter(
            pk__in=set(places), area__design=alternative.design_id
        )
        .select_related("area")
        .order_by("number")
    )
    if not units:
        raise AdjustmentRefused("Select what is to move", field="places")
    rules.check_same_area(units, patch.area)
    return patch, units


def _lock(alternative: DesignAlternative) -> DesignAlternative:
    """Return the alternative, locked with its design, if homes may move in it."""
    design = lock_design(alternative.design_id)
    found = lock(DesignAlternative.objects.filter(pk=alternative.pk)).first()
    if found is None:
        raise AdjustmentChanged(GONE)
    found.design = design
    rules.check_can_adjust(design)
    rules.check_is_by_hand(found)
    return found


def _check_version(alternative: DesignAlternative, version: int) -> None:
    """Homes move in the map the person saw; else they are told who moved some."""
    if alternative.version != version:
        raise AdjustmentChanged(
            f"{changed_by_whom(alternative)} Look at the map as it is now, then go on."
        )


def _is_repeated(
    alternative: DesignAlternative, verb: str, *, version: int, by: User
) -> bool:
    """Whether this person has just done this very step: a double click."""
    last = list_events_about(alternative).first()
    return (
        alternative.version == version + 1
        and last is not None
        and last.verb == verb
        and last.by_id == by.pk
    )


def _place(
    alternative: DesignAlternative,
    area: DesignArea,
    places: Mapping[int, int | None],
) -> tuple[PatchChange, ...]:
    """Put units (keys) into patches (keys, None for none) and keep the new figures."""
    area.design = alternative.design
    keys = _patch_keys(alternative, area)
    before = dict(alternative.patches.filter(area=area).values_list("pk", "home_count"))
    number_of = dict(area.units.filter(pk__in=list(places)).values_list("pk", "number"))
    drawn = load_area(alternative, area)
    touched = {key for key in places.values() if key is not None} | {
        key
        for unit in places
        if (key := _key(keys, drawn.part[number_of[unit]])) is not None
    }
    moved = with_places(
        drawn,
        {
            number_of[unit]: -1 if key is None else keys.index(key)
            for unit, key in places.items()
        },
    )
    rewrite_area(alternative=alternative, area=area, drawn=moved)
    alternative.version += 1
    alternative.save(update_fields=["version"])
    design = alternative.design
    if design.chosen_id == alternative.pk:
        # Whoever is about to propose it has seen other figures.
        design.version += 1
        design.save(update_fields=["version"])
    return tuple(
        PatchChange(patch, before[patch.pk])
        for patch in alternative.patches.filter(pk__in=touched).order_by("code")
    )


def _area_of(edit: DesignEdit) -> DesignArea:
    return DesignArea.objects.get(units=edit.moves[0][0])


def _patch_keys(alternative: DesignAlternative, area: DesignArea) -> list[int]:
    """Return the keys of an area's patches in the order the solver numbers them."""
    patches = alternative.patches.filter(area=area).order_by("number")
    return list(patches.values_list("pk", flat=True))


def _key(keys: Sequence[int], number: int) -> int | None:
    return None if number < 0 else keys[number]


def _summary(
    alternative: DesignAlternative,
    units: Sequence[DesignUnit],
    moves: Sequence[Move],
    to: DesignPatch,
) -> str:
    """Return a move in a sentence: "Elm Road and 2 more (31 homes) from S01 to S02"."""
    moved = {unit for unit, _, _ in moves}
    names = [unit for unit in units if unit.pk in moved]
    homes = sum(unit.home_count for unit in names)
    left = {key for _, key, _ in moves}
    codes = alternative.patches.filter(pk__in=[key for key in left if key])
    whence = sorted(codes.values_list("code", flat=True))
    if None in left:
        whence.append("no patch")
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    listed = ", ".join(whence)
    if len(listed) > 60:
        listed = f"{len(whence)} patches"
    what = f"{names[0].name[:160]}{more} ({plural(homes, 'home')})"
    return f"{what} from {listed} to {to.code}"


def _record(
    verb: str, alternative: DesignAlternative, edit: DesignEdit, *, by: User
) -> None:
    audit.record(
        verb,
        subject=alternative,
        by=by,
        summary=edit.summary,
        changes={"edit": [None, edit.number]},
    )
