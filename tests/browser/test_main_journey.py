"""The main job as a ward team leader does it, from a gap to a pack of letters."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from housingplus.common.dates import today
from officers.models import Officer
from patches.models import Patch
from tenants.letters.services.templates import create_default_templates
from tests.factories.officers import OfficerFactory, TeamMembershipFactory
from tests.factories.patches import (
    LandlordFactory,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
)
from tests.factories.tenants import (
    HouseholdFactory,
    PersonFactory,
    TenancyFactory,
    TenancyPersonFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOMES = 14
VOID, UNWRITABLE, NAMELESS, JOINT, ODD_NAME = 3, 5, 7, 9, 11
ODD = '#panic("x") *b* ((name))'


@pytest.fixture
def successor(team) -> Officer:
    officer = OfficerFactory(
        name="Wilhelmina Ostrow", phone="07700 900777", email="w.ostrow@example.org"
    )
    TeamMembershipFactory(team=team, officer=officer)
    return officer


@pytest.fixture
def vacant_patch(ward, successor) -> Patch:
    """A patch nobody leads: a home empty, one not written to, one without names."""
    create_default_templates()
    landlord = LandlordFactory()
    patch = PatchFactory(code="EL07", name="Elm Road", ward=ward)
    for number in range(1, HOMES + 1):
        home = PropertyFactory(building=str(number), ward=ward, landlord=landlord)
        PatchMembershipFactory(patch=patch, property=home)
        if number == VOID:
            continue
        household = HouseholdFactory(
            property=home,
            do_not_write=number == UNWRITABLE,
            do_not_write_reason="Safety plan" if number == UNWRITABLE else "",
        )
        if number == NAMELESS:
            continue
        tenancy = TenancyFactory(household=household, landlord=landlord)
        for order in range(2 if number == JOINT else 1):
            person = PersonFactory(
                first_name="Ada" if order == 0 else "Ben",
                last_name=ODD if number == ODD_NAME else f"Tenant{number}n{order}",
            )
            TenancyPersonFactory(tenancy=tenancy, person=person, order=order)
    return patch


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=re.compile(name)).first.click()
    page.wait_for_load_state()


def _enter_date(page: Page, question: str, day) -> None:
    group = page.get_by_role("group", name=re.compile(question))
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part).fill(str(value))


def _download(page: Page, link: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(link)).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


@pytest.mark.parametrize("width", [1280, 390])
def test_leader_fills_a_gap_and_writes_to_the_households(
    open_browser, leader, vacant_patch, successor, tmp_path, width
):
    page = open_browser(leader.user, width=width)

    page.goto("/")
    page.get_by_role("link", name="Assign an officer to EL07").click()
    page.get_by_label("Wilhelmina Ostrow").check()
    _enter_date(page, "From which day", today())
    page.get_by_label("Reason").fill("Vacancy filled")
    _press(page, "^Continue$")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check what changes")
    _press(page, "^Confirm$")
    expect(page.get_by_role("heading", level=1)).to_contain_text("leads on EL07")

    _press(page, "^Write to these households$")
    page.get_by_label("Template").select_option(label="Introducing your patch officer")
    _enter_date(page, "Date on the letters", today())
    _press(page, "^Work out who gets a letter$")
    expect(page.get_by_text("Ready to check").first).to_be_visible()
    letters = HOMES - 2
    figures = page.locator("main")
    expect(figures).to_contain_text(re.compile(rf"{HOMES}\s*homes in scope"))
    expect(figures).to_contain_text(re.compile(rf"{letters}\s*homes with"))
    expect(figures).to_contain_text(re.compile(r"2\s*exceptions"))

    _press(page, "^Check and approve$")
    _press(page, "^Approve$")
    _press(page, "^Produce the letters$")
    expect(page.get_by_text("Ready to print").first).to_be_visible()

    pack = _download(page, "Download pack 1", tmp_path)
    ledger = _download(page, "ledger of all letters", tmp_path)
    _check_pack(pack, successor)
    _check_ledger(ledger, letters)


def _check_pack(path: Path, officer: Officer) -> None:
    """Each household once, with the right officer; nobody who should not be there."""
    pdf = pypdfium2.PdfDocument(path)
    text = "\n".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    for number in range(1, HOMES + 1):
        wanted = 0 if number in {VOID, UNWRITABLE} else 1
        found = re.findall(rf"^{number} Elm Road\s*$", text, re.MULTILINE)
        assert len(found) == wanted, f"{number} Elm Road"
    assert text.count("The Occupier") == 1
    assert f"Ms A Tenant{JOINT}n0 and Ms B Tenant{JOINT}n1" in text
    assert f"Ms A {ODD}" in text
    assert text.count(f"Your patch officer is {officer.name}") >= HOMES - 2
    assert "Ashley Poole" not in text
    pdf.close()


def _check_ledger(path: Path, letters: int) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == letters + 1
    references = [row[0] for row in rows[1:]]
    assert len(set(references)) == letters
    assert all("Wilhelmina Ostrow" in row for row in rows[1:])


def test_the_main_job_works_without_scripts(open_browser, leader, vacant_patch):
    page = open_browser(leader.user, scripts=False)

    page.goto("/")
    page.get_by_role("link", name="Assign an officer to EL07").click()
    page.get_by_label("Wilhelmina Ostrow").check()
    _enter_date(page, "From which day", today())
    page.get_by_label("Reason").fill("Vacancy filled")
    _press(page, "^Continue$")
    _press(page, "^Confirm$")

    expect(page.get_by_role("heading", level=1)).to_contain_text("leads on EL07")
