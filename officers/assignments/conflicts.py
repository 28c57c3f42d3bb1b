"""Two people at once: what the database refuses becomes a page, never an error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection, transaction

from housingplus.common.locking import is_busy

from .errors import AssignmentChanged

_LOCK_WAIT = "5s"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Run a change in a transaction; losing a race becomes `AssignmentChanged`.

    Locks come first and in one order, so that this is the backstop only: the
    exclusion constraint, a lock waited for too long, or a busy SQLite file.
    """
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'")
            yield
    except IntegrityError as error:
        raise AssignmentChanged(
            "Somebody changed who answers here at the same moment. "
            "Look at the present state and try again."
        ) from error
    except OperationalError as error:
        if not is_busy(error):
            raise
        raise AssignmentChanged(
            "Somebody is changing who answers here right now. Try again in a moment."
        ) from error
