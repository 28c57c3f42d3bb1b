"""What is known of a design after a year, as plain values to be frozen.

Days are texts as they are read ("3 March 2026"): the evidence is a document.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Sum

from housingplus.common.dates import long_date
from patches.design.models import (
    DesignComment,
    DesignMove,
    PatchDesign,
    PublishedChange,
    PublishedPatch,
)
from patches.design.months import Month, month_of, months_before
from patches.register.models import MovedHome, Patch, PatchMove

Row = dict[str, Any]
# A list in a document is not endless; the total is always given beside it.
MOST_ROWS = 200


@dataclass(frozen=True)
class DrawnThen:
    """A patch the design opened or kept, with what was drawn."""

    patch: Patch
    homes_then: int
    hours_then: float | None


def list_patches(design: PatchDesign, day: dt.date) -> list[DrawnThen]:
    """Return the design's patches with `home_count` on a day, by code; two queries."""
    rows = (
        PublishedPatch.objects.filter(design=design)
        .exclude(change=PublishedChange.CLOSED)
        .annotate(hours=Sum("design_patch__work__officer_hours"))
        .values_list("patch_id", "design_patch__home_count", "hours")
    )
    drawn = {pk: (homes, hours) for pk, homes, hours in rows}
    patches = (
        Patch.objects.filter(pk__in=drawn)
        .with_home_count(day)
        .select_related("ward")
        .order_by("code")
    )
    return [DrawnThen(patch, *drawn[patch.pk]) for patch in patches]


def months_of(design: PatchDesign, day: dt.date) -> list[Month]:
    """Return the months since a design came into force, up to the last whole one.

    Two years at most.
    """
    assert design.starts_on is not None  # noqa: S101 - it is published
    count = month_of(design.starts_on).until(day)
    return months_before(day, min(count, 24)) if count > 0 else []


def facts(design: PatchDesign) -> list[list[str]]:
    """Return what the design was, name and text."""
    flows = design.successions.aggregate(
        homes=Sum("home_count", filter=Q(to_patch__isnull=False)),
        stayed=Sum("home_count", filter=Q(from_patch=F("to_patch"))),
    )
    homes, stayed = flows["homes"] or 0, flows["stayed"] or 0
    changes = dict(
        design.published_patches.order_by()
        .values_list("change")
        .annotate(total=Count("pk"))
    )
    known = [
        ["Design", design.name],
        ["Why", design.reason],
        ["In force from", long_date(design.starts_on) if design.starts_on else ""],
        ["Approved by", _who(design.approved_by, design.approved_at)],
        ["Published by", _who(design.published_by, design.published_at)],
        ["Map chosen", str(design.chosen or "")],
        ["Assumption set", str(design.assumptions)],
        ["Homes on its first day", f"{homes:,}"],
        ["Homes that changed patch then", f"{homes - stayed:,}"],
        [
            "Patches",
            f"{changes.get('kept', 0)} went on, {changes.get('opened', 0)} were new, "
            f"{changes.get('closed', 0)} ended",
        ],
    ]
    return [[name, text] for name, text in known if text]


def moves_since(
    design: PatchDesign, patch_ids: Collection[int], day: dt.date
) -> dict[str, Any]:
    """Return the moves of homes since the design, its own left out; two queries."""
    assert design.starts_on is not None  # noqa: S101
    out = MovedHome.objects.filter(from_patch__in=patch_ids).values("move")
    moves = (
        PatchMove.objects.filter(Q(to_patch__in=patch_ids) | Q(pk__in=out))
        .filter(
            starts_on__range=(design.starts_on, day),
            undone_at__isnull=True,
            home_count__gt=0,
        )
        .exclude(pk__in=DesignMove.objects.filter(design=design).values("move"))
    )
    totals = moves.aggregate(homes=Sum("home_count"), acts=Count("pk"))
    return {
        "homes": totals["homes"] or 0,
        "acts": totals["acts"],
        "rows": [
            {
                "on": long_date(move.starts_on),
                "homes": move.home_count,
                "to": move.to_patch.code if move.to_patch else "No patch",
                "reason": move.reason,
            }
            for move in moves.select_related("to_patch").order_by("starts_on", "pk")[
                :MOST_ROWS
            ]
        ],
    }


def comments_on(design: PatchDesign) -> list[Row]:
    """Return what was said about the design, and the answers."""
    comments = DesignComment.objects.filter(design=design).select_related(
        "patch", "made_by"
    )
    return [
        {
            "on": long_date(comment.made_at),
            "about": comment.patch.code if comment.patch else "The whole design",
            "who": comment.speaker or f"{comment.made_by}",
            "text": comment.text,
            "answer": comment.answer,
        }
        for comment in comments
    ]


def size_rows(
    drawn: Sequence[DrawnThen], *, states: dict[int, Any], hours: dict[int, float]
) -> list[Row]:
    """Return each patch's homes and hours when drawn and now.

    `states` is what becomes of each patch (`DriftLine`), `hours` its hours a month now.
    """
    return [
        {
            "code": row.patch.code,
            "name": row.patch.name,
            "ward": row.patch.ward.name,
            "homes_then": row.homes_then,
            "homes_now": row.patch.home_count,
            "band": f"{line.forecast.band.smallest} to {line.forecast.band.largest}",
            "state": ", ".join(line.tags),
            "hours_then": _rounded(row.hours_then),
            "hours_now": _rounded(hours.get(row.patch.pk)),
        }
        for row in drawn
        if (line := states.get(row.patch.pk)) is not None
    ]


def _rounded(hours: float | None) -> float | None:
    return None if hours is None else round(hours, 1)


def _who(person: object | None, at: dt.datetime | None) -> str:
    return f"{person}, {long_date(at)}" if person and at else ""
