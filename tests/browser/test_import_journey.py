"""A stock list of 2,000 homes with 25 faults: found, corrected, imported."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from patches.models import Patch, Property
from tests.factories.patches import LandlordFactory
from tests.patches.properties.importing.conftest import HOME

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

COUNT = 2_000
# Row as a spreadsheet counts, column, what is planted there, what the report says.
FAULTS = [
    (3, "UPRN No", "9.9E+11", "Excel has shortened"),
    (47, "UPRN No", "1.00E+11", "Excel has shortened"),
    (101, "UPRN No", "990000000099", "has the same UPRN"),
    (150, "UPRN No", "99000000O149", "up to 12 digits"),
    (211, "UPRN No", "9900000000210", "up to 12 digits"),
    (260, "UPRN No", "٩٩٠", "0 to 9"),
    (333, "Property Ref", "", "Enter the property reference"),
    (390, "Property Ref", "K0388", "has the same reference"),
    (444, "Property Ref", "K" * 40, "Shorten this to 30"),
    (512, "landlord", "NOBODY", "No landlord here"),
    (580, "landlord", "", "Enter the landlord"),
    (640, "street", "", "Enter the street"),
    (701, "street", "Elm\x07Road", "control characters"),
    (770, "town", "", "Enter the post town"),
    (800, "Post Code", "ZK1", "whole postcode"),
    (888, "Post Code", "nowhere", "whole postcode"),
    (950, "Post Code", "", "Enter the postcode"),
    (1003, "ward_code", "E0599900", "ward code like"),
    (1100, "ward", "Another Name", "Another row calls this ward"),
    (1234, "property_type", "castle", "Enter one of"),
    (1300, "bedrooms", "three", "whole number"),
    (1456, "bedrooms", "-1", "whole number"),
    (1502, "northing", "", "both easting and northing"),
    (1600, "easting", "43465700", "whole number"),
    (1999, "building", "", "number or name of the house"),
]


def stock_list() -> list[dict[str, str]]:
    rows = []
    for number in range(1, COUNT + 1):
        values = {
            **HOME,
            "building": str(number % 90 + 1),
            "street": f"Elm Road {number // 90}",
            "patch": f"KS-{number // 290 + 1:02}",
        }
        del values["uprn"], values["reference"], values["postcode"]
        rows.append(
            {
                "UPRN No": str(990000000000 + number),
                "Property Ref": f"K{number:04}",
                "Post Code": "zk11aa",
                **values,
            }
        )
    return rows


def save(rows: list[dict[str, str]], path: Path, encoding: str, delimiter: str) -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def upload(page, path: Path) -> None:
    page.goto("/imports/")
    page.get_by_role("button", name="Import a list").click()
    page.get_by_label("Homes", exact=True).check()
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Upload").click()
    for create in ("wards", "patches"):
        page.get_by_label(f"Create {create} that are not here yet").check()
    page.get_by_role("button", name="Check the list").click()
    page.get_by_role("heading", name=path.name).wait_for()


def check_accessible(page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found] == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_faults_are_found_corrected_and_the_list_imported(
    open_browser, manager, tmp_path, scripts
):
    LandlordFactory(code="KESTREL", name="Kestrel Homes")
    good = stock_list()
    bad = [dict(row) for row in good]
    for number, column, planted, _ in FAULTS:
        bad[number - 2][column] = planted
    page = open_browser(manager, scripts=scripts)

    upload(page, save(bad, tmp_path / "stock.csv", "utf-8", ","))
    page.get_by_role("link", name=re.compile(r"25\s+with errors")).click()
    for number, _, _, message in FAULTS:
        row = page.get_by_role("row").filter(
            has=page.get_by_role("cell", name=str(number), exact=True)
        )
        assert message in row.first.inner_text()
    assert page.get_by_role("row").count() == len(FAULTS) + 1
    if scripts:
        check_accessible(page)
    assert not Property.objects.exists()
    with page.expect_download() as download:
        page.get_by_role("link", name="failed rows, CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(FAULTS)

    corrected = save(good, tmp_path / "stock-corrected.csv", "cp1252", ";")
    upload(page, corrected)
    page.get_by_role("link", name=re.compile(r"2000\s+new|2,000\s+new")).wait_for()
    page.get_by_role("button", name="Continue to confirm").click()
    page.get_by_text("2,000 homes will be added.").wait_for()
    if scripts:
        check_accessible(page)
    page.get_by_role("button", name="Import the list").click()
    page.get_by_text("The list is in").wait_for()
    assert Property.objects.count() == COUNT
    assert Patch.objects.count() == 7

    upload(page, corrected)
    page.get_by_text("No changes: the list says what is here already.").wait_for()
