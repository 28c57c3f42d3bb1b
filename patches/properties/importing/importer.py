"""The list of homes, as the shared flow of imports drives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from housingplus.imports.models import ImportKind
from housingplus.imports.options import ImportOptions
from housingplus.imports.plans import ParsedList, Plan, Progress, parse_list
from housingplus.imports.tables import Table
from patches.properties.models import Property
from patches.register.models import Patch, PatchMembership

from .applying import Applying
from .columns import COLUMNS, ONE_OF
from .held import TeamsOfWards
from .planning import make_plan
from .rows import HomeRow, build, fill_in_coordinates, find_clashes

if TYPE_CHECKING:
    from officers.accounts.models import User


class PropertyImporter:
    """Checks and writes lists of homes.

    `teams_of_wards` says which ward team each ward has on a day; it comes from the
    caller because officers are beyond this app.
    """

    kind = ImportKind.PROPERTIES
    columns = COLUMNS
    one_of = ONE_OF
    key_columns = ("reference", "uprn")
    locked_models = (Property, Patch, PatchMembership)

    def __init__(self, teams_of_wards: TeamsOfWards) -> None:
        self._teams_of_wards = teams_of_wards

    def parse(
        self,
        table: Table,
        mapping: dict[str, int],
        options: ImportOptions,
        progress: Progress,
    ) -> ParsedList[HomeRow]:
        """Read the list and check each row by itself and against the others."""
        parsed = parse_list(
            table,
            mapping=mapping,
            columns=COLUMNS,
            key_columns=self.key_columns,
            build=build,
            progress=progress,
        )
        find_clashes(parsed, default_landlord=options.landlord.casefold())
        fill_in_coordinates(parsed)
        return parsed

    def plan(self, parsed: ParsedList[HomeRow], options: ImportOptions) -> Plan:
        """Compare the list with what is held here."""
        return make_plan(parsed, options=options, teams_of_wards=self._teams_of_wards)

    def apply(
        self, plan: Plan, *, options: ImportOptions, source: str, by: User | None
    ) -> None:
        """Write what the plan says; in the caller's transaction."""
        Applying(
            plan.writes,
            options=options,
            source=source,
            teams_of_wards=self._teams_of_wards,
            by=by,
        ).run()
