"""The pages of who answers for which patch, as people use them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from housingplus.common.dates import long_date, today
from officers.assignments.models import Assignment
from officers.assignments.selectors import who_answers
from tests.factories.officers import (
    AssignmentFactory,
    OfficerFactory,
    TeamMembershipFactory,
)
from tests.factories.patches import PatchFactory
from tests.factories.tenants import TaraPatchFactory

pytestmark = pytest.mark.django_db


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def url(name: str, *args) -> str:
    return reverse(f"officers:assignments:{name}", args=args)


def answers(person, **more):
    return {
        "officer": str(person.pk),
        "starts_on": in_days(7).isoformat(),
        "reason": "New starter",
        "seen": "",
    } | more


def seen(response) -> str:
    return response.context["seen"]


def test_leader_assigns_from_choice_to_done(page, patch, officer):
    form = page.get(url("assign", patch.pk))
    data = answers(officer, seen=seen(form))
    preview = page.post(url("assign", patch.pk), data)
    text = preview.content.decode()
    assert "Check what changes" in text
    assert long_date(in_days(7)) in text
    touched = preview.context["touched"]
    assert (touched.homes, touched.households, touched.letters) == (2, 2, 1)
    assert not Assignment.objects.exists()
    done = page.post(url("assign", patch.pk), data | {"step": "confirm"}, follow=True)
    assert f"{officer} leads on {patch.code}" in " ".join(done.content.decode().split())
    assert f"?patch={patch.pk}" in done.content.decode()
    assert who_answers(patch, in_days(7)).officer == officer


def test_preview_names_the_associations_of_the_patch(page, patch, officer):
    tara = TaraPatchFactory(patch=patch, tara__ward=patch.ward).tara
    preview = page.post(url("assign", patch.pk), answers(officer))
    assert tara.name in preview.content.decode()


def test_officer_of_another_team_can_be_chosen(page, patch):
    stranger = OfficerFactory()
    data = answers(stranger, officer="other", other_officer=str(stranger.pk))
    assert page.post(url("assign", patch.pk), data).status_code == 200
    data |= {"step": "confirm", "seen": f"{patch.pk}:0"}
    assert page.post(url("assign", patch.pk), data).status_code == 302
    assert Assignment.objects.get().officer == stranger


@pytest.mark.parametrize("name", ["assign", "vacancy", "cover", "bulk"])
def test_invalid_form_shows_summary(page, patch, name):
    args = [patch.pk] if name in {"assign", "vacancy"} else []
    response = page.post(url(name, *args), {"reason": ""})
    text = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in text
    assert "<title>Error: " in text


def test_rule_is_shown_beside_its_field(page, patch, officer):
    officer.started_on = in_days(60)
    officer.save()
    response = page.post(url("assign", patch.pk), answers(officer))
    assert "starts work on" in response.context["form"].errors["starts_on"][0]


def test_change_answers_shows_them_again(page, patch, officer):
    data = answers(officer, step="change")
    response = page.post(url("assign", patch.pk), data)
    assert response.context["form"]["reason"].value() == "New starter"
    assert "There is a problem" not in response.content.decode()


def test_later_lead_is_asked_about(page, patch, officer):
    later = AssignmentFactory(patch=patch, starts_on=in_days(30))
    data = answers(officer, seen=f"{patch.pk}:{later.pk}")
    asked = page.post(url("assign", patch.pk), data)
    assert "What about the lead already planned?" in asked.content.decode()
    data |= {"planned": "keep", "step": "confirm"}
    assert page.post(url("assign", patch.pk), data).status_code == 302
    assert Assignment.objects.get(officer=officer).ends_on == in_days(29)


def test_stale_form_gets_conflict_page_and_goes_on(page, patch, officer, manager):
    data = answers(officer, step="confirm", seen=f"{patch.pk}:0")
    rival = AssignmentFactory(
        patch=patch, starts_on=in_days(-1), created_by=manager, reason="First"
    )
    response = page.post(url("assign", patch.pk), data)
    text = response.content.decode()
    assert response.status_code == 409
    assert str(manager) in text
    assert rival.officer.name in text
    assert "Assign anyway" in text
    assert not Assignment.objects.filter(officer=officer).exists()
    carried = dict(response.context["carried"])
    carried |= {"seen": response.context["seen"], "step": "confirm"}
    assert page.post(url("assign", patch.pk), carried).status_code == 302
    assert Assignment.objects.get(officer=officer).starts_on == in_days(7)


def test_loser_of_the_same_day_can_go_on_too(page, patch, officer, manager):
    rival = AssignmentFactory(patch=patch, starts_on=in_days(7), created_by=manager)
    data = answers(officer, step="confirm", seen=f"{patch.pk}:0")
    response = page.post(url("assign", patch.pk), data)
    carried = dict(response.context["carried"])
    carried |= {"seen": response.context["seen"], "step": "confirm"}
    assert page.post(url("assign", patch.pk), carried).status_code == 302
    assert Assignment.objects.get().officer == officer
    assert not Assignment.objects.filter(pk=rival.pk).exists()


def test_lead_of_the_same_day_can_only_be_replaced(page, patch, officer):
    rival = AssignmentFactory(patch=patch, starts_on=in_days(7))
    data = answers(officer, seen=f"{patch.pk}:{rival.pk}")
    asked = page.post(url("assign", patch.pk), data).content.decode()
    assert "Replace it with the new lead" in asked
    assert "Keep it" not in asked


def test_double_click_is_two_same_answers(page, patch, officer):
    data = answers(officer, step="confirm", seen=f"{patch.pk}:0")
    first = page.post(url("assign", patch.pk), data)
    second = page.post(url("assign", patch.pk), data)
    assert first.url == second.url
    assert Assignment.objects.count() == 1


def test_vacancy_without_a_team_is_refused_politely(client_for, manager, officer):
    patch = PatchFactory()
    response = client_for(manager).post(
        url("vacancy", patch.pk),
        {"starts_on": today().isoformat(), "reason": "Nobody"},
    )
    assert "No team has" in response.content.decode()


def test_vacancy_lets_the_team_answer(page, patch, team, officer):
    lead = AssignmentFactory(patch=patch, officer=officer)
    data = {
        "starts_on": in_days(1).isoformat(),
        "reason": "Seconded",
        "step": "confirm",
        "seen": f"{patch.pk}:{lead.pk}",
    }
    assert page.post(url("vacancy", patch.pk), data).status_code == 302
    assert who_answers(patch, in_days(1)).team == team


def test_cover_for_several_patches(page, ward, patch, officer):
    other = PatchFactory(ward=ward)
    data = {
        "patches": [patch.pk, other.pk],
        "officer": officer.pk,
        "starts_on": today().isoformat(),
        "ends_on": in_days(5).isoformat(),
        "reason": "Leave",
    }
    preview = page.post(url("cover"), data)
    assert "Check the cover" in preview.content.decode()
    for _ in range(2):
        done = page.post(url("cover"), data | {"step": "confirm"})
        assert done.status_code == 302
    assert Assignment.objects.filter(kind="cover", officer=officer).count() == 2


def test_cover_refuses_another_wards_patch(page, patch, officer):
    foreign = PatchFactory()
    data = {"patches": [foreign.pk], "officer": officer.pk}
    response = page.post(url("cover"), data)
    assert "patches" in response.context["form"].errors
    assert foreign.code not in response.content.decode()


def test_cover_ticks_patches_of_the_one_away(page, patch, officer):
    AssignmentFactory(patch=patch, officer=officer)
    response = page.get(url("cover"), {"officer": officer.pk})
    assert response.context["offered"].ticked == [str(patch.pk)]


def test_cover_ends_early(page, patch):
    cover = AssignmentFactory(
        patch=patch, kind="cover", starts_on=in_days(-5), ends_on=in_days(5)
    )
    wrong = {"ends_on": in_days(9).isoformat()}
    assert page.post(url("end_cover", cover.pk), wrong).status_code == 200
    right = {"ends_on": today().isoformat()}
    assert page.post(url("end_cover", cover.pk), right).status_code == 302
    cover.refresh_from_db()
    assert cover.ends_on == today()


def test_planned_assignment_is_cancelled_by_post_only(page, patch):
    lead = AssignmentFactory(patch=patch, ends_on=in_days(2))
    planned = AssignmentFactory(patch=patch, starts_on=in_days(3))
    text = page.get(url("cancel", planned.pk)).content.decode()
    assert f"{lead.officer} goes on as lead" in text
    assert Assignment.objects.count() == 2
    assert page.post(url("cancel", planned.pk)).status_code == 302
    assert Assignment.objects.get() == lead


def test_bulk_reassigns_in_one_step(page, ward, patch, officer):
    other = PatchFactory(ward=ward)
    AssignmentFactory(patch=other)
    form = page.get(url("bulk"), {"patch": [patch.pk, other.pk]})
    data = {
        "patches": [patch.pk, other.pk],
        "officer": officer.pk,
        "starts_on": today().isoformat(),
        "reason": "Balance",
        "seen": seen(form),
    }
    assert "Check what changes" in page.post(url("bulk"), data).content.decode()
    done = page.post(url("bulk"), data | {"step": "confirm"})
    assert done.url == officer.get_absolute_url()
    assert Assignment.objects.current().filter(officer=officer).count() == 2


def test_bulk_conflict_names_the_patch(page, patch, officer):
    data = {
        "patches": [patch.pk],
        "officer": officer.pk,
        "starts_on": today().isoformat(),
        "reason": "Balance",
        "seen": f"{patch.pk}:0",
        "step": "confirm",
    }
    AssignmentFactory(patch=patch)
    response = page.post(url("bulk"), data)
    assert response.status_code == 409
    assert patch.code in response.content.decode()


def test_other_wards_leader_finds_nothing(client_for, other_leader, patch):
    lead = AssignmentFactory(patch=patch, starts_on=in_days(3))
    stranger = client_for(other_leader.user)
    for name, pk in (
        ("assign", patch.pk),
        ("vacancy", patch.pk),
        ("cancel", lead.pk),
        ("done", lead.pk),
    ):
        assert stranger.get(url(name, pk)).status_code == 404
        assert stranger.post(url(name, pk)).status_code in {404, 405}
    assert Assignment.objects.filter(pk=lead.pk).exists()


def test_many_candidates_are_one_searchable_list(page, patch, team):
    for _ in range(16):
        TeamMembershipFactory(team=team)
    form = page.get(url("assign", patch.pk)).context["form"]
    assert [value for value, _ in form.fields["officer"].choices] == ["other"]
    assert form["officer"].value() == "other"
    assert len(form.fields["other_officer"].choices) > 16


def test_manager_narrows_patches_to_a_ward(client_for, manager, patch):
    elsewhere = PatchFactory()
    page = client_for(manager)
    everything = page.get(url("bulk")).context["offered"].patches
    assert set(everything) == {patch, elsewhere}
    response = page.get(url("bulk"), {"ward": patch.ward_id})
    assert response.context["offered"].patches == [patch]
