"""What each role sees first."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from patches.models import DesignStatus, PatchBand, PatchDesign
from tenants.home import selectors
from tests.access import World, build_world
from tests.factories.designs import (
    DesignReviewFactory,
    PatchDesignFactory,
    make_drawn_design,
)
from tests.factories.letters import ReturnedLetterFactory
from tests.factories.officers import AssignmentFactory, OfficerFactory, UserFactory
from tests.factories.patches import (
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)
from tests.factories.tenants import HouseholdFactory, TaraFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build_world()


def page_of(client_for, world, role):
    return client_for(world.users[role]).get(reverse("home"))


def figures(page) -> dict[str, int]:
    return {figure.label: figure.number for figure in page.context["figures"]}


@pytest.mark.parametrize(
    ("role", "heading"),
    [
        ("officer", "My patch today"),
        ("leader", "My ward today"),
        ("manager", "Whole service"),
        ("analyst", "Measures"),
        ("administrator", "Whole service"),
    ],
)
def test_each_role_has_its_page(client_for, world, role, heading):
    assert heading in page_of(client_for, world, role).content.decode()


def test_officer_sees_own_patches(client_for, world):
    page = page_of(client_for, world, "officer")
    assert [one.patch for one in page.context["home"].patches] == [world.patch]
    text = page.content.decode()
    assert reverse("patches:register:walk", args=[world.patch.pk]) in text
    assert world.tara.name in text
    assert world.other_patch.code not in text


def test_officer_sees_until_when_they_cover(client_for, world):
    last = today() + dt.timedelta(days=3)
    AssignmentFactory(
        patch=world.other_patch,
        officer=world.officer,
        kind="cover",
        starts_on=today(),
        ends_on=last,
    )
    page = page_of(client_for, world, "officer")
    assert figures(page)["patches"] == 2
    assert f"for {world.other_officer}" in page.content.decode()


def test_officer_sees_reviews_due_and_homes_that_came(client_for, world):
    household = world.household
    household.do_not_write = True
    household.do_not_write_reason = "Asked for no letters"
    household.do_not_write_review_on = today()
    household.save()
    PatchMembershipFactory(patch=world.patch, starts_on=today())
    home = page_of(client_for, world, "officer").context["home"]
    assert home.review_count == 1
    assert [(move.came, move.left) for move in home.moves] == [(1, 0)]


def test_home_that_left_shows_on_the_day_after_its_last(world):
    world.membership.ends_on = today() - dt.timedelta(days=1)
    world.membership.save()
    moves = selectors.list_moves([world.patch], today())
    assert [(move.on, move.came, move.left) for move in moves] == [(today(), 0, 1)]


@pytest.mark.parametrize(
    ("role", "count"), [("officer", 1), ("other_officer", 0), ("leader", 1)]
)
def test_a_plan_open_for_comment_is_shown_to_those_it_touches(
    client_for, world, role, count
):
    made = make_drawn_design(status=DesignStatus.PROPOSED, ward=world.ward)
    page = page_of(client_for, world, role)
    assert figures(page)["plans to comment on"] == count
    assert (made.design.get_absolute_url() in page.content.decode()) == bool(count)
    PatchDesign.objects.update(
        consult_from=today() - dt.timedelta(days=9),
        consult_until=today() - dt.timedelta(days=1),
    )
    assert figures(page_of(client_for, world, role))["plans to comment on"] == 0


def leave_band_soon(patch):
    """The patch's one home will be outside the band that begins next month."""
    band = {"band_min": 1, "band_max": 5}
    PatchBand.objects.create(patch=patch, starts_on=dt.date(2024, 2, 1), **band)
    next_month = {"starts_on": today() + dt.timedelta(days=30)}
    PatchBand.objects.filter(patch=patch).update(
        ends_on=today() + dt.timedelta(days=29)
    )
    PatchBand.objects.create(patch=patch, band_min=8, band_max=9, **next_month)


def test_patches_leaving_their_dated_band_are_listed_for_those_who_run_them(
    client_for, world
):
    leave_band_soon(world.patch)
    page = page_of(client_for, world, "leader")
    assert figures(page)["patches leaving their band"] == 1
    assert [line.patch for line in page.context["leaving"]] == [world.patch]
    assert "under its band of 8 to 9" in page.content.decode()
    other = page_of(client_for, world, "other_leader")
    assert figures(other)["patches leaving their band"] == 0
    manager = page_of(client_for, world, "manager")
    assert figures(manager)["patches leaving their band"] == 1


def test_letters_due_are_counted_in_the_wards_a_person_runs(client_for, world):
    # Another ward has a home due a letter as well.
    for role, count in (("leader", 1), ("manager", 2)):
        page = page_of(client_for, world, role)
        assert figures(page)["letters due"] == count
        listed = client_for(world.users[role]).get(reverse("tenants:letters:due"))
        assert listed.context["home_count"] == count
    manager = page_of(client_for, world, "manager")
    text = manager.content.decode()
    assert reverse("tenants:letters:due") in text
    assert reverse("tenants:letters:coverage") in text


@pytest.mark.parametrize(
    ("role", "count"),
    [("officer", 1), ("leader", 1), ("manager", 1), ("other_leader", 0)],
)
def test_letters_back_are_counted_for_whoever_looks_after_the_home(
    client_for, world, role, count
):
    ReturnedLetterFactory(
        letter__home__property=world.home, letter__household=world.household
    )
    page = page_of(client_for, world, role)
    assert figures(page)["returned letters to check"] == count
    link = f"{reverse('tenants:letters:return_list')}?state=to_check"
    assert (link in page.content.decode()) == bool(count)


def test_manager_sees_plans_to_decide_and_reviews_due(client_for, world):
    make_drawn_design(status=DesignStatus.PROPOSED)
    over = make_drawn_design(status=DesignStatus.PROPOSED).design
    over.consult_from = over.consult_until = today() - dt.timedelta(days=3)
    over.save()
    PatchDesignFactory()
    for days in (-5, 30, 31):
        design = make_drawn_design(status=DesignStatus.SCHEDULED).design
        DesignReviewFactory(design=design, due_on=today() + dt.timedelta(days=days))
    counted = figures(page_of(client_for, world, "manager"))
    assert counted["plans waiting for approval"] == 2
    assert counted["plans open for comment"] == 1
    assert counted["12-month reviews due"] == 2
    leader = figures(page_of(client_for, world, "leader"))
    assert not {"plans waiting for approval", "12-month reviews due"} & set(leader)


@pytest.mark.parametrize(
    ("label", "count"),
    [
        ("plans waiting for approval", 2),
        ("plans open for comment", 1),
        ("12-month reviews due", 1),
        ("patches leaving their band", 1),
    ],
)
def test_a_list_has_as_many_rows_as_its_number_says(client_for, world, label, count):
    leave_band_soon(world.patch)
    make_drawn_design(status=DesignStatus.PROPOSED)
    over = make_drawn_design(status=DesignStatus.PROPOSED).design
    over.consult_from = over.consult_until = today() - dt.timedelta(days=3)
    over.save()
    done = make_drawn_design(status=DesignStatus.SCHEDULED).design
    DesignReviewFactory(design=done, due_on=today())
    client = client_for(world.users["manager"])
    page = client.get(reverse("home"))
    (figure,) = [one for one in page.context["figures"] if one.label == label]
    listed = client.get(figure.url).context["page_obj"].paginator.count
    assert figure.number == listed == count


def test_account_without_a_member_of_staff_is_told_so(client_for, world):
    page = client_for(UserFactory()).get(reverse("home"))
    assert "not linked to a member of staff" in page.content.decode()


def test_leader_sees_what_needs_somebody(client_for, world):
    AssignmentFactory(
        patch=world.patch,
        officer=OfficerFactory(),
        kind="cover",
        starts_on=today(),
        ends_on=today() + dt.timedelta(days=2),
    )
    AssignmentFactory(
        patch=world.vacant_patch,
        officer=world.officer,
        starts_on=today() + dt.timedelta(days=9),
    )
    world.run.letter_count = 1
    world.run.save()
    TaraFactory(ward=world.ward, name="Quiet Street residents")
    page = page_of(client_for, world, "leader")
    counted = figures(page)
    assert counted["patches with no officer"] == 1
    assert counted["covers ending soon"] == 1
    assert counted["homes with no patch"] == 1
    assert counted["letter runs to approve"] == 1
    assert counted["planned changes"] == 1
    assert counted["patches out of band"] == 2
    text = page.content.decode()
    assign = reverse("officers:assignments:assign", args=[world.vacant_patch.pk])
    assert assign in text
    assert "Quiet Street residents" in text


def test_leader_sees_own_wards_only(client_for, world):
    page = page_of(client_for, world, "leader")
    assert [line.ward for line in page.context["home"].wards] == [world.ward]
    assert world.other_patch.code not in page.content.decode()


def test_manager_sees_every_ward(client_for, world):
    page = page_of(client_for, world, "manager")
    lines = {line.ward: line for line in page.context["home"].wards}
    assert set(lines) == {world.ward, world.other_ward}
    assert lines[world.ward].home_count == 2
    assert lines[world.ward].unplaced_count == 1
    assert lines[world.ward].leader == world.leader
    assert figures(page)["imports to finish"] == 1


def test_every_number_that_is_not_nought_opens_its_list(client_for, world):
    for role in ("officer", "leader", "manager", "analyst", "administrator"):
        client = client_for(world.users[role])
        page = client.get(reverse("home"))
        shown = [*page.context["figures"], *page.context.get("account_figures", [])]
        for figure in shown:
            if not figure.number:
                continue
            assert figure.url, figure
            if figure.url.startswith("#"):
                assert f'id="{figure.url[1:]}"' in page.content.decode(), figure
            else:
                assert client.get(figure.url).status_code == 200, figure


def test_analyst_sees_no_names(client_for, world):
    text = page_of(client_for, world, "analyst").content.decode()
    assert world.person.last_name not in text


def test_administrator_sees_accounts(client_for, world):
    page = page_of(client_for, world, "administrator")
    labels = {f.label: f.number for f in page.context["account_figures"]}
    assert labels["accounts: service manager"] == 1
    assert labels["accounts: ward team leader"] == 2


def test_empty_service_says_what_to_do_first(client_for, manager, analyst):
    text = client_for(manager).get(reverse("home")).content.decode()
    assert "Import your homes" in text
    assert reverse("imports:list") in text
    text = client_for(analyst).get(reverse("home")).content.decode()
    assert reverse("imports:list") not in text


@pytest.mark.parametrize("role", ["officer", "leader", "manager", "analyst"])
def test_queries_do_not_grow(client_for, world, role):
    client = client_for(world.users[role])

    def more(count):
        for _ in range(count):
            patch = PatchFactory(ward=world.ward)
            home = PropertyFactory(ward=world.ward)
            PatchMembershipFactory(patch=patch, property=home, starts_on=today())
            AssignmentFactory(patch=patch, officer=world.officer)
            HouseholdFactory(property=home)
            PropertyFactory(ward=world.ward)
            TaraFactory(ward=world.ward)
            leave_band_soon(patch)
            made = make_drawn_design(status=DesignStatus.PROPOSED, ward=world.ward)
            DesignReviewFactory(design=made.design, due_on=today())

    more(2)
    client.get(reverse("home"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("home"))
    more(10)
    WardFactory.create_batch(3)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("home"))
    assert len(many) == len(few)
