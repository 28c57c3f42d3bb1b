"""Triggers the database must hold: SQLite's "no overlap", and append-only tables."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from .constraints import NoOverlap

_REFUSE_FUNCTION = """
CREATE OR REPLACE FUNCTION housingplus_refuse_change() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$ LANGUAGE plpgsql
"""


def expected(vendor: str) -> Iterator[tuple[str, str, str]]:
    """Yield each trigger the database should hold: its name, table and SQL."""
    for model in apps.get_models():
        if vendor == "sqlite":
            for constraint in model._meta.constraints:
                if isinstance(constraint, NoOverlap):
                    for name, sql in constraint.trigger_sql(model).items():
                        yield name, model._meta.db_table, sql
        if getattr(model, "is_append_only", False):
            yield from _append_only(model, vendor)


def _append_only(
    model: type[models.Model], vendor: str
) -> Iterator[tuple[str, str, str]]:
    table = model._meta.db_table
    for event in ("UPDATE", "DELETE"):
        name = f"{table}_no_{event.lower()}"
        if vendor == "sqlite":
            body = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        else:
            body = "EXECUTE FUNCTION housingplus_refuse_change()"
        yield (
            name,
            table,
            f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW {body}',
        )


def present(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the triggers the database holds."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of expected triggers of existing tables that are not there."""
    tables = set(connection.introspection.table_names())
    held = present(connection)
    return sorted(
        name
        for name, table, _ in expected(connection.vendor)
        if table in tables and name not in held
    )


def install(connection: BaseDatabaseWrapper) -> None:
    """Create every expected trigger afresh; safe to run again and again."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_REFUSE_FUNCTION)
        for name, table, sql in expected(connection.vendor):
            if table not in tables:
                continue
            on_table = "" if connection.vendor == "sqlite" else f' ON "{table}"'
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}')
            cursor.execute(sql)
