"""Background work of imports, through Django's Tasks interface."""

from __future__ import annotations

from django_tasks import task

from housingplus.imports.running import run_list

from .importers import importer_for


@task()
def run_import(job_id: int) -> None:
    """Check a list, or write it, whichever its job is for."""
    run_list(job_id, importer_for)
