"""Every rule the database keeps, refused by the database itself (RELIABILITY R1).

`CASES` (tests/constraint_cases/) names each constraint of our models with something
that breaks it and nothing else. A constraint without a case fails the build.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from housingplus.common import triggers
from housingplus.common.constraints import NoOverlap
from tests.constraint_cases import APPEND_ONLY, CASES
from tests.constraint_cases.making import LATER, START
from tests.factories import patches as places

APPS = {"audit", "common", "imports", "jobs", "officers", "patches", "tenants"}


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
@pytest.mark.parametrize(
    ("name", "way"),
    [(name, way) for name in sorted(CASES) for way in range(len(CASES[name]))],
)
def test_database_refuses(name, way):
    constraint = next(c for c in _constraints() if c.name == name)
    with pytest.raises(IntegrityError) as refused:
        _attempt(CASES[name][way])
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


def test_every_append_only_table_has_a_row_to_try():
    append_only = {
        model.__name__
        for model in apps.get_models()
        if getattr(model, "is_append_only", False)
    }
    assert append_only == set(APPEND_ONLY)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(APPEND_ONLY))
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_append_only_rows_stay_as_they_are(name, act):
    row = APPEND_ONLY[name]()
    assert type(row).__name__ == name
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(row._meta.db_table))


def test_no_overlap_survives_being_written_into_a_migration():
    rule = NoOverlap(fields=["patch"], condition={"kind": "lead"}, name="one_lead")
    path, args, kwargs = rule.deconstruct()
    assert path == "housingplus.common.constraints.NoOverlap"
    assert NoOverlap(*args, **kwargs) == rule
