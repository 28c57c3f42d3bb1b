"""What a file is, by its first bytes. Its name is not asked."""

from __future__ import annotations

import zipfile
from enum import Enum
from pathlib import Path

from .errors import FileRefused

# A workbook is compressed; what it unpacks to is limited as well (a "zip bomb").
MOST_BYTES_UNPACKED = 300 * 1024 * 1024
_SAVE_AS = "Save the list as .xlsx or CSV and upload that."


class FileKind(Enum):
    TEXT = "text"
    WORKBOOK = "workbook"


_REFUSED = (
    (
        b"\xd0\xcf\x11\xe0",
        "This is an old Excel file (.xls) or a workbook with a password.",
    ),
    (b"%PDF", "This is a PDF."),
    (b"\x1f\x8b", "This is a compressed file (.gz). Unpack it first."),
    (b"7z\xbc\xaf", "This is a compressed file (.7z). Unpack it first."),
    (b"Rar!", "This is a compressed file (.rar). Unpack it first."),
    (b"\x89PNG", "This is a picture."),
    (b"\xff\xd8\xff", "This is a picture."),
    (b"SQLite format 3", "This is a database file."),
)


def check_kind(path: Path) -> FileKind:
    """Return whether the file is text or an .xlsx workbook; refuse any other kind."""
    with path.open("rb") as file:
        head = file.read(512)
    if not head:
        raise FileRefused("The file is empty. Choose the file with the list.")
    for magic, message in _REFUSED:
        if head.startswith(magic):
            raise FileRefused(f"{message} {_SAVE_AS}")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        _check_workbook(path)
        return FileKind.WORKBOOK
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise FileRefused(f"This is a web page or XML file, not a list. {_SAVE_AS}")
    return FileKind.TEXT


def _check_workbook(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if "mimetype" in names and "content.xml" in names:
                raise FileRefused(f"This is an OpenDocument file (.ods). {_SAVE_AS}")
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileRefused(
            "The file is damaged: it starts like an Excel workbook but cannot be "
            f"opened. {_SAVE_AS}"
        ) from error
    if "xl/workbook.bin" in names:
        raise FileRefused(f"This is a binary workbook (.xlsb). {_SAVE_AS}")
    if "xl/workbook.xml" not in names:
        raise FileRefused(
            "This is a compressed file (.zip), not an Excel workbook. Unpack it and "
            "upload the list in it."
        )
    if unpacked > MOST_BYTES_UNPACKED:
        raise FileRefused(
            "The workbook is too large to open safely. Save the one sheet with the "
            "list as CSV and upload that."
        )
