"""Lists uploaded and on their way."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from housingplus.imports import services
from housingplus.imports.models import ImportBatch, ImportKind
from housingplus.imports.options import ImportOptions
from tenants.imports.importers import importer_for
from tests.patches.properties.importing.conftest import home

CREATE = {"create_wards": True, "create_landlords": True, "create_patches": True}


def as_csv(rows: list[dict[str, str]]) -> bytes:
    """The rows as the bytes of a file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def homes(count: int) -> list[dict[str, str]]:
    """A stock list of one street."""
    return [home(number) for number in range(1, count + 1)]


@pytest.fixture
def upload_homes(manager) -> Callable[..., ImportBatch]:
    """A list uploaded, its columns as they were recognised."""

    def run(rows: list[dict[str, str]], name: str = "homes.csv") -> ImportBatch:
        return services.upload_list(
            importer=importer_for(ImportKind.PROPERTIES),
            upload=SimpleUploadedFile(name, as_csv(rows)),
            token=uuid.uuid4(),
            by=manager,
        )

    return run


@pytest.fixture
def check_homes(upload_homes, manager) -> Callable[..., ImportBatch]:
    """A list uploaded and checked, without the queue."""

    def run(rows: list[dict[str, str]], **options: Any) -> ImportBatch:
        batch = upload_homes(rows)
        services.confirm_columns(
            batch=batch,
            importer=importer_for(batch.kind),
            mapping=batch.columns,
            options=ImportOptions(**{**CREATE, **options}),
            enqueue=run_now,
            by=manager,
        )
        batch.refresh_from_db()
        return batch

    return run


def run_now(job_id: int) -> None:
    """Do a job's work in this process."""
    from housingplus.imports.running import run_list

    run_list(job_id, importer_for)
