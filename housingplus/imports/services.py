"""Every change of a list on its way from upload to import."""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from housingplus.audit.services import record
from housingplus.common import storage
from housingplus.jobs.models import Job, JobStatus
from housingplus.jobs.services import cancel, create_job

from . import rules
from .columns import check_columns, recognise
from .errors import AnotherImportRuns, FileRefused, NotNow
from .importers import Importer
from .models import ImportBatch, ImportStatus
from .options import ImportOptions
from .tables import MOST_BYTES, Table, open_table

if TYPE_CHECKING:
    from officers.accounts.models import User

# Hands the key of a job to the queue.
Enqueue = Callable[[int], object]


def upload_list(
    *, importer: Importer, upload: UploadedFile, token: UUID, by: User
) -> ImportBatch:
    """Keep an uploaded list whose header can be read; the same token again is it."""
    if made := ImportBatch.objects.filter(token=token).first():
        return made
    if (upload.size or 0) > MOST_BYTES:
        raise FileRefused(
            f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Remove the "
            "columns that are not needed, or split it."
        )
    with tempfile.NamedTemporaryFile(suffix=".list") as copy:
        digest = hashlib.sha256()
        for chunk in upload.chunks():
            copy.write(chunk)
            digest.update(chunk)
        copy.flush()
        table = open_table(Path(copy.name), importer.columns)
        if not table.sample(1):
            raise FileRefused("The list has a header and no rows below it.")
        batch = ImportBatch(
            kind=importer.kind,
            file_name=Path(upload.name or "list").name[-200:],
            sha256=digest.hexdigest(),
            columns=recognise(table.header, importer.columns),
            token=token,
            uploaded_by=by,
        )
        copy.seek(0)
        return _keep(batch, File(copy), by)


def _keep(batch: ImportBatch, file: File[bytes], by: User) -> ImportBatch:
    # A name of our own: the person's may hold anything, and is kept only to show.
    batch.file.save(f"{uuid.uuid4().hex}.list", file, save=False)
    try:
        with transaction.atomic():
            batch.save()
            record("import.uploaded", subject=batch, by=by, summary=batch.file_name)
    except IntegrityError:
        batch.file.delete(save=False)
        made = ImportBatch.objects.filter(token=batch.token).first()
        if made is None:
            raise
        return made
    return batch


@contextmanager
def open_list(batch: ImportBatch, importer: Importer) -> Iterator[Table]:
    """Give the kept file of a list as a table, to be read inside the context."""
    if not batch.file:
        raise FileRefused("The file of this list is no longer kept. Upload it again.")
    with storage.on_disk(str(batch.file.name)) as (path,):
        yield open_table(path, importer.columns)


@transaction.atomic
def confirm_columns(
    *,
    batch: ImportBatch,
    importer: Importer,
    mapping: dict[str, int],
    options: ImportOptions,
    enqueue: Enqueue,
    by: User,
) -> ImportBatch:
    """Say which column is which and start checking."""
    check_columns(mapping, importer.columns, importer.one_of)
    batch = _lock(batch)
    rules.check_can_move(batch, ImportStatus.CHECKING)
    batch.status = ImportStatus.CHECKING
    batch.columns = mapping
    batch.options = options.as_json()
    batch.message = ""
    batch.plan_digest = ""
    batch.job = create_job(kind="import check", by=by)
    batch.save()
    record("import.check_started", subject=batch, by=by)
    transaction.on_commit(partial(enqueue, batch.job.pk))
    return batch


def confirm_list(
    *,
    batch: ImportBatch,
    options: ImportOptions,
    seen_digest: str,
    enqueue: Enqueue,
    by: User,
) -> ImportBatch:
    """Start importing a checked list, exactly as the report the person saw says."""
    release_stalled()
    try:
        with transaction.atomic():
            batch = _lock(batch)
            rules.check_can_move(batch, ImportStatus.APPLYING)
            rules.check_has_changes(batch, end_missing=options.end_missing)
            if seen_digest != batch.plan_digest:
                raise NotNow(
                    "The list was checked again since. Look at the new report first."
                )
            rules.check_none_runs(_being_applied())
            batch.status = ImportStatus.APPLYING
            batch.options = options.as_json()
            batch.message = ""
            batch.confirmed_at = timezone.now()
            batch.confirmed_by = by
            batch.job = create_job(kind="import", by=by)
            batch.save()
            record("import.confirmed", subject=batch, by=by)
            transaction.on_commit(partial(enqueue, batch.job.pk))
    except IntegrityError as error:
        raise AnotherImportRuns(
            "Another list is being imported. Try again when it is done."
        ) from error
    return batch


@transaction.atomic
def cancel_list(*, batch: ImportBatch, by: User) -> ImportBatch:
    """Give a list up; its file is removed."""
    batch = _lock(batch)
    rules.check_can_move(batch, ImportStatus.CANCELLED)
    batch.status = ImportStatus.CANCELLED
    batch.save(update_fields=["status"])
    if batch.job is not None:
        cancel(batch.job)
    record("import.cancelled", subject=batch, by=by)
    forget_file(batch)
    return batch


def restart_stalled(*, enqueue: Enqueue) -> Iterator[str]:
    """Put every list whose worker died back in the queue; yield a line about each."""
    waiting = [ImportStatus.CHECKING, ImportStatus.APPLYING]
    for batch in ImportBatch.objects.filter(status__in=waiting).select_related("job"):
        if batch.job is not None and batch.job.is_stalled:
            with suppress(NotNow):
                start_again(batch=batch, enqueue=enqueue, by=None)
                yield f"{batch}: started again."


@transaction.atomic
def start_again(
    *, batch: ImportBatch, enqueue: Enqueue, by: User | None
) -> ImportBatch:
    """Put work whose worker died back in the queue; it takes the same job over."""
    batch = _lock(batch)
    if batch.job is None or not batch.job.is_stalled:
        raise NotNow("The work on this list is going on. Wait a little.")
    record("import.restarted", subject=batch, by=by)
    transaction.on_commit(partial(enqueue, batch.job.pk))
    return batch


@transaction.atomic
def release_stalled() -> None:
    """Take lists whose worker died out of "being imported"; nothing was written."""
    other = _being_applied()
    if other is None or other.job is None or not other.job.is_stalled:
        return
    ended = Job.objects.filter(pk=other.job.pk, worker=other.job.worker).update(
        status=JobStatus.FAILED,
        worker="",
        error="The worker stopped.",
        finished_at=timezone.now(),
    )
    if ended:
        other.status = ImportStatus.CHECKED
        other.message = (
            "Importing this list stopped midway, so nothing was imported. Confirm it "
            "again."
        )
        other.save(update_fields=["status", "message"])


def forget_file(batch: ImportBatch) -> None:
    """Remove a list's file once it is committed that nobody needs it."""
    name = batch.file.name
    if name:
        batch.file = ""
        batch.save(update_fields=["file"])
        transaction.on_commit(partial(storage.remove, name))


def _lock(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)


def _being_applied() -> ImportBatch | None:
    return (
        ImportBatch.objects.filter(status=ImportStatus.APPLYING)
        .select_related("job")
        .first()
    )
