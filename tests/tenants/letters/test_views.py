"""Pages of runs and letters: what is shown, to whom, and what is refused."""

from __future__ import annotations

import csv
import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housingplus.common.dates import today
from officers.accounts.roles import Role
from tenants.letters import rules
from tenants.letters.services import runs
from tenants.models import Household, LetterRun
from tests.factories.officers import AssignmentFactory, UserFactory
from tests.factories.patches import PatchFactory

pytestmark = pytest.mark.django_db


def url(name: str, *args: object) -> str:
    return reverse(f"tenants:letters:{name}", args=args)


def text_of(response) -> str:
    if response.streaming:
        return b"".join(response.streaming_content).decode("utf-8-sig")
    return response.content.decode()


@pytest.fixture
def client(client_for, leader):
    return client_for(leader.user)


def day_of(name: str, day: dt.date) -> dict[str, int]:
    """A date as its three boxes send it."""
    return {
        f"{name}_day": day.day,
        f"{name}_month": day.month,
        f"{name}_year": day.year,
    }


def _answers(chosen, patch, **changes) -> dict[str, object]:
    return {
        "token": str(uuid.uuid4()),
        "template": chosen.pk,
        "scope": [patch.pk],
        **day_of("dated", today()),
        "envelope": "c5",
        "is_double_sided": "on",
        "way_out": "print",
        "postage": "second",
        "split": "size",
        "email_letters": "send",
    } | changes


def seen(run: LetterRun) -> dict[str, str]:
    """What the page to approve a run sends back of what it showed."""
    return {"seen": rules.seen_mark(run)}


def test_the_whole_way_from_template_to_posted(
    client, template, street, patch, officer, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("run_form", "patches"), _answers(template, patch))
    run = LetterRun.objects.get()
    assert (run.status, run.letter_count) == ("composed", 6)
    assert run.title == "Introducing your patch officer: KS-04 Harbour"
    page = text_of(client.get(url("run_detail", run.pk)))
    assert "Check and approve" in page
    client.post(url("run_approve", run.pk), seen(run))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("run_produce", run.pk))
    run.refresh_from_db()
    assert run.status == "produced"
    pack = client.get(url("run_pack", run.pk, 1))
    assert pack["Content-Disposition"].startswith("attachment; filename=")
    assert b"".join(pack.streaming_content).startswith(b"%PDF")
    ledger = csv.DictReader(text_of(client.get(url("run_ledger", run.pk))).splitlines())
    assert {row["Who answers"] for row in ledger} == {officer.name}
    assert "Enter the day they were posted" in text_of(
        client.post(url("run_post", run.pk), {})
    )
    day = run.approved_at
    client.post(
        url("run_post", run.pk),
        day_of("posted_on", day),
    )
    run.refresh_from_db()
    assert run.status == "posted"
    page = text_of(client.get(url("run_detail", run.pk)))
    assert "Cancel this run" not in page


@pytest.mark.parametrize(
    ("days", "is_taken"), [(-32, False), (-31, True), (366, True), (367, False)]
)
def test_letters_are_dated_from_a_month_ago_to_a_year_ahead(
    client, template, street, patch, composed, days, is_taken
):
    asked = _answers(
        template, patch, **day_of("dated", today() + dt.timedelta(days=days))
    )
    page = client.post(url("run_form", "patches"), asked)
    assert LetterRun.objects.exists() == is_taken
    old = composed(patch)
    edited = client.post(url("run_edit", old.pk), asked | {"title": "Old"})
    if not is_taken:
        for shown in (page, edited):
            assert "The date on the letters must be between" in text_of(shown)
    old.refresh_from_db()
    assert (old.status == "composing") == is_taken


def test_double_click_on_the_form_makes_one_run(client, template, street, patch):
    answers = _answers(template, patch)
    first = client.post(url("run_form", "patches"), answers)
    second = client.post(url("run_form", "patches"), answers)
    assert first.url == second.url
    assert LetterRun.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"template": ""}, "Select a template"),
        ({"scope": []}, "Select at least one patch"),
        ({"dated_month": "13"}, "must be a real date"),
        (
            day_of("changed_since", today() + dt.timedelta(days=1)),
            "This day must be before the date on the letters",
        ),
    ],
)
def test_a_wrong_answer_is_told_in_the_summary(
    client, template, patch, changes, message
):
    response = client.post(
        url("run_form", "patches"), _answers(template, patch, **changes)
    )
    page = text_of(response)
    assert "There is a problem" in page
    assert message in page
    assert not LetterRun.objects.exists()


def test_another_wards_patch_cannot_be_chosen(client, template, patch):
    elsewhere = PatchFactory()
    response = client.post(url("run_form", "patches"), _answers(template, elsewhere))
    assert "There is a problem" in text_of(response)
    assert not LetterRun.objects.exists()


def test_a_link_from_a_patch_comes_with_it_chosen(client, template, patch):
    response = client.get(url("run_create"), {"patch": patch.pk})
    assert response.url == f"{url('run_form', 'patches')}?scope={patch.pk}"
    assert "checked" in text_of(client.get(response.url))


def test_each_number_opens_its_list(client, composed, add_home, street, patch):
    add_home(patch, empty=True)
    run = composed(patch)
    page = text_of(client.get(url("run_detail", run.pk)))
    homes = url("run_homes", run.pk)
    assert f'href="{homes}?outcome=exception&amp;reason=void"' in page
    for query, expected in (
        ("", 7),
        ("?outcome=letter", 6),
        ("?outcome=exception", 1),
        ("?reason=void", 1),
        (f"?patch={patch.pk}", 7),
        ("?search=elm+road", 7),
        ("?search=ZK3", 1),
    ):
        response = client.get(homes + query)
        assert response.context["page_obj"].paginator.count == expected, query


def test_homes_come_as_csv(client, composed, add_home, patch):
    add_home(patch, ("", "=1+1", "Jones"))
    run = composed(patch)
    (row,) = csv.DictReader(
        text_of(client.get(url("run_homes", run.pk), {"format": "csv"})).splitlines()
    )
    assert row["Outcome"] == "Exception"
    assert row["Patch"] == "KS-04"


@pytest.mark.parametrize("name", ["run_list", "letter_list", "template_list"])
def test_lists_come_as_csv(client, produced, street, patch, name):
    produced(patch)
    response = client.get(url(name), {"format": "csv"})
    assert response["Content-Type"].startswith("text/csv")
    assert len(text_of(response).splitlines()) > 1


def test_a_refused_approval_says_why(client, settings, composed, street, patch):
    settings.LETTERS_NEED_SECOND_PERSON = True
    run = composed(patch)
    response = client.post(url("run_approve", run.pk), seen(run), follow=True)
    assert "somebody else must approve it" in text_of(response)
    run.refresh_from_db()
    assert run.status == "composed"


def test_nobody_approves_letters_that_became_others_meanwhile(
    client, composed, street, patch, leader, work
):
    run = composed(patch)
    shown = client.get(url("run_approve", run.pk)).content.decode()
    assert f'name="seen" value="{rules.seen_mark(run)}"' in shown
    given = seen(run)
    work.compose(runs.recompose_run(run=run, by=leader.user))
    page = client.post(url("run_approve", run.pk), given, follow=True)
    assert "changed after the page was shown to you" in text_of(page)
    assert client.post(url("run_approve", run.pk)).status_code == 302
    run.refresh_from_db()
    assert run.status == "composed"
    client.post(url("run_approve", run.pk), seen(run))
    run.refresh_from_db()
    assert run.status == "approved"


def test_a_leader_does_not_approve_a_run_across_wards(
    client, client_for, composed, add_home, street, patch, manager
):
    elsewhere = PatchFactory()
    AssignmentFactory(patch=elsewhere)
    add_home(elsewhere, ("Ms", "Far", "Away"))
    run = composed(patch, elsewhere)
    assert client.get(url("run_detail", run.pk)).status_code == 200
    for name in ("run_approve", "run_homes", "run_sample", "run_proof"):
        assert client.get(url(name, run.pk)).status_code == 403, name
    assert client.post(url("run_approve", run.pk)).status_code == 403
    boss = client_for(manager)
    assert boss.post(url("run_approve", run.pk)).status_code == 302


def test_the_pack_is_refused_once_a_household_is_marked(
    client, produced, street, patch
):
    run = produced(patch)
    Household.objects.filter(pk=run.letters.first().household_id).update(
        do_not_write=True, do_not_write_reason="Asked"
    )
    for address in (url("run_pack", run.pk, 1), url("run_ledger", run.pk)):
        response = client.get(address)
        assert response.status_code == 409
        assert "must not be sent" in text_of(response)
    page = text_of(client.get(url("run_detail", run.pk)))
    assert "Make the packs again" in page
    assert "Download pack" not in page


def test_a_missing_file_is_told_kindly(client, produced, street, patch):
    run = produced(patch)
    runs.files.remove_run(run.pk)
    response = client.get(url("run_pack", run.pk, 1))
    assert response.status_code == 409
    assert "not there any more" in text_of(response)


def test_work_that_stopped_can_be_started_again(client, new_run, work, street, patch):
    run = new_run(patch)
    run.compose_job.delete = None
    LetterRun.objects.filter(pk=run.pk).update(compose_job=None)
    assert "has stopped" in text_of(client.get(url("run_detail", run.pk)))
    client.post(url("run_recompose", run.pk))
    assert work.compose(run).status == "composed"


def test_progress_is_shown_while_composing(client, new_run, street, patch):
    run = new_run(patch)
    page = text_of(client.get(url("run_detail", run.pk)))
    assert url("run_progress", run.pk) in page
    part = client.get(url("run_progress", run.pk), headers={"HX-Request": "true"})
    assert "hp-progress" in text_of(part)


def test_cancelling_asks_why(client, composed, street, patch):
    run = composed(patch)
    page = text_of(client.post(url("run_cancel", run.pk), {"reason": ""}))
    assert "Enter why you are cancelling it" in page
    client.post(url("run_cancel", run.pk), {"reason": "Wrong date"})
    run.refresh_from_db()
    assert run.status == "cancelled"


def test_an_officer_sees_letters_to_their_households_only(
    client_for, produced, add_home, street, patch, ward, officer
):
    other = PatchFactory(ward=ward)
    AssignmentFactory(patch=other)
    add_home(other, ("Mr", "Ali", "Khan"))
    run = produced(patch, other)
    client = client_for(officer.user)
    assert client.get(url("run_list")).url == url("letter_list")
    assert client.get(url("letter_list")).context["page_obj"].paginator.count == 6
    mine = run.letters.filter(patch=patch).first()
    foreign = run.letters.get(patch=other)
    page = text_of(client.get(url("letter_detail", mine.pk)))
    assert mine.addressee in page
    assert f"Your patch officer is {officer.name}" in page
    assert client.get(url("letter_pdf", mine.pk)).content.startswith(b"%PDF")
    assert client.get(url("letter_detail", foreign.pk)).status_code == 404
    assert client.get(url("letter_pdf", foreign.pk)).status_code == 404


@pytest.mark.parametrize(
    "first", ["<script>alert(1)</script>", "{{ 7|add:7 }}", "#panic()", "*x*"]
)
def test_names_are_escaped_on_the_letters_page(
    client, composed, add_home, patch, first
):
    add_home(patch, ("Ms", first, "Jones"), ("Mr", "", first))
    run = composed(patch)
    page = text_of(client.get(url("letter_detail", run.letters.get().pk)))
    assert "<script>alert" not in page
    assert "<em>" not in page


@pytest.mark.parametrize("name", ["run_list", "letter_list", "template_list"])
def test_queries_of_lists_do_not_grow(
    client, produced, composed, street, add_home, patch, template, manager, name
):
    from tenants.letters.services import templates

    produced(patch)
    composed(patch)
    client.get(url(name))
    with CaptureQueriesContext(connection) as few:
        client.get(url(name))
    templates.create_default_templates(by=manager)
    for number in range(10):
        add_home(patch, ("Ms", "New", f"Tenant{number}"))
    for _ in range(3):
        produced(patch)
        composed(patch)
    with CaptureQueriesContext(connection) as many:
        client.get(url(name))
    assert len(many) == len(few)


def test_queries_of_a_runs_homes_do_not_grow(client, composed, add_home, patch):
    for number in range(2):
        add_home(patch, ("Ms", "Bea", f"Tenant{number}"))
    small = composed(patch)
    for number in range(10):
        add_home(patch, ("Ms", "New", f"Tenant{number}"))
    large = composed(patch)
    counts = []
    for run in (small, small, large):
        with CaptureQueriesContext(connection) as queries:
            client.get(url("run_homes", run.pk))
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_a_large_run_is_proofed_patch_by_patch(
    client, composed, street, patch, monkeypatch
):
    monkeypatch.setattr("tenants.letters.services.proofs.MOST_IN_A_PROOF", 5)
    run = composed(patch)
    response = client.get(url("run_proof", run.pk))
    assert response.status_code == 409
    assert "one patch at a time" in text_of(response)
    monkeypatch.setattr("tenants.letters.services.proofs.MOST_IN_A_PROOF", 6)
    assert client.get(url("run_proof", run.pk), {"patch": patch.pk}).content.startswith(
        b"%PDF"
    )


def test_empty_lists_say_what_to_do(client, client_for, officer):
    assert "No letters yet" in text_of(client.get(url("run_list")))
    assert "No templates yet" in text_of(client.get(url("template_list")))
    page = text_of(client_for(officer.user).get(url("letter_list")))
    assert "once a ward team leader has approved them" in page


def test_a_leader_without_a_ward_is_told(client_for):
    user = UserFactory(role=Role.WARD_TEAM_LEADER)
    page = text_of(client_for(user).get(url("run_create")))
    assert "You have no ward to write to" in page
