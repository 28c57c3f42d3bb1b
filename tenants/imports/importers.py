"""Which importer reads which kind of list."""

from __future__ import annotations

from housingplus.imports.importers import Importer
from housingplus.imports.models import ImportKind
from officers.assignments.selectors import teams_of_wards
from patches.design.importing.importer import WorkImporter
from patches.properties.importing.importer import PropertyImporter
from tenants.households.importing.importer import HouseholdImporter


def importer_for(kind: str) -> Importer:
    """Return what reads, plans and writes lists of a kind."""
    if kind == ImportKind.PROPERTIES:
        return PropertyImporter(teams_of_wards)
    if kind == ImportKind.WORKLOAD:
        return WorkImporter()
    return HouseholdImporter()
