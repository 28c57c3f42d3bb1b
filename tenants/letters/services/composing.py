"""Composing a run: every home in scope becomes letters or a named exception.

Everything is read and decided first; then all rows are written in one transaction, so
that a run is composed wholly or not at all and nobody waits for the database meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction

from housingplus.common.errors import HousingPlusError
from housingplus.jobs.services import (
    JobCancelled,
    LeaseLost,
    advance,
    check_lease,
)
from tenants.letters.models import (
    Letter,
    LetterChunk,
    LetterRun,
    LetterRunHome,
    RunStatus,
)
from tenants.letters.selectors.coverage import homes_due
from tenants.letters.selectors.recipients import (
    HomeDraft,
    LetterDraft,
    Mailing,
    draft_homes,
    prepare_mailing,
    wards_of,
)
from tenants.letters.selectors.scope import homes_in_scope
from tenants.letters.selectors.senders import describe_senders
from tenants.letters.typesetting import CHUNK_SIZE, posting_sort_key

from . import files
from .moves import lock_run, move

if TYPE_CHECKING:
    from housingplus.jobs.models import Job

Row = TypeVar("Row")

HOMES_AT_A_TIME = 1_000
ROWS_AT_A_TIME = 1_000


def compose(run_id: int, job: Job) -> None:
    """Compose the run this job is for; what goes wrong is kept with the run."""
    try:
        _compose(run_id, job)
    except (LeaseLost, JobCancelled):
        raise
    except Exception as error:
        fail_run(run_id, job, error)
        raise


def fail_run(run_id: int, job: Job, error: Exception) -> None:
    """Record that a stage failed, if this worker still holds the work."""
    said = str(error) if isinstance(error, HousingPlusError) else "Unexpected error"
    with transaction.atomic():
        check_lease(job)
        run = lock_run(run_id)
        if run.status in {RunStatus.COMPOSING, RunStatus.PRODUCING}:
            move(run, to=RunStatus.FAILED, by=None, note=said)


def _compose(run_id: int, job: Job) -> None:
    run = LetterRun.objects.select_related("template_version").get(pk=run_id)
    if run.status != RunStatus.COMPOSING:
        return
    scope = homes_in_scope(run)
    if run.only_due:
        scope = homes_due(scope, run.dated)
    homes = list(scope.values_list("pk", flat=True))
    advance(job, done=0, total=len(homes), stage="Working out who gets a letter")
    version = run.template_version
    mailing = prepare_mailing(
        subject=version.subject,
        body=version.body,
        dated=run.dated,
        envelope=run.envelope,
        changed_since=run.changed_since,
    )
    drafts: list[HomeDraft] = []
    done = 0
    for some in _batches(homes, HOMES_AT_A_TIME):
        drafts += draft_homes(mailing, some)
        done += len(some)
        advance(job, done=done)
    senders = _keep_senders(mailing, drafts)
    advance(job, done=done, stage="Writing the letters down")
    with transaction.atomic():
        check_lease(job)
        run = lock_run(run_id)
        if run.status != RunStatus.COMPOSING:
            return
        _remove_rows(run)
        homes_kept = _write_homes(run, drafts)
        letter_count = _write_letters(run, drafts, homes_kept)
        run.wards.set(wards_of(drafts))
        exception_count = sum(bool(draft.reason) for draft in drafts)
        move(
            run,
            to=RunStatus.COMPOSED,
            by=None,
            note=f"{letter_count} letters, {exception_count} exceptions",
            senders=senders,
            home_count=len(drafts),
            letter_count=letter_count,
            exception_count=exception_count,
            page_count=0,
        )


def _batches(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _keep_senders(mailing: Mailing, drafts: Sequence[HomeDraft]) -> dict[str, object]:
    """Freeze letterheads and signatures, pictures included; return them as JSON."""
    landlords = {letter.landlord_id for draft in drafts for letter in draft.letters}
    patches = {draft.patch_id for draft in drafts if draft.letters}
    senders, pictures = describe_senders(
        [mailing.landlords[pk] for pk in sorted(landlords)],
        [mailing.facts[pk] for pk in sorted(p for p in patches if p is not None)],
    )
    for name, content in pictures.items():
        files.write_picture(name, content)
    return senders.as_json()


def _remove_rows(run: LetterRun) -> None:
    """Take away what an earlier composing came to."""
    Letter.objects.filter(run=run).delete()
    LetterChunk.objects.filter(run=run).delete()
    LetterRunHome.objects.filter(run=run).delete()


def _write_homes(run: LetterRun, drafts: Sequence[HomeDraft]) -> dict[int, int]:
    """Write a row for each home; return row id by home."""
    rows = LetterRunHome.objects.bulk_create(
        [
            LetterRunHome(
                run=run,
                property_id=draft.property_id,
                patch_id=draft.patch_id,
                is_exception=bool(draft.reason),
                reason=draft.reason,
                detail=draft.detail,
                told_key=draft.told_key,
            )
            for draft in drafts
        ],
        batch_size=ROWS_AT_A_TIME,
    )
    return {row.property_id: row.pk for row in rows}


@dataclass(frozen=True)
class _Posted:
    """A letter with its home, to be put in posting order."""

    home: HomeDraft
    letter: LetterDraft

    @property
    def sort_key(self) -> tuple:
        tie = f"{self.home.property_id:012d}-{self.letter.tenancy_id or 0:012d}"
        return posting_sort_key(self.letter.address_lines, tie)


def _write_letters(
    run: LetterRun, drafts: Sequence[HomeDraft], home_rows: dict[int, int]
) -> int:
    """Write the letters in posting order, cut into chunks; return how many."""
    letters = [_Posted(draft, letter) for draft in drafts for letter in draft.letters]
    letters.sort(key=lambda posted: posted.sort_key)
    chunk_count = -(-len(letters) // CHUNK_SIZE)
    chunks = LetterChunk.objects.bulk_create(
        [LetterChunk(run=run, number=number + 1) for number in range(chunk_count)]
    )
    sequence = count(1)
    for some in _batches(letters, ROWS_AT_A_TIME):
        Letter.objects.bulk_create(
            [_row(run, posted, next(sequence), home_rows, chunks) for posted in some]
        )
    return len(letters)


def _row(
    run: LetterRun,
    posted: _Posted,
    number: int,
    home_rows: dict[int, int],
    chunks: list[LetterChunk],
) -> Letter:
    home, letter = posted.home, posted.letter
    return Letter(
        run=run,
        home_id=home_rows[home.property_id],
        household_id=letter.household_id,
        tenancy_id=letter.tenancy_id,
        patch_id=home.patch_id or 0,
        officer_id=letter.officer_id,
        landlord_id=letter.landlord_id,
        reference=f"L{run.pk:04d}-{number:05d}",
        sequence=number,
        addressee=letter.addressee,
        salutation=letter.salutation,
        address_lines=list(letter.address_lines),
        values=letter.values,
        letter_format=letter.letter_format,
        chunk=chunks[(number - 1) // CHUNK_SIZE],
    )
