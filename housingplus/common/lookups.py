"""Look-ups that are quick on SQLite and on PostgreSQL alike.

Those of words are ranges. `LIKE 'elm%'` is no range on SQLite (it ignores case there)
and, in most languages' collations, none on PostgreSQL: there the index is made with
`varchar_pattern_ops`.
"""

from __future__ import annotations

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, ForeignKey, IntegerField, Lookup
from django.db.models.sql.compiler import SQLCompiler

# Sorts after every character a word can hold.
_LAST = "\U0010ffff"
_AFTER_Z = "{"


class _Range(Lookup):
    """What the look-ups share: "from this text up to, not including, that one"."""

    def range_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, str, str]:
        """Return the range with places for its two ends, the text, and the column."""
        column, column_params = self.process_lhs(compiler, connection)
        _, (text,) = self.process_rhs(compiler, connection)
        at_least, below = (
            ("~>=~", "~<~") if connection.vendor == "postgresql" else (">=", "<")
        )
        sql = f"({column} {at_least} %s AND {column} {below} %s)"
        if column_params:
            raise ValueError("Only a column can be looked up, not an expression.")
        return sql, str(text), column


@CharField.register_lookup
class Prefix(_Range):
    """`word__prefix="elm"`: words that begin with "elm"."""

    lookup_name = "prefix"

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        sql, text, _ = self.range_sql(compiler, connection)
        return sql, (text, text + _LAST)


@CharField.register_lookup
class Numbered(_Range):
    """`word__numbered="14"`: the number itself, or with one letter after it: 14A."""

    lookup_name = "numbered"

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        sql, text, column = self.range_sql(compiler, connection)
        # One letter: the second half of a postcode ("1aa") is no house number.
        one_letter = f"{sql} AND LENGTH({column}) = %s"
        return (
            f"({column} = %s OR ({one_letter}))",
            (text, text + "a", text + _AFTER_Z, len(text) + 1),
        )


@ForeignKey.register_lookup
@IntegerField.register_lookup
class Among(Lookup):
    """`pk__among=[3, 14]`: as `in`, with the whole list of ids as one parameter.

    Django prepares each value of `in` by itself, which takes longer than the query
    when there are a thousand.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        ids = list(self.rhs)
        if connection.vendor == "postgresql":
            # Of the column's own type, or PostgreSQL compares one by one, not by hash.
            kind = self.lhs.output_field.rel_db_type(connection)
            return f"{column} = ANY(%s::{kind}[])", (*params, ids)
        # Only a column's name stands in the statement.
        listed = "(SELECT value FROM json_each(%s))"
        return f"{column} IN {listed}", (*params, json.dumps(ids))
