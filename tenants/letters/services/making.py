"""Setting one chunk and putting one pack together, by the worker that claimed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from tenants.letters.models import (
    Channel,
    Letter,
    LetterChunk,
    LetterPack,
    LetterRun,
    RunStatus,
)
from tenants.letters.querysets import LetterQuerySet
from tenants.letters.selectors.content import batch_of
from tenants.letters.typesetting import (
    MOST_PAGES,
    PageSpan,
    Piece,
    compile_chunk,
    join_pack,
    typesetting_version,
)

from . import files
from .claims import held
from .moves import lock_run
from .supplier import write_supplier_file
from .withdrawing import withdraw_marked, withdraw_too_long


def set_chunk(run: LetterRun, chunk: LetterChunk) -> None:
    """Set the letters of a claimed chunk and keep the file, if it is still ours."""
    _leave_out_marked(run, Letter.objects.filter(chunk=chunk))
    letters = list(chunk.letters.order_by("sequence"))
    if not letters:
        _forget(chunk)
        return
    result = compile_chunk(batch_of(run, letters))
    stem = f"chunk-{chunk.number:05d}"
    name, sha256 = files.write(files.run_folder(run.pk), stem, "pdf", result.pdf)
    spans = _leave_out_too_long(run, chunk, result.spans)
    record_chunk(chunk, name=name, sha256=sha256, spans=spans)


def record_chunk(
    chunk: LetterChunk, *, name: str, sha256: str, spans: Sequence[PageSpan]
) -> None:
    """Name a chunk's file in its row, fenced by the claim."""
    kept = held(chunk).update(
        file=name,
        sha256=sha256,
        page_count=_pages(spans),
        spans=[[span.reference, span.first_page, span.page_count] for span in spans],
        engine=typesetting_version(),
        done_at=timezone.now(),
        claim="",
        claimed_until=None,
    )
    if not kept:
        _leave_nothing_of_cancelled(chunk.run_id)


def make_pack(run: LetterRun, pack: LetterPack) -> None:
    """Put a claimed pack together from its chunks, if it is still ours.

    A chunk's file that is missing or damaged is set again first.
    """
    letters = Letter.objects.filter(chunk__pack=pack)
    _leave_out_marked(run, letters)
    order = list(letters.order_by("sequence").values_list("reference", flat=True))
    chunks = list(pack.chunks.order_by("number"))
    if not order:
        _forget_pack(pack)
        return
    if damaged := [chunk for chunk in chunks if not _is_whole(chunk)]:
        _set_again(pack, damaged)
        return
    folder = files.run_folder(run.pk)
    with files.writing(folder) as temporary:
        if pack.channel == Channel.SUPPLIER:
            ending = "zip"
            spans = write_supplier_file(
                run, letters.select_related("chunk").order_by("sequence"), temporary
            )
        else:
            ending = "pdf"
            with files.on_disk(*(chunk.file for chunk in chunks)) as paths:
                spans = join_pack(
                    list(_pieces(chunks, paths, set(order))),
                    temporary,
                    order=order,
                    double_sided=run.is_double_sided,
                )
        stem = f"pack-{pack.number:03d}"
        name, sha256 = files.keep(temporary, folder, stem, ending)
    record_pack(pack, name=name, sha256=sha256, spans=spans)


def record_pack(
    pack: LetterPack, *, name: str, sha256: str, spans: Sequence[PageSpan]
) -> None:
    """Name a pack's file in its row and its pages in the letters', fenced together."""
    with transaction.atomic():
        kept = held(pack).update(
            file=name,
            sha256=sha256,
            letter_count=len(spans),
            page_count=_pages(spans),
            made_at=timezone.now(),
            claim="",
            claimed_until=None,
        )
        if kept:
            _record_pages(pack.run_id, spans)
    if not kept:
        _leave_nothing_of_cancelled(pack.run_id)


def _leave_out_marked(run: LetterRun, letters: LetterQuerySet) -> None:
    """Look at the do-not-write list once more, with the claim in hand (rule 7).

    A pack that loses a letter here loses its claim, too, and is claimed anew.
    """
    if letters.marked_since().exists():
        with transaction.atomic():
            withdraw_marked(lock_run(run.pk), letters)


def _leave_out_too_long(
    run: LetterRun, chunk: LetterChunk, spans: Sequence[PageSpan]
) -> list[PageSpan]:
    """Take out letters no envelope takes; return the pages of those that stay.

    In a large run not every letter is set before it is approved. Their pages stay in
    the chunk's file, and packs leave them out.
    """
    too_long = {
        span.reference: span.page_count
        for span in spans
        if span.page_count > MOST_PAGES and chunk.pack.channel == Channel.POST
    }
    if too_long:
        with transaction.atomic():
            locked = lock_run(run.pk)
            if held(chunk).exists():
                withdraw_too_long(locked, too_long)
    return [span for span in spans if span.reference not in too_long]


def _forget(chunk: LetterChunk) -> None:
    """Drop a chunk whose letters were all withdrawn."""
    with transaction.atomic():
        if held(chunk).select_for_update(of=("self",)).exists():
            chunk.delete()


def _forget_pack(pack: LetterPack) -> None:
    """Drop a pack whose letters were all withdrawn, with its chunks."""
    with transaction.atomic():
        if held(pack).select_for_update(of=("self",)).exists():
            pack.chunks.all().delete()
            pack.delete()


def _set_again(pack: LetterPack, chunks: Sequence[LetterChunk]) -> None:
    """Have chunks set again whose file is not what was recorded."""
    with transaction.atomic():
        if held(pack).update(claim="", claimed_until=None):
            pack.chunks.filter(pk__in=[chunk.pk for chunk in chunks]).update(
                file="", sha256="", spans=[], page_count=0, engine="", done_at=None
            )


def _is_whole(chunk: LetterChunk) -> bool:
    return files.is_whole(chunk.file, chunk.sha256)


def _leave_nothing_of_cancelled(run_id: int) -> None:
    """Remove what was written after a run was cancelled; else it is swept later."""
    if LetterRun.objects.filter(pk=run_id, status=RunStatus.CANCELLED).exists():
        files.remove_run(run_id)


def _pieces(
    chunks: Sequence[LetterChunk], paths: Sequence[Path], wanted: set[str]
) -> Iterator[Piece]:
    """The chunks' files with the pages of the letters still to be sent."""
    for chunk, path in zip(chunks, paths, strict=True):
        spans = tuple(
            PageSpan(reference, first, pages)
            for reference, first, pages in chunk.spans
            if reference in wanted
        )
        if spans:
            yield Piece(path, spans)


def _pages(spans: Sequence[PageSpan]) -> int:
    return sum(span.page_count for span in spans)


def _record_pages(run_id: int, spans: Sequence[PageSpan]) -> None:
    """Write each letter's place in its pack: one statement, many rows."""
    table = connection.ops.quote_name(Letter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET first_page = %s, page_count = %s"  # noqa: S608
            " WHERE reference = %s AND run_id = %s",
            [
                (span.first_page, span.page_count, span.reference, run_id)
                for span in spans
            ],
        )
