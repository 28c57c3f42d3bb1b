"""Letters that came back: what they mean for a home, and reads for their pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)

from tenants.letters.models import (
    Channel,
    Letter,
    LetterRun,
    LetterRunHome,
    ReturnedLetter,
    ReturnOutcome,
    RunStatus,
)

if TYPE_CHECKING:
    from officers.accounts.models import User


def telling_returns(day: dt.date) -> QuerySet[ReturnedLetter]:
    """Letters back by a day that were the latest to tell their home who answers.

    Never a copy for a representative: the household had its own letter.
    """
    later = LetterRunHome.objects.filter(
        property=OuterRef("letter__home__property"),
        is_exception=False,
        settled_on__lte=day,
    ).filter(
        Q(settled_on__gt=OuterRef("letter__home__settled_on"))
        | Q(
            settled_on=OuterRef("letter__home__settled_on"),
            pk__gt=OuterRef("letter__home"),
        )
    )
    return (
        ReturnedLetter.objects.of_households()
        .filter(came_back_on__lte=day, letter__home__settled_on__lte=day)
        .filter(~Exists(later))
        .order_by()
    )


def households_to_check(day: dt.date) -> QuerySet[Any]:
    """Ids of households that must not be written to before somebody looked.

    Nobody has checked their letter yet, or found that the household is another now
    and has to be changed.
    """
    return (
        telling_returns(day)
        .filter(
            Q(checked_on__isnull=True)
            | Q(checked_on__gt=day)
            | Q(outcome=ReturnOutcome.NOBODY_THERE)
        )
        .values("letter__household")
    )


def write_again_since(day: dt.date) -> Case:
    """Return since when the household of `household_on_day` is to be written again."""
    again = telling_returns(day).filter(
        checked_on__lte=day, outcome=ReturnOutcome.WRITE_AGAIN
    )
    own = again.filter(letter__household=OuterRef("household_on_day"))
    # The list is read once; only homes on it are asked for their day.
    return Case(
        When(
            household_on_day__in=again.values("letter__household"),
            then=Subquery(own.order_by("-checked_on").values("checked_on")[:1]),
        ),
        output_field=DateField(null=True),
    )


def households_not_to_write_to(
    property_ids: Sequence[int], day: dt.date
) -> dict[int, dt.date]:
    """Return households of some homes whose letter came back, with the day; one query.

    As `households_to_check`, for composing.
    """
    rows = (
        telling_returns(day)
        .filter(letter__home__property__among=property_ids)
        .filter(letter__household__in=households_to_check(day))
    )
    return dict(rows.values_list("letter__household", "came_back_on"))


def emails_that_failed(property_ids: Sequence[int]) -> set[tuple[int, str]]:
    """Return households of some homes with the e-mail address that did not work."""
    return set(
        ReturnedLetter.objects.filter(
            letter__home__property__among=property_ids, letter__channel=Channel.EMAIL
        ).values_list("letter__household", "letter__email")
    )


def list_returns(user: User) -> QuerySet[Any]:
    """Letters that came back and the person may see, with what the list shows."""
    return (
        ReturnedLetter.objects.visible_to(user)
        .select_related(
            "letter__home__property__ward",
            "letter__patch",
            "letter__run",
            "checked_by",
            "recorded_by",
        )
        .defer("letter__values", "letter__run__senders")
    )


def count_to_check(user: User) -> int:
    """How many letters that came back wait for this person, or a colleague."""
    return ReturnedLetter.objects.visible_to(user).to_check().count()


def count_returns_of_run(user: User, run: LetterRun) -> int:
    """How many letters of a run came back, of those the person may see."""
    if run.status != RunStatus.POSTED:
        return 0
    return ReturnedLetter.objects.visible_to(user).filter(letter__run=run).count()


def rates_by_patch(user: User) -> QuerySet[Any]:
    """Letters posted and come back by the patch they were written for.

    Rows are dictionaries; only letters the person may see are counted. Copies for
    representatives are not: they go to other places, and say nothing of the patch.
    """
    return (
        Letter.objects.visible_to(user)
        .to_households()
        .filter(run__status=RunStatus.POSTED)
        .order_by()
        .values("patch", "patch__code", "patch__name", "patch__ward__name")
        .annotate(
            posted=Count("pk"),
            back=Count("returned"),
            to_check=Count("returned", filter=Q(returned__checked_on__isnull=True)),
        )
        .annotate(
            percent=ExpressionWrapper(
                100.0 * F("back") / F("posted"), output_field=FloatField()
            )
        )
    )
