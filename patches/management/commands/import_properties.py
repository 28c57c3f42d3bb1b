"""manage.py import_properties FILE: bring the list of homes up to date."""

from __future__ import annotations

from django.core.management.base import CommandParser

from housingplus.imports.command import ImportCommand
from housingplus.imports.importers import Importer
from officers.assignments.selectors import teams_of_wards
from patches.properties.importing.importer import PropertyImporter


class Command(ImportCommand):
    help = "Imports a list of homes (CSV or .xlsx), all of it or nothing."

    def importer(self) -> Importer:
        return PropertyImporter(teams_of_wards)

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--landlord",
            default="",
            metavar="REF",
            help="Code of the landlord of every home, for a list without that column.",
        )
        for option, what in (
            ("landlords", "landlords that are not here yet"),
            ("wards", "wards that are not here yet, from their code and name"),
            ("patches", "patches that are not here yet"),
        ):
            parser.add_argument(
                f"--create-{option}", action="store_true", help=f"Create {what}."
            )
