"""Lists of homes to import."""

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
from officers.assignments.selectors import teams_of_wards
from patches.properties.importing.importer import PropertyImporter
from tests.factories.patches import LandlordFactory, WardFactory

HOME = {
    "uprn": "990000000007",
    "reference": "K1",
    "landlord": "KESTREL",
    "sub_building": "",
    "building": "1",
    "street": "Elm Road",
    "locality": "",
    "town": "Kestrelford",
    "postcode": "ZK1 1AA",
    "ward_code": "E05999001",
    "ward": "Marl Bank",
    "block": "",
    "property_type": "house",
    "bedrooms": "3",
    "easting": "434657",
    "northing": "381133",
    "patch": "",
}


def home(number: int, **values: Any) -> dict[str, str]:
    """A row of a list, the `number`th home of Elm Road."""
    own = {
        "uprn": str(990000000000 + number),
        "reference": f"K{number}",
        "building": str(number),
    }
    return {**HOME, **own, **{name: str(value) for name, value in values.items()}}


@pytest.fixture
def importer() -> PropertyImporter:
    return PropertyImporter(teams_of_wards)


@pytest.fixture
def kestrel(db):
    return LandlordFactory(code="KESTREL", name="Kestrel Homes")


@pytest.fixture
def marl_bank(db):
    return WardFactory(code="E05999001", name="Marl Bank")


@pytest.fixture
def write_list(tmp_path) -> Callable[..., Path]:
    def write(*rows: dict[str, str], name: str = "homes.csv") -> Path:
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(rows[0] if rows else HOME))
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


@pytest.fixture
def check(write_list, importer) -> Callable[..., Plan]:
    """Check a list of these rows."""

    def run(*rows: dict[str, str], **options: Any) -> Plan:
        return check_file(write_list(*rows), importer, ImportOptions(**options))[1]

    return run


@pytest.fixture
def bring(write_list, importer) -> Callable[..., ImportBatch]:
    """Check and import a list of these rows."""

    def run(*rows: dict[str, str], **options: Any) -> ImportBatch:
        path, chosen = write_list(*rows), ImportOptions(**options)
        parsed, plan = check_file(path, importer, chosen)
        assert [f.message for f in plan.findings if f.outcome == "error"] == []
        return apply_file(
            parsed,
            plan,
            importer=importer,
            options=chosen,
            source=path,
            sha256="0" * 64,
        )

    return run
