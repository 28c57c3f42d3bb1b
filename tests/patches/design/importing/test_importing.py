"""Lists of work: what is taken, changed, left alone and refused."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command

from housingplus.audit.models import AuditEvent
from housingplus.imports.errors import ColumnsMissing, ListHasErrors, WorldChanged
from housingplus.imports.models import ImportRowOutcome
from housingplus.imports.options import ImportOptions
from housingplus.imports.running import apply_file, check_file
from patches.design.importing.columns import LABELS
from patches.design.importing.importer import WorkImporter
from patches.design.selectors.assumptions import default_assumptions
from patches.design.workload.defaults import DEFAULT_WORK
from patches.models import AssumptionSet, WorkRecord, WorkType
from tests.factories.designs import WorkRecordFactory, WorkTypeFactory
from tests.factories.patches import LandlordFactory, PropertyFactory, WardFactory

from .conftest import errors, work

YEAR = (dt.date(2025, 1, 1), dt.date(2025, 12, 31))


def _held():
    return sorted(
        WorkRecord.objects.order_by().values_list(
            "property__reference", "work_type__name", "count", "starts_on", "ends_on"
        )
    )


def test_a_row_becomes_a_record(home, visits, bring):
    batch = bring(work())

    assert _held() == [("K1", "Visit", 2, *YEAR)]
    assert (batch.new_count, batch.error_count) == (1, 0)
    assert AuditEvent.objects.filter(verb="import.done").count() == 1
    shown = batch.rows.get()
    assert shown.label == "visit, home K1, 1 January 2025 to 31 December 2025"
    assert shown.changes == {"Count": ["", 2]}


def test_the_same_list_again_changes_nothing(home, visits, bring, check):
    bring(work())

    plan = check(work())

    assert plan.changes_nothing
    assert plan.unchanged_count == 1


def test_another_count_for_the_same_period_changes_it(home, visits, bring):
    PropertyFactory(landlord=home.landlord, ward=home.ward, reference="K2")
    bring(work())

    batch = bring(work(count=5), work(reference="K2", count=1))

    assert _held() == [("K1", "Visit", 5, *YEAR), ("K2", "Visit", 1, *YEAR)]
    assert (batch.new_count, batch.changed_count) == (1, 1)
    changed = batch.rows.get(outcome=ImportRowOutcome.CHANGED)
    assert changed.changes == {"Count": [2, 5]}


def test_homes_not_in_the_list_keep_their_records(home, visits, bring):
    other = PropertyFactory(landlord=home.landlord, ward=home.ward, reference="K2")
    bring(work(), work(reference="K2"))

    bring(work(count=9))

    assert WorkRecord.objects.get(property=other).count == 2


def test_the_next_period_is_added(home, visits, bring):
    bring(work())

    bring(work(period_start="2026-01-01", period_end="2026-01-31"))

    assert WorkRecord.objects.count() == 2


def test_none_is_a_count(home, visits, bring):
    bring(work(count=0))

    assert WorkRecord.objects.get().count == 0


def test_a_home_is_found_by_its_uprn(home, visits, bring):
    row = work()
    del row["reference"]

    bring(row | {"uprn": "000880000000001"})

    assert WorkRecord.objects.get().property == home


def test_usual_other_names_of_columns_are_recognised(home, visits, bring):
    bring(
        {
            "Prop Ref": "K1",
            "Type of work": "VISIT",
            "Number of events": "2",
            "From": "01/01/2025",
            "To": "31/12/2025",
            "Officer": "left out",
        }
    )

    assert _held() == [("K1", "Visit", 2, *YEAR)]


@pytest.mark.parametrize("column", ["work_type", "count", "period_start", "period_end"])
def test_a_list_without_a_needed_column_is_refused(home, visits, check, column):
    row = work()
    del row[column]

    with pytest.raises(ColumnsMissing):
        check(row)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("reference", "K9", "No home here has this reference"),
        ("reference", "", "Enter the home's reference or its UPRN"),
        ("reference", "K" * 31, "Shorten this to 30"),
        ("work_type", "gardening", "Known are: Visit."),
        ("work_type", "", "Enter the kind of work"),
        ("count", "", "Enter the count"),
        ("count", "two", "whole number from 0 to 10,000"),
        ("count", "-1", "whole number from 0 to 10,000"),
        ("count", "1.5", "whole number from 0 to 10,000"),
        ("count", "10001", "whole number from 0 to 10,000"),
        ("count", "1e3", "whole number from 0 to 10,000"),
        ("count", "٣", "whole number from 0 to 10,000"),
        ("count", "1_000", "whole number from 0 to 10,000"),
        ("period_start", "yesterday", "Enter a date like"),
        ("period_start", "2025-02-30", "There is no such day"),
        ("period_end", "2024-12-31", "ends before it starts"),
        ("period_end", "2099-12-31", "not over yet"),
        ("period_end", "01/13/2025", "There is no such day"),
    ],
)
def test_a_fault_is_named_by_row_and_column(
    home, visits, check, column, value, message
):
    plan = check(work(period_start="2024-01-01", period_end="2024-06-30"), work())
    assert errors(plan) == []

    plan = check(
        work(period_start="2024-01-01", period_end="2024-06-30"),
        work(**{column: value}),
    )

    ((number, told, text),) = errors(plan)
    assert (number, told) == (3, LABELS[column])
    assert message in text


def test_every_fault_of_a_list_is_named_and_nothing_is_in(home, visits, write_list):
    path = write_list(work(), work(count="x"), work(reference="K7"))
    parsed, plan = check_file(path, WorkImporter(), ImportOptions())

    assert [number for number, *_ in errors(plan)] == [3, 4]
    with pytest.raises(ListHasErrors):
        apply_file(
            parsed,
            plan,
            importer=WorkImporter(),
            options=ImportOptions(),
            source=path,
            sha256="0",
        )
    assert not WorkRecord.objects.exists()


def test_a_home_s_uprn_and_reference_must_agree(home, visits, check):
    PropertyFactory(landlord=home.landlord, reference="K2", uprn="880000000002")

    plan = check(work(reference="K2", uprn="880000000001"))

    assert "has the reference K1 here" in errors(plan)[0][2]


def test_a_reference_of_two_landlords_needs_one_more_word(home, visits, check):
    PropertyFactory(reference="K1", landlord=LandlordFactory(code="OTHER"))

    assert "Several landlords" in errors(check(work()))[0][2]
    assert errors(check(work(landlord="kestrel"))) == []
    assert errors(check(work(landlord="NONE")))[0][1:] == (
        "Landlord",
        "No landlord here has this code.",
    )


def test_the_same_home_work_and_period_twice_is_refused(home, visits, check):
    plan = check(work(uprn=""), work(reference="", uprn="880000000001", count=1))

    ((number, _, message),) = errors(plan)
    assert number == 3
    assert "Row 2 has the same home, kind of work and period" in message


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2025-12-31", "2026-03-31"),
        ("2024-06-01", "2025-01-01"),
        ("2025-03-01", "2025-03-31"),
        ("2024-01-01", "2026-06-30"),
    ],
)
def test_a_period_that_partly_overlaps_a_recorded_one_is_refused(
    home, visits, bring, check, start, end
):
    bring(work())

    ((number, column, message),) = errors(
        check(work(period_start=start, period_end=end))
    )

    assert (number, column) == (2, "First day of the period")
    assert "1 January 2025 to 31 December 2025 is recorded here" in message


def test_a_neighbour_s_period_counts_too(home, visits, bring, check):
    """The neighbour had no row, so no visits, in the year: that is on record."""
    PropertyFactory(landlord=home.landlord, ward=home.ward, reference="K2")
    bring(work())

    plan = check(work(reference="K2", period_start="2025-06-01"))

    assert "is recorded here" in errors(plan)[0][2]


def test_another_ward_landlord_or_kind_of_work_has_periods_of_its_own(
    home, visits, bring
):
    WorkTypeFactory(name="Rent arrears")
    PropertyFactory(landlord=home.landlord, ward=WardFactory(), reference="K2")
    PropertyFactory(ward=home.ward, reference="K3")
    bring(work())

    bring(
        work(reference="K2", period_start="2025-06-01"),
        work(reference="K3", period_start="2025-07-01"),
        work(work_type="rent arrears", period_start="2025-08-01"),
    )

    assert WorkRecord.objects.count() == 4


def test_periods_that_overlap_in_the_list_are_refused(home, visits, check):
    plan = check(work(), work(period_start="2025-06-01"))

    assert [number for number, *_ in errors(plan)] == [2, 3]
    assert "is in this list too" in errors(plan)[0][2]


def test_work_before_a_home_was_managed_is_noted(home, visits, check):
    PropertyFactory(
        landlord=home.landlord,
        ward=home.ward,
        reference="K2",
        managed_from=dt.date(2026, 2, 1),
    )
    PropertyFactory(
        landlord=home.landlord,
        ward=home.ward,
        reference="K3",
        managed_to=dt.date(2024, 12, 1),
    )

    plan = check(work(), work(reference="K2"), work(reference="K3"))

    notes = {f.number: f.message for f in plan.findings if f.outcome == "note"}
    assert notes.keys() == {3, 4}
    assert "only from 1 February 2026" in notes[3]
    assert "only until 1 December 2024" in notes[4]
    assert plan.counts["new"] == 3


def test_the_first_list_makes_the_kinds_of_work_to_start_from(home, bring, check):
    assert errors(check(work(work_type="gardening"))) != []
    assert not WorkType.objects.exists()

    bring(work(work_type="rent arrears"))

    assert WorkRecord.objects.get().work_type.name == "Rent arrears"
    assert WorkType.objects.count() == len(DEFAULT_WORK)
    assert default_assumptions() is not None


def test_what_was_recorded_meanwhile_asks_to_check_again(home, visits, write_list):
    path = write_list(work())
    parsed, plan = check_file(path, WorkImporter(), ImportOptions())
    WorkRecordFactory(
        property=home,
        work_type=visits,
        starts_on=dt.date(2025, 6, 1),
        ends_on=dt.date(2026, 1, 31),
    )

    with pytest.raises(WorldChanged):
        apply_file(
            parsed,
            plan,
            importer=WorkImporter(),
            options=ImportOptions(),
            source=path,
            sha256="0",
        )
    assert WorkRecord.objects.count() == 1


def test_the_command_imports_and_imports_again(home, visits, write_list, capsys):
    path = str(
        write_list(work(), work(period_start="2024-01-01", period_end="2024-12-31"))
    )

    call_command("import_workload", path, "--dry-run")
    assert not WorkRecord.objects.exists()
    call_command("import_workload", path)
    call_command("import_workload", path)

    said = capsys.readouterr().out
    assert "2 rows: 2 new, 0 changed, 0 unchanged, 0 with errors." in said
    assert "Imported.\n" in said
    assert "No changes" in said
    assert WorkRecord.objects.count() == 2


def test_the_command_names_faults_and_fails(home, visits, write_list, capsys):
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_workload", str(write_list(work(count="many"))))

    assert "Row 2, Count “many”: Enter a whole number" in capsys.readouterr().out


def test_a_dry_run_makes_no_assumptions(home, write_list):
    call_command("import_workload", str(write_list(work())), "--dry-run")

    assert not AssumptionSet.objects.exists()
