"""Publishing in a process of its own, for tests that kill it: `worker.py DESIGN DATE`.

`--kill-at N` kills the process at its N-th query; else it says how many there were.
`--no-transaction` switches the protection off: every change stands by itself.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import signal
import sys
from contextlib import contextmanager, nullcontext


def main() -> None:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "housingplus.settings.test")
    import django

    django.setup()
    from django.db import connection

    from officers.designs import services
    from patches.design.models import PatchDesign

    if options.no_transaction:
        _unprotect()
    asked = 0

    def counting(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        nonlocal asked
        asked += 1
        if asked == options.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    design = PatchDesign.objects.get(pk=options.design)
    with connection.execute_wrapper(counting):
        services.publish_design(
            design=design,
            starts_on=options.starts_on,
            version=design.version,
            by=design.created_by,
        )
    sys.stdout.write(f"{asked}\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("design", type=int)
    parser.add_argument("starts_on", type=dt.date.fromisoformat)
    parser.add_argument("--kill-at", type=int, default=0)
    parser.add_argument("--no-transaction", action="store_true")
    return parser.parse_args()


def _unprotect() -> None:
    """Let every statement stand by itself, locks and all taken away."""
    from django.db import transaction

    from officers.assignments.services import leads
    from officers.designs import services
    from patches.design.services import moves, publishing
    from patches.register.services import patches

    @contextmanager
    def no_protection():  # type: ignore[no-untyped-def]
        yield

    def unlocked(queryset):  # type: ignore[no-untyped-def]
        return queryset.order_by("pk")

    services.one_at_a_time = no_protection
    transaction.atomic = lambda *args, **kwargs: nullcontext()
    for module in (leads, moves, publishing, patches):
        module.lock = unlocked


if __name__ == "__main__":
    main()
