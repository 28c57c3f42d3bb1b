"""The demo city after its first mailing, for the benchmarks.

Everybody was written to a month ago. Since then letters came back, households moved in,
leads and telephone numbers changed, and the letters due in one ward are in hand.
"""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from typing import TYPE_CHECKING

import _design_city

if TYPE_CHECKING:
    from tenants.models import LetterRun

POSTED_DAYS_AGO = 30
# Of a hundred homes, or of a hundred patches.
CAME_BACK, MOVED_IN, NEW_LEADS, NEW_NUMBERS = 2, 1, 4, 4


def tell_everybody() -> None:
    """Post the introduction to the city of this process's database.

    Its packs are not made: what homes were told is known without them.
    """
    from django.db import connection

    from housingplus.common.dates import today
    from tenants.letters.services import runs
    from tenants.models import LetterRun

    run = _compose(_introduction())
    by = _design_city.manager()
    runs.approve_run(run=run, by=by)
    LetterRun.objects.filter(pk=run.pk).update(status="produced")
    runs.mark_posted(run=run, posted_on=today(), by=by)
    posted_on = today() - dt.timedelta(days=POSTED_DAYS_AGO)
    run.homes.update(settled_on=posted_on)
    LetterRun.objects.filter(pk=run.pk).update(posted_on=posted_on)
    _bring_some_back(run, posted_on)
    _move_some_in()
    _change_who_answers()
    _take_a_ward_in_hand()
    with connection.cursor() as cursor:
        # As after the city was built.
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")


def _introduction() -> LetterRun:
    from housingplus.common.dates import today
    from tenants.letters.models import EmailLetters, LetterTemplate, ScopeKind
    from tenants.letters.selectors.runs import current_version
    from tenants.letters.services.runs import create_run

    template = LetterTemplate.objects.filter(purpose="introduction").first()
    return create_run(
        template_version=current_version(template),
        title="Everybody",
        dated=today(),
        scope_kind=ScopeKind.ALL,
        scope_ids=[],
        email_letters=EmailLetters.PRINT,
        token=uuid.uuid4(),
        by=_design_city.manager(),
    )


def _compose(run: LetterRun) -> LetterRun:
    """Compose a run here, as a worker does."""
    from housingplus.jobs.services import run_job
    from tenants.letters.services.composing import compose

    run_job(run.compose_job_id, partial(compose, run.pk))
    run.refresh_from_db()
    if run.status != "composed":
        raise SystemExit(f"{run} is {run.status}")
    return run


def _bring_some_back(run: LetterRun, posted_on: dt.date) -> None:
    """A third of what came back was not looked into, a third is to be written again."""
    from tenants.models import ReturnedLetter

    by = _design_city.manager()
    outcomes = ["", "write_again", "told_otherwise"]
    back, checked = (posted_on + dt.timedelta(days=days) for days in (5, 10))
    letters = run.letters.filter(is_copy=False).order_by("pk").only("pk")
    rows = []
    for number, letter in enumerate(letters[:: 100 // CAME_BACK]):
        outcome = outcomes[number % len(outcomes)]
        row = ReturnedLetter(
            letter=letter, reason="gone_away", came_back_on=back, recorded_by=by
        )
        if outcome:
            row.outcome, row.checked_on, row.checked_by = outcome, checked, by
        rows.append(row)
    ReturnedLetter.objects.bulk_create(rows, batch_size=500)


def _move_some_in() -> None:
    from housingplus.common.dates import today
    from tenants.models import Household

    left = today() - dt.timedelta(days=8)
    leaving = list(
        Household.objects.filter(ends_on=None, starts_on__lt=left).order_by("pk")
    )[7 :: 100 // MOVED_IN]
    Household.objects.filter(pk__in=[one.pk for one in leaving]).update(ends_on=left)
    Household.objects.bulk_create(
        [
            Household(
                property_id=one.property_id, starts_on=left + dt.timedelta(days=1)
            )
            for one in leaving
        ]
    )


def _change_who_answers() -> None:
    """Some officers get another patch's, and some a new number."""
    from housingplus.common.dates import today
    from officers.assignments.services import assign_lead
    from officers.directory.services import edit_officer
    from officers.models import Officer
    from patches.models import Patch

    leads = Officer.objects.filter(
        assignments__kind="lead", assignments__ends_on=None
    ).order_by("pk")
    leads = list(leads.distinct())
    patches = list(Patch.objects.current().order_by("pk"))
    for patch, officer in zip(
        patches[:: 100 // NEW_LEADS], leads[1 :: 100 // NEW_LEADS], strict=False
    ):
        assign_lead(
            patch=patch,
            officer=officer,
            starts_on=today() - dt.timedelta(days=3),
            by=None,
        )
    for officer in leads[2 :: 100 // NEW_NUMBERS]:
        edit_officer(
            officer=officer,
            version=officer.version,
            details={"phone": "01632 960999"},
            by=None,
        )


def _take_a_ward_in_hand() -> None:
    """Approve the letters due in one ward; they are not posted yet."""
    from housingplus.common.dates import today
    from patches.models import Ward
    from tenants.letters.services.due import prepare_letters_due
    from tenants.letters.services.runs import approve_run

    wards = Ward.objects.order_by("name")[:1]
    for run in prepare_letters_due(day=today(), wards=wards, by=None):
        approve_run(run=_compose(run), by=_design_city.manager())
