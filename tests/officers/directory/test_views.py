"""The pages of officers, as people use them."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from officers.assignments.selectors import AnswerKind, who_answers
from officers.directory.models import Officer
from tests.factories.officers import AssignmentFactory, OfficerFactory
from tests.factories.patches import PatchFactory, PatchMembershipFactory

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"officers:directory:{name}", args=args)


@pytest.fixture
def page(client_for, manager):
    return client_for(manager)


def details(**more):
    return {
        "token": str(uuid.uuid4()),
        "name": "Ana Poole",
        "job_title": "Housing officer",
        "kind": "housing_officer",
        "fte": "0.6",
        "started_on": "2024-01-01",
    } | more


def names(response) -> list[str]:
    return [officer.name for officer in response.context["page_obj"]]


def test_list_filters_and_sorts(page, ward, team, officer, leader):
    patch = PatchFactory(ward=ward)
    PatchMembershipFactory(patch=patch)
    AssignmentFactory(patch=patch, officer=officer)
    gone = OfficerFactory(name="Gone Away", left_on=dt.date(2025, 1, 1))
    cover = OfficerFactory(name="Cover Kay")
    AssignmentFactory(
        patch=patch, officer=cover, kind="cover", ends_on=dt.date(2100, 1, 1)
    )
    assert set(names(page.get(url("list")))) == {officer.name, leader.name, cover.name}
    assert names(page.get(url("list"), {"sort": "-homes"}))[0] == officer.name
    assert names(page.get(url("list"), {"patches": "none"})) == [leader.name]
    assert names(page.get(url("list"), {"patches": "cover"})) == [cover.name]
    assert names(page.get(url("list"), {"status": "left"})) == [gone.name]
    assert set(names(page.get(url("list"), {"team": team.pk}))) == {
        officer.name,
        leader.name,
    }
    assert names(page.get(url("list"), {"q": "cover"})) == [cover.name]


def test_list_downloads_as_csv(page, officer):
    response = page.get(url("list"), {"format": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert officer.name in text


@pytest.mark.parametrize("name", ["list", "detail", "leave"])
def test_queries_do_not_grow(
    page, ward, team, officer, name, django_assert_num_queries
):
    address = url(name) if name == "list" else url(name, officer.pk)

    def more(count):
        for _ in range(count):
            OfficerFactory()
            AssignmentFactory(patch=PatchFactory(ward=ward), officer=officer)

    more(2)
    page.get(address)
    with CaptureQueriesContext(connection) as few:
        page.get(address)
    more(10)
    with django_assert_num_queries(len(few)):
        page.get(address)


def test_officer_page_shows_load_against_hours(page, ward, team, officer):
    officer.fte = "0.50"
    officer.save()
    patch = PatchFactory(ward=ward)
    PatchMembershipFactory.create_batch(3, patch=patch)
    AssignmentFactory(patch=patch, officer=officer)
    response = page.get(url("detail", officer.pk))
    assert response.context["homes_per_fte"] == 6
    assert response.context["load"] == "Under band"
    assert patch.code in response.content.decode()


def test_officer_without_patches_says_what_to_do(page, officer):
    text = page.get(url("detail", officer.pk)).content.decode()
    assert "No patch now" in text


def test_adding_with_pictures(page, picture):
    data = details(new_photo=picture(), new_signature=picture())
    response = page.post(url("create"), data)
    officer = Officer.objects.get(name="Ana Poole")
    assert response.url == officer.get_absolute_url()
    assert page.post(url("create"), details(token=data["token"])).status_code == 302
    assert Officer.objects.filter(name="Ana Poole").count() == 1


def test_invalid_officer_shows_summary(page):
    text = page.post(url("create"), details(name="", fte="3")).content.decode()
    assert "There is a problem" in text
    assert "Enter the name" in text
    text = page.post(url("create"), details(name="\u200e")).content.decode()
    assert "Nothing of this can be seen" in text


def test_bad_picture_is_said_beside_its_input(page, picture):
    bad = picture()
    bad.name, bad.file = "me.png", type(bad.file)(b"no picture")
    response = page.post(url("create"), details(new_photo=bad))
    assert "new_photo" in response.context["form"].errors
    assert not Officer.objects.filter(name="Ana Poole").exists()


def test_editing_and_losing_the_race(page, officer):
    first = page.post(url("edit", officer.pk), details(version=1, name="Ana Lee"))
    assert first.status_code == 302
    second = page.post(url("edit", officer.pk), details(version=1, name="Ana Dee"))
    assert second.status_code == 409
    text = second.content.decode()
    assert "Ana Lee" in text
    assert "Ana Dee" in text
    again = dict(second.context["typed"]) | {"version": 2}
    assert page.post(url("edit", officer.pk), again).status_code == 302
    officer.refresh_from_db()
    assert officer.name == "Ana Dee"


def test_pictures_are_served_safely(page, client_for, officer, analyst, picture):
    page.post(
        url("edit", officer.pk),
        details(version=1, new_photo=picture(), new_signature=picture()),
    )
    response = page.get(url("photo", officer.pk))
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "inline"
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"
    signature = page.get(url("signature", officer.pk))
    assert signature["Content-Type"] == "image/png"
    assert b"".join(signature.streaming_content)[1:4] == b"PNG"
    assert client_for(analyst).get(url("signature", officer.pk)).status_code == 404


def test_leaver_from_page_to_confirmation(page, ward, team, officer):
    led, other = PatchFactory.create_batch(2, ward=ward)
    heir = OfficerFactory()
    AssignmentFactory(patch=led, officer=officer)
    AssignmentFactory(patch=other, officer=officer)
    text = page.get(url("leave", officer.pk)).content.decode()
    assert led.code in text
    data = {
        "left_on": today().isoformat(),
        "everything": heir.pk,
        f"patch_{other.pk}": "team",
        "reason": "Retires",
    }
    preview = page.post(url("leave", officer.pk), data)
    assert "Check who takes over" in preview.content.decode()
    carried = dict(preview.context["carried"])
    carried |= {"seen": preview.context["seen"], "step": "confirm"}
    assert page.post(url("leave", officer.pk), carried).status_code == 302
    tomorrow = today() + dt.timedelta(days=1)
    assert who_answers(led, tomorrow).officer == heir
    assert who_answers(other, tomorrow).kind == AnswerKind.TEAM
    officer.refresh_from_db()
    assert officer.left_on == today()


def test_leaver_form_out_of_date_is_said(page, ward, team, officer):
    AssignmentFactory(patch=PatchFactory(ward=ward), officer=officer)
    data = {
        "left_on": today().isoformat(),
        "reason": "Retires",
        "seen": "none",
        "step": "confirm",
    }
    text = page.post(url("leave", officer.pk), data).content.decode()
    assert "was changed since you opened the page" in text
    officer.refresh_from_db()
    assert officer.left_on is None


def test_leader_cannot_end_work_in_other_wards(client_for, leader, officer):
    AssignmentFactory(officer=officer)
    page = client_for(leader.user)
    assert "wards you do not run" in page.get(url("leave", officer.pk)).content.decode()
    data = {"left_on": today().isoformat(), "reason": "x", "step": "confirm"}
    page.post(url("leave", officer.pk), data | {"seen": "1"})
    officer.refresh_from_db()
    assert officer.left_on is None


def test_other_teams_officer_is_not_found(client_for, other_leader, officer):
    page = client_for(other_leader.user)
    assert page.get(url("leave", officer.pk)).status_code == 404
    assert page.post(url("leave", officer.pk)).status_code == 404
