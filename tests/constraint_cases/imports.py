"""Imports."""

from __future__ import annotations

import uuid

from housingplus.imports.models import ImportBatch, ImportRow, ImportStatus

from .making import Cases


def _import(**fields) -> ImportBatch:
    return ImportBatch.objects.create(
        kind="properties",
        file="imports/a.csv",
        file_name="a.csv",
        sha256="0" * 64,
        token=uuid.uuid4(),
        **fields,
    )


def _two_imports_applied_at_once() -> None:
    _import(status=ImportStatus.APPLYING)
    _import(status=ImportStatus.APPLYING)


CASES: Cases = {
    "one_import_applied_at_a_time": _two_imports_applied_at_once,
    "import_error_has_message": lambda: ImportRow.objects.create(
        batch=_import(), outcome="error"
    ),
}
