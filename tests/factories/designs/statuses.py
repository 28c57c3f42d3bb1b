"""Taking an invented design as far as a test wants it, one recorded move at a time."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from housingplus.common.dates import today
from officers.accounts.models import User
from patches.models import DesignAlternative, DesignEvent, DesignStatus, PatchDesign

STEPS = (
    DesignStatus.DRAFT,
    DesignStatus.PROPOSED,
    DesignStatus.APPROVED,
    DesignStatus.SCHEDULED,
)


def set_status(
    design: PatchDesign,
    status: DesignStatus,
    *,
    chosen: DesignAlternative,
    by: User,
    starts_on: dt.date | None = None,
) -> None:
    """Write the fields and events of every status up to the one given.

    Consultation runs from today for three weeks. A withdrawn design was a draft.
    """
    to = (
        [DesignStatus.WITHDRAWN]
        if status == DesignStatus.WITHDRAWN
        else STEPS[1 : STEPS.index(status) + 1]
    )
    if DesignStatus.PROPOSED in to:
        design.chosen = chosen
        design.consult_from = today()
        design.consult_until = today() + dt.timedelta(days=21)
    if DesignStatus.APPROVED in to:
        design.approved_at, design.approved_by = timezone.now(), by
    if DesignStatus.SCHEDULED in to:
        design.published_at, design.published_by = timezone.now(), by
        design.starts_on = starts_on or today()
    before = DesignStatus.DRAFT
    for step in to:
        DesignEvent.objects.create(
            design=design, by=by, from_status=before, to_status=step
        )
        before = step
    design.status = status
    design.save()
