"""Drawing a design in the background: every map first, then kept one by one.

What the solver does is outside any transaction. Nothing of an earlier drawing is
touched before every map has succeeded; a worker that lost its lease keeps nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from housingplus.audit import services as audit
from housingplus.common.locking import lock
from housingplus.jobs import services as jobs
from housingplus.jobs.leases import lease_kept
from housingplus.jobs.models import Job, JobStatus
from patches.design.drawer import AreaDrawer, in_words
from patches.design.errors import DesignRefused
from patches.design.models import PatchDesign
from patches.design.plans import Plan, make_plans
from patches.design.rules import drawing as rules
from patches.design.selectors.ground import AreaWards, DesignGround, read_ground
from patches.design.solver.errors import ImpossibleDesign

from .freezing import clear_drawing, store_ground
from .storing import store_maps

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.design.drawn import AreaMap
    from patches.design.freezing import FrozenArea

KIND = "patch design.draw"


@transaction.atomic
def draw_design(
    *,
    design: PatchDesign,
    areas: Sequence[AreaWards],
    by: User,
    give_up_hand_work: bool = False,
) -> PatchDesign:
    """Have a design drawn in the background; pressing twice starts it once.

    `areas` are the ward teams' areas among the design's wards: name and wards of each.
    """
    design = lock(PatchDesign.objects.all()).get(pk=design.pk)
    rules.check_can_draw(design)
    rules.check_hand_work_given_up(design, is_given_up=give_up_hand_work)
    if rules.is_being_drawn(design):
        if not rules.has_stopped(design):
            return design
        _end_for_good(design.job)
    design.job = jobs.create_job(kind=KIND, by=by)
    design.save(update_fields=["job"])
    audit.record("patch design.drawing", subject=design, by=by)
    _enqueue(design, design.job, areas)
    return design


@transaction.atomic
def cancel_drawing(*, design: PatchDesign, by: User) -> PatchDesign:
    """Stop drawing; what was drawn before stays."""
    design = lock(PatchDesign.objects.all()).get(pk=design.pk)
    if design.job is not None and not design.job.is_finished:
        jobs.cancel(design.job)
        audit.record("patch design.drawing cancelled", subject=design, by=by)
    return design


def draw(design_id: int, areas: Sequence[AreaWards], job: Job) -> None:
    """Draw every alternative of a design and keep them in place of earlier ones."""
    began = timezone.now()
    design = PatchDesign.objects.select_related("assumptions", "barriers").get(
        pk=design_id
    )
    jobs.advance(job, done=0, total=1, stage="Reading the homes")
    ground = read_ground(design, areas)
    if not ground.areas:
        raise DesignRefused(
            "There are no homes to draw: none of these wards has a home under "
            "management on that day."
        )
    try:
        plans = make_plans(design, ground)
        frozen, maps = _draw_areas(design, ground, plans, job)
    except ImpossibleDesign as refusal:
        raise DesignRefused(in_words(refusal.message, ground)) from refusal
    _keep(design, ground, plans, frozen, maps, job)
    with transaction.atomic():
        jobs.check_lease(job)
        PatchDesign.objects.filter(pk=design.pk).update(drawn_at=began)
        audit.record("patch design.drawn", subject=design, by=job.created_by)


def _draw_areas(
    design: PatchDesign, ground: DesignGround, plans: Sequence[Plan], job: Job
) -> tuple[list[FrozenArea], list[list[AreaMap]]]:
    """Draw area after area; of each only plain figures are kept."""
    drawer = AreaDrawer(design, ground)
    frozen: list[FrozenArea] = []
    maps: list[list[AreaMap]] = [[] for _ in plans]
    done, total = 0, len(ground.areas) * len(plans)
    for number, area in enumerate(ground.areas):
        for index, plan in enumerate(plans):
            jobs.advance(
                job, done=done, total=total, stage=f"{plan.name}: {area.name}"[:100]
            )
            with lease_kept(job):
                maps[index].append(drawer.draw(plan, number))
            done += 1
        frozen.append(drawer.freeze(number))
    jobs.advance(job, done=done, stage="Keeping the maps")
    return frozen, maps


def _keep(
    design: PatchDesign,
    ground: DesignGround,
    plans: Sequence[Plan],
    frozen: Sequence[FrozenArea],
    maps: Sequence[Sequence[AreaMap]],
    job: Job,
) -> None:
    """Replace what was drawn before, one short transaction for each alternative."""
    with transaction.atomic():
        jobs.check_lease(job)
        locked = lock(PatchDesign.objects.all()).get(pk=design.pk)
        rules.check_can_draw(locked)
        PatchDesign.objects.filter(pk=design.pk).update(drawn_at=None, chosen=None)
        clear_drawing(locked)
        areas = store_ground(locked, frozen, ground.patch_ids)
    for plan, own in zip(plans, maps, strict=True):
        with transaction.atomic():
            jobs.check_lease(job)
            store_maps(
                design=locked,
                kind=plan.kind,
                name=plan.name,
                tolerance=Decimal(str(round(plan.tolerance * 100, 1))),
                maps=dict(zip(areas, own, strict=True)),
                by=job.created_by,
            )


def _end_for_good(job: Job | None) -> None:
    """Take a job away from a worker that froze, so that it stops when it wakes."""
    if job is not None and not job.is_finished:
        Job.objects.filter(pk=job.pk).update(
            status=JobStatus.FAILED,
            worker="",
            error="The work stopped and was started again.",
            finished_at=timezone.now(),
        )


def _enqueue(design: PatchDesign, job: Job, areas: Sequence[AreaWards]) -> None:
    from patches.design.tasks import draw_alternatives

    plain = [[name, list(ward_ids)] for name, ward_ids in areas]
    jobs.enqueue_after_commit(
        partial(draw_alternatives.enqueue, design.pk, plain, job.pk)
    )
