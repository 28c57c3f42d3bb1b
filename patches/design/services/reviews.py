"""Looking back at a design: freezing the evidence, proposals, the decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from housingplus.audit import services as audit
from housingplus.audit.selectors import list_events_about
from housingplus.common.dates import long_date, today
from housingplus.common.locking import lock
from patches.design.errors import DesignChanged
from patches.design.models import DesignReview, ReviewDecision
from patches.design.rules import reviewing as rules

if TYPE_CHECKING:
    from officers.accounts.models import User


@transaction.atomic
def freeze_evidence(
    *, review: DesignReview, evidence: Mapping[str, Any], by: User
) -> DesignReview:
    """Keep what is known of a year of the design, as it is now and for ever.

    Pressed twice by the same person it is kept once.
    """
    review = _locked(review)
    if review.frozen_at is not None and review.frozen_by_id == by.pk:
        return review
    rules.check_can_freeze(review, today())
    review.evidence = dict(evidence)
    review.frozen_at, review.frozen_by = timezone.now(), by
    review.version += 1
    review.save(update_fields=["evidence", "frozen_at", "frozen_by", "version"])
    audit.record("design review.frozen", subject=review, by=by)
    return review


@transaction.atomic
def write_proposals(
    *, review: DesignReview, proposals: str, version: int, by: User
) -> DesignReview:
    """Write down what is proposed, once the evidence is frozen."""
    review = _locked(review)
    rules.check_is_open(review)
    if review.proposals == proposals.strip():
        return review
    _check_version(review, version)
    review.proposals = proposals.strip()
    review.version += 1
    review.save(update_fields=["proposals", "version"])
    audit.record("design review.proposals", subject=review, by=by)
    return review


@transaction.atomic
def decide_review(
    *,
    review: DesignReview,
    decision: ReviewDecision,
    reason: str,
    version: int,
    by: User,
) -> DesignReview:
    """Take the decision on the evidence, with the reason."""
    review = _locked(review)
    if (
        review.decided_at is not None
        and review.decided_by_id == by.pk
        and review.decision == decision
    ):
        return review
    rules.check_is_open(review)
    rules.check_reason(reason)
    _check_version(review, version)
    review.decision, review.decision_reason = decision, reason.strip()
    review.decided_at, review.decided_by = timezone.now(), by
    review.version += 1
    review.save(
        update_fields=[
            "decision",
            "decision_reason",
            "decided_at",
            "decided_by",
            "version",
        ]
    )
    audit.record(
        "design review.decided",
        subject=review,
        by=by,
        summary=ReviewDecision(decision).label,
        changes={"decision": ["", str(decision)]},
    )
    return review


def _locked(review: DesignReview) -> DesignReview:
    rows = DesignReview.objects.select_related("design", "frozen_by", "decided_by")
    return lock(rows.filter(pk=review.pk)).get()


def _check_version(review: DesignReview, version: int) -> None:
    if review.version == version:
        return
    event = list_events_about(review).first()
    if event is None:
        raise DesignChanged("Somebody changed this review after you opened the page.")
    at = timezone.localtime(event.at)
    raise DesignChanged(
        f"{event.by or 'Somebody'} changed this review on {long_date(at)} at "
        f"{at:%H:%M}."
    )
