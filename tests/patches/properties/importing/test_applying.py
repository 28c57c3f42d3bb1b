"""Importing a list of homes: what is held here afterwards."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.management import CommandError, call_command

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import day_before, today
from patches.models import Block, Landlord, Patch, PatchMembership, Property, Ward
from patches.properties.models import PropertyWord
from patches.register.services import move_homes
from tests.factories.patches import PatchFactory
from tests.patches.properties.importing.conftest import home

pytestmark = pytest.mark.django_db

EVERYTHING = {"create_wards": True, "create_landlords": True, "create_patches": True}


def test_a_first_import_creates_all_it_names(bring):
    bring(home(1, block="Elm House", patch="KS-1"), home(2, patch="KS-1"), **EVERYTHING)
    first = Property.objects.get(reference="K1")
    assert (first.uprn, first.landlord.code) == ("990000000001", "KESTREL")
    assert (first.street_key, first.house_number) == ("elm road", 1)
    assert first.block == Block.objects.get(name="Elm House", ward=first.ward)
    assert first.latitude == pytest.approx(53.326, abs=0.01)
    assert first.managed_from == today()
    assert Ward.objects.get().code == "E05999001"
    assert Landlord.objects.get().name == "KESTREL"
    patch = Patch.objects.get()
    assert (patch.code, patch.ward, patch.band_min) == ("KS-1", first.ward, 280)
    assert PatchMembership.objects.filter(patch=patch, starts_on=today()).count() == 2
    assert PropertyWord.objects.filter(property=first, word="elm").exists()
    assert AuditEvent.objects.filter(verb="property.imported").count() == 2


def test_the_same_list_again_changes_nothing(bring, check):
    rows = [home(1, block="Elm House", patch="KS-1"), home(2)]
    bring(*rows, **EVERYTHING)
    plan = check(*rows, **EVERYTHING)
    assert plan.changes_nothing
    assert plan.unchanged_count == 2


def test_changes_are_written_with_their_history(bring, kestrel, marl_bank):
    bring(home(1), home(2))
    bring(home(1, building="1A", uprn="", block="Elm House"), home(2))
    changed = Property.objects.get(reference="K1")
    assert (changed.building, changed.uprn) == ("1A", "990000000001")
    assert changed.walk_key.startswith("000001a")
    assert changed.block.name == "Elm House"
    event = AuditEvent.objects.get(verb="property.import_changed")
    assert event.subject_id == changed.pk
    assert event.changes["Building number or name"] == ["1", "1A"]


def test_a_list_for_one_landlord_needs_no_landlord_column(bring, kestrel, marl_bank):
    row = home(1)
    del row["landlord"]
    bring(row, landlord="KESTREL")
    assert Property.objects.get().landlord == kestrel


def test_homes_the_list_lacks_end_only_when_asked(bring, kestrel, marl_bank):
    bring(home(1), home(2, patch="KS-1"), create_patches=True)
    Property.objects.update(managed_from=dt.date(2024, 1, 1))
    PatchMembership.objects.update(starts_on=dt.date(2024, 1, 1))
    bring(home(1))
    assert Property.objects.managed().count() == 2
    bring(home(1), end_missing=True)
    gone = Property.objects.get(reference="K2")
    assert gone.managed_to == day_before(today())
    assert gone.memberships.get().ends_on == day_before(today())
    # It comes back with the next list.
    bring(home(1), home(2))
    assert Property.objects.managed().count() == 2


def test_a_new_patch_code_moves_the_home_and_keeps_history(bring, kestrel, marl_bank):
    bring(home(1, patch="KS-1"), create_patches=True)
    Property.objects.update(managed_from=dt.date(2024, 1, 1))
    PatchMembership.objects.update(starts_on=dt.date(2024, 1, 1))
    day = today() + dt.timedelta(days=7)
    PatchFactory(code="KS-2", ward=marl_bank)
    bring(home(1, patch="KS-2"), starts_on=day)
    old, new = PatchMembership.objects.order_by("starts_on")
    assert (old.patch.code, old.ends_on) == ("KS-1", day_before(day))
    assert (new.patch.code, new.starts_on, new.ends_on) == ("KS-2", day, None)


def test_an_empty_patch_cell_leaves_the_home_where_it_is(
    bring, check, kestrel, marl_bank
):
    bring(home(1))
    patch = PatchFactory(code="KS-1", ward=marl_bank)
    move_homes(
        properties=[Property.objects.get().pk],
        to_patch=patch,
        starts_on=today(),
        reason="By hand",
        token=uuid.uuid4(),
        by=None,
    )
    assert check(home(1)).changes_nothing


def test_changing_many_homes_takes_few_queries(
    bring, kestrel, marl_bank, django_assert_max_num_queries
):
    bring(*(home(number) for number in range(1, 40)))
    with django_assert_max_num_queries(60):
        bring(*(home(number, bedrooms=1) for number in range(1, 40)))
    assert Property.objects.filter(bedrooms=1).count() == 39


def test_command_imports_once_and_then_says_no_changes(write_list, capsys):
    path = str(write_list(home(1), home(2)))
    create = ["--create-wards", "--create-landlords"]
    call_command("import_properties", path, *create, "--dry-run")
    assert not Property.objects.exists()
    call_command("import_properties", path, *create)
    assert "2 new" in capsys.readouterr().out
    call_command("import_properties", path)
    assert "No changes" in capsys.readouterr().out


def test_command_prints_errors_and_fails(write_list, capsys):
    path = str(write_list(home(1, uprn="1.00E+11")))
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_properties", path, "--create-wards", "--landlord=X")
    assert "Row 2, UPRN “1.00E+11”" in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_properties", "/nowhere.csv")
