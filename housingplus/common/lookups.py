"""Prefix look-ups that use an index on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup
from django.db.models.sql.compiler import SQLCompiler

# Sorts after every character a word can hold.
_LAST = "\U0010ffff"


@CharField.register_lookup
class Prefix(Lookup):  # type: ignore[type-arg]
    """`word__prefix="elm"`: words that begin with "elm", read as a range of the index.

    `LIKE 'elm%'` is no range on SQLite (it ignores case there) and, in most languages'
    collations, none on PostgreSQL. There the index needs `varchar_pattern_ops`.
    """

    lookup_name = "prefix"

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        column, column_params = self.process_lhs(compiler, connection)
        value, (prefix,) = self.process_rhs(compiler, connection)
        at_least, below = (
            ("~>=~", "~<~") if connection.vendor == "postgresql" else (">=", "<")
        )
        return (
            f"({column} {at_least} {value} AND {column} {below} {value})",
            [*column_params, prefix, *column_params, prefix + _LAST],
        )
