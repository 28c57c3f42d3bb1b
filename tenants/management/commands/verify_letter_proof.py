"""manage.py verify_letter_proof: check an exported proof of letters."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.letters.proving import check_proof

_MOST_SHOWN = 50


class Command(BaseCommand):
    help = "Checks an exported proof of letters; asks no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The ZIP that was downloaded.")
        parser.add_argument(
            "--packs",
            type=Path,
            metavar="FOLDER",
            help="A folder with the printed packs, to compare their hashes too.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = check_proof(options["file"], options["packs"])
        for line in wrong[:_MOST_SHOWN]:
            self.stdout.write(line)
        if wrong:
            raise CommandError(f"The proof does not hold: {len(wrong)} faults.")
        self.stdout.write("The proof holds: every home is accounted for once.")
