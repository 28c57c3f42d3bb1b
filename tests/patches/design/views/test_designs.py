"""Pages: the list of designs, making, changing and copying one."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from housingplus.common.dates import today
from patches.design.presenters.designs import sizes_in_words, sizing_in_words
from patches.models import AssumptionSet, PatchDesign
from tests.factories.designs import (
    AssumptionSetFactory,
    PatchDesignFactory,
    make_drawn_design,
)
from tests.factories.officers import TeamWardFactory
from tests.factories.patches import HousingAreaFactory, WardFactory

pytestmark = pytest.mark.django_db
LIST = "/designs/"


def answers(**values):
    day = today()
    given = {
        "name": "Patches from April",
        "reason": "Two patches are far too large.",
        "homes_on_day": day.day,
        "homes_on_month": day.month,
        "homes_on_year": day.year,
        "sizing": "band",
        "weight_strength": "1.00",
        "balance_weight": "5",
        "compactness_weight": "5",
        "continuity_weight": "5",
        "tolerance": "2.0",
        "review_tolerance": "5.0",
        "seed": "1",
        "token": "0b4c5a9e-7a52-4a3b-9c7f-111111111111",
    }
    return {**given, **values}


def test_list_shows_states_and_wards(client_for, manager):
    ward = WardFactory(name="Castle")
    draft = PatchDesignFactory(name="A draft", wards=[ward])
    make_drawn_design(name="Now", status="scheduled", starts_on=today())
    later = today() + dt.timedelta(days=30)
    make_drawn_design(name="Later", status="scheduled", starts_on=later)
    page = client_for(manager).get(LIST).content.decode()

    for text in (draft.name, "Castle", "Draft", "In force", "Scheduled"):
        assert text in page


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("draft", {"A draft"}),
        ("in_force", {"Now"}),
        ("scheduled", {"Later"}),
        ("superseded", {"Past"}),
        ("withdrawn", set()),
    ],
)
def test_list_is_filtered_by_state(client_for, manager, state, found):
    PatchDesignFactory(name="A draft")
    now = make_drawn_design(name="Now", status="scheduled", starts_on=today()).design
    make_drawn_design(
        name="Later", status="scheduled", starts_on=today() + dt.timedelta(days=30)
    )
    past = make_drawn_design(name="Past", status="scheduled").design
    PatchDesign.objects.filter(pk=past.pk).update(
        superseded_on=today(), superseded_by=now
    )
    response = client_for(manager).get(LIST, {"state": state})

    assert {line["design"].name for line in response.context["lines"]} == found


def test_list_is_filtered_by_ward_and_name(client_for, manager):
    ward = WardFactory()
    PatchDesignFactory(name="Spring", wards=[ward])
    PatchDesignFactory(name="Summer")
    client = client_for(manager)

    for query in ({"ward": ward.pk}, {"q": "spring"}):
        lines = client.get(LIST, query).context["lines"]
        assert [line["design"].name for line in lines] == ["Spring"]


def test_drafts_are_not_for_everybody(client_for, officer):
    PatchDesignFactory(name="A secret draft")
    make_drawn_design(name="A proposal", status="proposed")
    page = client_for(officer.user).get(LIST).content.decode()

    assert "A proposal" in page
    assert "A secret draft" not in page


def test_list_queries_do_not_grow(client_for, manager, django_assert_num_queries):
    client = client_for(manager)
    for _ in range(2):
        PatchDesignFactory(wards=[WardFactory()])
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for _ in range(10):
        PatchDesignFactory(wards=[WardFactory()])
    with django_assert_num_queries(len(few)):
        client.get(LIST)


def test_list_downloads_as_csv(client_for, manager, officer):
    PatchDesignFactory(name="Spring", wards=[WardFactory(name="Castle")])
    response = client_for(manager).get(LIST, {"format": "csv"})

    lines = b"".join(response.streaming_content).decode()
    assert '"Spring","Draft","Castle"' in lines


def test_empty_list_tells_the_steps(client_for, manager, officer):
    page = client_for(manager).get(LIST).content.decode()
    assert "Agree the assumptions" in page
    assert "Make a design" in page
    assert "Make a design" not in client_for(officer.user).get(LIST).content.decode()


def test_first_question_leads_to_the_form(client_for, manager):
    AssumptionSetFactory()
    client = client_for(manager)

    assert client.get("/designs/new/").status_code == 200
    response = client.get("/designs/new/", {"kind": "wards"})
    assert response.url == "/designs/new/wards/"
    page = client.get("/designs/new/", {"kind": ""}).content.decode()
    assert "There is a problem" in page
    assert client.get("/designs/new/castles/").status_code == 404


@pytest.mark.parametrize("url", ["/designs/new/", "/designs/new/all/"])
def test_without_wards_there_is_nothing_to_draw(client_for, manager, url):
    client = client_for(manager)
    assert "There are no wards yet" in client.get(url).content.decode()
    WardFactory()
    assert "There are no wards yet" not in client.get(url).content.decode()


def test_without_assumptions_the_form_says_so(client_for, manager):
    page = client_for(manager).get("/designs/new/wards/").content.decode()
    assert "There is no assumption set" in page


def test_makes_a_design_of_wards(client_for, manager):
    ward, _ = WardFactory(), WardFactory()
    assumptions = AssumptionSetFactory()
    response = client_for(manager).post(
        "/designs/new/wards/", answers(assumptions=assumptions.pk, scope=[ward.pk])
    )

    design = PatchDesign.objects.get()
    assert response.url == design.get_absolute_url()
    assert list(design.wards.all()) == [ward]
    assert design.created_by == manager


def test_makes_a_design_of_teams_areas_and_all(client_for, manager):
    area = HousingAreaFactory()
    one, two, lone = WardFactory(area=area), WardFactory(area=area), WardFactory()
    team = TeamWardFactory(ward=one).team
    TeamWardFactory(ward=two, team=team)
    assumptions = AssumptionSetFactory().pk
    client = client_for(manager)

    for number, (kind, scope, wards) in enumerate(
        [
            ("teams", [team.pk], {one, two}),
            ("areas", [area.pk], {one, two}),
            ("all", [], {one, two, lone}),
        ]
    ):
        token = f"0b4c5a9e-7a52-4a3b-9c7f-00000000000{number}"
        client.post(
            f"/designs/new/{kind}/",
            answers(assumptions=assumptions, scope=scope, token=token),
        )
        assert set(PatchDesign.objects.get(token=token).wards.all()) == wards


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": ""}, "Enter the name"),
        ({"sizing": "patches"}, "Enter the number of patches"),
        ({"sizing": "patches", "sizing_value": "2.5"}, "Enter a whole number"),
        ({"tolerance": "40"}, "must be 20 or less"),
        ({"scope": []}, "Select at least one ward"),
        ({"assumptions": ""}, "Select the assumption set"),
    ],
)
def test_form_says_what_to_do(client_for, manager, values, message):
    given = {"assumptions": AssumptionSetFactory().pk, "scope": [WardFactory().pk]}
    response = client_for(manager).post(
        "/designs/new/wards/", answers(**{**given, **values})
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in page
    assert message in page
    assert not PatchDesign.objects.exists()


def test_edits_a_draft(client_for, manager):
    ward, other = WardFactory(), WardFactory()
    design = PatchDesignFactory(wards=[ward])
    client = client_for(manager)
    url = f"/designs/{design.pk}/edit/"
    assert "Change what is to be drawn" in client.get(url).content.decode()
    sent = answers(
        assumptions=design.assumptions_id, scope=[other.pk], version=design.version
    )
    response = client.post(url, sent)

    assert response.url == design.get_absolute_url()
    design.refresh_from_db()
    assert design.name == "Patches from April"
    assert list(design.wards.all()) == [other]
    again = client.post(url, sent)
    assert again.status_code == 409
    assert "changed this on" in again.content.decode()


def test_copies_a_design(client_for, manager):
    design = PatchDesignFactory(wards=[WardFactory()])
    client = client_for(manager)
    url = f"/designs/{design.pk}/copy/"
    assert client.get(url).status_code == 200
    token = "0b4c5a9e-7a52-4a3b-9c7f-222222222222"
    response = client.post(url, {"name": "Another", "token": token})

    made = PatchDesign.objects.get(name="Another")
    assert response.url == made.get_absolute_url()
    assert list(made.wards.all()) == list(design.wards.all())


@pytest.mark.parametrize(
    ("sizing", "value", "says"),
    [
        ("patches", "1", "1 patch"),
        ("patches", "1200", "1,200 patches"),
        ("officers", "7.5", "One for each whole officer of 7.5"),
        ("hours", "1", "About 1 hour a month each"),
    ],
)
def test_the_number_of_patches_is_told_as_people_say_it(sizing, value, says):
    design = PatchDesign(
        sizing=sizing, sizing_value=Decimal(value), assumptions=AssumptionSet()
    )
    assert sizing_in_words(design) == says


def test_sizes_are_told_as_people_say_them():
    one = {"patches": 1, "smallest_homes": 1, "largest_homes": 1}
    assert sizes_in_words(one) == "1 patch of 1 home"
    more = {"patches": 8, "smallest_homes": 258, "largest_homes": 1331}
    assert sizes_in_words(more) == "8 patches of 258 to 1,331 homes"
