"""When a design may be drawn, and whether somebody is at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from housingplus.jobs.models import LEASE, JobStatus
from patches.design.errors import DesignRefused
from patches.design.models import AlternativeKind, DesignStatus, PatchDesign

if TYPE_CHECKING:
    from housingplus.jobs.models import Job


def check_can_draw(design: PatchDesign) -> None:
    """Only a draft nobody has commented on is drawn, or drawn again.

    What was proposed stays as people saw it: a copy can be drawn anew.
    """
    if design.status != DesignStatus.DRAFT:
        raise DesignRefused(
            f"“{design}” is {DesignStatus(design.status).label.lower()}, so it is not "
            "drawn again. Copy it and draw the copy."
        )
    if design.comments.exists():
        raise DesignRefused(
            f"People have commented on “{design}”, so it is not drawn again. Copy it "
            "and draw the copy."
        )


def can_draw(design: PatchDesign) -> bool:
    """Whether `check_can_draw` lets the design be drawn."""
    try:
        check_can_draw(design)
    except DesignRefused:
        return False
    return True


def check_hand_work_given_up(design: PatchDesign, *, is_given_up: bool) -> None:
    """Alternatives adjusted by hand go only if the person says so."""
    by_hand = design.alternatives.filter(kind=AlternativeKind.BY_HAND).count()
    if by_hand and not is_given_up:
        named = "an alternative" if by_hand == 1 else f"{by_hand} alternatives"
        raise DesignRefused(
            f"Drawing again does away with {named} adjusted by hand. Say that you "
            "give up that work, or copy the design and draw the copy.",
            field="give_up_hand_work",
        )


def is_being_drawn(design: PatchDesign) -> bool:
    """Whether background work on the design is going on, or should be."""
    return design.job is not None and not design.job.is_finished


def has_stopped(design: PatchDesign) -> bool:
    """Whether nobody is doing the work the design waits for."""
    job = design.job
    if job is None or job.is_finished:
        return False
    return job.is_stalled or _waits_too_long(job)


def _waits_too_long(job: Job) -> bool:
    is_waiting: bool = job.status == JobStatus.WAITING
    return is_waiting and job.created_at < timezone.now() - LEASE
