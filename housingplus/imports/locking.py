"""Keeping everybody else from writing for the seconds a list is written."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import IntegrityError, OperationalError, connection, models, transaction

from .errors import AnotherImportRuns, WorldChanged

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def sole_writer(tables: Iterable[type[models.Model]]) -> Iterator[None]:
    """A transaction in which nobody else changes these tables; reading goes on.

    SQLite has one writer at a time anyway. A change that slipped in, or another
    import that holds the lock too long, becomes a message.
    """
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                names = ", ".join(
                    connection.ops.quote_name(table._meta.db_table) for table in tables
                )
                with connection.cursor() as cursor:
                    cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
            yield
    except IntegrityError as error:
        raise WorldChanged(
            "Something here changed while the list was being imported, so nothing was "
            "imported. Check the list again."
        ) from error
    except OperationalError as error:
        raise AnotherImportRuns(
            "Somebody else is changing the same records just now, so nothing was "
            "imported. Try again in a minute."
        ) from error
