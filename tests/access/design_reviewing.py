"""What each role gets at the pages that look back at designs and ahead of drift."""

from __future__ import annotations

import datetime as dt
from typing import Any

from housingplus.common.dates import today
from patches.design.models import DesignReview, DesignStatus
from patches.design.services.reviews import freeze_evidence
from patches.design.views.evidence import gather_evidence
from tests.factories.designs import DesignReviewFactory, make_drawn_design

from . import EVERYONE, WHOLE_SERVICE, Row, World, to

_NAME = "Reviewed"


def _review(world: World) -> list[Any]:
    """A published design of the own ward whose review is due."""
    review = DesignReview.objects.filter(design__name=_NAME).first()
    if review is None:
        made = make_drawn_design(
            name=_NAME,
            ward=world.ward,
            author=world.users["manager"],
            status=DesignStatus.SCHEDULED,
            starts_on=today() - dt.timedelta(days=350),
        )
        review = DesignReviewFactory(design=made.design, due_on=today())
    return [review.design_id]


def _frozen(world: World) -> list[Any]:
    (pk,) = _review(world)
    review = DesignReview.objects.select_related("design").get(design=pk)
    if review.frozen_at is None:
        freeze_evidence(
            review=review,
            evidence=gather_evidence(review, today()),
            by=world.users["manager"],
        )
    return [pk]


ROWS = [
    Row("patches:designs:actual", get=to(EVERYONE)),
    Row("patches:designs:actual_patches", get=to(EVERYONE)),
    Row(
        "patches:designs:actual_patch",
        args=lambda world: [world.patch.pk],
        get=to(EVERYONE),
    ),
    Row("patches:designs:drift", get=to(EVERYONE)),
    Row("patches:designs:reviews", get=to(EVERYONE)),
    Row("patches:designs:review", args=_review, get=to(EVERYONE)),
    Row(
        "patches:designs:review_freeze",
        args=_review,
        post=to(WHOLE_SERVICE, status=302),
    ),
    Row(
        "patches:designs:review_proposals",
        args=_frozen,
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
    ),
    Row(
        "patches:designs:review_decide",
        args=_frozen,
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
    ),
    Row("patches:designs:review_pdf", args=_frozen, get=to(EVERYONE)),
]
