"""The demo city: the same every time, believable, and never in production."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from hypothesis import given, settings
from hypothesis import strategies as st

from housingplus.common.dates import today
from officers.accounts.models import User
from officers.accounts.roles import Role
from officers.assignments.selectors import AnswerKind, answers_for
from officers.models import Councillor, DropIn
from patches.design.models import PatchDesign
from patches.models import Patch, PatchMembership, Property, Ward
from tenants.demo.plan import plan_city
from tenants.households.models import CommunicationNeeds, Household, LetterFormat
from tenants.models import Tenancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(settings):
    settings.DEMO_MODE = True
    call_command("demo_city", homes=60, seed=3, stdout=StringIO())


@settings(max_examples=25, deadline=None)
@given(homes=st.integers(1, 3_000), seed=st.integers(0, 10_000))
def test_a_plan_has_as_many_homes_as_asked_each_with_its_own_address(homes, seed):
    wards = plan_city(homes, seed)
    addresses = [
        (home.sub_building, home.building, home.street, home.postcode)
        for ward in wards
        for unit in ward.units
        for home in unit.homes
    ]
    assert len(addresses) == homes
    assert len(set(addresses)) == homes
    assert all(unit.patch < ward.patch_count for ward in wards for unit in ward.units)


def test_the_same_seed_draws_the_same_city():
    assert plan_city(900, 5) == plan_city(900, 5)
    assert plan_city(900, 5) != plan_city(900, 6)


def test_the_demo_has_everything_worth_showing(settings):
    settings.DEMO_MODE = True
    call_command("demo_city", stdout=StringIO())
    day = today()
    assert Property.objects.count() == 2_400
    placed = PatchMembership.objects.as_at(day).values("property").distinct().count()
    assert 0 < 2_400 - placed < 50
    kinds = {
        answer.kind for answer in answers_for(Patch.objects.as_at(day), day).values()
    }
    assert {AnswerKind.LEAD, AnswerKind.COVER, AnswerKind.TEAM} <= kinds
    assert CommunicationNeeds.objects.filter(copy_to_representative=True).exists()
    assert set(CommunicationNeeds.objects.values_list("letter_format", flat=True)) == {
        *LetterFormat.values
    }
    assert Household.objects.filter(do_not_write=True).exists()
    assert Household.objects.count() < 2_400
    joint = [row for row in Tenancy.objects.all() if row.holders.count() == 2]
    assert joint
    assert Property.objects.exclude(latitude=None).count() == 2_400
    for kept in (Councillor, DropIn):
        wards = kept.objects.as_at(day).values("ward").distinct().count()
        assert wards == Ward.objects.count()


def test_city_has_a_sign_in_for_each_role(city):
    assert set(User.objects.values_list("role", flat=True)) == set(Role.values)
    leader = User.objects.get(role=Role.WARD_TEAM_LEADER)
    assert leader.officer.leaderships.current().exists()


def test_a_second_city_is_refused(city):
    with pytest.raises(CommandError, match="homes in this database already"):
        call_command("demo_city", homes=10)


def test_city_can_be_asked_for_only_where_there_is_none(city):
    call_command("demo_city", homes=10, if_empty=True)
    assert Property.objects.count() == 60


def test_a_live_service_gets_no_city(settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="only for demonstrations"):
        call_command("demo_city", homes=10)


@pytest.mark.parametrize("homes", [0, 200_001])
def test_a_silly_number_of_homes_is_refused(homes):
    with pytest.raises(CommandError, match="from 1 to 200,000"):
        call_command("demo_city", homes=homes)


@pytest.mark.parametrize(("homes", "designs_made"), [(60, 0), (900, 1)])
def test_a_small_city_has_what_can_be_drawn(settings, homes, designs_made):
    settings.DEMO_MODE = True
    call_command("demo_city", homes=homes, stdout=StringIO())
    assert PatchDesign.objects.count() == designs_made
    assert (
        PatchMembership.objects.as_at(today())
        .values("property")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .count()
        == 0
    )
