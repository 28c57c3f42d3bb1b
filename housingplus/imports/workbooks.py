"""Rows of an .xlsx workbook; cells with formulas are pointed out, never trusted."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from .errors import FileRefused
from .tables import SourceRow

_CHUNK = 1 << 20
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_DAMAGED = (
    "The workbook is damaged and cannot be read. Open it in Excel, save it again as "
    ".xlsx or CSV and upload that."
)


def open_workbook(path: Path) -> tuple[str, Callable[[], Iterator[SourceRow]]]:
    """Return how the workbook is read, in words, and a way to read its rows."""
    with path.open("rb") as file:
        try:
            workbook = CalamineWorkbook.from_filelike(file)
            sheet = _first_sheet(workbook)
        except CalamineError as error:
            raise FileRefused(_DAMAGED) from error
        # Rust code that meets nonsense may panic; that too is a damaged file.
        except BaseException as error:
            if type(error).__name__ == "PanicException":
                raise FileRefused(_DAMAGED) from error
            raise
    formulas = _formulas(path, sheet.name, workbook.sheet_names)

    def open_rows() -> Iterator[SourceRow]:
        first_column = sheet.start[1] if sheet.start else 0
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            here = formulas.get(number, frozenset())
            yield SourceRow(
                number,
                [_text(cell) for cell in cells],
                frozenset(at - first_column for at in here),
            )

    return f"Excel workbook, sheet “{sheet.name}”", open_rows


def _first_sheet(workbook: CalamineWorkbook) -> CalamineSheet:
    """Return the first sheet a person sees that holds anything."""
    for meta in workbook.sheets_metadata:
        if (
            meta.visible == SheetVisibleEnum.Visible
            and meta.typ == SheetTypeEnum.WorkSheet
        ):
            sheet = workbook.get_sheet_by_name(meta.name)
            if sheet.total_height:
                return sheet
    raise FileRefused("The workbook is empty. Choose the file with the list.")


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if not any(cell.timetuple()[3:6]) else str(cell)
    return str(cell)


def _formulas(
    path: Path, sheet_name: str, names: list[str]
) -> dict[int, frozenset[int]]:
    """Return the columns, counted from 0, that hold formulas in each row."""
    try:
        with zipfile.ZipFile(path) as archive:
            part = _part_of_sheet(archive, sheet_name)
            if part is None or not _has_formula(archive, part):
                return {}
            return _find_formulas(archive, part)
    except (zipfile.BadZipFile, expat.ExpatError, KeyError, OSError) as error:
        raise FileRefused(_DAMAGED) from error


def _part_of_sheet(archive: zipfile.ZipFile, sheet_name: str) -> str | None:
    """Return the file inside the workbook that holds a sheet."""
    relation = ""
    targets: dict[str, str] = {}

    def see_sheet(tag: str, attributes: dict[str, str]) -> None:
        nonlocal relation
        if tag.rpartition(":")[2] == "sheet" and attributes.get("name") == sheet_name:
            relation = next(
                (v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), ""
            )

    def see_relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    _walk(archive, "xl/workbook.xml", see_sheet)
    _walk(archive, "xl/_rels/workbook.xml.rels", see_relation)
    target = targets.get(relation, "")
    if not target:
        return None
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _has_formula(archive: zipfile.ZipFile, part: str) -> bool:
    tail = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            if _FORMULA.search(tail + chunk):
                return True
            tail = chunk[-16:]
    return False


def _find_formulas(archive: zipfile.ZipFile, part: str) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    cell = ""

    def see(tag: str, attributes: dict[str, str]) -> None:
        nonlocal cell
        name = tag.rpartition(":")[2]
        if name == "c":
            cell = attributes.get("r", "")
        elif name == "f" and (place := _CELL.fullmatch(cell)):
            found.setdefault(int(place[2]), set()).add(_column_number(place[1]))

    _walk(archive, part, see)
    return {row: frozenset(columns) for row, columns in found.items()}


def _walk(
    archive: zipfile.ZipFile, part: str, see: Callable[[str, dict[str, str]], None]
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = see
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    raise FileRefused(_DAMAGED)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
