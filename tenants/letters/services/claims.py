"""Sharing out a run's work: any number of workers, on any machine, each with a claim.

A claim is a name in the row and a time by which the work must be done. The row is
written only by the worker whose name it still holds; a claim whose time is up is taken
over. PostgreSQL passes over rows another worker is just taking (SKIP LOCKED); on SQLite
transactions that write follow one another (IMMEDIATE, see settings).
"""

from __future__ import annotations

import datetime as dt
from typing import TypeVar, cast

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tenants.letters.models import LetterChunk, LetterPack, LetterRun, RunStatus

Work = TypeVar("Work", bound=LetterChunk | LetterPack)

# Setting a chunk takes a tenth of a second, a pack a second or two.
CLAIM = dt.timedelta(minutes=2)


def claim_work(run_id: int, worker: str) -> LetterChunk | LetterPack | None:
    """Claim a pack whose chunks are all set, else the next chunk; None if none is free.

    Nothing is given out unless the run is being produced, so that workers stop between
    two chunks once it is paused or cancelled.
    """
    return _claim(_packs_to_make(run_id), worker) or _claim(
        _chunks_to_set(run_id), worker
    )


def _claim(rows: QuerySet[Work], worker: str) -> Work | None:
    now = timezone.now()
    # Its own is what it held when the database went away.
    free = rows.filter(
        _not_claimed(now) | Q(claim=worker), run__status=RunStatus.PRODUCING
    ).order_by("number")
    if not free.exists():
        return None
    with transaction.atomic():
        found = free.select_for_update(skip_locked=True, of=("self",)).first()
        if found is None:
            return None
        found.claim, found.claimed_until = worker, now + CLAIM
        found.save(update_fields=["claim", "claimed_until"])
    return found


def _not_claimed(now: dt.datetime) -> Q:
    return Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)


def count_at_work(run_id: int) -> int:
    """Return how many workers hold something of a run; a dead one for a while still."""
    now = timezone.now()
    workers: set[str] = set()
    for model in (LetterChunk, LetterPack):
        claimed = model.objects.filter(run=run_id, claimed_until__gte=now)
        workers.update(claimed.exclude(claim="").values_list("claim", flat=True))
    return len(workers)


def is_work_free(run_id: int) -> bool:
    """Whether there is a chunk or a pack for one more worker."""
    now = timezone.now()
    return any(
        rows.filter(_not_claimed(now)).exists()
        for rows in (_chunks_to_set(run_id), _packs_to_make(run_id))
    )


def held(work: Work) -> QuerySet[Work]:
    """Return the row while this worker still holds it: every write goes through this.

    The claim is compared in the very row that is written, never in a subquery, which
    PostgreSQL would not look at again after waiting for another worker's write.
    """
    cancelled = LetterRun.objects.filter(
        pk=OuterRef("run_id"), status=RunStatus.CANCELLED
    )
    rows = cast("QuerySet[Work]", type(work)._default_manager.all())
    return rows.filter(~Exists(cancelled), pk=work.pk, claim=work.claim)


def give_back(work: Work) -> None:
    """Let others have work that this worker could not do."""
    held(work).update(claim="", claimed_until=None)


def is_all_done(run_id: int) -> bool:
    """Whether every chunk is set and every pack made."""
    return not (
        _chunks_to_set(run_id).exists()
        or LetterPack.objects.filter(run=run_id, made_at__isnull=True).exists()
    )


def count_done(run_id: int) -> tuple[int, int]:
    """Return how many chunks and packs are done, by any worker, and of how many."""
    chunks = LetterChunk.objects.filter(run=run_id)
    packs = LetterPack.objects.filter(run=run_id)
    done = chunks.filter(done_at__isnull=False).count()
    made = packs.filter(made_at__isnull=False).count()
    return done + made, chunks.count() + packs.count()


def unmake_packs(packs: QuerySet[LetterPack]) -> int:
    """Have packs made again; whoever is making one has lost it."""
    return packs.update(
        file="",
        sha256="",
        page_count=0,
        made_at=None,
        claim="",
        claimed_until=None,
    )


def _chunks_to_set(run_id: int) -> QuerySet[LetterChunk]:
    return LetterChunk.objects.filter(run=run_id, done_at__isnull=True)


def _packs_to_make(run_id: int) -> QuerySet[LetterPack]:
    unset = LetterChunk.objects.filter(pack=OuterRef("pk"), done_at__isnull=True)
    return LetterPack.objects.filter(~Exists(unset), run=run_id, made_at__isnull=True)
