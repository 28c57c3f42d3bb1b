"""When a design is looked back at, and in what order that is done."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TYPE_CHECKING

from housingplus.common.dates import long_date
from patches.design.errors import ReviewRefused

if TYPE_CHECKING:
    from patches.design.models import DesignReview

# A review is somebody's task from so long before it is due.
AHEAD = dt.timedelta(days=30)


class ReviewState(StrEnum):
    """How far a review is, in the words people read."""

    UPCOMING = "Upcoming"
    DUE = "Due"
    OVERDUE = "Overdue"
    DECIDED = "Decided"
    SUPERSEDED = "Superseded"

    @property
    def is_task(self) -> bool:
        return self in (ReviewState.DUE, ReviewState.OVERDUE)


def state_of(review: DesignReview, today: dt.date) -> ReviewState:
    """How far the review of a design is; `review.design` is read with it."""
    if review.decided_at is not None:
        return ReviewState.DECIDED
    superseded_on = review.design.superseded_on
    if superseded_on is not None and superseded_on <= today:
        return ReviewState.SUPERSEDED
    if review.due_on < today:
        return ReviewState.OVERDUE
    return ReviewState.DUE if review.due_on <= today + AHEAD else ReviewState.UPCOMING


def check_can_freeze(review: DesignReview, today: dt.date) -> None:
    """The evidence is frozen once, when the review is due (issue 3, section 4).

    Earlier it would miss part of the year; once a later design holds, the patches are
    no longer this design's.
    """
    if review.frozen_at is not None:
        raise ReviewRefused(
            f"The evidence was frozen by {review.frozen_by} on "
            f"{long_date(review.frozen_at)}. It does not change any more."
        )
    state = state_of(review, today)
    if state == ReviewState.UPCOMING:
        raise ReviewRefused(
            f"This review is due on {long_date(review.due_on)}. The evidence can be "
            f"frozen from {long_date(review.due_on - AHEAD)} on."
        )
    if state == ReviewState.SUPERSEDED:
        raise ReviewRefused("A later design holds, so there is nothing to review.")


def can_freeze(review: DesignReview, today: dt.date) -> bool:
    """Whether `check_can_freeze` lets the evidence be frozen."""
    try:
        check_can_freeze(review, today)
    except ReviewRefused:
        return False
    return True


def check_is_frozen(review: DesignReview) -> None:
    """Nothing is proposed or decided before the evidence is frozen."""
    if review.frozen_at is None:
        raise ReviewRefused("Freeze the evidence first: it is what is decided on.")


def check_is_open(review: DesignReview) -> None:
    """Proposals and the decision come after the evidence, and end with the decision."""
    check_is_frozen(review)
    if review.decided_at is not None:
        raise ReviewRefused(
            f"This review was decided by {review.decided_by} on "
            f"{long_date(review.decided_at)}."
        )


def is_open(review: DesignReview) -> bool:
    """Whether `check_is_open` lets proposals be written and a decision be taken."""
    return review.frozen_at is not None and review.decided_at is None


def check_reason(reason: str) -> None:
    """A decision says why, for those who read it in a year."""
    if not reason.strip():
        raise ReviewRefused("Say why this was decided", field="reason")
