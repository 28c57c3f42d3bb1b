"""Which homes have been told who answers for them, on any day?

Every home under management is told, due a letter, or an exception by reason: the three
add up to the homes. It is worked out in the database from what is so on the day and
from the runs posted until then, so nothing has to notice a change for it to be due.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from housingplus.common.models import in_force
from patches.properties.models import Property
from patches.register.models import Patch
from tenants.letters.models import (
    DueCause,
    LetterRun,
    LetterRunHome,
    LetterTemplate,
    RunStatus,
)

from .answering import answers_to_tell, tells, tells_of_same
from .returns import write_again_since
from .standing import (
    NEEDS_OTHER_WORDING,
    OF_THEIR_TIME,
    Coverage,
    key_of,
    stands_on,
    state_and_reason,
    tells_of_now,
    without_details,
)
from .tables import day_by, text_by

_ALWAYS = dt.date(1900, 1, 1)


@dataclass
class CoverageCounts:
    """Homes by where they stand; told + due + exceptions = homes."""

    told: int = 0
    due: int = 0
    exceptions: dict[str, int] = field(default_factory=dict)

    @property
    def exception_count(self) -> int:
        return sum(self.exceptions.values())

    @property
    def homes(self) -> int:
        return self.told + self.due + self.exception_count

    @property
    def told_percent(self) -> int:
        """Of the homes a letter can go to, rounded down: 100 means everyone."""
        reachable = self.told + self.due
        return 100 * self.told // reachable if reachable else 100

    def add(self, state: Coverage, reason: str, count: int) -> None:
        if state == Coverage.TOLD:
            self.told += count
        elif state == Coverage.DUE:
            self.due += count
        else:
            self.exceptions[reason] = self.exceptions.get(reason, 0) + count


def with_coverage(
    homes: QuerySet[Property], day: dt.date, *, details_on: dt.date | None = None
) -> QuerySet[Any]:
    """Annotate homes with where they stand on a day.

    Adds `patch_on_day`, `patch_code`, `stands` (told, due, or an exception with its
    reason: see `state_and_reason`), `since` (the first day of who answers for the
    household there), `cause` (a `DueCause`, of letters due) and `due_since`. Contact
    details are those of the day, or of `details_on`. At most seven queries more than
    the homes' own.
    """
    patches = Patch.objects.as_at(day).select_related("ward")
    answers = answers_to_tell(patches, day, details_on=details_on or day)
    meanwhile = {pk: one.meanwhile for pk, one in answers.items() if one.meanwhile}
    last_told = LetterRunHome.objects.filter(
        property=OuterRef("pk"), is_exception=False, settled_on__lte=day
    ).order_by("-settled_on", "-pk")
    told_now = tells_of_now(meanwhile)
    came_back = Q(write_again_on__isnull=False) & told_now
    knows_them = tells_of_same(F("told_before"), without_details("key_now"))
    return (
        homes.alias(
            in_patch=FilteredRelation(
                "memberships", condition=in_force(day, "memberships__")
            ),
            lived_in=FilteredRelation(
                "households", condition=in_force(day, "households__")
            ),
        )
        .alias(
            household_on_day=F("lived_in__pk"),
            answerer=text_by(
                "in_patch__patch", {pk: one.key for pk, one in answers.items()}
            ),
        )
        .alias(
            key_now=key_of(F("answerer")),
            # Never the key of a home whose patch nobody answers for.
            key_meanwhile=key_of(text_by("in_patch__patch", meanwhile, default="-")),
            told_before=Subquery(last_told.values("told_key")[:1]),
            write_again_on=write_again_since(day),
        )
        .annotate(
            patch_on_day=F("in_patch__patch"),
            patch_code=F("in_patch__patch__code"),
            since=Greatest(
                Coalesce(F("in_patch__starts_on"), Value(_ALWAYS)),
                Coalesce(F("lived_in__starts_on"), Value(_ALWAYS)),
                day_by(
                    "in_patch__patch",
                    {pk: one.since for pk, one in answers.items()},
                    default=_ALWAYS,
                ),
            ),
        )
        .annotate(
            stands=stands_on(day, [pk for pk in answers if answers[pk].key], told_now),
            cause=Case(
                When(told_before__isnull=True, then=Value(DueCause.NEVER_TOLD)),
                When(came_back, then=Value(DueCause.RETURNED)),
                When(knows_them, then=Value(DueCause.CONTACT)),
                When(
                    since=F("lived_in__starts_on"), then=Value(DueCause.NEW_HOUSEHOLD)
                ),
                When(since=F("in_patch__starts_on"), then=Value(DueCause.NEW_PATCH)),
                default=Value(DueCause.NEW_ANSWER),
                output_field=CharField(),
            ),
            due_since=Case(
                When(came_back, then=F("write_again_on")),
                When(
                    knows_them,
                    then=Greatest(
                        F("since"),
                        day_by(
                            "in_patch__patch",
                            {pk: one.details_since for pk, one in answers.items()},
                            default=_ALWAYS,
                        ),
                    ),
                ),
                default=F("since"),
            ),
        )
    )


def count_coverage(
    day: dt.date, *, ward_ids: Iterable[int] | None = None, by: str = "ward"
) -> dict[int | None, CoverageCounts]:
    """Return the counts by ward or by patch (None: in no patch).

    `by` is "ward" or "patch_on_day". At most eight queries, however many homes.
    """
    homes = Property.objects.managed_on(day)
    if ward_ids is not None:
        homes = homes.filter(ward__in=list(ward_ids))
    rows = (
        with_coverage(homes, day)
        .order_by()
        .values_list(by, "stands")
        .annotate(total=Count("pk"))
    )
    counts: dict[int | None, CoverageCounts] = {}
    for place, stands, total in rows:
        counts.setdefault(place, CoverageCounts()).add(*state_and_reason(stands), total)
    return counts


def total_of(counts: Iterable[CoverageCounts]) -> CoverageCounts:
    """Return several counts as one."""
    total = CoverageCounts()
    for one in counts:
        total.told += one.told
        total.due += one.due
        for reason, count in one.exceptions.items():
            total.add(Coverage.EXCEPTION, reason, count)
    return total


def homes_due(
    homes: QuerySet[Property], day: dt.date, *, details_on: dt.date | None = None
) -> QuerySet[Any]:
    """Homes whose household has not been told who answers on a day."""
    rows = with_coverage(homes, day, details_on=details_on)
    return rows.filter(stands=Coverage.DUE)


def count_due(day: dt.date, *, ward_ids: Iterable[int] | None = None) -> int:
    """Return how many homes a letter is due to: as many as `list_due` has, sooner."""
    homes = Property.objects.managed_on(day)
    if ward_ids is not None:
        homes = homes.filter(ward__in=list(ward_ids))
    return homes_due(homes, day).order_by().count()


def with_in_hand(due: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate `in_hand`: a run that is approved, but not posted, has the home already.

    Of homes that `homes_due` returned. With a letter that tells what is so, or as an
    exception that it will be when the run is posted.
    """
    runs = LetterRun.objects.filter(approved_at__isnull=False).exclude(
        status__in=[RunStatus.POSTED, RunStatus.CANCELLED]
    )
    runs = runs.exclude(
        template_version__template__purpose=LetterTemplate.Purpose.OTHER
    )
    rows = LetterRunHome.objects.filter(
        Q(tells(F("told_key"), OuterRef("key_now")))
        | Q(tells(F("told_key"), OuterRef("key_meanwhile"))),
        property=OuterRef("pk"),
        run__in=list(runs.order_by().values_list("pk", flat=True)),
    ).exclude(reason__in=OF_THEIR_TIME)
    rows = rows.exclude(NEEDS_OTHER_WORDING)
    return due.annotate(in_hand=Exists(rows))


@dataclass
class DueWard:
    """Letters due in a ward: how many homes by cause, and since when the longest."""

    since: dt.date
    causes: dict[str, int] = field(default_factory=dict)
    in_hand: int = 0
    to_prepare_of_team: int = 0

    @property
    def homes(self) -> int:
        return sum(self.causes.values())

    @property
    def to_prepare(self) -> int:
        """Homes that no approved run has in hand."""
        return self.homes - self.in_hand

    @property
    def is_of_team(self) -> bool:
        """Whether a team answers for every home to prepare a letter for."""
        return self.to_prepare_of_team == self.to_prepare > 0


def list_due(
    day: dt.date, *, ward_ids: Iterable[int] | None = None
) -> dict[int, DueWard]:
    """Return what is due on a day by ward."""
    homes = Property.objects.managed_on(day)
    if ward_ids is not None:
        homes = homes.filter(ward__in=list(ward_ids))
    rows = (
        with_in_hand(homes_due(homes, day))
        .order_by()
        .values_list("ward", "cause")
        .annotate(
            total=Count("pk"),
            longest=Min("due_since"),
            held=Count("pk", filter=Q(in_hand=True)),
            of_team=Count("pk", filter=Q(in_hand=False, answerer__startswith="team-")),
        )
    )
    wards: dict[int, DueWard] = {}
    for ward, cause, total, longest, held, of_team in rows:
        due = wards.setdefault(ward, DueWard(longest))
        due.since = min(due.since, longest)
        due.causes[cause] = total
        due.in_hand += held
        due.to_prepare_of_team += of_team
    return wards
