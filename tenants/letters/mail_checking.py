"""Checking a mail house's file: plain files, no database."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pikepdf

INDEX_CSV = "index.csv"
INDEX_JSON = "index.json"
README = "README.txt"
MANIFEST = "MANIFEST.sha256"
INDEX_HEADER = [
    "sequence",
    "reference",
    "file",
    "first_page",
    "pages",
    "sheets",
    "postcode",
    "format",
    "postage",
    "code",
    "copy",
]


def check_mail_file(path: Path) -> list[str]:
    """Return what is wrong with a mail house's file; nothing when it is whole.

    Check sums, control totals, and that the letters of the index follow each other
    through every page of every PDF, each reference once.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _check(archive)
    except (OSError, zipfile.BadZipFile) as problem:
        return [f"{path} cannot be read: {problem}"]


def _check(archive: zipfile.ZipFile) -> list[str]:
    names = set(archive.namelist())
    if missing := {INDEX_CSV, INDEX_JSON, README, MANIFEST} - names:
        return [f"{', '.join(sorted(missing))} is missing"]
    if wrong := _sums(archive, names):
        return wrong
    document = json.loads(archive.read(INDEX_JSON))
    letters = document["letters"]
    lines = list(csv.DictReader(io.StringIO(archive.read(INDEX_CSV).decode())))
    wrong = []
    # By the names each file has: those made before copies were told apart have less.
    if lines != [{key: str(value) for key, value in row.items()} for row in letters]:
        wrong.append(f"{INDEX_CSV} and {INDEX_JSON} do not say the same")
    if len({row["reference"] for row in letters}) != len(letters):
        wrong.append("A reference is there twice")
    return [*wrong, *_totals(document), *_pages(archive, names, letters)]


def _sums(archive: zipfile.ZipFile, names: set[str]) -> list[str]:
    lines = archive.read(MANIFEST).decode().splitlines()
    said = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    wrong = [f"{name} is not in {MANIFEST}" for name in names - {*said, MANIFEST}]
    for name, wanted in said.items():
        if name not in names:
            wrong.append(f"{name} is missing")
            continue
        with archive.open(name) as kept:
            if hashlib.file_digest(kept, "sha256").hexdigest() != wanted:  # type: ignore[arg-type]
                wrong.append(f"{name} has another check sum")
    return sorted(wrong)


def _totals(document: dict[str, Any]) -> list[str]:
    letters = document["letters"]
    parts = [(document["totals"], letters, "The run")]
    parts += [
        (row, [one for one in letters if one["file"] == row["file"]], row["file"])
        for row in document["files"]
    ]
    return [
        f"{name} has other totals than its letters"
        for said, lines, name in parts
        if (said["letters"], said["pages"], said["sheets"])
        != (
            len(lines),
            sum(line["pages"] for line in lines),
            sum(line["sheets"] for line in lines),
        )
    ]


def _pages(
    archive: zipfile.ZipFile, names: set[str], letters: list[dict[str, Any]]
) -> list[str]:
    by_file = defaultdict(list)
    for letter in letters:
        by_file[letter["file"]].append(letter)
    wrong = []
    for name in sorted(name for name in names if name.endswith(".pdf")):
        expected = 1
        for letter in by_file[name]:
            if letter["first_page"] != expected:
                wrong.append(f"{letter['reference']} does not begin where it should")
            expected = letter["first_page"] + letter["pages"]
        with (
            archive.open(name) as kept,
            pikepdf.open(kept) as opened,  # type: ignore[arg-type]
        ):
            if len(opened.pages) != expected - 1:
                wrong.append(
                    f"{name} has {len(opened.pages)} pages, not {expected - 1}"
                )
    return wrong
