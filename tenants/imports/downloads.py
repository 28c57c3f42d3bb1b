"""Files an import gives: templates to fill in, and the rows that failed."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from housingplus.common.csv_export import csv_response, safe_cell
from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from housingplus.imports.columns import Column
from housingplus.imports.models import ImportBatch, ImportKind, ImportRowOutcome
from housingplus.imports.services import open_list

from .importers import importer_for

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_importing = permission_required(Permission.IMPORT_LISTS)


@require_GET
@_importing
def template(request: HttpRequest, kind: str, suffix: str) -> HttpResponseBase:
    """An empty list with every column; the workbook explains them on a second sheet."""
    if kind not in ImportKind.values:
        raise Http404
    columns = importer_for(kind).columns
    header = [column.name for column in columns]
    if suffix == "csv":
        return csv_response(f"{kind}-template.csv", header, [])
    if suffix == "xlsx":
        return _workbook(
            f"{kind}-template.xlsx",
            header,
            [],
            notes=[
                ["Column", "Needed", "What belongs in it", "Example"],
                *map(_note, columns),
            ],
        )
    raise Http404


@require_GET
@_importing
def failed_rows(request: HttpRequest, pk: int, suffix: str) -> HttpResponseBase:
    """The rows that have errors as they came, each with what to do, and no others."""
    batch = get_object_or_404(ImportBatch, pk=pk)
    if suffix not in {"csv", "xlsx"} or not batch.file:
        raise Http404
    with open_list(batch, importer_for(batch.kind)) as table:
        columns = table.header
    header = ["What to correct", *columns]
    rows = _failed(batch, len(columns))
    name = f"import-{pk}-failed-rows.{suffix}"
    if suffix == "csv":
        return csv_response(name, header, rows)
    return _workbook(name, header, rows)


def _failed(batch: ImportBatch, width: int) -> Iterable[list[str]]:
    said: dict[int, list[str]] = defaultdict(list)
    errors = batch.rows.filter(outcome=ImportRowOutcome.ERROR).order_by("pk")
    for number, column, message in errors.values_list("number", "column", "message"):
        said[number].append(f"{column}: {message}" if column else message)
    with open_list(batch, importer_for(batch.kind)) as table:
        for row in table.rows():
            if row.number in said:
                yield [" ".join(said[row.number]), *list(row.cells)[:width]]


def _note(column: Column) -> list[str]:
    needed = "Yes" if column.required else ""
    return [column.name, needed, column.description, column.example]


def _workbook(
    name: str,
    header: list[str],
    rows: Iterable[list[str]],
    notes: list[list[str]] | None = None,
) -> HttpResponse:
    """Every cell is text, so that Excel keeps leading zeros and long numbers."""
    workbook = Workbook(write_only=True)
    for title, lines in (("List", [header, *rows]), ("Columns", notes or [])):
        if not lines:
            continue
        sheet = workbook.create_sheet(title)
        for line in lines:
            cells = []
            for value in line:
                text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", safe_cell(value))
                cell = WriteOnlyCell(sheet, value=text)
                cell.number_format = "@"
                cells.append(cell)
            sheet.append(cells)
    content = io.BytesIO()
    workbook.save(content)
    response = HttpResponse(content.getvalue(), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
