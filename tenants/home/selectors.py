"""What each role looks at first, read in a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Count, Q, QuerySet

from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.imports.models import ImportBatch, ImportStatus
from officers.accounts.models import User
from officers.assignments.models import Assignment, AssignmentKind
from officers.assignments.scope import officer_of, wards_run_by
from officers.assignments.selectors import (
    Answer,
    answers_for,
    leaders_of_teams,
    patches_answered_by,
    teams_of_wards,
)
from officers.teams.models import WardTeam
from patches.design.models import DesignStatus, PatchDesign
from patches.design.rules.drifting import DriftState
from patches.design.selectors.comments import list_plans_to_comment_on
from patches.design.selectors.drift import PatchForecast, forecast_patches
from patches.design.selectors.reviews import reviews_due
from patches.properties.models import Property
from patches.register.models import Patch, PatchMembership
from patches.register.querysets import PatchQuerySet
from patches.register.selectors import list_homes_without_patch
from patches.wards.models import Ward
from patches.wards.selectors import count_homes_by_ward, count_unplaced_by_ward
from tenants.households.models import Household
from tenants.letters.models import LetterRun, RunStatus
from tenants.letters.selectors.coverage import count_due
from tenants.letters.selectors.runs import list_runs_to_approve
from tenants.taras.models import Tara
from tenants.taras.selectors import list_taras_for_officer, list_taras_without_contact

if TYPE_CHECKING:
    from officers.directory.models import Officer

# Cover that ends, and reviews that fall due, within this time are worth a look today.
SOON = dt.timedelta(days=14)
# How far back "lately" goes.
LATELY = dt.timedelta(days=14)
# A list on the home page is short; its own page has the rest.
FIRST_FEW = 8


@dataclass(frozen=True)
class PatchToday:
    """A patch with its size and who answers for it today."""

    patch: Patch
    answer: Answer

    @property
    def home_count(self) -> int:
        return self.patch.home_count

    @property
    def is_out_of_band(self) -> bool:
        return self.patch.band_state != "in"


@dataclass(frozen=True)
class Move:
    """Homes that came to a patch or left it on one day."""

    on: dt.date
    patch: Patch
    came: int
    left: int


@dataclass(frozen=True)
class PatchHome:
    """My patch today."""

    officer: Officer | None
    patches: list[PatchToday]
    taras: list[Tara]
    review_count: int
    moves: list[Move]
    planned: list[Assignment]
    plans: list[PatchDesign] = field(default_factory=list)

    @property
    def home_count(self) -> int:
        return sum(one.home_count for one in self.patches)


@dataclass(frozen=True)
class WardLine:
    """A ward in numbers."""

    ward: Ward
    home_count: int
    unplaced_count: int
    patch_count: int
    without_officer_count: int
    out_of_band_count: int
    team: WardTeam | None
    leader: Officer | None


@dataclass(frozen=True)
class WardHome:
    """My ward today, or several, or the whole service.

    `plans` are open for comment, `leaving` the patches that will leave their band. A
    number is None where the person has nothing to do with it.
    """

    wards: list[WardLine]
    patches: list[PatchToday]
    ending_cover: list[Assignment]
    planned: list[Assignment]
    runs_to_approve: list[LetterRun]
    quiet_taras: list[Tara]
    review_count: int
    plans: list[PatchDesign]
    plans_to_decide: int | None
    design_reviews_due: int | None
    leaving: list[PatchForecast]
    letters_due: int | None
    imports_waiting: int = 0
    runs_by_status: dict[str, int] = field(default_factory=dict)

    @property
    def home_count(self) -> int:
        return sum(line.home_count for line in self.wards)

    @property
    def unplaced_count(self) -> int:
        return sum(line.unplaced_count for line in self.wards)

    @property
    def without_officer(self) -> list[PatchToday]:
        return [one for one in self.patches if not one.answer.is_person]

    @property
    def out_of_band(self) -> list[PatchToday]:
        return [one for one in self.patches if one.is_out_of_band]


@dataclass(frozen=True)
class AccountCounts:
    """Accounts by role and state, for administrators."""

    by_role: dict[str, int]
    disabled: int
    without_officer: int


def get_patch_home(user: User, day: dt.date | None = None) -> PatchHome:
    """Return what a patch officer looks at first."""
    day = day or today()
    officer = officer_of(user)
    if officer is None:
        return PatchHome(None, [], [], 0, [], [])
    patches = list_own_patches(user, day, officer=officer)
    return PatchHome(
        officer=officer,
        patches=patches,
        taras=list(list_taras_for_officer(officer, day)[:FIRST_FEW]),
        review_count=count_reviews_due(user, day),
        moves=list_moves([one.patch for one in patches], day),
        planned=list(
            Assignment.objects.filter(officer=officer, starts_on__gt=day)
            .select_related("patch__ward", "officer")
            .order_by("starts_on", "patch__code")[:FIRST_FEW]
        ),
        plans=list(
            list_plans_to_comment_on(
                user, day, ward_ids={one.patch.ward_id for one in patches}
            )
        ),
    )


def list_own_patches(
    user: User, day: dt.date, *, officer: Officer | None = None
) -> list[PatchToday]:
    """Return the patches a person answers for themselves."""
    officer = officer or officer_of(user)
    if officer is None:
        return []
    return _patches_today(patches_answered_by(officer, day), day)


def get_ward_home(user: User, day: dt.date | None = None) -> WardHome:
    """Return what a leader or a manager looks at first, over the wards they run."""
    day = day or today()
    wards = list(wards_run_by(user))
    patches = _patches_today(Patch.objects.filter(ward__in=wards).as_at(day), day)
    theirs = Assignment.objects.filter(patch__ward__in=wards).select_related(
        "patch__ward", "officer", "team"
    )
    ending = theirs.as_at(day).filter(
        kind=AssignmentKind.COVER, ends_on__lte=day + SOON
    )
    return WardHome(
        wards=_ward_lines(wards, patches, day),
        patches=patches,
        ending_cover=list(ending.order_by("ends_on", "patch__code")),
        planned=list(
            theirs.filter(starts_on__gt=day).order_by("starts_on", "patch__code")
        ),
        runs_to_approve=list(list_runs_to_approve(user)),
        quiet_taras=list(list_taras_without_contact(wards, on=day)),
        review_count=count_reviews_due(user, day),
        plans=list(
            list_plans_to_comment_on(user, day, ward_ids=_own_wards(user, wards))
        ),
        plans_to_decide=_count_plans_to_decide(user),
        design_reviews_due=_count_design_reviews(user, day),
        leaving=_list_leaving(user, patches, day),
        letters_due=_count_letters_due(user, wards, day),
        imports_waiting=ImportBatch.objects.filter(
            status__in=[ImportStatus.UPLOADED, ImportStatus.CHECKED]
        ).count(),
        runs_by_status=_runs_by_status(user),
    )


def list_ward_lines(day: dt.date | None = None) -> list[WardLine]:
    """Return every ward in numbers, nobody by name but those who work there."""
    day = day or today()
    patches = _patches_today(Patch.objects.as_at(day), day)
    return _ward_lines(list(Ward.objects.all()), patches, day)


def count_reviews_due(user: User, day: dt.date) -> int:
    """Return how many marks that stop letters are due for review, of those seen."""
    return Household.objects.visible_to(user).as_at(day).review_due(day).count()


def list_moves(patches: Iterable[Patch], day: dt.date) -> list[Move]:
    """Return homes that lately came to patches or left them, latest first."""
    by_id = {patch.pk: patch for patch in patches}
    since = day - LATELY
    rows = PatchMembership.objects.filter(patch__in=by_id).order_by()
    came = rows.filter(starts_on__range=(since, day))
    left = rows.filter(ends_on__range=(since - dt.timedelta(1), day))
    counts: dict[tuple[dt.date, int], list[int]] = {}
    for on, patch, total in came.values_list("starts_on", "patch").annotate(
        total=Count("pk")
    ):
        counts.setdefault((on, patch), [0, 0])[0] = total
    for last, patch, total in left.values_list("ends_on", "patch").annotate(
        total=Count("pk")
    ):
        gone_on = last + dt.timedelta(days=1)
        if gone_on <= day:
            counts.setdefault((gone_on, patch), [0, 0])[1] = total
    moves = [
        Move(on, by_id[patch], came, left)
        for (on, patch), (came, left) in counts.items()
    ]
    return sorted(moves, key=lambda move: (move.on, move.patch.code), reverse=True)


def count_accounts() -> AccountCounts:
    """Return the accounts by role, in two queries."""
    active = User.objects.filter(is_active=True).order_by()
    return AccountCounts(
        by_role=dict(active.values_list("role").annotate(total=Count("pk"))),
        **User.objects.aggregate(
            disabled=Count("pk", filter=Q(is_active=False)),
            without_officer=Count(
                "pk",
                filter=Q(
                    is_active=True,
                    officer__isnull=True,
                    role__in=["patch_officer", "ward_team_leader"],
                ),
            ),
        ),
    )


def has_homes() -> bool:
    """Whether anything has been imported yet."""
    return Property.objects.exists()


def _patches_today(patches: QuerySet[Any], day: dt.date) -> list[PatchToday]:
    rows = list(
        cast(PatchQuerySet, patches.select_related("ward"))
        .with_home_count(day)
        .with_band_state(day)
        .order_by("code")
    )
    answers = answers_for(rows, day)
    return [PatchToday(patch, answers[patch.pk]) for patch in rows]


def _ward_lines(
    wards: list[Ward], patches: list[PatchToday], day: dt.date
) -> list[WardLine]:
    homes, unplaced = _homes_by_ward(wards, day)
    teams = teams_of_wards([ward.pk for ward in wards], day)
    leaders = leaders_of_teams({team.pk for team in teams.values()}, day)
    patch_count = Counter(one.patch.ward_id for one in patches)
    vacant = Counter(one.patch.ward_id for one in patches if not one.answer.is_person)
    out = Counter(one.patch.ward_id for one in patches if one.is_out_of_band)
    return [
        WardLine(
            ward=ward,
            home_count=homes.get(ward.pk, 0),
            unplaced_count=unplaced.get(ward.pk, 0),
            patch_count=patch_count[ward.pk],
            without_officer_count=vacant[ward.pk],
            out_of_band_count=out[ward.pk],
            team=teams.get(ward.pk),
            leader=leaders.get(teams[ward.pk].pk) if ward.pk in teams else None,
        )
        for ward in wards
    ]


def _homes_by_ward(
    wards: list[Ward], day: dt.date
) -> tuple[dict[int, int], dict[int, int]]:
    """Return managed homes, and those with no patch, by ward."""
    if len(wards) > FIRST_FEW:
        return count_homes_by_ward(day), count_unplaced_by_ward(day)
    managed = Property.objects.managed_on(day).filter(ward__in=wards).order_by()
    unplaced = list_homes_without_patch(day).filter(ward__in=wards).order_by()
    return (
        dict(managed.values_list("ward").annotate(total=Count("pk"))),
        dict(unplaced.values_list("ward").annotate(total=Count("pk"))),
    )


def _runs_by_status(user: User) -> dict[str, int]:
    """Return how many letter runs the person sees are in each state short of posted."""
    open_runs = LetterRun.objects.visible_to(user).exclude(
        status__in=[RunStatus.POSTED, RunStatus.CANCELLED]
    )
    return dict(open_runs.order_by().values_list("status").annotate(total=Count("pk")))


def _own_wards(user: User, wards: list[Ward]) -> set[int] | None:
    """Return the wards to narrow a question to; None for somebody who has them all."""
    if user.has_permission(Permission.ALL_WARDS):
        return None
    return {ward.pk for ward in wards}


def _count_plans_to_decide(user: User) -> int | None:
    if not user.has_permission(Permission.APPROVE_DESIGNS):
        return None
    proposed = PatchDesign.objects.visible_to(user)
    return proposed.filter(status=DesignStatus.PROPOSED).count()


def _count_design_reviews(user: User, day: dt.date) -> int | None:
    if not user.has_permission(Permission.DESIGN_PATCHES):
        return None
    return reviews_due(day).count()


def _list_leaving(
    user: User, patches: list[PatchToday], day: dt.date
) -> list[PatchForecast]:
    """Return the patches in their band today that will leave it.

    Empty homes are left out: they say nothing about leaving.
    """
    if not user.has_permission(Permission.VIEW_DESIGNS):
        return []
    forecasts = forecast_patches([one.patch for one in patches], day, empty={})
    return [one for one in forecasts if one.forecast.state == DriftState.SOON]


def _count_letters_due(user: User, wards: list[Ward], day: dt.date) -> int | None:
    """Return how many homes of the wards a person runs a letter is due to."""
    if not user.has_permission(Permission.WRITE_LETTERS):
        return None
    return count_due(day, ward_ids=_own_wards(user, wards))
