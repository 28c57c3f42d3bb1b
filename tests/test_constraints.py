"""Every rule the database keeps, refused by the database itself (RELIABILITY R1).

`CASES` names each constraint of our models with something that breaks it and nothing
else. A constraint without a case fails the build.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from housingplus.common import triggers
from housingplus.common.constraints import NoOverlap
from housingplus.imports.models import ImportBatch, ImportRow, ImportStatus
from patches.register.models import MovedHome
from tenants.letters.models import Letter, LetterChunk, LetterRun, LetterRunHome
from tests.factories import officers as staff
from tests.factories import patches as places
from tests.factories import tenants as people

APPS = {"audit", "common", "imports", "jobs", "officers", "patches", "tenants"}
START = dt.date(2026, 3, 1)
BEFORE = dt.date(2026, 2, 28)
LATER = dt.date(2026, 6, 1)


def _ends_before_start(factory) -> Callable[[], object]:
    return lambda: factory(starts_on=START, ends_on=BEFORE)


def _overlap(factory, *same: str, **fields) -> Callable[[], object]:
    """Two rows alike in `same`, the first ending on the day the second begins."""

    def build() -> None:
        first = factory(starts_on=START, ends_on=LATER, **fields)
        shared = {name: getattr(first, name) for name in same}
        factory(starts_on=LATER, ends_on=None, **fields, **shared)

    return build


def _twice(factory, *same: str, **fields) -> Callable[[], object]:
    def build() -> None:
        first = factory(**fields)
        factory(**{name: getattr(first, name) for name in same}, **fields)

    return build


def _run(**fields) -> LetterRun:
    defaults = {
        "template_version": people.LetterTemplateVersionFactory(),
        "title": "Spring",
        "dated": START,
        "scope_kind": "all",
        "token": uuid.uuid4(),
        "created_by": staff.UserFactory(),
    }
    return LetterRun.objects.create(**{**defaults, **fields})


def _run_home(run: LetterRun | None = None, **fields) -> LetterRunHome:
    home = fields.pop("property", None) or places.PropertyFactory()
    return LetterRunHome.objects.create(run=run or _run(), property=home, **fields)


def _letter(home: LetterRunHome | None = None, **fields) -> Letter:
    home = home or _run_home()
    household = fields.pop("household", None) or people.HouseholdFactory()
    chunk, _ = LetterChunk.objects.get_or_create(run=home.run, number=1)
    defaults = {
        "run": home.run,
        "home": home,
        "household": household,
        "tenancy": people.TenancyFactory(household=household),
        "patch": places.PatchFactory(),
        "landlord": places.LandlordFactory(),
        "reference": uuid.uuid4().hex[:20],
        "sequence": Letter.objects.count() + 1,
        "address_lines": [],
        "values": {},
        "chunk": chunk,
    }
    return Letter.objects.create(**{**defaults, **fields})


def _two_letters(**same: str) -> None:
    first = _letter()
    _letter(first.home, **{name: getattr(first, name) for name in same.values()})


def _two_letters_to_the_occupier() -> None:
    first = _letter(tenancy=None)
    _letter(first.home, tenancy=None)


def _home_twice_in_a_run() -> None:
    first = _run_home()
    _run_home(first.run, property=first.property)


def _home_twice_in_a_move() -> None:
    move, home = places.PatchMoveFactory(), places.PropertyFactory()
    MovedHome.objects.create(move=move, property=home)
    MovedHome.objects.create(move=move, property=home)


def _chunk(**fields) -> LetterChunk:
    return LetterChunk.objects.create(**{"run": _run(), "number": 1, **fields})


def _chunk_twice() -> None:
    first = _chunk()
    _chunk(run=first.run)


def _import(**fields) -> ImportBatch:
    return ImportBatch.objects.create(
        kind="properties",
        file="imports/a.csv",
        file_name="a.csv",
        sha256="0" * 64,
        token=uuid.uuid4(),
        **fields,
    )


def _two_imports_applied_at_once() -> None:
    _import(status=ImportStatus.APPLYING)
    _import(status=ImportStatus.APPLYING)


CASES: dict[str, Callable[[], object]] = {
    # Accounts and officers
    "user_email_any_case_unique": lambda: [
        staff.UserFactory(email="robin@kestrelford.example"),
        staff.UserFactory(email="ROBIN@kestrelford.example"),
    ],
    "django_admin_for_administrators_only": lambda: staff.UserFactory(is_staff=True),
    "officers_assignment_ends_after_start": _ends_before_start(staff.AssignmentFactory),
    "assignment_to_officer_or_team": lambda: staff.AssignmentFactory(
        team=staff.WardTeamFactory()
    ),
    "cover_has_a_last_day": lambda: staff.AssignmentFactory(kind="cover", ends_on=None),
    "one_lead_for_a_patch_on_a_date": _overlap(
        staff.AssignmentFactory, "patch", kind="lead"
    ),
    "one_cover_for_a_patch_on_a_date": lambda: [
        staff.AssignmentFactory(
            patch=patch, kind="cover", starts_on=START, ends_on=LATER
        )
        for patch in [places.PatchFactory()] * 2
    ],
    "officer_left_after_start": lambda: staff.OfficerFactory(
        started_on=START, left_on=BEFORE
    ),
    "officer_fte_up_to_one": lambda: staff.OfficerFactory(fte="1.01"),
    "officer_has_name": lambda: staff.OfficerFactory(name=""),
    "officers_teamward_ends_after_start": _ends_before_start(staff.TeamWardFactory),
    "one_team_for_a_ward_on_a_date": _overlap(staff.TeamWardFactory, "ward"),
    "officers_teammembership_ends_after_start": _ends_before_start(
        staff.TeamMembershipFactory
    ),
    "once_in_a_team_on_a_date": _overlap(
        staff.TeamMembershipFactory, "team", "officer"
    ),
    "officers_teamleadership_ends_after_start": _ends_before_start(
        staff.TeamLeadershipFactory
    ),
    "one_leader_for_a_team_on_a_date": _overlap(staff.TeamLeadershipFactory, "team"),
    # Places
    "block_name_unique_in_ward": _twice(places.BlockFactory, "ward", "name"),
    "block_parent_uprn_is_digits": lambda: places.BlockFactory(parent_uprn="12A"),
    "property_reference_unique_for_landlord": _twice(
        places.PropertyFactory, "landlord", "reference"
    ),
    "property_uprn_is_digits": lambda: places.PropertyFactory(uprn="1.00E+11"),
    "property_has_reference": lambda: places.PropertyFactory(reference=""),
    "property_management_ends_after_start": lambda: places.PropertyFactory(
        managed_from=START, managed_to=BEFORE
    ),
    "property_easting_with_northing": lambda: places.PropertyFactory(easting=402_000),
    "property_latitude_with_longitude": lambda: places.PropertyFactory(latitude=53.5),
    "property_word_once": _twice(places.PropertyWordFactory, "property", "word"),
    "patches_patch_ends_after_start": _ends_before_start(places.PatchFactory),
    "patch_band_is_a_range": lambda: places.PatchFactory(band_min=300, band_max=280),
    "patch_has_code": lambda: places.PatchFactory(code=""),
    "patch_move_undone_at_with_by": lambda: places.PatchMoveFactory(
        undone_by=staff.UserFactory()
    ),
    "patches_patchmembership_ends_after_start": _ends_before_start(
        places.PatchMembershipFactory
    ),
    "one_patch_for_a_home_on_a_date": _overlap(
        places.PatchMembershipFactory, "property"
    ),
    "home_once_in_a_move": _home_twice_in_a_move,
    "moved_home_replaced_has_patch": lambda: MovedHome.objects.create(
        move=places.PatchMoveFactory(),
        property=places.PropertyFactory(),
        is_replaced=True,
    ),
    "ward_code_is_nine_characters": lambda: places.WardFactory(code="E05"),
    "ward_band_is_a_range": lambda: places.WardFactory(band_min=280),
    # People
    "person_has_last_name": lambda: people.PersonFactory(last_name=""),
    "tenants_household_ends_after_start": _ends_before_start(people.HouseholdFactory),
    "one_household_in_a_home_on_a_date": _overlap(people.HouseholdFactory, "property"),
    "do_not_write_has_reason": lambda: people.HouseholdFactory(do_not_write=True),
    "tenants_householdmember_ends_after_start": _ends_before_start(
        people.HouseholdMemberFactory
    ),
    "once_in_a_household_on_a_date": _overlap(
        people.HouseholdMemberFactory, "household", "person"
    ),
    "email_only_has_address": lambda: people.CommunicationNeedsFactory(
        letter_format="email"
    ),
    "household_word_once": _twice(people.HouseholdWordFactory, "household", "word"),
    "tenants_tenancy_ends_after_start": _ends_before_start(people.TenancyFactory),
    "tenancy_reference_unique_for_landlord": _twice(
        people.TenancyFactory, "landlord", "reference"
    ),
    "tenancy_has_reference": lambda: people.TenancyFactory(reference=""),
    "once_on_a_tenancy": _twice(people.TenancyPersonFactory, "tenancy", "person"),
    # Associations
    "tara_street_once": _twice(people.TaraStreetFactory, "tara", "street"),
    "tara_block_once": _twice(people.TaraBlockFactory, "tara", "block"),
    "tara_patch_once": _twice(people.TaraPatchFactory, "tara", "patch"),
    "tenants_tararole_ends_after_start": _ends_before_start(people.TaraRoleFactory),
    "tenants_taraofficer_ends_after_start": _ends_before_start(
        people.TaraOfficerFactory
    ),
    "one_tara_officer_of_a_kind_on_a_date": _overlap(people.TaraOfficerFactory, "tara"),
    "tara_contact_has_note": lambda: people.TaraContactFactory(note=""),
    # Letters
    "template_version_number_once": _twice(
        people.LetterTemplateVersionFactory, "template"
    ),
    "run_approved_at_with_by": lambda: _run(approved_by=staff.UserFactory()),
    "run_posted_on_with_by": lambda: _run(posted_on=START),
    "run_goes_on_only_approved": lambda: _run(status="produced"),
    "home_once_in_a_run": _home_twice_in_a_run,
    "exception_has_reason": lambda: _run_home(is_exception=True),
    "chunk_once_in_run": _chunk_twice,
    "chunk_done_has_file": lambda: _chunk(file="letters/1.pdf"),
    "letter_sequence_once_in_run": lambda: _two_letters(same="sequence"),
    "one_letter_for_a_tenancy": lambda: _two_letters(same="tenancy"),
    "one_letter_to_the_occupier": _two_letters_to_the_occupier,
    "letter_has_a_page": lambda: _letter(page_count=0),
    # Imports
    "one_import_applied_at_a_time": _two_imports_applied_at_once,
    "import_error_has_message": lambda: ImportRow.objects.create(
        batch=_import(), outcome="error"
    ),
}


def _constraints() -> list[models.constraints.BaseConstraint]:
    return [
        constraint
        for model in apps.get_models()
        if model._meta.app_label in APPS
        for constraint in model._meta.constraints
    ]


def _attempt(write: Callable[[], object]) -> None:
    with transaction.atomic():
        write()
        connection.check_constraints()


def test_every_constraint_has_a_case():
    assert {constraint.name for constraint in _constraints()} == set(CASES)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(CASES))
def test_database_refuses(name):
    constraint = next(c for c in _constraints() if c.name == name)
    with pytest.raises(IntegrityError) as refused:
        _attempt(CASES[name])
    if connection.vendor == "sqlite" and isinstance(
        constraint, models.UniqueConstraint
    ):
        return  # SQLite names the columns of a unique rule, not the rule.
    assert name in str(refused.value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    ["save", "bulk_create", "update", "raw"],
)
def test_no_overlap_is_refused_however_it_is_written(write):
    first = places.PatchMembershipFactory(starts_on=START, ends_on=LATER)
    after = LATER + dt.timedelta(days=1)
    second = places.PatchMembershipFactory(property=first.property, starts_on=after)
    model = type(first)
    table = model._meta.db_table

    def by_raw_sql() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET starts_on = %s WHERE id = %s", [LATER, second.pk]
            )

    def by_saving() -> None:
        second.starts_on = LATER
        second.save()

    writes = {
        "save": by_saving,
        "update": lambda: model.objects.filter(pk=second.pk).update(starts_on=LATER),
        "bulk_create": lambda: model.objects.bulk_create(
            [model(property=first.property, patch=first.patch, starts_on=LATER)]
        ),
        "raw": by_raw_sql,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        writes[write]()


@pytest.mark.django_db
def test_periods_that_touch_do_not_overlap():
    first = places.PatchMembershipFactory(starts_on=START, ends_on=LATER)
    places.PatchMembershipFactory(
        property=first.property, starts_on=LATER + dt.timedelta(days=1)
    )
    assert first.property.memberships.count() == 2


@pytest.mark.django_db
def test_a_form_hears_of_an_overlap_before_the_database_does():
    first = places.PatchMembershipFactory(starts_on=START)
    second = places.PatchMembershipFactory.build(
        property=first.property, patch=first.patch, starts_on=LATER
    )
    with pytest.raises(Exception, match="already in a patch"):
        second.full_clean()


@pytest.mark.django_db
def test_every_expected_trigger_is_there():
    assert triggers.missing(connection) == []


@pytest.mark.django_db
def test_a_lost_trigger_is_noticed_and_put_back():
    name, table, _ = next(iter(triggers.expected(connection.vendor)))
    on_table = "" if connection.vendor == "sqlite" else f' ON "{table}"'
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"{on_table}')
    assert triggers.missing(connection) == [name]
    triggers.install(connection)
    assert triggers.missing(connection) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "model",
    [model for model in apps.get_models() if getattr(model, "is_append_only", False)],
)
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_append_only_rows_stay_as_they_are(model, act):
    if model is LetterRun.events.rel.related_model:
        model.objects.create(run=_run(), to_status="composing")
    else:
        from housingplus.audit import services as audit

        audit.record("ward.named", subject=places.WardFactory(), by=None)
        _run()
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(model._meta.db_table))


def test_no_overlap_survives_being_written_into_a_migration():
    rule = NoOverlap(fields=["patch"], condition={"kind": "lead"}, name="one_lead")
    path, args, kwargs = rule.deconstruct()
    assert path == "housingplus.common.constraints.NoOverlap"
    assert NoOverlap(*args, **kwargs) == rule
