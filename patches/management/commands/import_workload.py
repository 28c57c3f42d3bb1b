"""manage.py import_workload FILE: bring in what work each home needed in a period."""

from __future__ import annotations

from housingplus.imports.command import ImportCommand
from housingplus.imports.importers import Importer
from patches.design.importing.importer import WorkImporter


class Command(ImportCommand):
    help = (
        "Imports counts of work by home, kind of work and period (CSV or .xlsx), all "
        "of it or nothing."
    )
    is_dated = False

    def importer(self) -> Importer:
        return WorkImporter()
