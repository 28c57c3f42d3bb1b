"""The list of households, as the shared flow of imports drives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from housingplus.imports.models import ImportKind
from housingplus.imports.options import ImportOptions
from housingplus.imports.plans import ParsedList, Plan, Progress, parse_list
from housingplus.imports.tables import Table
from tenants.households.models import (
    CommunicationNeeds,
    Household,
    HouseholdMember,
    Person,
)
from tenants.tenancies.models import Tenancy, TenancyPerson

from .applying import Applying
from .columns import COLUMNS, ONE_OF
from .planning import make_plan
from .rows import TenancyRow, build, find_clashes

if TYPE_CHECKING:
    from officers.accounts.models import User


class HouseholdImporter:
    """Checks and writes lists of households and tenancies."""

    kind = ImportKind.HOUSEHOLDS
    columns = COLUMNS
    one_of = ONE_OF
    locked_models = (
        Household,
        HouseholdMember,
        Person,
        CommunicationNeeds,
        Tenancy,
        TenancyPerson,
    )

    def parse(
        self,
        table: Table,
        mapping: dict[str, int],
        options: ImportOptions,
        progress: Progress,
    ) -> ParsedList[TenancyRow]:
        """Read the list and check each row by itself and against the others."""
        parsed = parse_list(
            table,
            mapping=mapping,
            columns=COLUMNS,
            key_columns=("tenancy_reference",),
            build=build,
            progress=progress,
        )
        find_clashes(parsed)
        return parsed

    def plan(self, parsed: ParsedList[TenancyRow], options: ImportOptions) -> Plan:
        """Compare the list with what is held here."""
        return make_plan(parsed, options=options)

    def apply(
        self, plan: Plan, *, options: ImportOptions, source: str, by: User | None
    ) -> None:
        """Write what the plan says; in the caller's transaction."""
        Applying(plan.writes, options=options, source=source, by=by).run()
