"""The one way a run changes status: checked, and written down with who and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from housingplus.audit import services as audit
from housingplus.common.counting import plural
from housingplus.common.locking import lock
from tenants.letters import rules
from tenants.letters.models import LetterRun, LetterRunEvent, RunStatus

if TYPE_CHECKING:
    from officers.accounts.models import User


def counts_in_words(letters: int, exceptions: int) -> str:
    """Return "412 letters, 1 exception", as the history of a run says it."""
    return f"{plural(letters, 'letter')}, {plural(exceptions, 'exception')}"


def lock_run(run_id: int) -> LetterRun:
    """Return the run, locked until the transaction ends."""
    return lock(LetterRun.objects.defer("senders")).get(pk=run_id)


def move(
    run: LetterRun, *, to: RunStatus, by: User | None, note: str = "", **fields: object
) -> LetterRun:
    """Move a locked run on, setting `fields` with it."""
    rules.check_can_move(run, to=to)
    before = run.status
    run.status = to
    for name, value in fields.items():
        setattr(run, name, value)
    run.save(update_fields=["status", *fields])
    LetterRunEvent.objects.create(
        run=run, by=by, from_status=before, to_status=to, note=note[:300]
    )
    audit.record(
        f"letter run.{to}",
        subject=run,
        by=by,
        summary=note,
        changes={"status": [before, str(to)]},
    )
    return run
