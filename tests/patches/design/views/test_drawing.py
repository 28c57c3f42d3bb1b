"""Pages: checks before drawing, starting, watching, stopping."""

from __future__ import annotations

import pytest

from housingplus.jobs.models import Job
from housingplus.jobs.services import create_job
from patches.models import AlternativeKind, DesignAlternative, PatchDesign
from tests.factories.designs import make_drawn_design
from tests.factories.officers import TeamWardFactory
from tests.factories.patches import (
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db


def page_of(client, design):
    return client.get(design.get_absolute_url()).content.decode()


def test_checks_count_homes_and_list_those_without_coordinates(
    client_for, manager, uneven
):
    ward = uneven.wards.get()
    lost = PropertyFactory(ward=ward, street="Lost Lane", easting=None, northing=None)
    client = client_for(manager)
    response = client.get(uneven.get_absolute_url())

    checks = response.context["checks"]
    assert (checks.home_count, checks.patch_count) == (25, 2)
    assert (checks.no_patch_count, checks.no_coordinates_count) == (1, 1)
    assert f"{ward.name} has no ward team" in response.content.decode()
    url = f"/designs/{uneven.pk}/no-coordinates/"
    listed = client.get(url)
    assert list(listed.context["page_obj"]) == [lost]
    csv = b"".join(client.get(url, {"format": "csv"}).streaming_content).decode()
    assert lost.uprn in csv


def test_checks_say_which_wards_to_add(client_for, manager, uneven):
    other = WardFactory(name="Castle")
    home = PropertyFactory(ward=other)
    PatchMembershipFactory(patch=uneven.wards.get().patches.first(), property=home)
    page = page_of(client_for(manager), uneven)

    assert "Add Castle to the design" in page
    assert f'action="/designs/{uneven.pk}/draw/"' not in page


def test_wards_with_a_team_are_not_worried_about(client_for, manager, uneven):
    TeamWardFactory(ward=uneven.wards.get())
    assert "no ward team" not in page_of(client_for(manager), uneven)


def test_checks_without_homes(client_for, manager, make_design):
    design = make_design(WardFactory())
    assert "There are no homes to draw" in page_of(client_for(manager), design)


def test_draws_in_the_background(
    client_for, manager, uneven, django_capture_on_commit_callbacks
):
    client = client_for(manager)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/designs/{uneven.pk}/draw/")

    assert response.url == uneven.get_absolute_url()
    assert uneven.alternatives.count() == 5
    uneven.refresh_from_db()
    assert uneven.job.status == "done"


def test_page_shows_how_far_it_is_and_can_stop_it(client_for, manager, uneven):
    job = create_job(kind="test", by=manager)
    PatchDesign.objects.filter(pk=uneven.pk).update(job=job)
    client = client_for(manager)
    page = page_of(client, uneven)

    assert "You can leave this page" in page
    assert 'http-equiv="refresh"' in page
    progress = client.get(
        f"/designs/{uneven.pk}/progress/", headers={"HX-Request": "true"}
    )
    assert "progress-" in progress.content.decode()
    client.post(f"/designs/{uneven.pk}/cancel-drawing/")
    job.refresh_from_db()
    assert job.status == "cancelled"
    assert "stopped before it was finished" in page_of(client, uneven)


def test_progress_goes_to_the_design_when_it_is_over(client_for, manager, uneven):
    client = client_for(manager)
    url = f"/designs/{uneven.pk}/progress/"
    assert client.get(url).url == uneven.get_absolute_url()
    job = create_job(kind="test", by=manager)
    Job.objects.filter(pk=job.pk).update(status="done")
    PatchDesign.objects.filter(pk=uneven.pk).update(job=job)
    response = client.get(url, headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == uneven.get_absolute_url()


def test_work_that_stopped_can_be_started_again(client_for, manager, uneven):
    job = create_job(kind="test", by=manager)
    Job.objects.filter(pk=job.pk).update(status="running", heartbeat_at=None)
    PatchDesign.objects.filter(pk=uneven.pk).update(job=job)

    assert "Start again" in page_of(client_for(manager), uneven)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("Homes 1 and 2 cannot be apart.", "Homes 1 and 2 cannot be apart."),
        ("Traceback (most recent call last): …", "Something went wrong"),
    ],
)
def test_page_says_why_it_could_not_be_drawn(client_for, manager, uneven, error, said):
    job = create_job(kind="test", by=manager)
    Job.objects.filter(pk=job.pk).update(status="failed", error=error)
    PatchDesign.objects.filter(pk=uneven.pk).update(job=job)
    page = page_of(client_for(manager), uneven)

    assert said in page
    assert "Traceback" not in page


def test_drawing_again_asks_about_hand_work(client_for, manager):
    made = make_drawn_design()
    DesignAlternative.objects.create(
        design=made.design,
        number=9,
        kind=AlternativeKind.BY_HAND,
        name="Adjusted by Robin",
        tolerance=2,
        copied_from=made.alternative,
    )
    client = client_for(manager)
    url = f"/designs/{made.design.pk}/draw/"

    assert "Adjusted by Robin" in client.get(url).content.decode()
    refused = client.post(url)
    assert "Say that you give up that work" in refused.content.decode()
    assert client.post(url, {"give_up_hand_work": "on"}).status_code == 302


def test_a_proposed_design_is_not_drawn_again(client_for, manager):
    made = make_drawn_design(status="proposed")
    client = client_for(manager)
    page = page_of(client, made.design)
    response = client.post(f"/designs/{made.design.pk}/draw/")

    assert "Draw again" not in page
    assert "is not drawn again" in response.content.decode()
    made.design.refresh_from_db()
    assert made.design.job is None


def test_areas_are_named_after_teams(client_for, manager, make_streets, make_design):
    wards = [WardFactory(), WardFactory()]
    team = TeamWardFactory(ward=wards[0]).team
    PatchFactory(ward=wards[0])
    for ward in wards:
        make_streets(ward)
    design = make_design(*wards)
    from patches.design.views.areas import areas_of

    assert areas_of(design) == sorted(
        [(team.name, (wards[0].pk,)), (wards[1].name, (wards[1].pk,))]
    )
