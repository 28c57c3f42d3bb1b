"""Which homes of a list go to which patch."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from housingplus.common.errors import Refusal
from housingplus.imports.models import ImportRowOutcome as Outcome
from housingplus.imports.options import ImportOptions
from housingplus.imports.plans import Finding
from patches.register.models import Patch, PatchMembership
from patches.register.rules import check_patch_takes_homes, why_not_move
from patches.register.selectors.moves import list_positions

from .columns import LABELS
from .held import Held
from .rows import problem

if TYPE_CHECKING:
    from .planning import Placed, Writes

_AT_ONCE = 5_000


def plan_patches(
    placed: list[Placed],
    held: Held,
    options: ImportOptions,
    writes: Writes,
    findings: list[Finding],
    outcomes: dict[int, Finding],
) -> None:
    """Work out the moves the patch column asks for, and why some cannot be.

    The rules are those of moving homes on the patch pages (patches.register.rules).
    """
    wanted: dict[str, list[Placed]] = defaultdict(list)
    for found in placed:
        if found.row.patch:
            wanted[found.row.patch.casefold()].append(found)
    if not wanted:
        return
    now_in = _patches_now(options)
    for key, rows in wanted.items():
        patch = held.patches.get(key)
        moving = [
            found
            for found in rows
            if patch is None
            or found.home is None
            or now_in.get(found.home.pk, (0, ""))[0] != patch.pk
        ]
        if not moving:
            continue
        refusals = _why_not(patch, rows, moving, held, options, writes)
        going = []
        for found in moving:
            if why := refusals.get(found.row.number):
                findings.append(problem(found.row, "patch", why, found.row.patch))
                outcomes.pop(found.row.number, None)
            else:
                going.append(found)
        if going:
            writes.moves[key] = going
            for found in going:
                old = now_in.get(found.home.pk, (0, ""))[1] if found.home else ""
                _note(found, old, patch.code if patch else found.row.patch, outcomes)


def _patches_now(options: ImportOptions) -> dict[int, tuple[int, str]]:
    """Return the patch each home is in on the day: its id and code."""
    rows = PatchMembership.objects.as_at(options.starts_on).order_by()
    return {
        home: (patch, code)
        for home, patch, code in rows.values_list("property", "patch", "patch__code")
    }


def _why_not(
    patch: Patch | None,
    rows: list[Placed],
    moving: list[Placed],
    held: Held,
    options: ImportOptions,
    writes: Writes,
) -> dict[int, str]:
    """Return, by row number, why rows cannot go to their patch."""
    if patch is None:
        if not options.create_patches:
            why = (
                "No patch here has this code. Correct it, or ask for new patches to "
                "be created."
            )
            return {found.row.number: why for found in moving}
        ward = Counter(found.ward_code for found in rows).most_common(1)[0][0]
        writes.patches[rows[0].row.patch] = ward
    else:
        try:
            check_patch_takes_homes(patch, options.starts_on)
        except Refusal as refusal:
            return {found.row.number: refusal.message for found in moving}
        ward = held.wards[patch.ward_id].code
    refused = {
        found.row.number: (
            "The home lies outside the wards of the patch's ward team. Choose another "
            "patch, or give the ward to that team first."
        )
        for found in moving
        if not _same_team(ward, found.ward_code, held)
    }
    return refused | _planned_otherwise(patch, moving, options)


def _same_team(ward: str, other: str, held: Held) -> bool:
    if ward == other:
        return True
    one, two = held.ward_by_code.get(ward), held.ward_by_code.get(other)
    return bool(one and two and one.team is not None and one.team == two.team)


def _planned_otherwise(
    patch: Patch | None, moving: list[Placed], options: ImportOptions
) -> dict[int, str]:
    """Return, by row number, why homes held here cannot move on that day."""
    by_home = {found.home.pk: found for found in moving if found.home is not None}
    keys = list(by_home)
    refused: dict[int, str] = {}
    to_patch = patch or Patch(pk=-1)
    for start in range(0, len(keys), _AT_ONCE):
        for position in list_positions(
            keys[start : start + _AT_ONCE], options.starts_on
        ):
            why = why_not_move(
                replace(position, is_managed=True),
                to_patch=to_patch,
                starts_on=options.starts_on,
                ward_ids={position.home.ward_id},
            )
            if why:
                number = by_home[position.home.pk].row.number
                refused[number] = f"The home {why}. Choose another day or patch."
    return refused


def _note(found: Placed, old: str, new: str, outcomes: dict[int, Finding]) -> None:
    """Add the patch to what the report says about a row."""
    number = found.row.number
    known = outcomes.get(number)
    if known is None:
        assert found.home is not None  # noqa: S101
        known = Finding(
            Outcome.CHANGED, number, str(found.home.pk), found.row.label, changes={}
        )
    outcomes[number] = replace(
        known, changes={**known.changes, LABELS["patch"]: [old, new]}
    )
