"""manage.py verify_mail_file: check a mail house's file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.letters.mail_checking import check_mail_file


class Command(BaseCommand):
    help = "Checks a mail house's file: sums, totals and pages. Asks no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The ZIP that was downloaded.")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = check_mail_file(options["file"])
        for line in wrong[:50]:
            self.stdout.write(line)
        if wrong:
            raise CommandError(f"The file does not hold: {len(wrong)} faults.")
        self.stdout.write("The file holds: every letter is where the index says.")
