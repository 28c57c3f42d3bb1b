"""Choosing, proposing, sending back, approving and withdrawing a design."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from housingplus.audit import services as audit
from housingplus.common.dates import period, today
from patches.design.errors import DesignRefused
from patches.design.models import DesignAlternative, DesignStatus, PatchDesign
from patches.design.rules import deciding as rules

from .moves import check_version, is_done_already, lock_design, move

if TYPE_CHECKING:
    from officers.accounts.models import User


@transaction.atomic
def choose_alternative(
    *, design: PatchDesign, alternative: DesignAlternative, version: int, by: User
) -> PatchDesign:
    """Say which alternative of a draft is to be proposed."""
    design = lock_design(design.pk)
    if design.chosen_id == alternative.pk:
        return design
    check_version(design, version)
    _choose(design, alternative, by=by)
    return design


@transaction.atomic
def propose_design(
    *,
    design: PatchDesign,
    alternative: DesignAlternative,
    consult_from: dt.date,
    consult_until: dt.date,
    version: int,
    by: User,
    note: str = "",
) -> PatchDesign:
    """Show an alternative to everybody and ask what they think between two days."""
    design = lock_design(design.pk)
    if is_done_already(design, to=DesignStatus.PROPOSED, version=version, by=by):
        return design
    check_version(design, version)
    rules.check_can_move(design, to=DesignStatus.PROPOSED)
    rules.check_consultation(consult_from, consult_until, today=today())
    if design.chosen_id != alternative.pk:
        _choose(design, alternative, by=by, counts=False)
    rules.check_is_chosen(design)
    window = period(consult_from, consult_until)
    return move(
        design,
        to=DesignStatus.PROPOSED,
        by=by,
        note=". ".join(filter(None, [f"Comments {window}", note.strip()])),
        consult_from=consult_from,
        consult_until=consult_until,
    )


@transaction.atomic
def send_back(*, design: PatchDesign, note: str, version: int, by: User) -> PatchDesign:
    """Make a proposed or approved design a draft again, saying what is to change.

    What people said stays with it.
    """
    design = lock_design(design.pk)
    if is_done_already(design, to=DesignStatus.DRAFT, version=version, by=by):
        return design
    check_version(design, version)
    rules.check_can_move(design, to=DesignStatus.DRAFT)
    rules.check_note(note)
    return move(
        design,
        to=DesignStatus.DRAFT,
        by=by,
        note=note,
        approved_at=None,
        approved_by=None,
    )


@transaction.atomic
def approve_design(
    *, design: PatchDesign, version: int, by: User, why_early: str = "", note: str = ""
) -> PatchDesign:
    """Approve a proposed design; before its consultation is over only with a reason."""
    design = lock_design(design.pk)
    if is_done_already(design, to=DesignStatus.APPROVED, version=version, by=by):
        return design
    check_version(design, version)
    rules.check_can_move(design, to=DesignStatus.APPROVED)
    rules.check_is_chosen(design)
    rules.check_second_person(design, proposed_by_id=_proposer(design), by=by)
    rules.check_consultation_over(design, today=today(), why_early=why_early)
    early = f"Before the end of the consultation: {why_early.strip()}"
    return move(
        design,
        to=DesignStatus.APPROVED,
        by=by,
        note=". ".join(
            filter(None, [early if why_early.strip() else "", note.strip()])
        ),
        approved_at=timezone.now(),
        approved_by=by,
    )


@transaction.atomic
def withdraw_design(
    *, design: PatchDesign, reason: str, version: int, by: User
) -> PatchDesign:
    """Give a design up for good; it stays readable with the reason."""
    design = lock_design(design.pk)
    if is_done_already(design, to=DesignStatus.WITHDRAWN, version=version, by=by):
        return design
    check_version(design, version)
    rules.check_can_move(design, to=DesignStatus.WITHDRAWN)
    rules.check_note(reason, field="reason")
    return move(design, to=DesignStatus.WITHDRAWN, by=by, note=reason)


def _choose(
    design: PatchDesign,
    alternative: DesignAlternative,
    *,
    by: User,
    counts: bool = True,
) -> None:
    rules.check_is_draft(design)
    rules.check_can_be_chosen(design, alternative)
    before = design.chosen_id
    design.chosen = alternative
    design.version += counts
    design.save(update_fields=["chosen", "version"])
    audit.record(
        "patch design.chosen",
        subject=design,
        by=by,
        summary=f"Alternative {alternative.number}: {alternative}",
        changes={"chosen": [before, alternative.pk]},
    )


def why_may_not_approve(design: PatchDesign, *, by: User) -> str:
    """Return why somebody else must approve a design, or nothing."""
    try:
        rules.check_second_person(design, proposed_by_id=_proposer(design), by=by)
    except DesignRefused as refusal:
        return refusal.message
    return ""


def _proposer(design: PatchDesign) -> int | None:
    """Return who proposed the design last."""
    events = design.events.filter(to_status=DesignStatus.PROPOSED)
    return events.order_by("-pk").values_list("by", flat=True).first()
