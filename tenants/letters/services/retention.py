"""Erasing what letters said when their time of keeping is over.

That a household was told, by which letter, of whom and when stays: coverage and the
proof go on counting it. Whom the letter named, where it went and its files go.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db import transaction

from housingplus.audit import services as audit
from housingplus.common.counting import plural
from tenants.letters import rules
from tenants.letters.models import Channel, LetterRun, ReturnedLetter, RunStatus

from . import files
from .moves import lock_run

# An e-mail must have had an address; this one can never be anybody's.
ERASED_EMAIL = "erased@erased.invalid"
# Nor is a letter ever given up without a reason.
ERASED_REASON = "Erased"


def runs_to_erase(day: dt.date) -> list[LetterRun]:
    """Return runs that have ended and whose time of keeping was over before a day."""
    ended = LetterRun.objects.filter(
        status__in=[RunStatus.POSTED, RunStatus.CANCELLED], erased_on__isnull=True
    )
    return [
        run
        for run in ended.defer("senders").order_by("pk")
        if (last := rules.kept_until(run)) and last < day
    ]


@transaction.atomic
def erase_run(*, run: LetterRun, day: dt.date) -> LetterRun:
    """Erase names, addresses, values and files of a run; a second time does nothing."""
    run = lock_run(run.pk)
    if run.erased_on:
        return run
    letters = run.letters.all()
    letters.update(
        addressee="",
        salutation="",
        address_lines=[],
        written_to="",
        values={},
        wanted_language="",
    )
    letters.filter(channel=Channel.EMAIL).update(email=ERASED_EMAIL)
    run.homes.update(detail="")
    run.deliveries.update(error="")
    given_up = run.deliveries.filter(given_up_at__isnull=False)
    given_up.update(given_up_reason=ERASED_REASON)
    ReturnedLetter.objects.filter(letter__run=run).update(note="")
    run.senders = {}
    run.erased_on = day
    run.save(update_fields=["senders", "erased_on"])
    audit.record(
        "letter run.erased",
        subject=run,
        by=None,
        summary=f"What {plural(run.letter_count, 'letter')} said",
    )
    transaction.on_commit(partial(files.remove_run, run.pk))
    return run
