"""Adding very many rows at once, where building a model for each would take longest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

_ROWS_AT_ONCE = 20_000
_AS_THEY_ARE = frozenset({str, int, type(None)})


def insert_rows(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Insert values, in the order of `fields`; return how many rows.

    No instances and no keys come back, and no defaults are filled in, so `fields` must
    be all that the table needs. In the caller's transaction.
    """
    quote = connection.ops.quote_name
    known = {field.name: field for field in model._meta.concrete_fields}
    held = [known[name] for name in fields]
    columns = ", ".join(quote(str(field.column)) for field in held)
    table = quote(model._meta.db_table)
    places = ", ".join(["%s"] * len(held))
    remaining = iter(rows)
    count = 0
    with connection.cursor() as cursor:
        while batch := list(islice(remaining, _ROWS_AT_ONCE)):
            count += len(batch)
            prepared = (
                [
                    value
                    if type(value) in _AS_THEY_ARE
                    else field.get_db_prep_save(value, connection)
                    for field, value in zip(held, row, strict=True)
                ]
                for row in batch
            )
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                    for row in prepared:
                        copy.write_row(row)
            else:
                # Only names of our own models stand in the statement.
                cursor.executemany(
                    f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608
                    list(prepared),
                )
    return count
