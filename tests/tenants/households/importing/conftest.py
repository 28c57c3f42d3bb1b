"""Lists of households to import."""

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
from tenants.households.importing.importer import HouseholdImporter
from tests.factories.patches import LandlordFactory, PropertyFactory

TENANCY = {
    "tenancy_reference": "T1",
    "property_reference": "K1",
    "uprn": "",
    "tenancy_type": "secure",
    "start_date": "2020-03-02",
    "title": "Ms",
    "first_name": "Bea",
    "last_name": "Jones",
    "joint_title": "",
    "joint_first_name": "",
    "joint_last_name": "",
    "phone": "07700 900123",
    "email": "",
    "letter_format": "standard",
    "language": "English",
    "correspondence_address": "",
    "do_not_write": "",
}
JOINT = {
    "joint_title": "Mr",
    "joint_first_name": "Ali",
    "joint_last_name": "Khan",
}


def tenancy(**values: Any) -> dict[str, str]:
    """A row of a list."""
    return {**TENANCY, **values}


@pytest.fixture
def home(db):
    landlord = LandlordFactory(code="KESTREL")
    return PropertyFactory(landlord=landlord, reference="K1", uprn="880000000001")


@pytest.fixture
def write_list(tmp_path) -> Callable[..., Path]:
    def write(*rows: dict[str, str]) -> Path:
        path = tmp_path / "households.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


@pytest.fixture
def check(write_list) -> Callable[..., Plan]:
    """Check a list of these rows."""

    def run(*rows: dict[str, str], **options: Any) -> Plan:
        chosen = ImportOptions(**options)
        return check_file(write_list(*rows), HouseholdImporter(), chosen)[1]

    return run


@pytest.fixture
def bring(write_list) -> Callable[..., ImportBatch]:
    """Check and import a list of these rows."""

    def run(*rows: dict[str, str], **options: Any) -> ImportBatch:
        path, chosen = write_list(*rows), ImportOptions(**options)
        parsed, plan = check_file(path, HouseholdImporter(), chosen)
        assert [f.message for f in plan.findings if f.outcome == "error"] == []
        return apply_file(
            parsed,
            plan,
            importer=HouseholdImporter(),
            options=chosen,
            source=path,
            sha256="0" * 64,
        )

    return run
