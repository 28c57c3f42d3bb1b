"""Writing the invented staff: teams, leaders, officers, and who answers where."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from faker import Faker

from housingplus.common.dates import day_before
from officers.accounts.demo import DEMO_PASSWORD, DemoSignIn, demo_sign_ins
from officers.accounts.models import User
from officers.accounts.roles import Role
from officers.models import (
    Assignment,
    AssignmentKind,
    Officer,
    OfficerKind,
    TeamLeadership,
    TeamMembership,
    TeamWard,
    WardTeam,
)
from patches.models import Patch, Ward

from .places import Places

_OFFICER_LANGUAGES = ["", "", "", "", "Urdu", "Somali", "Arabic", "Polish", "BSL"]


@dataclass
class Staff:
    """What was written."""

    teams: list[WardTeam] = field(default_factory=list)
    leaders: list[Officer] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)
    team_of_ward: dict[int, WardTeam] = field(default_factory=dict)


def write_staff(places: Places, *, today: dt.date, random: Random) -> Staff:
    """Write teams of one to three wards, an officer a patch, gaps and cover.

    The first team is the demo leader's: one of its patches has no officer, one is
    covered, one changes hands in a fortnight.
    """
    fake = Faker("en_GB")
    fake.seed_instance(random.randrange(10**6))
    names = _names(fake)
    staff = Staff()
    hired_on = places.launched_on - dt.timedelta(days=400)
    patches_of: dict[int, list[Patch]] = {}
    for patch in places.patches:
        patches_of.setdefault(patch.ward_id, []).append(patch)
    for wards in _groups(places.wards):
        _write_team(wards, patches_of, places, staff, names, hired_on, random)
    _write_changes(places, staff, today=today, random=random)
    _write_accounts(staff, today)
    return staff


def _names(fake: Faker):
    seen: set[str] = set()
    while True:
        name = f"{fake.first_name()} {fake.last_name()}"
        if name not in seen:
            seen.add(name)
            yield name


def _groups(wards: list[Ward]) -> list[list[Ward]]:
    """Two wards to a team, as a small service has it; one when there is one."""
    return [wards[start : start + 2] for start in range(0, len(wards), 2)]


def _officer(
    name: str,
    title: str,
    kind: OfficerKind,
    hired_on: dt.date,
    random: Random,
    number: int,
) -> Officer:
    first, last = name.split(" ", 1)
    address = f"{first}.{last}".lower().replace("'", "").replace(" ", "")
    return Officer(
        name=name,
        job_title=title,
        kind=kind,
        email=f"{address}@kestrelford.example",
        phone=f"07700 900{number % 1000:03d}",
        fte=Decimal(random.choices(["1.00", "0.80", "0.60"], [80, 14, 6])[0]),
        languages=random.choice(_OFFICER_LANGUAGES),
        started_on=hired_on,
    )


def _write_team(
    wards: list[Ward],
    patches_of: dict[int, list[Patch]],
    places: Places,
    staff: Staff,
    names,
    hired_on: dt.date,
    random: Random,
) -> None:
    number = len(staff.teams)
    patches = [patch for ward in wards for patch in patches_of.get(ward.pk, [])]
    team = WardTeam.objects.create(
        name=f"{' and '.join(ward.name for ward in wards)} team",
        phone=f"0114 496 0{300 + number:03d}",
        email=f"team{number + 1}@kestrelford.example",
    )
    staff.teams.append(team)
    since = places.launched_on
    TeamWard.objects.bulk_create(
        [TeamWard(team=team, ward=ward, starts_on=since) for ward in wards]
    )
    for ward in wards:
        staff.team_of_ward[ward.pk] = team
    count = len(staff.officers) + len(staff.leaders)
    leader = _officer(
        next(names),
        "Ward team leader",
        OfficerKind.WARD_TEAM_LEADER,
        hired_on,
        random,
        count,
    )
    officers = [
        _officer(
            next(names),
            "Housing officer",
            OfficerKind.SENIOR
            if random.random() < 0.15
            else OfficerKind.HOUSING_OFFICER,
            hired_on,
            random,
            count + index,
        )
        for index in range(1, len(patches) + 1)
    ]
    extra = [
        _officer(
            next(names),
            "Community development officer",
            OfficerKind.COMMUNITY_DEVELOPMENT,
            hired_on,
            random,
            count + len(patches) + 1,
        )
    ]
    for officer in officers:
        if officer.kind == OfficerKind.SENIOR:
            officer.job_title = "Senior housing officer"
    Officer.objects.bulk_create([leader, *officers, *extra])
    TeamLeadership.objects.create(team=team, officer=leader, starts_on=since)
    TeamMembership.objects.bulk_create(
        [
            TeamMembership(team=team, officer=member, starts_on=since)
            for member in [leader, *officers, *extra]
        ]
    )
    Assignment.objects.bulk_create(
        [
            Assignment(patch=patch, officer=officer, starts_on=since, reason="Launch")
            for patch, officer in zip(patches, officers, strict=True)
        ]
    )
    staff.leaders.append(leader)
    staff.officers.extend(officers)


def _write_changes(
    places: Places, staff: Staff, *, today: dt.date, random: Random
) -> None:
    """End, cover and hand over some assignments, so that history has something."""
    first_team = [
        row.patch
        for row in Assignment.objects.filter(
            patch__ward__team_wards__team=staff.teams[0]
        )
        .select_related("patch")
        .order_by("patch__code")
    ]
    others = [patch for patch in places.patches if patch not in first_team]
    random.shuffle(others)
    vacancies = [*first_team[1:2], *others[: max(0, len(others) // 20)]]
    covered = [*first_team[2:3], *others[len(others) // 2 :][: len(others) // 15]]
    for patch in vacancies:
        _leave(patch, today - dt.timedelta(days=random.randint(9, 30)))
    for patch in covered:
        _cover(patch, staff, today, random)
    for patch in others[-max(1, len(others) // 8) :]:
        _handed_over(patch, places, today, random)
    if len(first_team) > 3:
        _hand_over_soon(first_team[3], staff, today)


def _lead(patch: Patch) -> Assignment:
    return Assignment.objects.get(
        patch=patch, kind=AssignmentKind.LEAD, ends_on__isnull=True
    )


def _leave(patch: Patch, last_day: dt.date) -> None:
    """The lead leaves the service; the ward team answers from the day after."""
    lead = _lead(patch)
    Assignment.objects.filter(pk=lead.pk).update(ends_on=last_day)
    TeamMembership.objects.filter(officer=lead.officer).update(ends_on=last_day)
    Officer.objects.filter(pk=lead.officer_id).update(left_on=last_day)


def _cover(patch: Patch, staff: Staff, today: dt.date, random: Random) -> None:
    lead = _lead(patch)
    team = staff.team_of_ward[patch.ward_id]
    colleagues = list(
        Officer.objects.filter(
            team_memberships__team=team,
            team_memberships__ends_on__isnull=True,
            kind__in=[OfficerKind.HOUSING_OFFICER, OfficerKind.SENIOR],
        )
        .exclude(pk=lead.officer_id)
        .order_by("pk")
    )
    if colleagues:
        Assignment.objects.create(
            patch=patch,
            kind=AssignmentKind.COVER,
            officer=random.choice(colleagues),
            starts_on=today - dt.timedelta(days=4),
            ends_on=today + dt.timedelta(days=random.randint(5, 17)),
            reason="Annual leave",
        )


def _handed_over(patch: Patch, places: Places, today: dt.date, random: Random) -> None:
    """Another officer had the patch until some months ago."""
    lead = Assignment.objects.filter(patch=patch, ends_on__isnull=True).first()
    if lead is None or lead.kind != AssignmentKind.LEAD:
        return
    changed_on = today - dt.timedelta(days=random.randint(60, 200))
    if changed_on <= places.launched_on:
        return
    former = Officer.objects.exclude(pk=lead.officer_id).order_by("pk")
    Assignment.objects.filter(pk=lead.pk).update(
        starts_on=changed_on, reason="New in post"
    )
    Assignment.objects.create(
        patch=patch,
        officer=former[random.randrange(former.count())],
        starts_on=places.launched_on,
        ends_on=day_before(changed_on),
        reason="Launch",
    )


def _hand_over_soon(patch: Patch, staff: Staff, today: dt.date) -> None:
    lead = _lead(patch)
    from_day = today + dt.timedelta(days=14)
    successor = next(o for o in staff.officers if o.pk != lead.officer_id)
    Assignment.objects.filter(pk=lead.pk).update(ends_on=day_before(from_day))
    Assignment.objects.create(
        patch=patch, officer=successor, starts_on=from_day, reason="Balancing work"
    )


def _write_accounts(staff: Staff, today: dt.date) -> None:
    """Make the demo sign-ins and tie them to the first team's staff."""
    answering = Assignment.objects.as_at(today).filter(
        patch__ward__team_wards__team=staff.teams[0],
        kind=AssignmentKind.LEAD,
        officer__isnull=False,
    )
    first_lead = answering.order_by("patch__code").first()
    people = {
        Role.PATCH_OFFICER: first_lead.officer if first_lead else None,
        Role.WARD_TEAM_LEADER: staff.leaders[0],
    }
    for sign_in in demo_sign_ins():
        user = _account(sign_in)
        officer = people.get(sign_in.role)
        if officer is not None:
            officer.user = user
            officer.name = user.get_full_name()
            officer.email = user.email
            officer.save(update_fields=["user", "name", "email"])


def _account(sign_in: DemoSignIn) -> User:
    is_administrator = sign_in.role == Role.ADMINISTRATOR
    return User.objects.create_user(
        sign_in.email,
        DEMO_PASSWORD,
        first_name=sign_in.first_name,
        last_name=sign_in.last_name,
        role=sign_in.role,
        is_staff=is_administrator,
        is_superuser=is_administrator,
    )
