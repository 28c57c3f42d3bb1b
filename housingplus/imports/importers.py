"""What each kind of list must be able to do for the shared flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from django.db import models

from .columns import Column
from .models import ImportKind
from .options import ImportOptions
from .plans import ParsedList, Plan, Progress
from .tables import Table

if TYPE_CHECKING:
    from officers.accounts.models import User


class Importer(Protocol):
    """Reads, plans and writes one kind of list.

    `parse` looks at the file alone, `plan` compares with what is held here and changes
    nothing, `apply` writes in the caller's transaction.
    """

    @property
    def kind(self) -> ImportKind: ...

    @property
    def columns(self) -> tuple[Column, ...]: ...

    @property
    def one_of(self) -> tuple[tuple[str, ...], ...]: ...

    @property
    def locked_models(self) -> tuple[type[models.Model], ...]: ...

    def parse(
        self,
        table: Table,
        mapping: dict[str, int],
        options: ImportOptions,
        progress: Progress,
    ) -> ParsedList[Any]: ...

    def plan(self, parsed: ParsedList[Any], options: ImportOptions) -> Plan: ...

    def apply(
        self, plan: Plan, *, options: ImportOptions, source: str, by: User | None
    ) -> None: ...
