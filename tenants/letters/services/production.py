"""Making the pack: chunks set one after another, then joined with a ledger.

Each step can be repeated. A chunk's file is written before the row that names it, and
the row is written only by whoever holds the job, so that work killed at any moment is
taken up by the next worker with nothing lost and nothing twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from housingplus.common.csv_export import rows_as_csv
from housingplus.jobs.leases import lease_kept
from housingplus.jobs.services import (
    JobCancelled,
    LeaseLost,
    advance,
    check_lease,
)
from tenants.letters.errors import ProductionFailed
from tenants.letters.models import Letter, LetterChunk, LetterRun, RunStatus
from tenants.letters.selectors.content import batch_of
from tenants.letters.selectors.ledger import LEDGER_HEADER, ledger_rows
from tenants.letters.typesetting import (
    PageSpan,
    Piece,
    TypesettingError,
    compile_chunk,
    join_pack,
    typesetting_version,
)

from . import files
from .composing import fail_run
from .moves import lock_run, move
from .withdrawing import withdraw_marked

if TYPE_CHECKING:
    from housingplus.jobs.models import Job


def produce(run_id: int, job: Job) -> None:
    """Make the pack of the run this job is for; what goes wrong is kept with it."""
    try:
        _produce(run_id, job)
    except (LeaseLost, JobCancelled):
        raise
    except Exception as error:
        fail_run(run_id, job, error)
        raise


def _in_sentences(step: Callable) -> Callable:
    """Turn the typesetter's and the disk's errors into a sentence fit to show."""

    @wraps(step)
    def told(*args: object) -> object:
        try:
            return step(*args)
        except TypesettingError as error:
            raise ProductionFailed(error.message) from error
        except OSError as error:
            raise ProductionFailed(
                f"A file could not be kept ({error.strerror or error}). Ask whoever "
                "runs this site whether the disk is full, then start again."
            ) from error

    return told


@_in_sentences
def _produce(run_id: int, job: Job) -> None:
    run = LetterRun.objects.select_related("template_version").get(pk=run_id)
    if run.status != RunStatus.PRODUCING:
        return
    chunks = run.chunks.count()
    total = chunks + 1
    for chunk in _chunks_to_set(run):
        advance(
            job,
            done=run.chunks.filter(done_at__isnull=False).count(),
            total=total,
            stage="Setting the letters",
        )
        set_chunk(run, chunk, job)
    advance(job, done=chunks, total=total, stage="Putting the pack together")
    while not finish_pack(run, job):
        advance(job, done=chunks, stage="Leaving out letters not to be sent")


def _chunks_to_set(run: LetterRun) -> Iterator[LetterChunk]:
    """Chunks without a file that is still there, in posting order."""
    for chunk in run.chunks.order_by("number"):
        if chunk.done_at is None or not _is_whole(chunk):
            yield chunk


def _is_whole(chunk: LetterChunk) -> bool:
    path = files.path_of(chunk.file)
    if not path.exists():
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == chunk.sha256


def set_chunk(run: LetterRun, chunk: LetterChunk, job: Job) -> None:
    """Set the letters of one chunk and keep the file, if the job is still ours."""
    with transaction.atomic():
        check_lease(job)
        withdraw_marked(lock_run(run.pk), chunk.letters.all())
    letters = list(chunk.letters.order_by("sequence"))
    if not letters:
        _forget_chunk(chunk, job)
        return
    result = compile_chunk(batch_of(run, letters), tagged=False)
    stem = f"chunk-{chunk.number:05d}"
    name, sha256 = files.write(files.run_folder(run.pk), stem, "pdf", result.pdf)
    record_chunk(
        chunk, job, name=name, sha256=sha256, spans=result.spans, when=timezone.now()
    )


def record_chunk(
    chunk: LetterChunk,
    job: Job,
    *,
    name: str,
    sha256: str,
    spans: Sequence[PageSpan],
    when: object,
) -> None:
    """Name a chunk's file in its row, fenced by the job."""
    with transaction.atomic():
        check_lease(job)
        LetterChunk.objects.filter(pk=chunk.pk).update(
            file=name,
            sha256=sha256,
            page_count=sum(span.page_count for span in spans),
            spans=[
                [span.reference, span.first_page, span.page_count] for span in spans
            ],
            done_at=when,
        )


def _forget_chunk(chunk: LetterChunk, job: Job) -> None:
    """Drop a chunk whose letters were all withdrawn."""
    with transaction.atomic():
        check_lease(job)
        chunk.delete()


def finish_pack(run: LetterRun, job: Job) -> bool:
    """Join the chunks, write the ledger, and hand the run over.

    False when a household was marked do not write meanwhile: then once more.
    """
    with transaction.atomic():
        check_lease(job)
        withdraw_marked(lock_run(run.pk), run.letters.all())
    order = list(run.letters.order_by("sequence").values_list("reference", flat=True))
    folder = files.run_folder(run.pk)
    spans: tuple[PageSpan, ...] = ()
    pack = sha256 = ledger = ""
    if order:
        with files.writing(folder) as temporary, lease_kept(job):
            spans = join_pack(
                list(_pieces(run, set(order))),
                temporary,
                order=order,
                double_sided=run.is_double_sided,
            )
            pack, sha256 = files.keep(temporary, folder, "pack", "pdf")
        lines = rows_as_csv(LEDGER_HEADER, ledger_rows(run, spans))
        ledger, _ = files.write(folder, "ledger", "csv", "".join(lines).encode())
    with transaction.atomic():
        check_lease(job)
    chunk_files = run.chunks.exclude(file="").values_list("file", flat=True)
    files.sweep(run.pk, kept={pack, ledger, *chunk_files})
    with transaction.atomic():
        check_lease(job)
        locked = lock_run(run.pk)
        if locked.status != RunStatus.PRODUCING:
            return True
        if locked.letters.filter(household__do_not_write=True).exists():
            return False
        _record_pages(run, spans)
        move(
            locked,
            to=RunStatus.PRODUCED,
            by=None,
            note=f"{len(spans)} letters, {_pages(spans)} pages",
            page_count=_pages(spans),
            pack_file=pack,
            pack_sha256=sha256,
            ledger_file=ledger,
            engine=typesetting_version(),
        )
    return True


def _pieces(run: LetterRun, wanted: set[str]) -> Iterator[Piece]:
    """The chunks' files with the pages of the letters still to be sent."""
    for chunk in run.chunks.order_by("number"):
        spans = tuple(
            PageSpan(reference, first, pages)
            for reference, first, pages in chunk.spans
            if reference in wanted
        )
        if spans:
            yield Piece(files.path_of(chunk.file), spans)


def _pages(spans: Sequence[PageSpan]) -> int:
    return sum(span.page_count for span in spans)


def _record_pages(run: LetterRun, spans: Sequence[PageSpan]) -> None:
    """Write each letter's place in the pack: one statement, many rows."""
    table = connection.ops.quote_name(Letter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET first_page = %s, page_count = %s"  # noqa: S608
            " WHERE reference = %s AND run_id = %s",
            [
                (span.first_page, span.page_count, span.reference, run.pk)
                for span in spans
            ],
        )
