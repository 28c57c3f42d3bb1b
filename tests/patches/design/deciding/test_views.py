"""The pages from proposal to publication, as those who use them meet them."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from patches.models import DesignComment, DesignStatus, Patch, PatchDesign
from tests.factories.designs import DesignCommentFactory, make_drawn_design
from tests.factories.officers import AssignmentFactory, OfficerFactory

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"patches:designs:{name}", args=args)


def day_of(name: str, day: dt.date) -> dict[str, int]:
    return {
        f"{name}_day": day.day,
        f"{name}_month": day.month,
        f"{name}_year": day.year,
    }


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def made(ward, team, manager):
    """A drawn draft of two patches of the ward, each with a lead."""
    made = make_drawn_design(ward=ward, author=manager)
    for patch, name in zip(made.present, ("Ann First", "Bo Second"), strict=True):
        AssignmentFactory(patch=patch, officer=OfficerFactory(name=name))
    return made


@pytest.fixture
def client(client_for, manager):
    return client_for(manager)


@pytest.fixture
def propose(made, client):
    """Propose the alternative for comments from today on."""

    def act(**changes):
        design = PatchDesign.objects.get(pk=made.design.pk)
        answers = {
            "version": design.version,
            "alternative": made.alternative.pk,
            **day_of("consult_from", today()),
            **day_of("consult_until", today() + dt.timedelta(days=20)),
        }
        return client.post(url("propose", design.pk), answers | changes)

    return act


@pytest.fixture
def approve(made, client, propose):
    """Propose and approve, saying why before the consultation ends."""

    def act(**changes):
        propose()
        design = PatchDesign.objects.get(pk=made.design.pk)
        answers = {"version": design.version, "why_early": "Everybody has answered"}
        return client.post(url("approve", design.pk), answers | changes)

    return act


def test_the_whole_way_from_draft_to_in_force(
    made, client, client_for, manager, approve
):
    design, day = made.design, today() + dt.timedelta(days=30)
    approve()
    design.refresh_from_db()
    assert design.status == DesignStatus.APPROVED
    chosen = {"version": design.version, "step": "", **day_of("starts_on", day)}
    check = client.post(url("publish", design.pk), chosen)
    assert "Ann First" in text_of(check)
    confirmed = chosen | {"step": "confirm", "seen": check.context["seen"]}
    follows = client.post(url("publish", design.pk), confirmed, follow=True)
    assert follows.status_code == 200
    design.refresh_from_db()
    assert design.state_on(today()) == "Scheduled"
    assert design.state_on(day) == "In force"
    noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
    with time_machine.travel(noon, tick=False):
        assert made.homes[2].memberships.current().get().patch == made.present[1]
        where = client_for(manager).get(url("where", made.present[0].pk))
    assert made.present[1].code in text_of(where)


def test_proposing_twice_proposes_once(made, propose):
    propose()
    propose(version=1)
    made.design.refresh_from_db()
    assert made.design.events.filter(to_status="proposed").count() == 1


def test_a_wrong_window_is_told_in_the_summary(propose):
    yesterday = today() - dt.timedelta(days=1)
    page = text_of(propose(**day_of("consult_until", yesterday)))
    assert "There is a problem" in page
    assert "must be the same as the first or later" in page


def test_as_now_is_not_offered(made, propose):
    page = propose(alternative=made.as_now.pk)
    assert page.status_code == 200
    made.design.refresh_from_db()
    assert made.design.status == DesignStatus.DRAFT


def test_somebody_was_quicker_is_told(made, client, propose):
    old = made.design.version
    propose()
    PatchDesign.objects.filter(pk=made.design.pk).update(version=9)
    response = client.post(
        url("withdraw", made.design.pk),
        {"version": old, "reason": "No longer wanted"},
        follow=True,
    )
    assert "Look at it now, then go on." in text_of(response)
    made.design.refresh_from_db()
    assert made.design.status == DesignStatus.PROPOSED


def test_a_second_person_approves_where_it_must_be(settings, made, approve):
    settings.DESIGNS_NEED_SECOND_PERSON = True
    assert "somebody else must approve it" in text_of(approve())
    made.design.refresh_from_db()
    assert made.design.status == DesignStatus.PROPOSED


@pytest.mark.parametrize("is_needed", [True, False])
def test_its_maker_is_told_before_asking_that_somebody_else_approves(
    settings, made, client, propose, is_needed
):
    settings.DESIGNS_NEED_SECOND_PERSON = is_needed
    propose()
    page = text_of(client.get(url("approve", made.design.pk)))
    assert ("somebody else must approve it." in page) is is_needed


def test_approving_early_asks_why(made, approve):
    assert "Say why you approve it earlier" in text_of(approve(why_early=""))
    page = text_of(approve(why_early=""))
    assert "before the consultation is over? (optional)" not in page


def test_an_officer_comments_and_is_answered(
    made, client, client_for, officer, propose
):
    propose()
    mine = client_for(officer.user)
    comment = {
        "token": str(uuid.uuid4()),
        "comes_from": "tara",
        "speaker": "Elm Estate TARA",
        "text": "<b>Keep</b> us in one patch",
    }
    address = url("comment_add", made.design.pk)
    mine.post(address, comment)
    mine.post(address, comment)
    said = DesignComment.objects.get()
    page = client.get(url("comments", made.design.pk)).content.decode()
    assert "&lt;b&gt;Keep&lt;/b&gt;" in page
    client.post(
        url("comment_answer", made.design.pk, said.pk),
        {"answer": "You are now", "seen": ""},
    )
    said.refresh_from_db()
    assert said.answered_by is not None


def test_a_comment_for_a_councillor_says_for_whom(made, client, propose):
    propose()
    page = client.post(
        url("comment_add", made.design.pk),
        {"token": str(uuid.uuid4()), "comes_from": "councillor", "text": "Good"},
    )
    assert "There is a problem" in text_of(page)


def test_a_draft_is_not_found_by_others(made, client_for, officer):
    for name in ("comments", "comment_add", "leads"):
        response = client_for(officer.user).get(url(name, made.design.pk))
        assert response.status_code == 404


def test_another_lead_is_chosen_and_shown(made, client, approve):
    approve()
    other = OfficerFactory(name="Robin Other")
    patch = made.drawn[0]
    page = client.get(url("leads", made.design.pk))
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data[f"officer_{patch.pk}"] = str(other.pk)
    response = client.post(url("leads", made.design.pk), data, follow=True)
    assert response.status_code == 200
    assert patch.proposed_lead.officer == other


@pytest.mark.parametrize("kind", ["moving", "staying", "nonsense"])
def test_each_number_of_the_check_opens_its_list(made, client, approve, kind):
    approve()
    day = (today() + dt.timedelta(days=30)).isoformat()
    response = client.get(
        url("publish_homes", made.design.pk, kind), {"starts_on": day}
    )
    assert response.status_code == (404 if kind == "nonsense" else 200)


def test_cancelling_asks_why_and_puts_everything_back(made, client, approve):
    approve()
    design, day = made.design, today() + dt.timedelta(days=30)
    design.refresh_from_db()
    chosen = {"version": design.version, "step": "", **day_of("starts_on", day)}
    check = client.post(url("publish", design.pk), chosen)
    client.post(
        url("publish", design.pk),
        chosen | {"step": "confirm", "seen": check.context["seen"]},
    )
    design.refresh_from_db()
    address = url("cancel_publication", design.pk)
    refused = client.post(address, {"version": design.version, "reason": ""})
    assert "There is a problem" in text_of(refused)
    client.post(address, {"version": design.version, "reason": "Councillors asked"})
    design.refresh_from_db()
    assert design.status == DesignStatus.APPROVED
    assert made.homes[2].memberships.get().ends_on is None


@pytest.mark.parametrize(
    "name",
    ["successions", "follows", "officer_changes", "briefing", "officers_to_tell"],
)
def test_what_follows_is_there_once_published(ward, team, manager, client, name):
    published = make_drawn_design(
        ward=ward, author=manager, status=DesignStatus.SCHEDULED
    ).design
    assert client.get(url(name, published.pk)).status_code == 200
    draft = make_drawn_design(ward=ward, author=manager).design
    assert client.get(url(name, draft.pk)).status_code in {302, 404}


@pytest.mark.parametrize("name", ["successions", "officer_changes", "briefing"])
def test_lists_come_as_csv(ward, team, manager, client, name):
    design = make_drawn_design(
        ward=ward, author=manager, status=DesignStatus.SCHEDULED
    ).design
    response = client.get(url(name, design.pk), {"format": "csv"})
    assert response["Content-Type"].startswith("text/csv")


def test_where_a_patch_went_is_empty_for_one_that_never_changed(client, ward, team):
    from tests.factories.patches import PatchFactory

    patch: Patch = PatchFactory(ward=ward)
    assert client.get(url("where", patch.pk)).status_code == 200


def test_queries_of_comments_do_not_grow(made, client, propose):
    propose()
    DesignCommentFactory.create_batch(2, design=made.design)
    address = url("comments", made.design.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    DesignCommentFactory.create_batch(10, design=made.design)
    with CaptureQueriesContext(connection) as more:
        client.get(address)
    assert len(more) == len(few)
