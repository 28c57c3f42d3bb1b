"""Start again work whose worker died: `manage.py restart_stalled_work`."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from housingplus.imports.services import restart_stalled as restart_imports
from tenants.imports.tasks import run_import
from tenants.letters.services.restarting import restart_stalled as restart_letters


class Command(BaseCommand):
    help = (
        "Starts again letters and imports whose worker died, where the work can be "
        "repeated without harm. Run it every minute, once or on several machines."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every",
            type=int,
            default=0,
            metavar="SECONDS",
            help="Go on for ever, instead of being started by cron.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            try:
                for line in _restart():
                    self.stdout.write(line)
            except (OperationalError, InterfaceError) as error:
                if not options["every"]:
                    raise
                self.stderr.write(f"The database does not answer: {error}")
                connection.close()
            if not options["every"]:
                return
            time.sleep(options["every"])


def _restart() -> Iterator[str]:
    yield from restart_letters()
    yield from restart_imports(enqueue=run_import.enqueue)
