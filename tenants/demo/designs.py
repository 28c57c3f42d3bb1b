"""Two invented patch designs: one in force for most of a year, one to decide on."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from decimal import Decimal
from random import Random

from housingplus.common.dates import long_date, period
from officers.accounts.models import User
from officers.accounts.roles import Role
from officers.councillors.models import Councillor
from officers.teams.models import WardTeam
from patches.design.drawer import AreaDrawer
from patches.design.models import (
    AlternativeKind,
    CommentFrom,
    DesignAlternative,
    DesignMove,
    DesignReview,
    DesignSizing,
    DesignStatus,
    PatchDesign,
)
from patches.design.plans import make_plans
from patches.design.rules.deciding import check_nothing_in_the_way
from patches.design.selectors.alternatives import list_alternatives, suggested
from patches.design.selectors.assumptions import default_assumptions
from patches.design.selectors.ground import read_ground
from patches.design.selectors.publishing import PublicationPlan, plan_publication
from patches.design.services.freezing import store_ground
from patches.design.services.publishing import (
    REVIEW_MONTHS,
    months_after,
    reason_of,
    remember,
)
from patches.design.services.storing import store_maps
from patches.register.models import PatchBand, PatchMove
from patches.register.services.moving import change_memberships
from patches.wards.models import Ward
from tenants.taras.models import Tara

from . import diary

# The review of the design in force is a task now: it is due in three weeks. The drawing
# must not come before the launch, which is a year ago at the latest.
_DAYS_TO_REVIEW = 21
_DAYS_DRAWN_BEFORE = 20
_DAYS_PROPOSED = 9
_DAYS_LEFT_TO_COMMENT = 12
# Tried in this order: the first that moves somebody and goes on with every patch.
_TO_PUBLISH = (
    AlternativeKind.FEWEST_MOVED,
    AlternativeKind.WEIGHTED,
    AlternativeKind.BEST_BALANCE,
)


def write_designs(
    teams: Sequence[WardTeam], *, on: dt.date, random: Random, by: User
) -> None:
    """Write a design of the first team's wards that waits, and one in force elsewhere.

    Teams of a single patch have nothing to draw, so a very small city has no design.
    """
    areas = [
        (team, wards)
        for team in teams
        if (wards := list(Ward.objects.filter(team_wards__team=team).order_by("name")))
        and sum(ward.patches.count() for ward in wards) > 1
    ]
    if len(areas) > 1:
        _write_published(*areas[1], on=on, random=random, by=by)
    if areas:
        _write_proposed(*areas[0], on=on, random=random, by=by)


def _write_published(
    team: WardTeam, wards: list[Ward], *, on: dt.date, random: Random, by: User
) -> None:
    """Write a design that came into force eleven months ago: homes moved and all."""
    starts_on = months_after(on + dt.timedelta(days=_DAYS_TO_REVIEW), -REVIEW_MONTHS)
    drawn_on = starts_on - dt.timedelta(days=_DAYS_DRAWN_BEFORE)

    def at(days: int) -> dt.datetime:
        return diary.moment(drawn_on + dt.timedelta(days=days))

    design = _draw(
        f"{team.name} patches {starts_on.year}",
        "Some patches had grown and others shrunk since the launch.",
        team,
        wards,
        on=drawn_on,
        random=random,
        by=by,
    )
    alternative = _to_publish(design)
    if alternative is None:
        raise AssertionError("No alternative of the demo design goes on with them all.")
    design.chosen = alternative
    design.save(update_fields=["chosen"])
    first, last = drawn_on + dt.timedelta(days=1), drawn_on + dt.timedelta(days=12)
    diary.move(
        design,
        DesignStatus.PROPOSED,
        at=at(1),
        by=by,
        note=f"Comments {period(first, last)}",
        consult_from=first,
        consult_until=last,
    )
    diary.move(
        design,
        DesignStatus.APPROVED,
        at=at(13),
        by=by,
        approved_at=at(13),
        approved_by=by,
    )
    plan = plan_publication(design, starts_on)
    check_nothing_in_the_way([obstacle.sentence for obstacle in plan.obstacles])
    _publish(plan, at=at(15), random=random, by=by)


def _write_proposed(
    team: WardTeam, wards: list[Ward], *, on: dt.date, random: Random, by: User
) -> None:
    """Write a design people are still asked about, with what three of them said."""
    drawn_on = on - dt.timedelta(days=_DAYS_PROPOSED + 1)
    design = _draw(
        f"{team.name} patches {on.year}",
        "Work is uneven between the patches, and one has had no officer for a while.",
        team,
        wards,
        on=drawn_on,
        random=random,
        by=by,
    )
    design.chosen = suggested(list_alternatives(design))
    design.save(update_fields=["chosen"])
    first = on - dt.timedelta(days=_DAYS_PROPOSED)
    last = on + dt.timedelta(days=_DAYS_LEFT_TO_COMMENT)
    diary.move(
        design,
        DesignStatus.PROPOSED,
        at=diary.moment(first),
        by=by,
        note=f"Comments {period(first, last)}",
        consult_from=first,
        consult_until=last,
    )
    _write_comments(design, wards, on=on, random=random)


def _write_comments(
    design: PatchDesign, wards: list[Ward], *, on: dt.date, random: Random
) -> None:
    users = {user.role: user for user in User.objects.all()}
    officer, leader = users[Role.PATCH_OFFICER], users[Role.WARD_TEAM_LEADER]
    assert design.chosen is not None  # noqa: S101
    patch = design.chosen.patches.order_by("-moved_count", "code").first()

    def say(days_ago: int, text: str, by: User, **more: object) -> None:
        at = diary.moment(on - dt.timedelta(days=days_ago), hour=14)
        token = str(_token(random))
        diary.comment(design, text, at=at, by=by, token=token, **more)  # type: ignore[arg-type]

    say(
        6,
        "I know most of the households that would leave my patch. Please give me a "
        "fortnight to introduce whoever takes them on.",
        officer,
        patch=patch,
    )
    councillor = (
        Councillor.objects.filter(ward__in=wards).as_at(on).order_by("pk").first()
    )
    if councillor is not None:
        say(
            4,
            "Residents here have only just got to know their officer. Could fewer "
            "streets change hands?",
            leader,
            comes_from=CommentFrom.COUNCILLOR,
            speaker=f"{councillor.name}, {councillor.ward}",
        )
    tara = Tara.objects.filter(ward__in=wards).order_by("pk").first()
    if tara is not None:
        say(
            2,
            "We would rather keep the streets of our association with one officer.",
            leader,
            comes_from=CommentFrom.TARA,
            speaker=tara.name,
        )


def _draw(
    name: str,
    reason: str,
    team: WardTeam,
    wards: list[Ward],
    *,
    on: dt.date,
    random: Random,
    by: User,
) -> PatchDesign:
    """Write a draft with every alternative drawn on a past day."""
    at = diary.moment(on)
    design = PatchDesign.objects.create(
        name=name[:80],
        reason=reason,
        homes_on=on,
        assumptions=default_assumptions(),
        sizing=DesignSizing.PRESENT,
        token=_token(random),
        created_by=by,
    )
    design.wards.set(wards)
    diary.begin(design, at=at, by=by)
    ground = read_ground(design, [(team.name, tuple(ward.pk for ward in wards))])
    plans = make_plans(design, ground)
    drawer = AreaDrawer(design, ground)
    maps = [drawer.draw(plan, 0) for plan in plans]
    (area,) = store_ground(design, [drawer.freeze(0)], ground.patch_ids)
    for plan, own in zip(plans, maps, strict=True):
        store_maps(
            design=design,
            kind=plan.kind,
            name=plan.name,
            tolerance=Decimal(str(round(plan.tolerance * 100, 1))),
            maps={area: own},
            by=by,
        )
    design.alternatives.update(created_at=at)
    design.drawn_at = at
    design.save(update_fields=["drawn_at"])
    diary.record("patch design.drawn", subject=design, at=at, by=by)
    return design


def _to_publish(design: PatchDesign) -> DesignAlternative | None:
    by_kind = {row.kind: row for row in list_alternatives(design)}
    possible = [
        by_kind[kind]
        for kind in _TO_PUBLISH
        if not by_kind[kind].patches.filter(continues__isnull=True).exists()
    ]
    moving = [row for row in possible if row.measures["moved_homes"]]
    return next(iter([*moving, *possible]), None)


def _publish(
    plan: PublicationPlan, *, at: dt.datetime, random: Random, by: User
) -> None:
    """Move homes and change bands as planned, from a day that has gone by.

    Every patch goes on with who leads it, so no assignment changes.
    """
    design, starts_on = plan.design, plan.starts_on
    for row in plan.patches:
        if row.patch is not None and row.changes_band:
            PatchBand.objects.create(
                patch=row.patch,
                band_min=row.drawn.band_min,
                band_max=row.drawn.band_max,
                reason=reason_of(design)[:200],
                starts_on=starts_on,
            )
        if row.arriving:
            moved = PatchMove.objects.create(
                moved_by=by,
                to_patch=row.patch,
                starts_on=starts_on,
                reason=reason_of(design),
                token=_token(random),
                home_count=len(row.arriving),
            )
            PatchMove.objects.filter(pk=moved.pk).update(moved_at=at)
            change_memberships(moved, row.arriving)
            DesignMove.objects.create(design=design, move=moved)
            diary.record(
                "homes.moved",
                subject=moved,
                at=at,
                by=by,
                summary=f"{moved} from {long_date(starts_on)}",
            )
    remember(plan, {row.drawn.pk: row.patch for row in plan.patches if row.patch}, [])
    DesignReview.objects.create(
        design=design, due_on=months_after(starts_on, REVIEW_MONTHS)
    )
    diary.move(
        design,
        DesignStatus.SCHEDULED,
        at=at,
        by=by,
        note=f"From {long_date(starts_on)}",
        starts_on=starts_on,
        published_at=at,
        published_by=by,
    )


def _token(random: Random) -> uuid.UUID:
    return uuid.UUID(int=random.getrandbits(128), version=4)
