"""Which homes have been told who answers for them, on any day?

Every home under management is told, due a letter, or an exception by reason: the three
add up to the homes. It is worked out in the database from what is so on the day and
from the runs posted until then, so nothing has to notice a change for it to be due.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, Greatest, Left, Length

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
from tenants.letters.models import LetterExceptionReason as Reason
from tenants.letters.reasons import MARKS

from .answering import CONTACT_LENGTH, answers_to_tell, tells, tells_of_same
from .returns import excepted_since, households_to_check, write_again_since

_ALWAYS = dt.date(1900, 1, 1)
# A wording about an officer says nothing to homes whose team answers: another does.
_NEEDS_OTHER_WORDING = Q(reason=Reason.MISSING_VALUE, told_key__contains=":team-")


class Coverage(TextChoices):
    """Where a home stands on a day."""

    TOLD = "told", "Told"
    DUE = "due", "Letter due"
    EXCEPTION = "exception", "Exception"


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

    def add(self, state: str, reason: str, count: int) -> None:
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

    Adds `patch_on_day`, `patch_code`, `household_on_day`, `coverage` (`Coverage`),
    `why_not` (a `LetterExceptionReason`, of exceptions), `since` (the first day of who
    answers for the household there), `cause` (a `DueCause`, of letters due) and
    `due_since`. Contact details are those of the day, or of `details_on`. At most seven
    queries more than the homes' own.
    """
    patches = Patch.objects.as_at(day).select_related("ward")
    answers = answers_to_tell(patches, day, details_on=details_on or day)
    meanwhile = {pk: one.meanwhile for pk, one in answers.items() if one.meanwhile}
    told_now = _of_now("told_before", meanwhile)
    is_told = told_now & Q(write_again_on__isnull=True)
    settled = LetterRunHome.objects.filter(
        property=OuterRef("pk"), settled_on__lte=day
    ).order_by("-settled_on", "-pk")
    told = settled.filter(is_exception=False)
    # Whether a letter that came back still waits, and whether a mark stops letters, is
    # asked below, as it is now; that none was due once says nothing of today.
    excepted = (
        settled.filter(is_exception=True)
        .exclude(reason__in=[Reason.RETURNED, Reason.NOT_DUE, *MARKS])
        .exclude(_NEEDS_OTHER_WORDING)
    )
    return (
        homes.annotate(
            in_patch=FilteredRelation(
                "memberships", condition=in_force(day, "memberships__")
            ),
            lived_in=FilteredRelation(
                "households", condition=in_force(day, "households__")
            ),
        )
        .annotate(
            patch_on_day=F("in_patch__patch"),
            patch_code=F("in_patch__patch__code"),
            household_on_day=F("lived_in__pk"),
            answerer=_by_patch({pk: one.key for pk, one in answers.items()}),
            since=Greatest(
                Coalesce(F("in_patch__starts_on"), Value(_ALWAYS)),
                Coalesce(F("lived_in__starts_on"), Value(_ALWAYS)),
                _since({pk: one.since for pk, one in answers.items()}),
            ),
        )
        .annotate(
            key_now=Concat(
                Cast("household_on_day", CharField()), Value(":"), F("answerer")
            ),
            # Never the key of a home whose patch nobody answers for.
            key_meanwhile=Concat(
                Cast("household_on_day", CharField()),
                Value(":"),
                _by_patch(meanwhile, default="-"),
            ),
            told_before=Subquery(told.values("told_key")[:1]),
            excepted_before=Subquery(excepted.values("told_key")[:1]),
            excepted_why=Subquery(excepted.values("reason")[:1]),
            excepted_of=Subquery(excepted.values("run__dated")[:1]),
            write_again_on=write_again_since(day),
        )
        .annotate(
            why_not=_why_not(
                day, excepted, is_told, _of_now("excepted_before", meanwhile)
            )
        )
        .annotate(
            coverage=Case(
                When(~Q(why_not=""), then=Value(Coverage.EXCEPTION)),
                When(is_told, then=Value(Coverage.TOLD)),
                default=Value(Coverage.DUE),
                output_field=CharField(),
            ),
            cause=Case(
                When(told_before__isnull=True, then=Value(DueCause.NEVER_TOLD)),
                When(
                    told_now & Q(write_again_on__isnull=False),
                    then=Value(DueCause.RETURNED),
                ),
                When(
                    tells_of_same(F("told_before"), _without_details("key_now")),
                    then=Value(DueCause.CONTACT),
                ),
                When(
                    since=F("lived_in__starts_on"), then=Value(DueCause.NEW_HOUSEHOLD)
                ),
                When(since=F("in_patch__starts_on"), then=Value(DueCause.NEW_PATCH)),
                default=Value(DueCause.NEW_ANSWER),
                output_field=CharField(),
            ),
        )
        .annotate(
            due_since=Case(
                When(cause=DueCause.RETURNED, then=F("write_again_on")),
                When(
                    cause=DueCause.CONTACT,
                    then=Greatest(
                        F("since"),
                        _since({pk: one.details_since for pk, one in answers.items()}),
                    ),
                ),
                default=F("since"),
            )
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
        .values_list(by, "coverage", "why_not")
        .annotate(total=Count("pk"))
    )
    counts: dict[int | None, CoverageCounts] = {}
    for place, state, reason, total in rows:
        counts.setdefault(place, CoverageCounts()).add(state, reason, total)
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
    return rows.filter(coverage=Coverage.DUE)


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
    ).exclude(reason__in=[Reason.NOT_DUE, Reason.RETURNED])
    rows = rows.exclude(_NEEDS_OTHER_WORDING)
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


def _of_now(told: str, short_cover: Iterable[int]) -> Q:
    """Return the condition that what was told, or could not be, is of who answers."""
    # Which patch it is comes first: it is cheaper to find out than what was told.
    covered = Q(in_patch__patch__in=list(short_cover))
    return Q(tells(F(told), F("key_now"))) | covered & Q(
        tells(F(told), F("key_meanwhile"))
    )


def _without_details(key: str) -> Left:
    return Left(F(key), Length(F(key)) - CONTACT_LENGTH)


def _why_not(
    day: dt.date, excepted: QuerySet[LetterRunHome], is_told: Q, is_excepted: Q
) -> Case:
    """Why a home gets no letter: what is so on the day, else what the last run met."""
    return Case(
        When(household_on_day__isnull=True, then=Value(Reason.VOID)),
        When(lived_in__do_not_write=True, then=Value(Reason.DO_NOT_WRITE)),
        When(lived_in__safe_contact_only=True, then=Value(Reason.SAFE_CONTACT)),
        When(patch_on_day__isnull=True, then=Value(Reason.NO_PATCH)),
        When(answerer="", then=Value(Reason.NO_ANSWER)),
        When(
            household_on_day__in=households_to_check(day), then=Value(Reason.RETURNED)
        ),
        When(is_told, then=Value("")),
        When(write_again_on__isnull=False, then=excepted_since(excepted)),
        # Of who answers now, not of the same officer's time here before another's.
        When(
            Q(excepted_of__isnull=False) & Q(excepted_of__gte=F("since")) & is_excepted,
            then=F("excepted_why"),
        ),
        default=Value(""),
        output_field=CharField(),
    )


def _by_patch(keys: Mapping[int, str], *, default: str = "") -> Case:
    """Return who answers for the home's patch, as a key."""
    patches: dict[str, list[int]] = {}
    for patch_id, key in keys.items():
        patches.setdefault(key, []).append(patch_id)
    return Case(
        *(
            When(in_patch__patch__in=ids, then=Value(key))
            for key, ids in sorted(patches.items())
            if key
        ),
        default=Value(default),
        output_field=CharField(),
    )


def _since(days: Mapping[int, dt.date | None]) -> Case:
    patches: dict[dt.date, list[int]] = {}
    for patch_id, day in days.items():
        if day is not None:
            patches.setdefault(day, []).append(patch_id)
    return Case(
        *(
            When(in_patch__patch__in=ids, then=Value(day))
            for day, ids in sorted(patches.items())
        ),
        default=Value(_ALWAYS),
        output_field=DateField(),
    )
