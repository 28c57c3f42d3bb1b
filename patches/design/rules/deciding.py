"""From draft to in force: which moves a design may make, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.conf import settings

from housingplus.common.dates import long_date
from patches.design.errors import DesignRefused
from patches.design.models import AlternativeKind, DesignStatus
from patches.register.rules import FURTHEST_DAYS

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.design.models import DesignAlternative, PatchDesign

# Every status, and those that may come after it. A design in force has been scheduled:
# it takes effect, and is superseded, by dates alone.
MOVES: dict[DesignStatus, frozenset[DesignStatus]] = {
    DesignStatus.DRAFT: frozenset({DesignStatus.PROPOSED, DesignStatus.WITHDRAWN}),
    DesignStatus.PROPOSED: frozenset(
        {DesignStatus.DRAFT, DesignStatus.APPROVED, DesignStatus.WITHDRAWN}
    ),
    DesignStatus.APPROVED: frozenset(
        {DesignStatus.DRAFT, DesignStatus.SCHEDULED, DesignStatus.WITHDRAWN}
    ),
    DesignStatus.SCHEDULED: frozenset({DesignStatus.APPROVED}),
    DesignStatus.WITHDRAWN: frozenset(),
}
LONGEST_CONSULTATION_DAYS = 183


def check_can_move(design: PatchDesign, *, to: DesignStatus) -> None:
    """A design goes from one status to another only as the table says (issue 3, §3)."""
    if to in MOVES[DesignStatus(design.status)]:
        return
    advice = "Somebody may have changed it meanwhile."
    if design.status == DesignStatus.SCHEDULED:
        advice = "Cancel its publication first."
    raise DesignRefused(
        f"“{design}” is {_said(design.status)}, so it cannot become {_said(to)}. "
        f"{advice}"
    )


def can_move(design: PatchDesign, to: DesignStatus) -> bool:
    """Whether `check_can_move` lets the design go on."""
    return to in MOVES[DesignStatus(design.status)]


def check_is_draft(design: PatchDesign) -> None:
    """Only a draft changes: people speak about, and decide on, what they were shown."""
    if design.status != DesignStatus.DRAFT:
        raise DesignRefused(
            f"“{design}” is {_said(design.status)}, so it does not change any more. "
            "Send it back to draft first."
        )


def check_can_be_chosen(design: PatchDesign, alternative: DesignAlternative) -> None:
    """What is proposed is drawn, belongs to the design and is not “As now”."""
    if alternative.design_id != design.pk:
        raise DesignRefused(
            "Choose one of the design’s own alternatives", field="alternative"
        )
    if alternative.kind == AlternativeKind.AS_NOW:
        raise DesignRefused(
            "“As now” changes nothing, so there is nothing to propose. Choose another "
            "alternative, or withdraw the design",
            field="alternative",
        )
    if design.drawn_at is None or not alternative.patches.exists():
        raise DesignRefused(
            "This alternative is not drawn yet. Draw the design first",
            field="alternative",
        )
    if design.is_out_of_date:
        raise DesignRefused(
            "What is to be drawn was changed since. Draw the design again first",
            field="alternative",
        )


def check_is_chosen(design: PatchDesign) -> DesignAlternative:
    """A design goes on with one chosen alternative; returns it."""
    if design.chosen is None:
        raise DesignRefused(
            "Choose the alternative to propose first.", field="alternative"
        )
    check_can_be_chosen(design, design.chosen)
    return design.chosen


def check_consultation(
    consult_from: dt.date, consult_until: dt.date, *, today: dt.date
) -> None:
    """People are asked from today or later, for one day to half a year."""
    if consult_from < today:
        raise DesignRefused(
            "The first day of the consultation must be today or later",
            field="consult_from",
        )
    if consult_until < consult_from:
        raise DesignRefused(
            "The last day of the consultation must be the same as the first or later",
            field="consult_until",
        )
    if (consult_until - consult_from).days >= LONGEST_CONSULTATION_DAYS:
        raise DesignRefused(
            "A consultation can last half a year at most", field="consult_until"
        )


def check_note(note: str, *, field: str = "note") -> None:
    """Sending back, withdrawing and cancelling say why."""
    if not note.strip():
        raise DesignRefused("Say why, for those who worked on it", field=field)


def check_second_person(
    design: PatchDesign, *, proposed_by_id: int | None, by: User
) -> None:
    """With DESIGNS_NEED_SECOND_PERSON on, its maker and proposer do not approve it."""
    if settings.DESIGNS_NEED_SECOND_PERSON and by.pk in {
        design.created_by_id,
        proposed_by_id,
    }:
        what = "made" if design.created_by_id == by.pk else "proposed"
        raise DesignRefused(f"You {what} this design, so somebody else must approve it")


def check_consultation_over(
    design: PatchDesign, *, today: dt.date, why_early: str
) -> None:
    """A plan is approved after its consultation, or with a reason for not waiting."""
    until = design.consult_until
    if until is not None and today <= until and not why_early.strip():
        raise DesignRefused(
            f"People may comment until {long_date(until)}. Wait until then, or say why "
            "you approve it earlier",
            field="why_early",
        )


def check_start_date(starts_on: dt.date, *, today: dt.date) -> None:
    """A plan comes into force tomorrow at the earliest, two years ahead at most.

    Today has begun: who answers today was looked up, and perhaps told, this morning.
    """
    if starts_on <= today:
        raise DesignRefused(
            "The date must be tomorrow or later, so that everybody can be told",
            field="starts_on",
        )
    if (starts_on - today).days > FURTHEST_DAYS:
        raise DesignRefused(
            "The date must be within the next two years", field="starts_on"
        )


def check_no_later_design(
    starts_on: dt.date, *, others: Collection[PatchDesign]
) -> None:
    """Plans for the same wards are published in the order they come into force.

    `others` are the published designs of any of the same wards.
    """
    later = [
        other
        for other in others
        if other.starts_on is not None and other.starts_on >= starts_on
    ]
    if later:
        first = min(later, key=lambda other: (other.starts_on, other.pk))
        assert first.starts_on is not None  # noqa: S101
        raise DesignRefused(
            f"“{first}” is published for {long_date(first.starts_on)} in some of the "
            "same wards. Choose a later date, or cancel that one first",
            field="starts_on",
        )


def check_can_cancel(design: PatchDesign, *, today: dt.date) -> None:
    """A publication is cancelled before its date; what has been in force is history."""
    check_can_move(design, to=DesignStatus.APPROVED)
    assert design.starts_on is not None  # noqa: S101
    if design.starts_on <= today:
        raise DesignRefused(
            f"“{design}” has been in force since {long_date(design.starts_on)}, so it "
            "cannot be cancelled. Make a new design to change the patches again."
        )


def check_is_last(design: PatchDesign, *, others: Collection[PatchDesign]) -> None:
    """What a later plan for the same wards begins from is not taken away under it.

    `others` are the published designs of any of the same wards.
    """
    later = [
        other
        for other in others
        if other.starts_on is not None
        and design.starts_on is not None
        and other.starts_on > design.starts_on
    ]
    if later:
        last = max(later, key=lambda other: (other.starts_on, other.pk))
        assert last.starts_on is not None  # noqa: S101
        raise DesignRefused(
            f"“{last}” is published for {long_date(last.starts_on)} in some of the "
            "same wards and begins from this plan. Cancel that one first."
        )


def check_can_comment(design: PatchDesign, *, today: dt.date, is_late: bool) -> None:
    """People speak about a plan while it is proposed, in the time they were given.

    Those who draw write down what came in late too (`is_late`), until it is decided.
    """
    if design.status != DesignStatus.PROPOSED:
        raise DesignRefused(
            f"“{design}” is {_said(design.status)}, so it takes no comments now."
        )
    first, last = design.consult_from, design.consult_until
    if first is not None and today < first:
        raise DesignRefused(f"You can comment from {long_date(first)}.")
    if last is not None and today > last and not is_late:
        raise DesignRefused(
            f"The consultation ended on {long_date(last)}. Tell whoever drew the plan."
        )


def can_comment(design: PatchDesign, *, today: dt.date, is_late: bool) -> bool:
    """Whether `check_can_comment` allows it."""
    try:
        check_can_comment(design, today=today, is_late=is_late)
    except DesignRefused:
        return False
    return True


def check_nothing_in_the_way(sentences: Sequence[str]) -> None:
    """A plan is published whole or not at all: what stands in the way is named."""
    if sentences:
        more = len(sentences) - 3
        said = " ".join(sentences[:3])
        raise DesignRefused(said if more < 1 else f"{said} And {more} more.")


def _said(status: str) -> str:
    return str(DesignStatus(status).label).lower()
