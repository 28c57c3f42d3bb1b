"""Proof that every home was told: lists a stranger can check without this site.

A ZIP with every home on a day, every letter that told one, every pack with its hash,
the totals, and the hash of each of these files.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

from django.db.models import OuterRef, Prefetch, Subquery

from housingplus.common.csv_export import rows_as_csv
from housingplus.common.dates import long_date
from patches.properties.models import Property
from tenants.letters.models import (
    Letter,
    LetterPack,
    LetterRun,
    LetterRunHome,
    ReturnOutcome,
)
from tenants.letters.reasons import reason_choices, reason_label, shown_reason

from .coverage import CoverageCounts, with_coverage
from .standing import Coverage, state_and_reason

HOMES, LETTERS, TOTALS = "homes.csv", "letters.csv", "totals.csv"
RUNS, PACKS = "runs.csv", "packs.csv"
README, MANIFEST = "README.txt", "MANIFEST.sha256"
HOMES_HEADER = [
    "Home",
    "UPRN",
    "Landlord's reference",
    "Address",
    "Ward",
    "Patch",
    "State",
    "Reason",
    "Who answers since",
]
LETTERS_HEADER = [
    "Home",
    "Letter",
    "Run",
    "Posted on",
    "Pack",
    "First page",
    "Pages",
    "Format",
    "Template version",
]
RUNS_HEADER = [
    "Run",
    "Name",
    "Posted on",
    "Letters",
    "Exceptions",
    "Pages",
    "Made with",
]
PACKS_HEADER = ["Run", "Pack", "Of", "Letters", "Pages", "SHA-256"]
TOTALS_HEADER = ["Ward", "Homes", "Told", "Letter due", "Exceptions"]
# Beside the columns every proof has: proofs made before them are checked as well.
CAME_BACK_ON, TOLD_OTHERWISE_ON = "Came back on", "Told in another way on"
GOES_BY = "Goes by"
IS_COPY = "Copy for the representative"
MORE_HEADER = [CAME_BACK_ON, TOLD_OTHERWISE_ON, GOES_BY, IS_COPY]
HEADERS = {
    HOMES: HOMES_HEADER,
    LETTERS: LETTERS_HEADER,
    RUNS: RUNS_HEADER,
    PACKS: PACKS_HEADER,
    TOTALS: TOTALS_HEADER,
}
_HOMES_AT_A_TIME = 2_000
_EXPLAINED = """\
Proof of letters on {day}

Every home under management on that day stands once in {homes}. Its state is
  Told          its household was posted a letter about whoever answers for it; a
                letter that came back tells only where somebody told the household in
                another way, and its line says when,
  Letter due    it was not, and a letter can go to it,
  Exception     it gets no letter, for the reason given.
{totals} counts them by ward: told + due + exceptions = homes.

{letters} names the letter that told each home, with its run and its pages in the pack
that was printed; {runs} lists the runs, and {packs} their packs with the SHA-256 of
each PDF. A letter's reference is printed on it. Where whoever acts for a household has
a copy of its letter, the copy has a line, too, which says so: it tells the household
nothing, and nothing of the home follows from it if it came back.

To check that nothing here was changed:    sha256sum -c {manifest}
To check a pack you hold:                  sha256sum PACK.pdf, and compare with {packs}
To check everything, with Housing+:        manage.py verify_letter_proof THIS.zip

A home is known here by its number in the first column, its UPRN and the landlord's
reference. Nobody's name is in these files.
"""


def write_proof(
    file: IO[bytes], day: dt.date, *, ward_ids: Iterable[int] | None = None
) -> CoverageCounts:
    """Write the proof for a day as a ZIP; return its totals.

    Homes are read two thousand at a time with three queries each.
    """
    homes = Property.objects.managed_on(day)
    if ward_ids is not None:
        homes = homes.filter(ward__in=list(ward_ids))
    told = (
        LetterRunHome.objects.filter(
            property=OuterRef("pk"), settled_on__lte=day, is_exception=False
        )
        .order_by("-settled_on", "-pk")
        .values("pk")
    )
    rows = (
        with_coverage(homes, day)
        .annotate(told_by=Subquery(told[:1]))
        .select_related("ward")
        .order_by("pk")
    )
    lists = _Lists(day)
    for some in _batches(rows.iterator(chunk_size=_HOMES_AT_A_TIME)):
        lists.add(some)
    contents = {
        HOMES: rows_as_csv(HOMES_HEADER, lists.homes),
        LETTERS: rows_as_csv([*LETTERS_HEADER, *MORE_HEADER], lists.letters),
        RUNS: rows_as_csv(RUNS_HEADER, _run_rows(lists.runs)),
        PACKS: rows_as_csv(PACKS_HEADER, _pack_rows(lists.runs)),
        TOTALS: rows_as_csv(_totals_header(), lists.total_rows()),
        README: [
            _EXPLAINED.format(
                day=long_date(day),
                homes=HOMES,
                letters=LETTERS,
                runs=RUNS,
                packs=PACKS,
                totals=TOTALS,
                manifest=MANIFEST,
            )
        ],
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        digests = {name: _add(archive, name, text) for name, text in contents.items()}
        _add(
            archive,
            MANIFEST,
            (f"{digest}  {name}\n" for name, digest in digests.items()),
        )
    return lists.total


class _Lists:
    """The rows of the proof as they are read."""

    def __init__(self, day: dt.date) -> None:
        self.day = day
        self.homes: list[list[Any]] = []
        self.letters: list[list[Any]] = []
        self.runs: set[int] = set()
        self.wards: dict[str, CoverageCounts] = {}
        self.total = CoverageCounts()

    def add(self, homes: list[Any]) -> None:
        told_by = {home.told_by for home in homes if home.stands == Coverage.TOLD}
        letters = (
            Letter.objects.order_by("sequence")
            .select_related("chunk__pack", "returned")
            .only(
                "home",
                "reference",
                "first_page",
                "page_count",
                "letter_format",
                "channel",
                "is_copy",
                "chunk__pack__number",
                "returned__came_back_on",
                "returned__checked_on",
                "returned__outcome",
            )
        )
        rows = LetterRunHome.objects.filter(pk__in=told_by).select_related(
            "run__template_version"
        )
        for row in (
            rows.defer("run__senders")
            .prefetch_related(Prefetch("letters", letters))
            .order_by("property")
        ):
            self.runs.add(row.run_id)
            self.letters += [
                [
                    row.property_id,
                    letter.reference,
                    row.run_id,
                    row.settled_on,
                    letter.chunk.pack.number,
                    letter.first_page,
                    letter.page_count,
                    letter.get_letter_format_display(),
                    row.run.template_version.number,
                    *_came_back(letter, self.day),
                    letter.get_channel_display(),
                    "Yes" if letter.is_copy else "",
                ]
                for letter in row.letters.all()
            ]
        for home in homes:
            state, reason = state_and_reason(home.stands)
            for counts in (
                self.total,
                self.wards.setdefault(home.ward.name, CoverageCounts()),
            ):
                counts.add(state, _shown(reason), 1)
            self.homes.append(
                [
                    home.pk,
                    home.uprn or "",
                    home.reference,
                    home.one_line,
                    home.ward.name,
                    home.patch_code or "",
                    state.label,
                    _reason(reason),
                    home.since if home.patch_on_day else "",
                ]
            )

    def total_rows(self) -> Iterator[list[Any]]:
        for name, counts in [*sorted(self.wards.items()), ("All", self.total)]:
            yield [
                name,
                counts.homes,
                counts.told,
                counts.due,
                counts.exception_count,
                *(
                    counts.exceptions.get(reason, 0)
                    for reason, _ in reason_choices(names_marks=False)
                ),
            ]


def _came_back(letter: Letter, day: dt.date) -> list[dt.date | str]:
    """When a letter that tells came back, and when its household was told otherwise."""
    returned = getattr(letter, "returned", None)
    if returned is None or returned.came_back_on > day:
        return ["", ""]
    told = returned.outcome == ReturnOutcome.TOLD_OTHERWISE
    return [returned.came_back_on, (told and returned.checked_on) or ""]


def _totals_header() -> list[str]:
    return [*TOTALS_HEADER, *(label for _, label in reason_choices(names_marks=False))]


def _reason(reason: str) -> str:
    return reason_label(reason, names_marks=False)


def _shown(reason: str) -> str:
    """A proof goes to strangers: it never says why a household is not written to."""
    return shown_reason(reason, names_marks=False)


def _run_rows(run_ids: set[int]) -> Iterator[list[Any]]:
    for run in LetterRun.objects.filter(pk__in=run_ids).defer("senders").order_by("pk"):
        yield [
            run.pk,
            run.title,
            run.posted_on,
            run.letter_count,
            run.exception_count,
            run.page_count,
            run.engine,
        ]


def _pack_rows(run_ids: set[int]) -> Iterator[list[Any]]:
    packs = LetterPack.objects.filter(run__in=run_ids, made_at__isnull=False)
    for pack in packs.order_by("run", "number"):
        yield [
            pack.run_id,
            pack.number,
            pack.title,
            pack.letter_count,
            pack.page_count,
            pack.sha256,
        ]


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    remaining = iter(rows)
    while some := list(islice(remaining, _HOMES_AT_A_TIME)):
        yield some


def _add(archive: zipfile.ZipFile, name: str, text: Iterable[str]) -> str:
    digest = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as written:
        for piece in text:
            content = piece.encode()
            digest.update(content)
            written.write(content)
    return digest.hexdigest()
