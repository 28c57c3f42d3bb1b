"""Reviews of published designs, and which are somebody's task now."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from patches.design.models import DesignReview
from patches.design.rules.reviewing import AHEAD


def list_reviews() -> QuerySet[DesignReview]:
    """Return the reviews of published designs, with what a list shows."""
    return DesignReview.objects.select_related(
        "design__superseded_by", "frozen_by", "decided_by"
    ).defer("evidence")


def reviews_due(day: dt.date) -> QuerySet[DesignReview]:
    """Return the reviews that are due within 30 days of a day, or overdue."""
    return in_state(list_reviews(), "due", day)


def in_state(
    reviews: QuerySet[DesignReview], state: str, day: dt.date
) -> QuerySet[DesignReview]:
    """Return those that are "due", "upcoming", "decided" or "superseded" on a day.

    The same as `state_of` says of each.
    """
    if state == "decided":
        return reviews.filter(decided_at__isnull=False)
    open_ones = reviews.filter(decided_at__isnull=True)
    over = Q(design__superseded_on__isnull=False, design__superseded_on__lte=day)
    if state == "superseded":
        return open_ones.filter(over)
    soon = Q(due_on__lte=day + AHEAD)
    return open_ones.exclude(over).filter(soon if state == "due" else ~soon)
