"""Where a home stands on a day, as expressions of a query on homes.

They name what `coverage.with_coverage` adds to the homes before: who answers, what the
household was told last, and the keys of both.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import (
    Case,
    CharField,
    F,
    OuterRef,
    Q,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Left, Length

from tenants.letters.models import LetterExceptionReason as Reason
from tenants.letters.models import LetterRunHome
from tenants.letters.reasons import MARKS

from .answering import CONTACT_LENGTH, tells
from .returns import households_to_check

# Why no letter went then, which says nothing of whether one is due now.
OF_THEIR_TIME = (Reason.NOT_DUE, Reason.RETURNED, Reason.CHANGED)
# A wording about an officer says nothing to homes whose team answers: another does.
NEEDS_OTHER_WORDING = Q(reason=Reason.MISSING_VALUE, told_key__contains=":team-")


class Coverage(TextChoices):
    """Where a home stands on a day."""

    TOLD = "told", "Told"
    DUE = "due", "Letter due"
    EXCEPTION = "exception", "Exception"


def because(reason: str) -> str:
    """Return how `stands` says that a home is an exception for a reason."""
    return f"{Coverage.EXCEPTION}:{reason}"


def state_and_reason(stands: str) -> tuple[Coverage, str]:
    """Return where a home stands and, of exceptions, why, from its `stands`."""
    state, _, reason = stands.partition(":")
    return Coverage(state), reason


def key_of(answerer: F | Coalesce) -> Concat:
    """Return what the household of a home is to be told of, as `told_key` writes it."""
    return Concat(Cast("household_on_day", CharField()), Value(":"), answerer)


def tells_of_now(short_cover: Iterable[int]) -> Q:
    """Return the condition that what was told is of who answers."""
    told = F("told_before")
    # Which patch it is comes first: it is cheaper to find out than what was told.
    covered = Q(in_patch__patch__in=list(short_cover))
    return Q(tells(told, F("key_now"))) | covered & Q(tells(told, F("key_meanwhile")))


def without_details(key: str) -> Left:
    """Return a key without the part that says which contact details were told."""
    return Left(F(key), Length(F(key)) - CONTACT_LENGTH)


def _because(reason: Reason) -> Value:
    return Value(because(reason))


def stands_on(day: dt.date, answered: list[int], told_now: Q) -> Case:
    """Return where a home stands; `answered` are patches somebody answers for."""
    return Case(
        When(household_on_day__isnull=True, then=_because(Reason.VOID)),
        When(lived_in__do_not_write=True, then=_because(Reason.DO_NOT_WRITE)),
        When(lived_in__safe_contact_only=True, then=_because(Reason.SAFE_CONTACT)),
        When(patch_on_day__isnull=True, then=_because(Reason.NO_PATCH)),
        When(~Q(in_patch__patch__in=answered), then=_because(Reason.NO_ANSWER)),
        When(
            household_on_day__in=households_to_check(day),
            then=_because(Reason.RETURNED),
        ),
        When(told_now & Q(write_again_on__isnull=True), then=Value(Coverage.TOLD)),
        default=_excepted_or_due(day),
        output_field=CharField(),
    )


def _excepted_or_due(day: dt.date) -> Case:
    """Return how homes not told stand: whether the last run could not write to them."""
    # Whether a letter that came back still waits, and whether a mark stops letters, is
    # asked before, as it is now.
    last = (
        LetterRunHome.objects.filter(
            property=OuterRef("pk"), is_exception=True, settled_on__lte=day
        )
        .exclude(reason__in=[*OF_THEIR_TIME, *MARKS])
        .exclude(NEEDS_OTHER_WORDING)
        .order_by("-settled_on", "-pk")
    )
    is_of_key = Q(tells(F("told_key"), OuterRef("key_now")))
    exception = Concat(Value(because("")), "reason")
    since_to_write_again = last.filter(
        is_of_key, settled_on__gte=OuterRef("write_again_on")
    )
    # Of who answers now, not of the same officer's time here before another's.
    of_now = Q(run__dated__gte=OuterRef("since")) & (
        is_of_key | Q(tells(F("told_key"), OuterRef("key_meanwhile")))
    )
    return Case(
        When(
            write_again_on__isnull=False,
            then=Coalesce(
                Subquery(since_to_write_again.values_list(exception)[:1]),
                Value(Coverage.DUE),
            ),
        ),
        default=Coalesce(
            Subquery(last.values_list(Case(When(of_now, then=exception)))[:1]),
            Value(Coverage.DUE),
        ),
    )
