"""The file a mail house takes: PDFs by number of sheets, an index, and check sums."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from housingplus.audit import services as audit
from housingplus.common.counting import plural
from housingplus.common.dates import long_date
from tenants.letters.mail_checking import (
    INDEX_CSV,
    INDEX_HEADER,
    INDEX_JSON,
    MANIFEST,
    README,
)
from tenants.letters.models import Channel, LetterPack, LetterRun, WayOut
from tenants.letters.typesetting import (
    ENVELOPES,
    PageSpan,
    Piece,
    join_pack,
    sheets_of,
)

from . import files

if TYPE_CHECKING:
    from officers.accounts.models import User

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_BLOCK = 1 << 18

Line = dict[str, Any]


def write_mail_file(run: LetterRun) -> str:
    """Write the mail house's ZIP of a run whose packs are made; return its name.

    Nothing for a run that is printed in the office.
    """
    packs = list(run.packs.filter(channel=Channel.POST).order_by("number"))
    if run.way_out != WayOut.MAIL_HOUSE or not packs:
        return ""
    folder = files.run_folder(run.pk)
    with files.writing(folder) as temporary:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive:
            _write(archive, run, packs)
        name, _ = files.keep(temporary, folder, "mail-house", "zip")
    return name


def record_download(*, run: LetterRun, by: User) -> None:
    """Keep who took the mail house's file, and when."""
    audit.record("letter run.mail house file downloaded", subject=run, by=by)


def _write(
    archive: zipfile.ZipFile, run: LetterRun, packs: Iterable[LetterPack]
) -> None:
    sums: dict[str, str] = {}
    listed: list[Line] = []
    letters: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="mail-house-") as scratch:
        made = Path(scratch) / "letters.pdf"
        for pack in packs:
            for sheets, some in sorted(_by_sheets(run, pack).items()):
                name = f"letters-{pack.number:03d}-{sheets}-sheets.pdf"
                spans_in = tuple(PageSpan(*row[:3]) for row in some)
                with files.on_disk(pack.file) as (path,):
                    spans = join_pack([Piece(path, spans_in)], made)
                sums[name] = _add(archive, name, made)
                lines = [
                    _line(run, len(letters) + number, name, sheets, span, row)
                    for number, (span, row) in enumerate(
                        zip(spans, some, strict=True), 1
                    )
                ]
                letters += lines
                listed.append({"file": name, "sha256": sums[name], **_totals(lines)})
    document = {
        "run": run.pk,
        "dated": run.dated.isoformat(),
        "envelope": run.envelope,
        "double_sided": run.is_double_sided,
        "postage": run.postage,
        "totals": _totals(letters),
        "files": listed,
        "letters": letters,
    }
    texts = {
        INDEX_JSON: json.dumps(document, indent=1),
        INDEX_CSV: _as_csv(letters),
        README: _readme(run, listed, _totals(letters)),
    }
    for name, text in texts.items():
        sums[name] = _add_text(archive, name, text)
    manifest = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
    _add_text(archive, MANIFEST, manifest)


def _by_sheets(run: LetterRun, pack: LetterPack) -> dict[int, list[tuple]]:
    """A pack's letters by their sheets, in posting order: machines are set for each."""
    found: dict[int, list[tuple]] = defaultdict(list)
    rows = run.letters.filter(chunk__pack=pack).order_by("sequence")
    for row in rows.values_list(
        "reference",
        "first_page",
        "page_count",
        "address_lines",
        "letter_format",
        "is_copy",
    ).iterator(chunk_size=2_000):
        found[sheets_of(row[2] or 0, double_sided=run.is_double_sided)].append(row)
    return found


def _line(
    run: LetterRun, number: int, name: str, sheets: int, span: PageSpan, row: tuple
) -> Line:
    values = (
        number,
        span.reference,
        name,
        span.first_page,
        span.page_count,
        sheets,
        row[3][-1],
        row[4],
        run.postage,
        span.reference if run.has_code else "",
        "yes" if row[5] else "no",
    )
    return dict(zip(INDEX_HEADER, values, strict=True))


def _totals(lines: list[Line]) -> dict[str, int]:
    return {
        "letters": len(lines),
        "pages": sum(line["pages"] for line in lines),
        "sheets": sum(line["sheets"] for line in lines),
    }


def _as_csv(lines: list[Line]) -> str:
    written = io.StringIO()
    table = csv.DictWriter(written, INDEX_HEADER, lineterminator="\r\n")
    table.writeheader()
    table.writerows(lines)
    return written.getvalue()


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    digest = hashlib.sha256()
    with (
        path.open("rb") as made,
        archive.open(_entry(name), "w", force_zip64=True) as out,
    ):
        while block := made.read(_BLOCK):
            digest.update(block)
            out.write(block)
    return digest.hexdigest()


def _add_text(archive: zipfile.ZipFile, name: str, text: str) -> str:
    archive.writestr(_entry(name), text.encode())
    return hashlib.sha256(text.encode()).hexdigest()


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, _LONG_AGO)


def _readme(run: LetterRun, listed: list[Line], totals: dict[str, int]) -> str:
    envelope = ENVELOPES[run.envelope]
    zone = envelope.address
    code = (
        "Data Matrix at the foot of page 1, holding the reference"
        if run.has_code
        else "none"
    )
    parts = "".join(
        f"  {row['file']}: {plural(row['letters'], 'letter')}, "
        f"{plural(row['pages'], 'page')}, {plural(row['sheets'], 'sheet')}\n"
        for row in listed
    )
    return (
        f"Letters of run {run.pk}, dated {long_date(run.dated)}\n\n"
        f"Letters: {totals['letters']}\nPages: {totals['pages']}\n"
        f"Sheets: {totals['sheets']}\n\n"
        f"Paper: A4, {'both sides' if run.is_double_sided else 'one side'}; every "
        "letter begins on a sheet of its own. There are no blank pages in the files.\n"
        f"Envelope: {envelope.name}\n"
        f"Address: {zone.left} to {zone.right} mm from the left and {zone.top} to "
        f"{zone.bottom} mm from the top of page 1\n"
        f"Postage: {run.get_postage_display()}\n"
        f"Code: {code}\n\n"
        f"Files, one for each number of sheets:\n{parts}\n"
        f"{INDEX_CSV} and {INDEX_JSON} say the same: where each letter is. "
        f"{MANIFEST} has the check sums (sha256sum -c {MANIFEST}).\n"
        "Print every letter once. Do not add to or take from them.\n"
    )
