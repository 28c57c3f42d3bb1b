"""Lists of work to import."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from housingplus.imports.models import ImportBatch
from housingplus.imports.options import ImportOptions
from housingplus.imports.plans import Plan
from housingplus.imports.running import apply_file, check_file
from patches.design.importing.importer import WorkImporter
from tests.factories.designs import WorkTypeFactory
from tests.factories.patches import LandlordFactory, PropertyFactory

WORK = {
    "reference": "K1",
    "work_type": "visit",
    "count": "2",
    "period_start": "2025-01-01",
    "period_end": "2025-12-31",
}


def work(**values: Any) -> dict[str, str]:
    """A row of a list."""
    return {**WORK, **{name: str(value) for name, value in values.items()}}


def errors(plan: Plan) -> list[tuple[int | None, str, str]]:
    """What is wrong, by row and column."""
    return [
        (f.number, f.column, f.message) for f in plan.findings if f.outcome == "error"
    ]


@pytest.fixture
def kestrel(db):
    return LandlordFactory(code="KESTREL", name="Kestrel Homes")


@pytest.fixture
def home(kestrel, ward):
    return PropertyFactory(
        landlord=kestrel, ward=ward, reference="K1", uprn="880000000001"
    )


@pytest.fixture
def visits(db):
    return WorkTypeFactory(name="Visit")


@pytest.fixture
def write_list(tmp_path) -> Callable[..., Path]:
    def write(*rows: dict[str, str]) -> Path:
        path = tmp_path / "work.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


@pytest.fixture
def check(write_list) -> Callable[..., Plan]:
    """Check a list of these rows."""

    def run(*rows: dict[str, str]) -> Plan:
        return check_file(write_list(*rows), WorkImporter(), ImportOptions())[1]

    return run


@pytest.fixture
def bring(write_list) -> Callable[..., ImportBatch]:
    """Check and import a list of these rows."""

    def run(*rows: dict[str, str]) -> ImportBatch:
        path, options = write_list(*rows), ImportOptions()
        parsed, plan = check_file(path, WorkImporter(), options)
        assert errors(plan) == []
        return apply_file(
            parsed,
            plan,
            importer=WorkImporter(),
            options=options,
            source=path,
            sha256="0" * 64,
        )

    return run
