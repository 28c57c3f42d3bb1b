"""A small city to ask the access table's questions in."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from housingplus.imports.models import ImportBatch, ImportKind
from officers.accounts.models import User
from officers.accounts.roles import Role
from officers.models import Assignment, Officer, WardTeam
from patches.models import (
    Block,
    HousingArea,
    Landlord,
    Patch,
    PatchMembership,
    PatchMove,
    Property,
    Ward,
)
from tenants.models import (
    Household,
    LetterRun,
    LetterTemplate,
    LetterTemplateVersion,
    Person,
    Tara,
    TaraContact,
    Tenancy,
)
from tests.factories.officers import (
    AssignmentFactory,
    OfficerFactory,
    TeamLeadershipFactory,
    TeamMembershipFactory,
    TeamWardFactory,
    UserFactory,
    WardTeamFactory,
)
from tests.factories.patches import (
    BlockFactory,
    HousingAreaFactory,
    LandlordFactory,
    PatchFactory,
    PatchMembershipFactory,
    PatchMoveFactory,
    PropertyFactory,
    WardFactory,
)
from tests.factories.tenants import (
    HouseholdFactory,
    HouseholdMemberFactory,
    LetterTemplateFactory,
    LetterTemplateVersionFactory,
    PersonFactory,
    TaraContactFactory,
    TaraFactory,
    TaraPatchFactory,
    TenancyFactory,
    TenancyPersonFactory,
)

LONG_AGO = dt.date(2024, 1, 1)


@dataclass(frozen=True)
class World:
    """Own ward and other ward; everything without "other" lies in the own one."""

    area: HousingArea
    ward: Ward
    other_ward: Ward
    team: WardTeam
    other_team: WardTeam
    officer: Officer
    other_officer: Officer
    leader: Officer
    other_leader: Officer
    # Who signs in for each role of the table.
    users: dict[str, User]
    landlord: Landlord
    block: Block
    # Led by `officer`, with `home` in it.
    patch: Patch
    membership: PatchMembership
    assignment: Assignment
    # Nobody but the ward team answers; no homes.
    vacant_patch: Patch
    # Led by `other_officer`, with `other_home` in it.
    other_patch: Patch
    home: Property
    other_home: Property
    # In the own ward and in no patch.
    unplaced_home: Property
    move: PatchMove
    household: Household
    person: Person
    tenancy: Tenancy
    other_household: Household
    tara: Tara
    tara_contact: TaraContact
    template: LetterTemplate
    template_version: LetterTemplateVersion
    # Being checked before approval; its homes lie in the own ward; made by `leader`.
    run: LetterRun
    batch: ImportBatch


def build_world() -> World:
    """Make the city in the database."""
    area = HousingAreaFactory()
    ward, other_ward = WardFactory(area=area), WardFactory(area=area)
    team, other_team = WardTeamFactory(), WardTeamFactory()
    TeamWardFactory(team=team, ward=ward)
    TeamWardFactory(team=other_team, ward=other_ward)
    officer = _officer(team, Role.PATCH_OFFICER)
    other_officer = _officer(other_team, Role.PATCH_OFFICER)
    leader = _officer(team, Role.WARD_TEAM_LEADER)
    other_leader = _officer(other_team, Role.WARD_TEAM_LEADER)
    TeamLeadershipFactory(team=team, officer=leader)
    TeamLeadershipFactory(team=other_team, officer=other_leader)
    users = {
        "officer": officer.user,
        "other_officer": other_officer.user,
        "leader": leader.user,
        "other_leader": other_leader.user,
        "manager": UserFactory(role=Role.SERVICE_MANAGER),
        "analyst": UserFactory(role=Role.ANALYST),
        "administrator": UserFactory(
            role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True
        ),
    }
    landlord = LandlordFactory()
    block = BlockFactory(ward=ward)
    patch, vacant_patch = PatchFactory(ward=ward), PatchFactory(ward=ward)
    other_patch = PatchFactory(ward=other_ward)
    home = PropertyFactory(ward=ward, landlord=landlord, block=block)
    other_home = PropertyFactory(ward=other_ward, landlord=landlord)
    move = PatchMoveFactory(to_patch=patch, moved_by=leader.user, home_count=1)
    membership = PatchMembershipFactory(
        patch=patch, property=home, started_by_move=move
    )
    PatchMembershipFactory(patch=other_patch, property=other_home)
    assignment = AssignmentFactory(patch=patch, officer=officer)
    AssignmentFactory(patch=other_patch, officer=other_officer)
    household = HouseholdFactory(property=home)
    person = PersonFactory()
    HouseholdMemberFactory(household=household, person=person)
    tenancy = TenancyFactory(household=household, landlord=landlord)
    TenancyPersonFactory(tenancy=tenancy, person=person)
    tara = TaraFactory(ward=ward)
    TaraPatchFactory(tara=tara, patch=patch)
    template = LetterTemplateFactory()
    version = LetterTemplateVersionFactory(template=template)
    return World(
        area=area,
        ward=ward,
        other_ward=other_ward,
        team=team,
        other_team=other_team,
        officer=officer,
        other_officer=other_officer,
        leader=leader,
        other_leader=other_leader,
        users=users,
        landlord=landlord,
        block=block,
        patch=patch,
        membership=membership,
        assignment=assignment,
        vacant_patch=vacant_patch,
        other_patch=other_patch,
        home=home,
        other_home=other_home,
        unplaced_home=PropertyFactory(ward=ward, landlord=landlord),
        move=move,
        household=household,
        person=person,
        tenancy=tenancy,
        other_household=HouseholdFactory(property=other_home),
        tara=tara,
        tara_contact=TaraContactFactory(tara=tara, recorded_by=leader.user),
        template=template,
        template_version=version,
        run=_run(version, ward, leader.user),
        batch=ImportBatch.objects.create(
            kind=ImportKind.PROPERTIES,
            file_name="homes.csv",
            sha256="0" * 64,
            token=uuid.uuid4(),
            uploaded_by=users["manager"],
        ),
    )


def _officer(team: WardTeam, role: Role) -> Officer:
    user = UserFactory(role=role)
    officer = OfficerFactory(user=user, name=user.get_full_name())
    TeamMembershipFactory(team=team, officer=officer)
    return officer


def _run(version: LetterTemplateVersion, ward: Ward, by: User) -> LetterRun:
    run = LetterRun.objects.create(
        template_version=version,
        title="Introductions",
        dated=dt.date(2026, 3, 3),
        status="composed",
        scope_kind="wards",
        scope_ids=[ward.pk],
        token=uuid.uuid4(),
        created_by=by,
    )
    run.wards.set([ward])
    return run
