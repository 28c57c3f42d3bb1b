from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from officers.accounts.demo import DEMO_PASSWORD, demo_sign_ins

# What a server has services and cron for (docs/deployment.md).
BESIDE_THE_SITE = (
    ("db_worker", "--no-reload"),
    ("restart_stalled_work", "--every", "60"),
    ("produce_scheduled_letters", "--every", "60"),
)


class Command(BaseCommand):
    help = (
        "Prepare the demo city, start the site and its workers; Ctrl-C stops them all."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--homes", type=int, default=2_400)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_MODE:
            raise CommandError("The demo runs with the development settings only.")
        call_command("migrate", verbosity=0)
        call_command("demo_city", homes=options["homes"], if_empty=True)
        port = _free_port(options["port"])
        self._say_where(port)
        beside = [_start(*command) for command in BESIDE_THE_SITE]
        # Stopped by another program, too, take the others along.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            with contextlib.suppress(KeyboardInterrupt):
                call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)
        finally:
            for process in beside:
                process.terminate()
            for process in beside:
                process.wait(timeout=30)

    def _say_where(self, port: int) -> None:
        width = max(len(sign_in.email) for sign_in in demo_sign_ins())
        lines = [
            "",
            f"  Housing+ is at  http://127.0.0.1:{port}/",
            f"  The password of every demo sign-in is  {DEMO_PASSWORD}",
            "",
            *(
                f"    {sign_in.email:<{width}}  {sign_in.role.label}"
                for sign_in in demo_sign_ins()
            ),
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _start(*command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - this very program
        [sys.executable, sys.argv[0], *command], env=os.environ
    )


def _free_port(wanted: int) -> int:
    for port in range(wanted, wanted + 20):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return port
    raise CommandError(f"Ports {wanted} to {wanted + 19} are all in use.")
