"""Rules and services of reviews."""

from __future__ import annotations

import datetime as dt

import pytest

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from patches.design.errors import DesignChanged, ReviewRefused
from patches.design.models import DesignReview, ReviewDecision
from patches.design.rules import reviewing as rules
from patches.design.rules.reviewing import ReviewState
from patches.design.selectors.reviews import in_state, reviews_due
from patches.design.services.reviews import (
    decide_review,
    freeze_evidence,
    write_proposals,
)
from tests.factories.designs import DesignReviewFactory, PatchDesignFactory
from tests.factories.officers import UserFactory

pytestmark = pytest.mark.django_db
EVIDENCE = {"version": 1, "sizes": [{"code": "KS-01", "homes_now": 287}]}


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


@pytest.fixture
def review():
    return DesignReviewFactory(due_on=in_days(10))


@pytest.fixture
def frozen(review, manager):
    return freeze_evidence(review=review, evidence=EVIDENCE, by=manager)


def superseded(review, on):
    review.design.superseded_on = on
    review.design.superseded_by = PatchDesignFactory()
    review.design.save()
    return review


@pytest.mark.parametrize(
    ("due_in", "state", "is_task"),
    [
        (31, ReviewState.UPCOMING, False),
        (30, ReviewState.DUE, True),
        (0, ReviewState.DUE, True),
        (-1, ReviewState.OVERDUE, True),
    ],
)
def test_state_by_date(due_in, state, is_task):
    review = DesignReviewFactory(due_on=in_days(due_in))
    assert rules.state_of(review, today()) == state
    assert state.is_task == is_task
    assert (review in reviews_due(today())) == is_task


def test_every_state_is_found_by_its_filter(frozen, manager):
    decide_review(
        review=frozen,
        decision="keep",
        reason="Well",
        version=frozen.version,
        by=manager,
    )
    for due_in in (31, 30, -1):
        DesignReviewFactory(due_on=in_days(due_in))
    superseded(DesignReviewFactory(due_on=in_days(5)), in_days(0))
    superseded(DesignReviewFactory(due_on=in_days(5)), in_days(1))
    names = {
        ReviewState.UPCOMING: "upcoming",
        ReviewState.DUE: "due",
        ReviewState.OVERDUE: "due",
        ReviewState.DECIDED: "decided",
        ReviewState.SUPERSEDED: "superseded",
    }
    assert set(names) == set(ReviewState)
    everything = DesignReview.objects.all()
    for review in everything.select_related("design"):
        state = names[rules.state_of(review, today())]
        for name in set(names.values()):
            assert (review in in_state(everything, name, today())) == (name == state)


def test_evidence_is_frozen_once(review, manager):
    freeze_evidence(review=review, evidence=EVIDENCE, by=manager)
    again = freeze_evidence(review=review, evidence={"other": 1}, by=manager)
    assert again.evidence == EVIDENCE
    with pytest.raises(ReviewRefused, match="does not change any more"):
        freeze_evidence(review=review, evidence={"other": 1}, by=UserFactory())
    assert AuditEvent.objects.filter(verb="design review.frozen").count() == 1


def test_evidence_is_not_frozen_before_the_year_is_nearly_over(review, manager):
    review.due_on = in_days(31)
    review.save()
    with pytest.raises(ReviewRefused, match="can be frozen from"):
        freeze_evidence(review=review, evidence=EVIDENCE, by=manager)
    assert not rules.can_freeze(review, today())
    assert rules.can_freeze(review, in_days(1))


def test_evidence_of_a_superseded_design_is_not_frozen(review, manager):
    superseded(review, today())
    with pytest.raises(ReviewRefused, match="later design holds"):
        freeze_evidence(review=review, evidence=EVIDENCE, by=manager)


def test_nothing_is_proposed_or_decided_before_the_evidence(review, manager):
    assert not rules.is_open(review)
    with pytest.raises(ReviewRefused, match="Freeze the evidence first"):
        write_proposals(review=review, proposals="Move Elm Road", version=1, by=manager)
    with pytest.raises(ReviewRefused, match="Freeze the evidence first"):
        decide_review(
            review=review, decision="keep", reason="Well", version=1, by=manager
        )


def test_proposals_are_kept(frozen, manager):
    seen = frozen.version
    for _ in range(2):
        write_proposals(
            review=frozen, proposals=" Move Elm Road ", version=seen, by=manager
        )
    frozen.refresh_from_db()
    assert frozen.proposals == "Move Elm Road"
    assert frozen.version == seen + 1


def test_proposals_of_two_people_do_not_overwrite_each_other(frozen, manager):
    seen = frozen.version
    write_proposals(review=frozen, proposals="Mine", version=seen, by=manager)
    with pytest.raises(DesignChanged, match=f"{manager} changed this review"):
        write_proposals(
            review=frozen, proposals="Yours", version=seen, by=UserFactory()
        )


@pytest.mark.parametrize("decision", list(ReviewDecision))
def test_decision_is_taken_once_with_its_reason(frozen, manager, decision):
    given = {"decision": decision, "version": frozen.version, "by": manager}
    with pytest.raises(ReviewRefused, match="Say why"):
        decide_review(review=frozen, reason="  ", **given)
    decide_review(review=frozen, reason="It works", **given)
    decide_review(review=frozen, reason="Pressed twice", **given)
    frozen.refresh_from_db()
    assert (frozen.decision, frozen.decision_reason) == (decision, "It works")
    assert frozen.decided_by == manager
    assert not rules.is_open(frozen)
    with pytest.raises(ReviewRefused, match="was decided by"):
        decide_review(review=frozen, reason="No", **(given | {"by": UserFactory()}))
    with pytest.raises(ReviewRefused, match="was decided by"):
        write_proposals(
            review=frozen, proposals="Later", version=frozen.version, by=manager
        )
