"""The list of work, as the shared flow of imports drives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from housingplus.imports.models import ImportKind
from housingplus.imports.options import ImportOptions
from housingplus.imports.plans import ParsedList, Plan, Progress, parse_list
from housingplus.imports.tables import Table
from patches.design.models import AssumptionSet, WorkRate, WorkRecord, WorkType

from .applying import write_work
from .columns import COLUMNS, ONE_OF
from .planning import make_plan
from .rows import WorkRow, build

if TYPE_CHECKING:
    from officers.accounts.models import User


class WorkImporter:
    """Checks and writes lists of counted work."""

    kind = ImportKind.WORKLOAD
    columns = COLUMNS
    one_of = ONE_OF
    locked_models = (WorkRecord, WorkType, AssumptionSet, WorkRate)

    def parse(
        self,
        table: Table,
        mapping: dict[str, int],
        options: ImportOptions,
        progress: Progress,
    ) -> ParsedList[WorkRow]:
        """Read the list and check each row by itself."""
        return parse_list(
            table,
            mapping=mapping,
            columns=COLUMNS,
            key_columns=("reference", "uprn"),
            build=build,
            progress=progress,
        )

    def plan(self, parsed: ParsedList[WorkRow], options: ImportOptions) -> Plan:
        """Compare the list with what is held here."""
        return make_plan(parsed)

    def apply(
        self, plan: Plan, *, options: ImportOptions, source: str, by: User | None
    ) -> None:
        """Write what the plan says; in the caller's transaction."""
        write_work(plan.writes, by=by)
