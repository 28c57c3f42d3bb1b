"""manage.py import_households FILE: bring households and tenancies up to date."""

from __future__ import annotations

from housingplus.imports.command import ImportCommand
from housingplus.imports.importers import Importer
from tenants.households.importing.importer import HouseholdImporter


class Command(ImportCommand):
    help = "Imports households and tenancies (CSV or .xlsx), all of it or nothing."

    def importer(self) -> Importer:
        return HouseholdImporter()
