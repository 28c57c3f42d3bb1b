"""The work behind an import: checking a list, and writing it all or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from housingplus.audit.services import record
from housingplus.common.bulk import insert_rows
from housingplus.common.errors import HousingPlusError
from housingplus.jobs.models import Job
from housingplus.jobs.services import (
    JobCancelled,
    LeaseLost,
    advance,
    check_lease,
    finish,
    run_job,
)

from .columns import check_columns, recognise
from .errors import ListHasErrors, WorldChanged
from .importers import Importer
from .locking import sole_writer
from .models import ImportBatch, ImportRow, ImportStatus
from .options import ImportOptions
from .plans import ParsedList, Plan
from .rules import check_none_runs
from .services import forget_file, open_list
from .tables import open_table

if TYPE_CHECKING:
    from officers.accounts.models import User

_FAILED = (
    "The work stopped with an unexpected error, so nothing was imported. Try again; if "
    "it happens again, tell whoever looks after the system."
)


def run_list(job_id: int, importer_for: Callable[[str], Importer]) -> None:
    """Do the work a list's job is for: check it, or write it."""

    def work(job: Job) -> None:
        batch = ImportBatch.objects.get(job=job)
        importer = importer_for(batch.kind)
        act = _check if batch.status == ImportStatus.CHECKING else _apply
        try:
            act(batch, importer, job)
        except (LeaseLost, JobCancelled):
            raise
        except HousingPlusError as refusal:
            _fall_back(batch, str(refusal))
            raise
        except Exception:
            _fall_back(batch, _FAILED)
            raise

    run_job(job_id, work)


def _fall_back(batch: ImportBatch, message: str) -> None:
    """Say why the work ended; a list being written goes back to "checked"."""
    for was, then in (
        (ImportStatus.CHECKING, ImportStatus.FAILED),
        (ImportStatus.APPLYING, ImportStatus.CHECKED),
    ):
        ImportBatch.objects.filter(pk=batch.pk, status=was).update(
            status=then, message=message
        )


def _check(batch: ImportBatch, importer: Importer, job: Job) -> None:
    options = ImportOptions.from_json(batch.options)
    parsed = _parse(batch, importer, options, job)
    advance(job, done=parsed.row_count, stage="Comparing with what is here")
    plan = importer.plan(parsed, options)
    with transaction.atomic():
        check_lease(job)
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        if batch.status != ImportStatus.CHECKING:
            return
        batch.status = ImportStatus.REFUSED if plan.has_errors else ImportStatus.CHECKED
        _keep_report(batch, plan)
        finish(job)


def _apply(batch: ImportBatch, importer: Importer, job: Job) -> None:
    if batch.status != ImportStatus.APPLYING:
        return
    options = ImportOptions.from_json(batch.options)
    parsed = _parse(batch, importer, options, job)
    advance(job, done=parsed.row_count, stage="Importing")
    with sole_writer(importer.locked_models):
        check_lease(job)
        batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        plan = importer.plan(parsed, options)
        if plan.has_errors or plan.digest != batch.plan_digest:
            raise WorldChanged(
                "What is held here, or the date, changed since the list was checked. "
                "Nothing was imported. Check the list again and look at the new report."
            )
        importer.apply(
            plan, options=options, source=batch.file_name, by=batch.confirmed_by
        )
        # In the same transaction as the data: it is done exactly if this says so.
        batch.status = ImportStatus.DONE
        batch.message = ""
        batch.save(update_fields=["status", "message"])
        forget_file(batch)
        record(
            "import.done",
            subject=batch,
            by=batch.confirmed_by,
            summary=batch.file_name,
            changes=_counts(batch, options),
        )
        finish(job)


def _parse(
    batch: ImportBatch, importer: Importer, options: ImportOptions, job: Job
) -> ParsedList[Any]:
    mapping = {name: int(at) for name, at in batch.columns.items()}
    with open_list(batch, importer) as table:
        total = sum(1 for _ in table.rows())
        advance(job, done=0, total=total, stage="Reading the list")
        return importer.parse(
            table, mapping, options, lambda count: advance(job, done=count)
        )


def _keep_report(batch: ImportBatch, plan: Plan) -> None:
    """Keep what checking found, in place of any earlier report."""
    ImportRow.objects.filter(batch=batch).delete()
    insert_rows(
        ImportRow,
        [
            "batch",
            "number",
            "outcome",
            "key",
            "label",
            "column",
            "value",
            "message",
            "changes",
        ],
        (
            (
                batch.pk,
                finding.number,
                str(finding.outcome),
                finding.key[:60],
                finding.label[:200],
                finding.column[:60],
                finding.value[:200],
                finding.message[:300],
                finding.changes,
            )
            for finding in plan.findings
        ),
    )
    counts = plan.counts
    batch.row_count = plan.row_count
    batch.new_count = counts["new"]
    batch.changed_count = counts["changed"]
    batch.missing_count = counts["missing"]
    batch.note_count = counts["note"]
    batch.error_count = counts["error"]
    batch.unchanged_count = plan.unchanged_count
    batch.plan_digest = plan.digest
    batch.save()


def _counts(batch: ImportBatch, options: ImportOptions) -> dict[str, int]:
    return {
        "rows": batch.row_count,
        "new": batch.new_count,
        "changed": batch.changed_count,
        "ended": batch.missing_count if options.end_missing else 0,
    }


def check_file(
    path: Path, importer: Importer, options: ImportOptions
) -> tuple[ParsedList[Any], Plan]:
    """Read and check a file from the command line; nothing is changed."""
    table = open_table(path, importer.columns)
    mapping = recognise(table.header, importer.columns)
    check_columns(mapping, importer.columns, importer.one_of)
    parsed = importer.parse(table, mapping, options, lambda count: None)
    return parsed, importer.plan(parsed, options)


def apply_file(
    parsed: ParsedList[Any],
    plan: Plan,
    *,
    importer: Importer,
    options: ImportOptions,
    source: Path,
    sha256: str,
    by: User | None = None,
) -> ImportBatch:
    """Write a list checked by `check_file`, with its report, or refuse.

    Raises ListHasErrors when a row is wrong, WorldChanged when something held here
    changed after the check.
    """
    if plan.has_errors:
        raise ListHasErrors("The list has errors, so nothing was imported.")
    with sole_writer(importer.locked_models):
        check_none_runs(
            ImportBatch.objects.filter(status=ImportStatus.APPLYING).first()
        )
        again = importer.plan(parsed, options)
        if again.digest != plan.digest:
            raise WorldChanged(
                "What is held here changed while the list was checked. Nothing was "
                "imported. Run the command again."
            )
        batch = ImportBatch.objects.create(
            kind=importer.kind,
            status=ImportStatus.DONE,
            file_name=source.name[-200:],
            sha256=sha256,
            options=options.as_json(),
            token=uuid4(),
            uploaded_by=by,
            confirmed_by=by,
            confirmed_at=timezone.now(),
        )
        _keep_report(batch, again)
        importer.apply(again, options=options, source=source.name, by=by)
        record(
            "import.done",
            subject=batch,
            by=by,
            summary=batch.file_name,
            changes=_counts(batch, options),
        )
    return batch
