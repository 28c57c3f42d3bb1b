"""Changing a run before it is approved: its wording, its day, its homes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from housingplus.audit import services as audit
from tenants.letters import rules
from tenants.letters.errors import MoveRefused
from tenants.letters.models import (
    LetterExceptionReason,
    LetterRun,
    LetterRunHome,
    LetterTemplate,
)
from tenants.letters.selectors.runs import current_version

from .moves import lock_run
from .runs import recompose_run
from .withdrawing import withdraw_left_out

if TYPE_CHECKING:
    from officers.accounts.models import User


@transaction.atomic
def edit_run(
    *,
    run: LetterRun,
    template: LetterTemplate,
    title: str,
    dated: dt.date,
    envelope: str,
    is_double_sided: bool,
    is_bilingual: bool,
    split: str,
    way_out: str,
    postage: str,
    email_letters: str,
    has_code: bool,
    has_fold_marks: bool,
    by: User,
) -> LetterRun:
    """Change a run that is ready to check, and work out again who gets a letter.

    The newest wording of the template is used. Homes left out stay out.
    """
    run = lock_run(run.pk)
    rules.check_can_edit(run)
    rules.check_changed_before(run.changed_since, dated)
    if template.pk != run.template_version.template_id:
        rules.check_template_in_use(template)
    values = {
        "template_version_id": current_version(template).pk,
        "title": title,
        "dated": dated,
        "envelope": envelope,
        "is_double_sided": is_double_sided,
        "is_bilingual": is_bilingual,
        "split": split,
        "way_out": way_out,
        "postage": postage,
        "email_letters": email_letters,
        "has_code": has_code,
        "has_fold_marks": has_fold_marks,
    }
    changes = {
        name: [_plain(getattr(run, name)), _plain(value)]
        for name, value in values.items()
        if getattr(run, name) != value
    }
    if changes:
        LetterRun.objects.filter(pk=run.pk).update(**values)
        audit.record("letter run.edited", subject=run, by=by, changes=changes)
    return recompose_run(run=run, by=by)


@transaction.atomic
def leave_out(*, run: LetterRun, home: LetterRunHome, reason: str, by: User) -> None:
    """Leave one home out of a run, with the reason; its letter goes.

    Once the run is posted the home counts as an exception until who answers changes.
    """
    run = lock_run(run.pk)
    rules.check_can_edit(run)
    row = run.homes.filter(pk=home.pk).first()
    if row is None:
        raise MoveRefused(
            "The run was worked out again meanwhile. Look for the home in it once more."
        )
    if row.is_exception:
        raise MoveRefused("This home gets no letter already.")
    withdraw_left_out(run, row, reason=reason)
    _record("letter run.home_left_out", run, row, by)


@transaction.atomic
def put_back(*, run: LetterRun, home: LetterRunHome, by: User) -> LetterRun:
    """Take a home that was left out into the run again, and compose it."""
    run = lock_run(run.pk)
    rules.check_can_edit(run)
    row = run.homes.filter(
        pk=home.pk, reason=LetterExceptionReason.DISMISSED, is_exception=True
    ).first()
    if row is None:
        raise MoveRefused("This home was not left out, or is back already.")
    _record("letter run.home_put_back", run, row, by)
    row.delete()
    run.home_count -= 1
    run.exception_count -= 1
    run.save(update_fields=["home_count", "exception_count"])
    return recompose_run(run=run, by=by)


def _record(verb: str, run: LetterRun, home: LetterRunHome, by: User) -> None:
    changes = {"property": [None, home.property_id]}
    audit.record(verb, subject=run, by=by, changes=changes)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value
