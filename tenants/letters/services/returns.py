"""Recording letters that came back, and what was found out about them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from housingplus.audit import services as audit
from housingplus.audit.conflicts import changed_by_whom
from housingplus.common.dates import today
from housingplus.common.locking import lock
from tenants.letters import rules
from tenants.letters.errors import ReturnChanged
from tenants.letters.models import (
    Letter,
    LetterDelivery,
    ReturnedLetter,
    ReturnOutcome,
    ReturnReason,
    RunStatus,
)

if TYPE_CHECKING:
    from officers.accounts.models import User

_REFERENCE = re.compile(r"L\d{4,}-\d{5,}")


@dataclass(frozen=True)
class Return:
    """One letter as it was read in: its reference, why and when it came back."""

    reference: str
    reason: str
    came_back_on: dt.date
    note: str = ""

    @property
    def key(self) -> str:
        """The reference as printed, however a scanner or a person gave it.

        Scanners can be set to type a mark of the kind of code before what they read.
        """
        compact = "".join(self.reference.split()).upper()
        found = _REFERENCE.search(compact)
        return found.group() if found else compact


@dataclass
class Recorded:
    """What became of each letter read in, in the order they were read."""

    recorded: list[ReturnedLetter] = field(default_factory=list)
    already: list[ReturnedLetter] = field(default_factory=list)
    not_posted: list[Letter] = field(default_factory=list)
    too_early: list[tuple[Return, Letter]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


@transaction.atomic
def record_returns(*, returns: Sequence[Return], by: User) -> Recorded:
    """Record letters that came back; those that cannot be are named, not refused.

    The same letter twice, in one list or in two at once, is recorded once. A letter of
    homes the person may not see is unknown to them.
    """
    rules.check_returns([one.came_back_on for one in returns])
    keys = {one.key for one in returns}
    visible = Letter.objects.visible_to(by).filter(reference__in=keys)
    locked = lock(Letter.objects.filter(pk__in=visible.values("pk")))
    letters = {
        letter.reference: letter
        for letter in locked.select_related("run", "home__property").defer(
            "values", "run__senders"
        )
    }
    known = {
        row.letter_id: row
        for row in ReturnedLetter.objects.filter(letter__in=letters.values())
    }
    came = Recorded()
    seen: set[str] = set()
    new: list[ReturnedLetter] = []
    for one in returns:
        if one.key in seen:
            continue
        seen.add(one.key)
        letter = letters.get(one.key)
        if letter is None:
            came.unknown.append(one.reference.strip())
        elif row := known.get(letter.pk):
            row.letter = letter
            came.already.append(row)
        elif letter.run.status != RunStatus.POSTED:
            came.not_posted.append(letter)
        elif letter.run.posted_on is None or one.came_back_on < letter.run.posted_on:
            came.too_early.append((one, letter))
        else:
            new.append(
                ReturnedLetter(
                    letter=letter,
                    reason=one.reason,
                    came_back_on=one.came_back_on,
                    note=one.note[:300],
                    recorded_by=by,
                )
            )
    came.recorded = ReturnedLetter.objects.bulk_create(new, batch_size=500)
    audit.record_many(
        "letter.came back",
        subjects=came.recorded,
        by=by,
        changes={
            row.pk: {
                "letter": [None, row.letter.reference],
                "reason": [None, row.reason],
                "came_back_on": [None, row.came_back_on.isoformat()],
            }
            for row in came.recorded
        },
    )
    return came


def record_not_sent(delivery: LetterDelivery, *, on: dt.date, by: User) -> None:
    """Count a letter given up as come back, to be written again.

    A copy is not: somebody has to look where its representative can be reached.
    Inside a transaction that posts its run, or after it was posted.
    """
    decided = {
        "outcome": ReturnOutcome.WRITE_AGAIN,
        "checked_on": on,
        "checked_by": by,
    }
    row, is_new = ReturnedLetter.objects.get_or_create(
        letter=delivery.letter,
        defaults={
            "reason": ReturnReason.NOT_SENT,
            "came_back_on": on,
            "note": delivery.given_up_reason,
            "recorded_by": by,
            **({} if delivery.letter.is_copy else decided),
        },
    )
    if is_new:
        audit.record(
            "letter.could not be sent",
            subject=row,
            by=by,
            summary=delivery.given_up_reason,
        )


@transaction.atomic
def check_return(
    *, returned: ReturnedLetter, outcome: str, note: str, version: int, by: User
) -> ReturnedLetter:
    """Say what was found out about a letter that came back, from today.

    `version` is the one the person saw; another means somebody checked it meanwhile.
    """
    row = lock(ReturnedLetter.objects.filter(pk=returned.pk)).get()
    if row.version != version:
        raise ReturnChanged(changed_by_whom(row))
    rules.check_outcome_fits(outcome, is_copy=returned.letter.is_copy)
    rules.check_copies_stopped(outcome, returned.letter)
    before = row.outcome
    row.outcome, row.note = outcome, note
    row.checked_on, row.checked_by = today(), by
    row.version += 1
    row.save(update_fields=["outcome", "note", "checked_on", "checked_by", "version"])
    audit.record(
        "letter.checked after it came back",
        subject=row,
        by=by,
        changes={"outcome": [before, outcome]},
    )
    return row
