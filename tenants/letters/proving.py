"""Checking a proof of letters: plain files, no database."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pikepdf

from tenants.letters.selectors.proof import (
    CAME_BACK_ON,
    HEADERS,
    HOMES,
    IS_COPY,
    LETTERS,
    MANIFEST,
    PACKS,
    README,
    RUNS,
    TOLD_OTHERWISE_ON,
    TOTALS,
)

Rows = list[dict[str, str]]


def check_proof(path: Path, packs: Path | None = None) -> list[str]:
    """Return what is wrong with a proof; nothing when every home is accounted for.

    `packs` is a folder of the packs that were printed: each one named in the proof is
    then looked for by its hash, and must have its pages.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            content = {name: archive.read(name) for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile) as problem:
        return [f"{path} cannot be read: {problem}"]
    if missing := [
        name
        for name in (HOMES, LETTERS, RUNS, PACKS, TOTALS, README, MANIFEST)
        if name not in content
    ]:
        return [f"{', '.join(missing)} is missing"]
    if strange := [
        f"{name} has other columns than a proof"
        for name, header in HEADERS.items()
        if _header(content[name])[: len(header)] != header
    ]:
        return [*_changed(content), *strange]
    homes, letters, runs, listed, totals = (
        _rows(content[name]) for name in (HOMES, LETTERS, RUNS, PACKS, TOTALS)
    )
    return [
        *_changed(content),
        *_homes_and_letters(homes, letters, runs),
        *_letters_and_packs(letters, listed),
        *_totals(homes, totals),
        *(_packs(listed, letters, packs) if packs is not None else ()),
    ]


def _header(content: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"))), [])


def _rows(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def _changed(content: dict[str, bytes]) -> list[str]:
    wrong = []
    for line in content[MANIFEST].decode().splitlines():
        digest, _, name = line.partition("  ")
        if hashlib.sha256(content.get(name, b"")).hexdigest() != digest:
            wrong.append(f"{name} was changed after the proof was made")
    return wrong


def _homes_and_letters(homes: Rows, letters: Rows, runs: Rows) -> list[str]:
    wrong = [
        f"home {home} stands {count} times"
        for home, count in Counter(row["Home"] for row in homes).items()
        if count > 1
    ]
    wrong += [
        f"letter {letter} stands {count} times"
        for letter, count in Counter(row["Letter"] for row in letters).items()
        if count > 1
    ]
    told = {row["Home"] for row in homes if row["State"] == "Told"}
    to_households = [row for row in letters if not row.get(IS_COPY)]
    written = {row["Home"] for row in to_households}
    wrong += [f"home {home} is told and has no letter" for home in told - written]
    wrong += [f"home {home} has a letter and is not told" for home in written - told]
    copied = {row["Home"] for row in letters if row.get(IS_COPY)}
    wrong += [f"home {home} has a copy of no letter" for home in copied - written]
    wrong += [
        f"home {row['Home']} is an exception without a reason"
        for row in homes
        if row["State"] == "Exception" and not row["Reason"]
    ]
    wrong += [
        f"letter {row['Letter']} came back and nobody told the household otherwise"
        for row in to_households
        if row.get(CAME_BACK_ON) and not row.get(TOLD_OTHERWISE_ON)
    ]
    known = {row["Run"] for row in runs}
    wrong += [
        f"letter {row['Letter']} is of run {row['Run']}, which is not listed"
        for row in letters
        if row["Run"] not in known
    ]
    return wrong


def _letters_and_packs(letters: Rows, packs: Rows) -> list[str]:
    known = {(row["Run"], row["Pack"]) for row in packs}
    return [
        f"letter {row['Letter']} is in pack {row['Pack']} of run {row['Run']}, which "
        "is not listed"
        for row in letters
        if (row["Run"], row["Pack"]) not in known
    ]


def _totals(homes: Rows, totals: Rows) -> list[str]:
    """What each ward's totals say must be what its homes come to."""
    found: dict[str, Counter[str]] = {}
    for row in homes:
        for place in (row["Ward"], "All"):
            found.setdefault(place, Counter())[row["State"]] += 1
    wrong = []
    for row in totals:
        own = found.pop(row["Ward"], Counter())
        said = [int(row[name]) for name in ("Told", "Letter due", "Exceptions")]
        counted = [own["Told"], own["Letter due"], own["Exception"]]
        if said != counted or sum(said) != int(row["Homes"]):
            wrong.append(f"the totals of {row['Ward']} are not those of its homes")
    return [*wrong, *(f"{place} is missing from the totals" for place in found)]


def _packs(packs: Rows, letters: Rows, folder: Path) -> list[str]:
    found = sorted([*folder.rglob("*.pdf"), *folder.rglob("*.zip")])
    held = {_digest(path): path for path in found}
    last: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for row in letters:
        end = int(row["First page"]) + int(row["Pages"]) - 1
        last.setdefault((row["Run"], row["Pack"]), []).append((row["Letter"], end))
    wrong = []
    for row in packs:
        path = held.get(row["SHA-256"])
        if path is None:
            wrong.append(f"pack {row['Pack']} of run {row['Run']} is not there")
            continue
        if path.suffix == ".zip":
            wrong += _supplied(path, last.get((row["Run"], row["Pack"]), []))
            continue
        with pikepdf.open(path) as pack:
            pages = len(pack.pages)
        wrong += [
            f"letter {letter} is beyond the {pages} pages of its pack"
            for letter, end in last.get((row["Run"], row["Pack"]), [])
            if end > pages
        ]
    return wrong


def _supplied(path: Path, letters: Iterable[tuple[str, int]]) -> list[str]:
    """Each letter must be in the supplier's file."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    return [
        f"letter {letter} is not in the supplier's file"
        for letter, _ in letters
        if f"{letter}.txt" not in names
    ]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
