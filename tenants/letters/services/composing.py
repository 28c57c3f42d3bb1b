"""Composing a run: every home in scope becomes letters or a named exception.

Everything is read and decided first; then all rows are written in one transaction, so
that a run is composed wholly or not at all and nobody waits for the database meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, repeat
from typing import TYPE_CHECKING, TypeVar

from django.db import transaction

from housingplus.common.bulk import insert_rows
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
    LetterExceptionReason,
    LetterPack,
    LetterRun,
    LetterRunHome,
    RunStatus,
)
from tenants.letters.selectors.drafts import HomeDraft
from tenants.letters.selectors.due import causes_of
from tenants.letters.selectors.recipients import (
    Mailing,
    draft_homes,
    prepare_mailing,
    wards_of,
)
from tenants.letters.selectors.senders import Senders, describe_senders
from tenants.letters.selectors.wordings import wordings_of
from tenants.letters.typesetting import CHUNK_SIZE

from . import files
from .lengths import Measurer
from .moves import counts_in_words, lock_run, move
from .packing import PlannedPack, Posted, plan_packs

if TYPE_CHECKING:
    from housingplus.jobs.models import Job

Row = TypeVar("Row")

HOMES_AT_A_TIME = 1_000
_LETTER_FIELDS = [
    "run",
    "home",
    "household",
    "tenancy",
    "patch",
    "officer",
    "landlord",
    "reference",
    "sequence",
    "addressee",
    "salutation",
    "address_lines",
    "written_to",
    "values",
    "letter_format",
    "channel",
    "email",
    "page_count",
    "expected_pages",
    "wording",
    "wanted_language",
    "is_copy",
    "chunk",
]


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
        run = lock_run(run_id)
        check_lease(job)
        if run.status in {RunStatus.COMPOSING, RunStatus.PRODUCING}:
            move(run, to=RunStatus.FAILED, by=None, note=said)


def _compose(run_id: int, job: Job) -> None:
    run = LetterRun.objects.select_related("template_version").get(pk=run_id)
    if run.status != RunStatus.COMPOSING:
        return
    causes = causes_of(run)
    homes = sorted(causes)
    advance(job, done=0, total=len(homes), stage="Working out who gets a letter")
    version = run.template_version
    mailing = prepare_mailing(
        subject=version.subject,
        body=version.body,
        dated=run.dated,
        envelope=run.envelope,
        changed_since=run.changed_since,
        email_letters=run.email_letters,
        wordings=wordings_of(version),
        is_bilingual=run.is_bilingual,
    )
    drafts: list[HomeDraft] = []
    done = 0
    for some in _batches(homes, HOMES_AT_A_TIME):
        drafts += draft_homes(mailing, some)
        done += len(some)
        advance(job, done=done)
    senders = _keep_senders(mailing, drafts)
    advance(job, done=done, stage="Counting the pages")
    measurer = Measurer(
        mailing,
        senders,
        version.subject,
        version.body,
        report=partial(advance, job, done=done),
    )
    drafts = measurer.measure(drafts)
    advance(job, done=done, stage="Writing the letters down")
    with transaction.atomic():
        run = lock_run(run_id)
        check_lease(job)
        if run.status != RunStatus.COMPOSING:
            return
        drafts = _without_left_out(run, drafts)
        _remove_rows(run)
        homes_kept = _write_homes(run, drafts, causes)
        letter_count = _write_letters(run, drafts, homes_kept)
        run.wards.set(wards_of(drafts))
        exception_count = sum(bool(draft.reason) for draft in drafts)
        move(
            run,
            to=RunStatus.COMPOSED,
            by=None,
            note=counts_in_words(letter_count, exception_count),
            senders=senders.as_json(),
            home_count=len(drafts),
            letter_count=letter_count,
            exception_count=exception_count,
            page_count=0,
        )


def _batches(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _keep_senders(mailing: Mailing, drafts: Sequence[HomeDraft]) -> Senders:
    """Freeze letterheads and signatures, pictures included."""
    landlords = {letter.landlord_id for draft in drafts for letter in draft.letters}
    patches = {draft.patch_id for draft in drafts if draft.letters}
    senders, pictures = describe_senders(
        [mailing.landlords[pk] for pk in sorted(landlords)],
        [mailing.facts[pk] for pk in sorted(p for p in patches if p is not None)],
    )
    for name, content in pictures.items():
        files.write_picture(name, content)
    return senders


def _without_left_out(run: LetterRun, drafts: Sequence[HomeDraft]) -> list[HomeDraft]:
    """Keep out the homes somebody left out, if the same is to be told to the same."""
    rows = run.homes.filter(reason=LetterExceptionReason.DISMISSED)
    left_out = {
        (home, *told_key.split()[:1]): detail
        for home, told_key, detail in rows.values_list("property", "told_key", "detail")
    }
    return [
        replace(
            draft, letters=(), reason=LetterExceptionReason.DISMISSED, detail=detail
        )
        if (detail := left_out.get((draft.property_id, *draft.told_key.split()[:1])))
        else draft
        for draft in drafts
    ]


def _remove_rows(run: LetterRun) -> None:
    """Take away what an earlier composing came to."""
    Letter.objects.filter(run=run).delete()
    LetterChunk.objects.filter(run=run).delete()
    LetterPack.objects.filter(run=run).delete()
    LetterRunHome.objects.filter(run=run).delete()


def _write_homes(
    run: LetterRun, drafts: Sequence[HomeDraft], causes: Mapping[int, str]
) -> dict[int, int]:
    """Write a row for each home; return row id by home."""
    insert_rows(
        LetterRunHome,
        [
            "run",
            "property",
            "patch",
            "is_exception",
            "reason",
            "detail",
            "told_key",
            "cause",
        ],
        (
            (
                run.pk,
                draft.property_id,
                draft.patch_id,
                bool(draft.reason),
                str(draft.reason),
                draft.detail,
                draft.told_key,
                causes[draft.property_id],
            )
            for draft in drafts
        ),
    )
    return dict(run.homes.order_by().values_list("property", "pk"))


def _write_letters(
    run: LetterRun, drafts: Sequence[HomeDraft], home_rows: dict[int, int]
) -> int:
    """Write packs, their chunks and the letters, in posting order; return how many."""
    packs = plan_packs(run.split, drafts, double_sided=run.is_double_sided)
    chunks = _write_chunks(run, packs)
    insert_rows(
        Letter,
        _LETTER_FIELDS,
        (
            _row(run, posted, number, home_rows, chunk_id)
            for number, (posted, chunk_id) in enumerate(
                zip(chain.from_iterable(packs), chunks, strict=True), 1
            )
        ),
    )
    return sum(len(pack) for pack in packs)


def _write_chunks(run: LetterRun, packs: Sequence[PlannedPack]) -> Iterator[int]:
    """Write packs and their chunks; return the chunk's id for each letter in turn."""
    first = 1
    rows = []
    for number, pack in enumerate(packs, 1):
        rows.append(
            LetterPack(
                run=run,
                number=number,
                title=pack.title,
                channel=pack.channel,
                first_sequence=first,
                last_sequence=first + len(pack) - 1,
                letter_count=len(pack),
            )
        )
        first += len(pack)
    made = LetterPack.objects.bulk_create(rows)
    # A chunk lies in one pack, so that a pack is made of whole files.
    sizes = [
        (row, min(CHUNK_SIZE, row.letter_count - start))
        for row in made
        for start in range(0, row.letter_count, CHUNK_SIZE)
    ]
    chunks = LetterChunk.objects.bulk_create(
        [
            LetterChunk(run=run, number=number, pack=row)
            for number, (row, _) in enumerate(sizes, 1)
        ]
    )
    return chain.from_iterable(
        repeat(chunk.pk, size) for chunk, (_, size) in zip(chunks, sizes, strict=True)
    )


def _row(
    run: LetterRun, posted: Posted, number: int, home_rows: dict[int, int], chunk: int
) -> list[object]:
    home, letter = posted.home, posted.letter
    return [
        run.pk,
        home_rows[home.property_id],
        letter.household_id,
        letter.tenancy_id,
        home.patch_id,
        letter.officer_id,
        letter.landlord_id,
        f"L{run.pk:04d}-{number:05d}",
        number,
        letter.addressee,
        letter.salutation,
        list(letter.address_lines),
        letter.written_to,
        letter.values,
        str(letter.letter_format),
        str(letter.channel),
        letter.email,
        letter.page_count,
        None if letter.page_count else letter.likely_pages or None,
        letter.wording.pk if letter.wording else None,
        letter.wanted_language,
        letter.is_copy,
        chunk,
    ]
