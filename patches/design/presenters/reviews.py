"""Reviews as rows of a list, and as the values of their document."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from housingplus.common.dates import long_date
from patches.design.models import DesignReview
from patches.design.rules.reviewing import state_of

HEADER = [
    "Design",
    "In force from",
    "Due",
    "State",
    "Evidence frozen",
    "Decision",
    "Decided",
    "Decided by",
]


def review_row(review: DesignReview, day: dt.date) -> list[Any]:
    """Return one review as a row of the list's CSV."""
    return [
        review.design,
        review.design.starts_on,
        review.due_on,
        state_of(review, day),
        _day(review.frozen_at),
        review.get_decision_display(),
        _day(review.decided_at),
        review.decided_by or "",
    ]


def document(review: DesignReview) -> dict[str, Any]:
    """Return what the document of a frozen review is filled with."""
    return {
        "foot": f"{settings.COUNCIL_NAME}, review of “{review.design}”",
        "evidence": review.evidence,
        "frozen_by": str(review.frozen_by),
        "frozen_on": _day(review.frozen_at),
        "proposals": review.proposals,
        "decision": review.get_decision_display(),
        "reason": review.decision_reason,
        "decided_by": str(review.decided_by or ""),
        "decided_on": _day(review.decided_at),
    }


def _day(at: dt.datetime | None) -> str:
    return long_date(at) if at else ""
