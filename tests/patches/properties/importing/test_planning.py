"""What a list of homes would change, and which rows cannot be taken."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from housingplus.common.dates import today
from housingplus.imports.errors import FileRefused, ListHasErrors, WorldChanged
from housingplus.imports.options import ImportOptions
from housingplus.imports.running import apply_file, check_file
from patches.models import Property
from tests.factories.officers import TeamWardFactory
from tests.factories.patches import (
    LandlordFactory,
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)
from tests.patches.properties.importing.conftest import home

pytestmark = pytest.mark.django_db

FAULTS = {
    "mangled UPRN": ({"uprn": "1.00E+11"}, "UPRN", "Excel has shortened"),
    "UPRN with letters": ({"uprn": "99A"}, "UPRN", "up to 12 digits"),
    "UPRN too long": ({"uprn": "1234567890123"}, "UPRN", "up to 12 digits"),
    "UPRN in other digits": ({"uprn": "٣٤٥٦"}, "UPRN", "0 to 9"),
    "UPRN zero": ({"uprn": "000"}, "UPRN", "up to 12 digits"),
    "same UPRN": ({"uprn": "990000000001"}, "UPRN", "Row 2 has the same UPRN"),
    "same UPRN with zeros": ({"uprn": " 000990000000001 "}, "UPRN", "Row 2 has"),
    "same reference": ({"reference": "K1"}, "Property reference", "Row 2 has the same"),
    "no reference": ({"reference": ""}, "Property reference", "Enter the property"),
    "long reference": ({"reference": "K" * 31}, "Property reference", "Shorten"),
    "unknown landlord": ({"landlord": "NOBODY"}, "Landlord", "No landlord here"),
    "no landlord": ({"landlord": ""}, "Landlord", "Enter the landlord"),
    "bad postcode": ({"postcode": "ZK1"}, "Postcode", "whole postcode"),
    "no postcode": ({"postcode": ""}, "Postcode", "Enter the postcode"),
    "no street": ({"street": " "}, "Street", "Enter the street"),
    "long street": ({"street": "x" * 101}, "Street", "Shorten this to 100"),
    "no town": ({"town": ""}, "Post town", "Enter the post town"),
    "no number": ({"building": ""}, "Building", "number or name"),
    "unknown ward": ({"ward_code": "E05999999"}, "Ward code", "No ward here"),
    "bad ward code": ({"ward_code": "E0599"}, "Ward code", "ward code like"),
    "unknown ward name": ({"ward_code": "", "ward": "Nowhere"}, "Ward", "No ward"),
    "no ward": ({"ward_code": "", "ward": ""}, "Ward code", "code or the name"),
    "bad type": ({"property_type": "castle"}, "Type", "Enter one of"),
    "bad bedrooms": ({"bedrooms": "three"}, "Bedrooms", "whole number"),
    "too many bedrooms": ({"bedrooms": "31"}, "Bedrooms", "whole number"),
    "easting alone": ({"northing": ""}, "Northing", "both easting and northing"),
    "easting too big": ({"easting": "9999999"}, "Easting", "whole number"),
    "outside Britain": ({"easting": "1", "northing": "1"}, "Easting", "outside"),
    "control character": ({"street": "Elm\x07Road"}, "Street", "control characters"),
    "lost character": ({"street": "Caf\ufffd"}, "Street", "lost"),
    "unknown patch": ({"patch": "ZZ-9"}, "Patch", "No patch here"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_bad_row_says_where_and_what_to_do(case, check, kestrel, marl_bank):
    values, column, words = FAULTS[case]
    plan = check(home(1), home(2, **values))
    errors = [f for f in plan.findings if f.outcome == "error"]
    assert len(errors) == 1
    assert errors[0].number == 3
    assert errors[0].column.startswith(column)
    assert words in errors[0].message
    assert plan.counts["error"] == 1
    assert plan.counts["new"] == 1


def test_nothing_is_imported_while_a_row_is_wrong(
    write_list, importer, kestrel, marl_bank
):
    path, options = write_list(home(1), home(2, postcode="x")), ImportOptions()
    parsed, plan = check_file(path, importer, options)
    with pytest.raises(ListHasErrors):
        apply_file(
            parsed, plan, importer=importer, options=options, source=path, sha256="0"
        )
    assert not Property.objects.exists()


@pytest.mark.parametrize("cells", [5, 30])
def test_a_row_of_another_width_is_wrong(tmp_path, importer, kestrel, cells):
    path = tmp_path / "homes.csv"
    path.write_text(",".join(home(1)) + "\n" + ",".join(["1"] * cells) + "\n")
    _, plan = check_file(path, importer, ImportOptions())
    (error,) = plan.findings
    assert f"This row has {cells} values" in error.message


def test_wrong_columns_are_refused(tmp_path, importer):
    path = tmp_path / "homes.csv"
    path.write_text("Name,Colour\nA,red\n")
    with pytest.raises(FileRefused, match="no column for “Property reference”"):
        check_file(path, importer, ImportOptions())


def test_a_home_of_another_landlord_is_a_clash(check, kestrel, marl_bank):
    PropertyFactory(uprn="990000000001", landlord=LandlordFactory(name="Other Homes"))
    plan = check(home(1))
    assert "belongs to Other Homes" in plan.findings[0].message


def test_a_reference_of_another_home_is_a_clash(check, kestrel, marl_bank):
    PropertyFactory(uprn="990000000001", landlord=kestrel, reference="K1")
    PropertyFactory(uprn="990000000002", landlord=kestrel, reference="K2")
    plan = check(home(1, reference="K2"))
    assert "belongs to another home" in plan.findings[0].message


def test_a_new_ward_needs_one_name(check, kestrel):
    plan = check(home(1), home(2, ward="Other"), create_wards=True)
    assert "Another row calls this ward" in plan.findings[-1].message


def test_a_ward_known_by_another_code_is_wrong(check, kestrel, marl_bank):
    plan = check(home(1, ward_code="E05999002"), create_wards=True)
    assert "has the code E05999001" in plan.findings[0].message


def test_changes_show_old_and_new(check, bring, kestrel, marl_bank):
    bring(home(1))
    plan = check(home(1, street="Ash Road", bedrooms=2, block="Ash House"))
    (finding,) = plan.findings
    assert finding.outcome == "changed"
    assert finding.changes == {
        "Street": ["Elm Road", "Ash Road"],
        "Bedrooms": [3, 2],
        "Block": ["", "Ash House"],
    }


def test_empty_cells_do_not_erase_what_a_list_seldom_holds(
    check, bring, kestrel, marl_bank
):
    bring(home(1, locality="Upper Marl"))
    blank = {"bedrooms": "", "easting": "", "northing": "", "property_type": ""}
    assert check(home(1, uprn="", locality="Upper Marl", **blank)).changes_nothing
    assert not check(home(1, locality="")).changes_nothing


def test_homes_the_list_lacks_are_only_those_of_its_landlords(
    check, bring, kestrel, marl_bank
):
    bring(home(1), home(2))
    PropertyFactory(uprn="880000000001")
    plan = check(home(1))
    assert plan.counts["missing"] == 1
    assert plan.findings[0].value == "K2"
    # A row that is wrong is not a home that is gone.
    assert check(home(1), home(2, postcode="x")).counts["missing"] == 0


def test_a_patch_takes_homes_only_of_its_team(check, kestrel, marl_bank):
    patch = PatchFactory(code="KS-1", ward=WardFactory())
    plan = check(home(1, patch="KS-1"))
    assert "outside the wards" in plan.findings[0].message
    team = TeamWardFactory(ward=patch.ward).team
    TeamWardFactory(team=team, ward=marl_bank)
    plan = check(home(1, patch="ks-1"))
    assert plan.findings[0].changes == {"Patch": ["", "KS-1"]}


def test_a_planned_move_is_not_run_over(check, bring, kestrel, marl_bank):
    bring(home(1))
    later = today() + dt.timedelta(days=30)
    other = PatchFactory(code="KS-2", ward=marl_bank)
    PatchMembershipFactory(
        property=Property.objects.get(), patch=other, starts_on=later
    )
    PatchFactory(code="KS-1", ward=marl_bank)
    for code in ("KS-1", "KS-9"):
        plan = check(home(1, patch=code), create_patches=True)
        assert "has a planned move to KS-2" in plan.findings[0].message


def test_a_plan_is_refused_when_the_world_changed(
    write_list, importer, kestrel, marl_bank
):
    path, options = write_list(home(1)), ImportOptions()
    parsed, plan = check_file(path, importer, options)
    PropertyFactory(uprn="990000000001", landlord=kestrel, reference="K1")
    with pytest.raises(WorldChanged):
        apply_file(
            parsed, plan, importer=importer, options=options, source=path, sha256="0"
        )
    assert Property.objects.count() == 1


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=st.data())
def test_every_row_is_taken_or_reported(check, kestrel, marl_bank, changes):
    rows = [home(number) for number in range(1, 6)]
    cell = st.text(
        st.characters(exclude_characters="\0\r\n", exclude_categories=["Cs"]),
        max_size=40,
    )
    for row in rows:
        names = changes.draw(st.lists(st.sampled_from(list(row)), max_size=3))
        for name in names:
            row[name] = changes.draw(cell | st.sampled_from(["", "K1", "1.0E+5", "=1"]))
    plan = check(*rows, create_wards=True, create_landlords=True, create_patches=True)
    counts = plan.counts
    blank = sum(not any(value.strip() for value in row.values()) for row in rows)
    taken = counts["new"] + counts["changed"] + plan.unchanged_count
    assert plan.row_count == 5 - blank
    assert taken + counts["error"] == plan.row_count
    assert all(f.message for f in plan.findings if f.outcome == "error")
