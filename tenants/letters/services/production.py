"""Producing a run: several workers set its chunks and put its packs together.

Each step can be repeated. A file is written before the row that names it, and the row
is written only by the worker that holds the claim, so that work killed at any moment is
taken up by another with nothing lost and nothing twice. One of the workers holds the
job: it hands the run over when everything is done.
"""

from __future__ import annotations

import time
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from housingplus.common.counting import plural
from housingplus.common.csv_export import rows_as_csv
from housingplus.jobs.leases import lease_kept
from housingplus.jobs.pace import Pace
from housingplus.jobs.patience import patiently
from housingplus.jobs.services import (
    JobCancelled,
    LeaseLost,
    advance,
    check_lease,
)
from tenants.letters.errors import ProductionFailed
from tenants.letters.models import Channel, LetterPack, LetterRun, RunStatus
from tenants.letters.selectors.ledger import LEDGER_HEADER, ledger_rows
from tenants.letters.typesetting import TypesettingError

from . import files
from .claims import (
    claim_work,
    count_at_work,
    count_done,
    give_back,
    is_all_done,
    unmake_packs,
)
from .composing import fail_run
from .mail_files import write_mail_file
from .making import make_pack, set_chunk
from .moves import lock_run, move
from .withdrawing import withdraw_marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from housingplus.jobs.models import Job

# How long to wait for what other workers hold.
SECONDS_TO_WAIT = 0.2
SECONDS_BETWEEN_REPORTS = 0.5


def produce(run_id: int, job: Job) -> None:
    """Produce the run this job is for; what goes wrong is kept with it."""
    try:
        with _in_sentences():
            _produce(run_id, job)
    except (LeaseLost, JobCancelled):
        raise
    except Exception as error:
        fail_run(run_id, job, error)
        raise


def help_produce(run_id: int, job_id: int) -> None:
    """Take a hand in a run that another worker's job produces, until all is done.

    Where enough are at work it leaves. What it cannot do it gives back: whether the run
    has failed is for the worker with the job to say, when it cannot do it either.
    """
    worker = uuid.uuid4().hex
    run = LetterRun.objects.select_related("template_version").get(pk=run_id)
    if count_at_work(run_id) >= settings.LETTER_WORKERS:
        return
    while patiently(lambda: _is_wanted(run_id, job_id) and not is_all_done(run_id)):
        if not patiently(lambda: _do_next(run, worker)):
            time.sleep(SECONDS_TO_WAIT)


def _is_wanted(run_id: int, job_id: int) -> bool:
    return LetterRun.objects.filter(
        pk=run_id, status=RunStatus.PRODUCING, produce_job=job_id
    ).exists()


@contextmanager
def _in_sentences() -> Iterator[None]:
    """Turn the typesetter's and the disk's errors into a sentence fit to show."""
    try:
        yield
    except TypesettingError as error:
        raise ProductionFailed(error.message) from error
    except OSError as error:
        raise ProductionFailed(
            f"A file could not be kept ({error.strerror or error}). Ask whoever "
            "runs this site whether there is room for files, then start again."
        ) from error


def _produce(run_id: int, job: Job) -> None:
    run = LetterRun.objects.select_related("template_version").get(pk=run_id)
    worker = uuid.uuid4().hex
    pace = Pace(count_done(run_id)[0])
    due = 0.0
    while True:
        if time.monotonic() >= due:
            patiently(lambda: _report(run_id, job, pace))
            due = time.monotonic() + SECONDS_BETWEEN_REPORTS
        if patiently(lambda: _do_next(run, worker)):
            continue
        due = 0.0
        if not patiently(lambda: is_all_done(run_id)):
            time.sleep(SECONDS_TO_WAIT)
        elif patiently(lambda: _is_wanted(run_id, job.pk) and finish_run(run, job)):
            return


def _report(run_id: int, job: Job, pace: Pace) -> None:
    """Say how far all workers together are; stop when the run is not to be produced."""
    done, total = count_done(run_id)
    advance(
        job,
        done=done,
        total=total,
        stage="Setting the letters",
        seconds_left=pace.seconds_left(done=done, total=total),
    )
    if not _is_wanted(run_id, job.pk):
        raise JobCancelled("The run is not being produced any more.")


def _do_next(run: LetterRun, worker: str) -> bool:
    """Do the next piece of work there is; False when none is free."""
    work = claim_work(run.pk, worker)
    if work is None:
        return False
    try:
        if isinstance(work, LetterPack):
            make_pack(run, work)
        else:
            set_chunk(run, work)
    except Exception:
        give_back(work)
        raise
    return True


def finish_run(run: LetterRun, job: Job) -> bool:
    """Write the ledger and hand the run over.

    False when a household was marked do not write meanwhile, or a file is not there
    any more: the packs concerned are then made again.
    """
    with transaction.atomic():
        locked = lock_run(run.pk)
        check_lease(job)
        withdraw_marked(locked, run.letters.all())
    with lease_kept(job):
        if not _packs_are_whole(run):
            return False
        ledger = _write_ledger(run)
        mail_file = write_mail_file(run)
    with transaction.atomic():
        check_lease(job)
    files.sweep(run.pk, named=lambda: {ledger, mail_file, *_named_files(run)})
    with transaction.atomic():
        locked = lock_run(run.pk)
        check_lease(job)
        if locked.status != RunStatus.PRODUCING or locked.produce_job_id != job.pk:
            raise JobCancelled("The run is not being produced any more.")
        packs = list(run.packs.all())
        if locked.letters.marked_since().exists():
            return False
        if any(pack.made_at is None for pack in packs):
            return False
        posted = [pack for pack in packs if pack.channel == Channel.POST]
        pages = sum(pack.page_count for pack in posted)
        move(
            locked,
            to=RunStatus.PRODUCED,
            by=None,
            note=_outcome(locked.letter_count, pages, len(posted)),
            page_count=pages,
            ledger_file=ledger,
            mail_file=mail_file,
            engine=_engines_of(run),
        )
    return True


def _outcome(letters: int, pages: int, packs: int) -> str:
    said = f"{plural(letters, 'letter')}, {plural(pages, 'page')} to print"
    return said if packs < 2 else f"{said} in {packs} packs"


def _engines_of(run: LetterRun) -> str:
    """What set the run's letters: more than one where it was paused for an upgrade."""
    found = run.chunks.order_by("engine").values_list("engine", flat=True).distinct()
    return "; ".join(found)[: LetterRun._meta.get_field("engine").max_length]


def _packs_are_whole(run: LetterRun) -> bool:
    """Look at every pack's file once more; a damaged or missing one is made again."""
    whole = True
    for pack in run.packs.all():
        if pack.made_at is None:
            whole = False
        elif not files.is_whole(pack.file, pack.sha256):
            unmake_packs(run.packs.filter(pk=pack.pk))
            whole = False
    return whole


def _write_ledger(run: LetterRun) -> str:
    """Write the ledger of all packs line by line; return its name."""
    if not run.letters.exists():
        return ""
    folder = files.run_folder(run.pk)
    with files.writing(folder) as temporary:
        with temporary.open("w", encoding="utf-8", newline="") as written:
            written.writelines(rows_as_csv(LEDGER_HEADER, ledger_rows(run)))
        name, _ = files.keep(temporary, folder, "ledger", "csv")
    return name


def _named_files(run: LetterRun) -> list[str]:
    chunks, packs = run.chunks.exclude(file=""), run.packs.exclude(file="")
    return [
        *chunks.values_list("file", flat=True),
        *packs.values_list("file", flat=True),
    ]
