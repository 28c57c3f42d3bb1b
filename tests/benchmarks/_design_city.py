"""The demo city with a design of all its wards, for the benchmarks."""

from __future__ import annotations

import uuid
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from patches.models import PatchDesign


NAME = "Every ward, measured"


def build_city(homes: int, report: object) -> None:
    """Fill this process's empty database with a demo city.

    PostgreSQL then looks at what the tables hold, as it does by itself minutes later
    wherever autovacuum is on.
    """
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("demo_city", homes=homes, verbosity=0, stdout=report)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def make_design() -> PatchDesign:
    """Make a draft for every ward, by the city's own assumptions."""
    from housingplus.common.dates import today
    from patches.design.selectors.assumptions import default_assumptions
    from patches.design.services.designs import create_design
    from patches.models import Ward

    return create_design(
        name=NAME,
        wards=list(Ward.objects.defer("boundary")),
        homes_on=today(),
        assumptions=default_assumptions(),
        token=uuid.uuid4(),
        by=manager(),
    )


def draw(design: PatchDesign) -> None:
    """Draw it as a worker does."""
    from housingplus.jobs.services import create_job, run_job
    from patches.design.services.drawing import draw
    from patches.design.views.areas import areas_of

    job = create_job(kind="benchmark", by=manager())
    run_job(job.pk, partial(draw, design.pk, areas_of(design)))
    job.refresh_from_db()
    if job.status != "done":
        raise SystemExit(f"drawing {job.status}: {job.error}")
    design.refresh_from_db()


def manager() -> object:
    from officers.accounts.models import User

    return User.objects.filter(role="service_manager").order_by("pk").first()
