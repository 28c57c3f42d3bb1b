"""Going on after the database was away: restarted, or moved to another machine."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

Result = TypeVar("Result")

SECONDS_AT_MOST = 60.0
SECONDS_BETWEEN = 0.5


def patiently(step: Callable[[], Result]) -> Result:
    """Do a step that may be done twice; without a database connect anew and try again.

    Inside a transaction there is nothing to go on with: the error is raised.
    """
    until = None
    while True:
        try:
            return step()
        except (OperationalError, InterfaceError):
            if until is None:
                until = time.monotonic() + SECONDS_AT_MOST
            if connection.in_atomic_block or time.monotonic() > until:
                raise
            connection.close()
            time.sleep(SECONDS_BETWEEN)
