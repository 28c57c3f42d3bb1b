"""A manager's sitting: from the assumptions of work to a better plan in force."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from types import SimpleNamespace

import pytest
import time_machine
from playwright.sync_api import Page, expect

from housingplus.common.dates import today
from officers.accounts.models import User
from patches.models import Patch, PatchDesign, PatchMembership
from tenants.letters.default_wording import INTRODUCTION
from tenants.letters.services import runs
from tenants.letters.services.templates import create_default_templates
from tenants.models import LetterTemplateVersion
from tests.factories.officers import (
    AssignmentFactory,
    OfficerFactory,
    TeamMembershipFactory,
)
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

STREETS = ["Alder", "Birch", "Cedar", "Damson", "Elder", "Fir", "Gorse", "Hazel"]
IN_FIRST = 6
HOMES = 4


@pytest.fixture
def city(ward, team, manager):
    """Eight streets from west to east: six in Ann's patch, two in Bo's."""
    create_default_templates()
    landlord = LandlordFactory()
    patches = [PatchFactory(code=code, name=code, ward=ward) for code in ("S01", "S02")]
    for patch, name in zip(patches, ("Ann Ashby", "Bo Brierley"), strict=True):
        officer = OfficerFactory(name=name)
        TeamMembershipFactory(team=team, officer=officer)
        AssignmentFactory(patch=patch, officer=officer)
    homes = []
    for place, street in enumerate(STREETS):
        for number in range(1, HOMES + 1):
            home = PropertyFactory(
                ward=ward,
                landlord=landlord,
                building=str(number),
                street=f"{street} Road",
                postcode=f"ZK1 {place + 1}AA",
                easting=402_000 + place * 100,
                northing=437_000 + number,
            )
            PatchMembershipFactory(patch=patches[place >= IN_FIRST], property=home)
            tenancy = TenancyFactory(
                household=HouseholdFactory(property=home), landlord=landlord
            )
            TenancyPersonFactory(tenancy=tenancy, person=PersonFactory())
            homes.append(home)
    _write_to_everybody(patches, manager)
    return SimpleNamespace(patches=patches, homes=homes, ward=ward)


def _write_to_everybody(patches: list[Patch], by: User) -> None:
    """Every household has been told who answers for it today."""
    version = LetterTemplateVersion.objects.filter(
        template__purpose=INTRODUCTION.purpose
    ).first()
    run = runs.create_run(
        title="Introductions",
        template_version=version,
        scope_kind="patches",
        scope_ids=[patch.pk for patch in patches],
        dated=today(),
        token=uuid.uuid4(),
        by=by,
    )
    runs.approve_run(run=run, by=by)
    runs.produce_run(run=run, by=by)
    runs.mark_posted(run=run, posted_on=today(), by=by)


def _press(page: Page, name: str) -> None:
    """Press the button, or follow the link, that has this name."""
    main, pattern = page.get_by_role("main"), re.compile(name)
    button = main.get_by_role("button", name=pattern)
    button.or_(main.get_by_role("link", name=pattern)).first.click()
    page.wait_for_load_state()


def _title(page: Page):
    return page.get_by_role("heading", level=1)


def _homes_of(page: Page) -> dict[str, int]:
    """Return the homes of each patch in the table above the streets."""
    rows = page.get_by_role("table", name=re.compile("with the moves made so far"))
    return {
        row.get_by_role("rowheader").inner_text().split()[0]: int(
            row.get_by_role("cell").first.inner_text()
        )
        for row in rows.get_by_role("row").all()[1:]
    }


@pytest.mark.parametrize("width", [1280, 390])
def test_manager_goes_from_uneven_patches_to_a_plan_in_force(
    open_browser, manager, city, width
):
    page = open_browser(manager, width=width)

    _agree_on_assumptions(page)
    _draw(page)
    _move_a_street(page)
    _propose(page)
    _approve(page)
    starts_on = _publish(page)
    expect(page.get_by_role("main")).to_contain_text("12 households have another")
    assert PatchMembership.objects.current().filter(patch__code="S01").count() == 24

    # Nothing runs on the day.
    noon = dt.datetime.combine(starts_on, dt.time(12), dt.UTC)
    with time_machine.travel(noon, tick=True):
        assert PatchMembership.objects.current().filter(patch__code="S01").count() == 12
        later = open_browser(manager, width=width)
        later.goto(PatchDesign.objects.get().get_absolute_url())
        expect(later.get_by_role("main")).to_contain_text("This plan is in force")
        later.goto("/letters/due/")
        row = later.get_by_role("row", name=re.compile(f"^{city.ward}"))
        expect(row.get_by_role("cell").first).to_contain_text("12")
        expect(row).to_contain_text("Home moved to another patch: 12")
        later.close()


def _agree_on_assumptions(page: Page) -> None:
    """Copy what comes with Housing+, with the band of a small city."""
    page.goto("/workload/")
    _press(page, "^Start from our assumptions$")
    _press(page, "^Copy$")
    page.get_by_label("Name").fill("Agreed for the spring")
    _press(page, "^Make the copy$")
    _press(page, "^Change$")
    page.get_by_label("Smallest patch of average homes").fill("15")
    page.get_by_label("Largest patch of average homes").fill("17")
    _press(page, "^Save")
    expect(page.get_by_role("main")).to_contain_text("15 to 17 homes")


def _draw(page: Page) -> None:
    page.goto("/designs/")
    _press(page, "^Make a design$")
    page.get_by_label("All homes").check()
    _press(page, "^Continue$")
    page.get_by_label("Name", exact=True).fill("Spring plan")
    page.get_by_label("Assumption set", exact=True).select_option(
        label="Agreed for the spring"
    )
    page.get_by_label("As many as there are now").check()
    _press(page, "^Continue$")
    _press(page, "^Draw$")
    table = page.get_by_role("table", name="Alternatives side by side")
    expect(table).to_be_visible()
    row = table.get_by_role("row", name=re.compile("^Within ± 2 %"))
    expect(row.get_by_role("cell").first).to_have_text("0 of 2")
    expect(row.get_by_role("cell").nth(3)).to_have_text("2 of 2")


def _move_a_street(page: Page) -> None:
    """Copy the best balance, move a street, be refused another, undo, redo."""
    _press(page, "^Adjust “Best balance”$")
    page.get_by_label("Name").fill("With Damson Road together")
    _press(page, "^Make the copy$")
    assert _homes_of(page) == {"S01": 16, "S02": 16}
    page.get_by_label("Select Alder Road, ZK1 1AA").check()
    page.get_by_label("Move to patch").select_option(index=2)
    _press(page, "^Move$")
    expect(page.get_by_role("alert")).to_contain_text("is not next to S02")
    page.get_by_label("Select Alder Road, ZK1 1AA").uncheck()
    page.get_by_label("Select Damson Road, ZK1 4AA").check()
    _press(page, "^Move$")
    assert _homes_of(page) == {"S01": 12, "S02": 20}
    _press(page, "^Undo$")
    assert _homes_of(page) == {"S01": 16, "S02": 16}
    _press(page, "^Redo$")
    assert _homes_of(page) == {"S01": 12, "S02": 20}
    _press(page, "^Done$")


def _propose(page: Page) -> None:
    page.get_by_role("navigation", name="Breadcrumb").get_by_role(
        "link", name="Spring plan"
    ).click()
    _press(page, "^Propose$")
    page.get_by_label("With Damson Road together").check()
    _press(page, "^Propose$")
    expect(page.get_by_role("alert")).to_contain_text("The plan is proposed")
    _press(page, "^Comment on this plan$")
    page.get_by_label("A councillor").check()
    page.get_by_label("Who said it?").fill("Councillor for the ward")
    page.get_by_label("Comment", exact=True).fill("Damson Road has one hall. Good.")
    _press(page, "^Keep this comment$")
    expect(page.get_by_role("main")).to_contain_text("Damson Road has one hall")


def _approve(page: Page) -> None:
    page.goto(PatchDesign.objects.get().get_absolute_url())
    _press(page, "^Approve$")
    page.get_by_label(re.compile("^Why do you approve")).fill("All have answered")
    _press(page, "^Approve$")
    expect(page.get_by_role("alert")).to_contain_text("approved")


def _publish(page: Page) -> dt.date:
    """Publish for the day suggested; returns it."""
    _press(page, "^Publish for a date$")
    _press(page, "^Check what changes$")
    expect(_title(page)).to_contain_text("Check before you publish")
    _press(page, "^Publish$")
    expect(_title(page)).to_have_text("What follows")
    return PatchDesign.objects.get().starts_on
