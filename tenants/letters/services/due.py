"""Letters due become draft runs, one for each ward, without anyone remembering."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from housingplus.common.dates import long_date, today
from tenants.letters import rules
from tenants.letters.errors import TemplateRefused
from tenants.letters.models import (
    DueCause,
    Letter,
    LetterExceptionReason,
    LetterRun,
    LetterTemplate,
    LetterTemplateVersion,
    RunStatus,
    ScopeKind,
)
from tenants.letters.selectors.coverage import DueWard, list_due
from tenants.letters.selectors.due import open_runs_of_due
from tenants.letters.selectors.runs import current_version

from .moves import lock_run, move
from .runs import create_run

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.wards.models import Ward

Purpose = LetterTemplate.Purpose
# Households that never heard of an officer are introduced to theirs.
_FIRST_TIME = {DueCause.NEVER_TOLD, DueCause.NEW_HOUSEHOLD}
_NAMESPACE = uuid.UUID("5b0b3f0e-6a43-4ff5-9d0e-0d6c1f7f2a11")


def prepare_letters_due(
    *, day: dt.date, wards: Iterable[Ward], by: User | None
) -> list[LetterRun]:
    """Make a draft run of the letters due on a day in each ward that has none open.

    A ward whose run of letters due is not yet approved is left: that run is worked out
    again from its own page. One whose run is approved, but not posted, gets another for
    the homes that one does not have. Asking twice makes each once.
    """
    chosen = {ward.pk: ward for ward in wards}
    runs = open_runs_of_due(chosen)
    taken = {pk for pk, run in runs.items() if run.approved_at is None}
    found = {
        pk: due
        for pk, due in list_due(day, ward_ids=chosen).items()
        if due.to_prepare and pk not in taken
    }
    return [
        _prepare(ward=chosen[pk], due=due, day=day, by=by)
        for pk, due in sorted(found.items(), key=lambda one: chosen[one[0]].name)
    ]


def _prepare(*, ward: Ward, due: DueWard, day: dt.date, by: User | None) -> LetterRun:
    earlier = LetterRun.objects.filter(
        only_due=True, dated=day, scope_kind=ScopeKind.WARDS, scope_ids=[ward.pk]
    ).count()
    number = f" ({earlier + 1})" if earlier else ""
    return create_run(
        template_version=_wording(due),
        title=f"Letters due: {ward.name[:80]}, {long_date(day)}{number}",
        dated=day,
        scope_kind=ScopeKind.WARDS,
        scope_ids=[ward.pk],
        only_due=True,
        # One for each ward, day and earlier attempt: asking twice makes one run.
        token=uuid.uuid5(_NAMESPACE, f"{ward.pk} {day} {earlier}"),
        by=by,
    )


@transaction.atomic
def dismiss_run(*, run: LetterRun, reason: str, by: User) -> LetterRun:
    """Decide that the letters of a run of letters due are not needed.

    Its homes count as exceptions from today, until who answers for them changes again.
    """
    run = lock_run(run.pk)
    rules.check_can_dismiss(run)
    written = run.homes.filter(is_exception=False)
    Letter.objects.filter(run=run).delete()
    written.update(
        is_exception=True,
        reason=LetterExceptionReason.DISMISSED,
        detail=reason[:300],
    )
    # Homes left out one by one before keep their own reason.
    run.homes.filter(reason=LetterExceptionReason.DISMISSED).update(
        settled_on=max(today(), run.dated)
    )
    return move(
        run,
        to=RunStatus.CANCELLED,
        by=by,
        note=f"Dismissed: {reason}",
        letter_count=0,
        exception_count=run.home_count,
    )


def _wording(due: DueWard) -> LetterTemplateVersion:
    """The newest wording that fits most of the homes."""
    first = sum(count for cause, count in due.causes.items() if cause in _FIRST_TIME)
    wanted: list[str] = [Purpose.INTRODUCTION, Purpose.CHANGE]
    if set(due.causes) == {DueCause.CONTACT}:
        wanted.insert(0, Purpose.CONTACT)
    elif due.is_of_team:
        wanted.insert(0, Purpose.VACANCY)
    elif first * 2 < due.homes and DueCause.CONTACT not in due.causes:
        # Not "you have a new officer" where only the number of theirs is new.
        wanted.reverse()
    templates = LetterTemplate.objects.filter(is_archived=False, purpose__in=wanted)
    found = sorted(templates, key=lambda row: (wanted.index(row.purpose), row.pk))
    if not found:
        raise TemplateRefused(
            "There is no template that introduces an officer or tells of a change. Add "
            "one under Letters, Templates."
        )
    return current_version(found[0])
