"""Values known here by id, for the database to look up, in one parameter.

A `Case` with a `When` for each of 140 patches is asked branch by branch for every home,
and written out again wherever an expression names it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, DateField, F, Func, Value
from django.db.models.functions import Cast, Coalesce
from django.db.models.sql.compiler import SQLCompiler


def text_by(path: str, texts: Mapping[int, str], *, default: str = "") -> Coalesce:
    """Return the text of the id that `path` leads to; `default` where it has none."""
    return Coalesce(_Table(path, texts), Value(default))


def day_by(
    path: str, days: Mapping[int, dt.date | None], *, default: dt.date
) -> Coalesce:
    """Return the day of the id that `path` leads to; `default` where it has none."""
    known = {pk: day.isoformat() for pk, day in days.items() if day is not None}
    found = Cast(_Table(path, known), DateField())
    return Coalesce(found, Value(default), output_field=DateField())


class _Table(Func):
    """The entry of an id in a table of texts; NULL where it has none."""

    output_field = CharField()

    def __init__(self, path: str, entries: Mapping[int, str]) -> None:
        super().__init__(Value(json.dumps(entries)), F(path))

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, Any]:
        return self.as_sql(
            compiler,
            connection,
            template="JSON_EXTRACT(%(expressions)s || '\"')",
            arg_joiner=", '$.\"' || ",
        )

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, Any]:
        return self.as_sql(
            compiler,
            connection,
            template="(%(expressions)s::text)",
            arg_joiner="::jsonb ->> ",
        )
