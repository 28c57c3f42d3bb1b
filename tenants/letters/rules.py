"""What may happen to a letter run, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from housingplus.common.counting import plural
from housingplus.common.dates import long_date, today, years_after
from housingplus.jobs.models import LEASE, JobStatus

from .errors import (
    LetterErased,
    MarkedSince,
    MoveRefused,
    NotDueAnyMore,
    NothingToSend,
    NotSent,
    NumbersDoNotAdd,
    ReturnRefused,
    RunChanged,
    SecondPersonNeeded,
    TemplateRefused,
)
from .models import (
    OUTCOMES_OF_COPIES,
    Letter,
    LetterRun,
    LetterTemplate,
    ReturnOutcome,
    RunStatus,
)
from .selectors.copies import representative_lines

if TYPE_CHECKING:
    from housingplus.jobs.models import Job
    from officers.accounts.models import User
    from tenants.households.models import CommunicationNeeds, Household

# How far ahead a run may be set to be produced.
MOST_DAYS_AHEAD = 366

# Letters that came back, recorded in one go.
MOST_RETURNS = 5_000

# Every status, and those that may come after it.
MOVES: dict[RunStatus, frozenset[RunStatus]] = {
    RunStatus.COMPOSING: frozenset(
        {RunStatus.COMPOSED, RunStatus.FAILED, RunStatus.CANCELLED}
    ),
    RunStatus.COMPOSED: frozenset(
        {RunStatus.COMPOSING, RunStatus.APPROVED, RunStatus.CANCELLED}
    ),
    RunStatus.APPROVED: frozenset({RunStatus.PRODUCING, RunStatus.CANCELLED}),
    RunStatus.PRODUCING: frozenset(
        {
            RunStatus.PRODUCED,
            RunStatus.PAUSED,
            RunStatus.FAILED,
            RunStatus.CANCELLED,
        }
    ),
    RunStatus.PAUSED: frozenset({RunStatus.PRODUCING, RunStatus.CANCELLED}),
    RunStatus.PRODUCED: frozenset(
        {RunStatus.PRODUCING, RunStatus.POSTED, RunStatus.CANCELLED}
    ),
    RunStatus.FAILED: frozenset(
        {RunStatus.COMPOSING, RunStatus.PRODUCING, RunStatus.CANCELLED}
    ),
    RunStatus.POSTED: frozenset(),
    RunStatus.CANCELLED: frozenset(),
}


def check_can_move(run: LetterRun, *, to: RunStatus) -> None:
    """A run goes from one status to another only as the table says.

    What failed before approval is composed again; after it, produced again.
    """
    allowed = MOVES[RunStatus(run.status)]
    if run.status == RunStatus.FAILED:
        retry = RunStatus.PRODUCING if run.approved_at else RunStatus.COMPOSING
        allowed = allowed & {retry, RunStatus.CANCELLED}
    if to not in allowed:
        raise MoveRefused(
            f"“{run.title}” is {_said(run.status)}, so it cannot become {_said(to)}. "
            "Somebody may have changed it meanwhile."
        )


def can_move(run: LetterRun, to: RunStatus) -> bool:
    """Whether `check_can_move` lets the run go on."""
    try:
        check_can_move(run, to=to)
    except MoveRefused:
        return False
    return True


def _said(status: str) -> str:
    return str(RunStatus(status).label).lower()


def check_adds_up(run: LetterRun) -> None:
    """Homes in scope are homes with letters and exceptions (DESIGN.md §4, rule 5)."""
    homes = run.homes.count()
    exceptions = run.homes.filter(is_exception=True).count()
    # A home with nothing but a copy for a representative would be nobody's.
    with_letters = run.homes.filter(letters__is_copy=False).distinct().count()
    crossed = run.homes.filter(is_exception=True, letters__isnull=False).exists()
    if homes != exceptions + with_letters or crossed or homes != run.home_count:
        raise NumbersDoNotAdd(
            "The homes of this run are not its letters and exceptions. "
            "Compose it again before anything is printed."
        )


def check_has_letters(run: LetterRun) -> None:
    """A run without a letter cannot be approved."""
    if not run.letter_count:
        raise NothingToSend(
            "This run has no letters. See the exceptions for the reasons, put them "
            "right and compose it again, or cancel it."
        )


def seen_mark(run: LetterRun) -> str:
    """Return what changes when a run is worked out again or homes are left out."""
    return f"{run.compose_job_id}-{run.letter_count}-{run.exception_count}"


def check_is_as_seen(run: LetterRun, seen: str) -> None:
    """Nobody approves letters that became others after they were shown."""
    if seen != seen_mark(run):
        raise RunChanged(
            "The run was changed after the page was shown to you. Check it again, then "
            "approve it."
        )


def check_second_person(run: LetterRun, *, by: User) -> None:
    """With LETTERS_NEED_SECOND_PERSON on, the maker of a run may not approve it."""
    if settings.LETTERS_NEED_SECOND_PERSON and run.created_by_id == by.pk:
        raise SecondPersonNeeded(
            "You prepared this run, so somebody else must approve it."
        )


def check_nobody_marked_since(run: LetterRun) -> None:
    """No letter of the packs is to a household now marked do not write (rule 7).

    And no copy is to somebody who is to have none any more.
    """
    marked = Letter.objects.filter(run=run).marked_since().count()
    if marked:
        letters = plural(marked, "letter")
        raise MarkedSince(
            f"{letters} of this run must not be sent: after the packs were made the "
            "household was marked do not write, or wants no such copies any more. Make "
            "the packs again without them."
        )


def check_schedule(run: LetterRun, at: dt.datetime) -> None:
    """An approved run may be produced later: not in the past, and within a year."""
    if run.status != RunStatus.APPROVED:
        raise MoveRefused(
            f"“{run.title}” is {_said(run.status)}. Only an approved run can be set to "
            "be produced later."
        )
    if at <= timezone.now():
        raise MoveRefused(
            "Choose a day and time that are still to come.", field="scheduled_on"
        )
    if timezone.localdate(at) > today() + dt.timedelta(days=MOST_DAYS_AHEAD):
        raise MoveRefused(
            "The letters can be produced up to a year from now.", field="scheduled_on"
        )


def is_schedule_late(run: LetterRun) -> bool:
    """Whether a run should have been started by itself an hour ago."""
    return run.scheduled_for is not None and (
        run.scheduled_for < timezone.now() - dt.timedelta(hours=1)
    )


def check_can_dismiss(run: LetterRun) -> None:
    """Only a run of letters due can be dismissed, and only before it is approved."""
    if not run.only_due or run.status != RunStatus.COMPOSED:
        raise MoveRefused(
            f"“{run.title}” is {_said(run.status)}, so it cannot be dismissed. Only "
            "letters due that are waiting for approval can."
        )


def check_can_edit(run: LetterRun) -> None:
    """A run is changed, and homes left out of it, only before it is approved."""
    if not can_edit(run):
        raise MoveRefused(
            f"“{run.title}” is {_said(run.status)}, so it cannot be changed. Only a "
            "run that is ready to check can."
        )


def can_edit(run: LetterRun) -> bool:
    """Whether `check_can_edit` lets the run be changed."""
    return run.status == RunStatus.COMPOSED


def check_changed_before(changed_since: dt.date | None, dated: dt.date) -> None:
    """A change is looked for between a day and a later one, that of the letters."""
    if changed_since is not None and changed_since >= dated:
        raise MoveRefused(
            "The date on the letters must be after "
            f"{long_date(changed_since)}, since when a change is looked for.",
            field="dated",
        )


def can_dismiss(run: LetterRun) -> bool:
    """Whether `check_can_dismiss` lets the run be dismissed."""
    return run.only_due and run.status == RunStatus.COMPOSED


def check_all_still_due(run: LetterRun, *, not_due: int) -> None:
    """No letter of a run of letters due tells what is not so any more."""
    if not_due:
        letters = plural(not_due, "home")
        raise NotDueAnyMore(
            f"The letters to {letters} of this run are not due any more: the change "
            "was undone, they were told meanwhile or an earlier letter came back. Make "
            "the packs again without them."
        )


def check_posted_on(run: LetterRun, posted_on: dt.date) -> None:
    """Letters are posted after they were approved, and not in the future."""
    if posted_on > today():
        raise MoveRefused(
            "The date of posting cannot be after today.", field="posted_on"
        )
    if run.approved_at and posted_on < timezone.localdate(run.approved_at):
        approved = long_date(timezone.localdate(run.approved_at))
        raise MoveRefused(
            f"The date of posting cannot be before {approved}, when the run was "
            "approved.",
            field="posted_on",
        )


def check_can_send(run: LetterRun) -> None:
    """Letters are sent once they are produced, and until the run is posted."""
    if run.status != RunStatus.PRODUCED:
        raise MoveRefused(
            f"“{run.title}” is {_said(run.status)}, so nothing of it can be sent."
        )


def check_all_sent(*, left: int) -> None:
    """A run is posted when each letter to be sent was, or was given up by somebody."""
    if left:
        letters = plural(left, "letter")
        raise NotSent(
            f"{letters} of this run still must be sent, or given up with a reason. See "
            "the run’s page under Sending."
        )


def check_nothing_gone(*, gone: int) -> None:
    """A run of which a household has had a letter already is not cancelled."""
    if gone:
        letters = plural(gone, "letter")
        raise MoveRefused(
            f"{letters} of this run went out already, so it cannot be cancelled. Give "
            "up those that were not sent, and mark it as posted."
        )


def check_returns(days: Collection[dt.date]) -> None:
    """No letter comes back after today, and a list of them has an end."""
    if len(days) > MOST_RETURNS:
        raise ReturnRefused(f"Record up to {MOST_RETURNS:,} letters at a time.")
    if any(day > today() for day in days):
        raise ReturnRefused(
            "The date it came back cannot be after today.", field="came_back_on"
        )


def check_outcome_fits(outcome: str, *, is_copy: bool) -> None:
    """A copy that came back tells of its representative, a letter of its home."""
    if (outcome in OUTCOMES_OF_COPIES) != is_copy:
        raise ReturnRefused(
            "Select something that can be found out about this letter.", field="outcome"
        )


def has_left(household: Household) -> bool:
    """Whether a household lives there no more: nothing about it can be changed."""
    return household.ends_on is not None and household.ends_on < today()


def check_copies_stopped(outcome: str, letter: Letter) -> None:
    """Nobody says that copies have stopped while they still go where one came from."""
    if outcome != ReturnOutcome.NO_MORE_COPIES:
        return
    household = letter.household
    needs: CommunicationNeeds | None = getattr(household, "needs", None)
    if needs is None or not needs.copy_to_representative or has_left(household):
        return
    if letter.address_lines == list(representative_lines(needs)):
        raise ReturnRefused(
            "Copies still go to this representative. Stop them first: the household’s "
            "communication needs say who has copies.",
            field="outcome",
        )


def says_who_answers(run: LetterRun) -> bool:
    """Whether the run's letters say who answers: every purpose but "other" does."""
    return run.template_version.template.purpose != LetterTemplate.Purpose.OTHER


def kept_until(run: LetterRun) -> dt.date | None:
    """Return the last day on which what a run's letters said is kept.

    `LETTERS_KEPT_YEARS` after it was posted, or begun if it was cancelled. None: for
    ever, or the run has not ended.
    """
    if not settings.LETTERS_KEPT_YEARS:
        return None
    if run.status not in {RunStatus.POSTED, RunStatus.CANCELLED}:
        return None
    ended = run.posted_on or timezone.localdate(run.created_at)
    return years_after(ended, settings.LETTERS_KEPT_YEARS)


def check_still_kept(run: LetterRun) -> None:
    """Refuse what would show or print letters that were erased."""
    if run.erased_on:
        raise LetterErased(
            f"What these letters said was erased on {long_date(run.erased_on)}, after "
            f"{settings.LETTERS_KEPT_YEARS} years. Who was told, of whom and when is "
            "still known."
        )


def check_template_in_use(template: LetterTemplate) -> None:
    """An archived template writes no new letters."""
    if template.is_archived:
        raise TemplateRefused(
            f"“{template.name}” is archived. Choose another template.", field="template"
        )


def is_at_work(run: LetterRun) -> bool:
    """Whether background work is going on, or should be."""
    return run.status in {RunStatus.COMPOSING, RunStatus.PRODUCING}


def job_of(run: LetterRun) -> Job | None:
    """Return the background work of the run's present stage, if it has one."""
    if run.status == RunStatus.COMPOSING:
        return run.compose_job
    if run.status in {RunStatus.PRODUCING, RunStatus.PAUSED}:
        return run.produce_job
    if run.status == RunStatus.FAILED:
        return run.produce_job if run.approved_at else run.compose_job
    return None


def is_sending(run: LetterRun) -> bool:
    """Whether letters of the run are being sent, by a worker that still lives."""
    job = run.send_job
    return job is not None and not job.is_finished and not job.is_stalled


def has_stopped(run: LetterRun) -> bool:
    """Whether the run waits for work that nobody is doing, so may be started again."""
    if not is_at_work(run):
        return False
    job = job_of(run)
    if job is None or job.is_finished or job.is_stalled:
        return True
    return job.status == JobStatus.WAITING and job.created_at < timezone.now() - LEASE
