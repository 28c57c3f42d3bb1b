"""Background work of patch designs, through Django's Tasks interface."""

from __future__ import annotations

from functools import partial

from django_tasks import task

from housingplus.jobs.services import run_job

from .services.drawing import draw


@task()
def draw_alternatives(design_id: int, areas: list[list], job_id: int) -> None:
    """Draw every alternative; `areas` are names with the ids of their wards."""
    plain = [(str(name), tuple(ward_ids)) for name, ward_ids in areas]
    run_job(job_id, partial(draw, design_id, plain))
