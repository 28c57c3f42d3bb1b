"""What the import commands have in common: read, check, write, print counts."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from housingplus.common.dates import long_date
from housingplus.common.errors import HousingPlusError

from .importers import Importer
from .models import ImportRowOutcome
from .options import ImportOptions
from .plans import Finding, Plan
from .running import apply_file, check_file

_MOST_PRINTED = 200


class ImportCommand(BaseCommand):
    """Imports one file, all of it or nothing; the exit code is 1 when it is refused.

    `is_dated` is false for lists that hold their own dates and say nothing about what
    they lack.
    """

    is_dated = True

    def importer(self) -> Importer:
        """Return what reads this kind of list."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The list: CSV or .xlsx.")
        parser.add_argument(
            "--dry-run", action="store_true", help="Check and report; change nothing."
        )
        if not self.is_dated:
            return
        parser.add_argument(
            "--end-missing",
            action="store_true",
            help="End what is here and not in the list.",
        )
        parser.add_argument(
            "--from",
            dest="starts_on",
            type=dt.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="Day from which the list is true; today when not given.",
        )

    def options(self, arguments: dict[str, Any]) -> ImportOptions:
        """Return the choices the arguments make."""
        chosen = {
            name: arguments[name]
            for name in ImportOptions.__dataclass_fields__
            if arguments.get(name) not in (None, "")
        }
        return ImportOptions(**chosen)

    def handle(self, *args: Any, **arguments: Any) -> None:
        path: Path = arguments["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        options = self.options(arguments)
        importer = self.importer()
        try:
            parsed, plan = check_file(path, importer, options)
            self._print(plan, options)
            if plan.has_errors:
                raise CommandError("Nothing was imported: correct these rows first.")
            if arguments["dry_run"]:
                self.stdout.write("Dry run: nothing was imported.")
            elif not self._would_write(plan, options):
                self.stdout.write("No changes: the list says what is here already.")
            else:
                with path.open("rb") as file:
                    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                apply_file(
                    parsed,
                    plan,
                    importer=importer,
                    options=options,
                    source=path,
                    sha256=sha256,
                )
                since = f", from {long_date(options.starts_on)}" * self.is_dated
                self.stdout.write(f"Imported{since}.")
        except HousingPlusError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _would_write(self, plan: Plan, options: ImportOptions) -> bool:
        counts = plan.counts
        return bool(
            counts["new"]
            or counts["changed"]
            or (counts["missing"] and options.end_missing)
        )

    def _print(self, plan: Plan, options: ImportOptions) -> None:
        counts = plan.counts
        self.stdout.write(
            f"{plan.row_count} rows: {counts['new']} new, {counts['changed']} changed, "
            f"{plan.unchanged_count} unchanged, {counts['error']} with errors."
        )
        if counts["missing"]:
            fate = "will be ended" if options.end_missing else "left as they are"
            self.stdout.write(f"{counts['missing']} here but not in the list, {fate}.")
        told = [
            finding
            for finding in plan.findings
            if finding.outcome in (ImportRowOutcome.ERROR, ImportRowOutcome.NOTE)
        ]
        for finding in told[:_MOST_PRINTED]:
            self.stdout.write(self._line(finding))
        if len(told) > _MOST_PRINTED:
            self.stdout.write(f"… and {len(told) - _MOST_PRINTED} more.")

    def _line(self, finding: Finding) -> str:
        value = f" “{finding.value}”" if finding.value else ""
        return f"Row {finding.number}, {finding.column}{value}: {finding.message}"
