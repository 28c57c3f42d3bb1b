"""Commands that cron starts every minute, or that go on by themselves."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection


class RepeatedCommand(BaseCommand):
    """Does its step once, or every so many seconds for ever."""

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
                self.step()
            except (OperationalError, InterfaceError) as error:
                if not options["every"]:
                    raise
                self.stderr.write(f"The database does not answer: {error}")
                connection.close()
            if not options["every"]:
                return
            time.sleep(options["every"])

    def step(self) -> None:
        raise NotImplementedError
