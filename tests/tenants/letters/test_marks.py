"""Households nobody writes to: both marks hold everywhere, and who is told which."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from functools import partial

import pytest
from django.core import mail
from django.urls import reverse

from housingplus.common.dates import today
from housingplus.jobs.services import run_job
from tenants.households.models import Household
from tenants.households.services import lift_safe_contact, mark_safe_contact
from tenants.letters.proving import check_proof
from tenants.letters.selectors.coverage import count_coverage, total_of
from tenants.letters.selectors.previews import preview_for
from tenants.letters.selectors.proof import write_proof
from tenants.letters.services import runs, sending
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import PatchFactory
from tests.factories.tenants import CommunicationNeedsFactory

pytestmark = pytest.mark.django_db

HOW = "Only by telephone at her sister's"
SAFE = {"safe_contact_only": True, "safe_contact_how": HOW}
DO_NOT_WRITE = {"do_not_write": True, "do_not_write_reason": "Solicitor acts"}


def url(name: str, *args: object) -> str:
    return reverse(f"tenants:letters:{name}", args=args)


def text_of(response) -> str:
    if response.streaming:
        return b"".join(response.streaming_content).decode("utf-8-sig")
    return response.content.decode()


def keep_safe(household: Household) -> None:
    Household.objects.filter(pk=household.pk).update(**SAFE)


def reasons(run) -> list[str]:
    rows = run.homes.filter(is_exception=True).order_by("reason")
    return list(rows.values_list("reason", flat=True))


@pytest.fixture
def marked(add_home, patch):
    """Two homes that get a letter, one of each mark, and one of both."""
    for mark in ({}, {}, SAFE, DO_NOT_WRITE, SAFE | DO_NOT_WRITE):
        add_home(patch, ("Ms", "Bea", "Jones"), household=mark)
    return patch


def test_each_mark_is_an_exception_by_its_own_reason(composed, marked):
    run = composed(marked)
    assert run.letter_count == 2
    assert reasons(run) == ["do_not_write", "do_not_write", "safe_contact"]


def test_a_mark_before_approval_takes_the_letter_out(composed, street, patch, leader):
    run = composed(patch)
    first, second = run.letters.all()[:2]
    keep_safe(first.household)
    Household.objects.filter(pk=second.household_id).update(**DO_NOT_WRITE)
    run = runs.approve_run(run=run, by=leader.user)
    assert (run.home_count, run.letter_count, run.exception_count) == (6, 4, 2)
    assert reasons(run) == ["do_not_write", "safe_contact"]


def test_a_mark_after_approval_keeps_the_letter_out_of_the_pack(
    composed, work, street, patch, leader
):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    keep_safe(run.letters.first().household)
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    assert (run.letter_count, run.page_count) == (5, 5)
    assert reasons(run) == ["safe_contact"]


def test_packs_with_a_marked_household_are_not_given_out(
    client_for, leader, produced, street, patch
):
    run = produced(patch)
    keep_safe(run.letters.first().household)
    client = client_for(leader.user)
    assert client.get(url("run_pack", run.pk, 1)).status_code == 409
    ledger = client.get(url("run_ledger", run.pk))
    assert ledger.status_code == 409
    assert HOW not in text_of(ledger)
    assert "safe contact" not in text_of(ledger).lower()
    client.post(
        url("run_post", run.pk),
        {
            "posted_on_day": today().day,
            "posted_on_month": today().month,
            "posted_on_year": today().year,
        },
    )
    run.refresh_from_db()
    assert run.status == "produced"


def test_no_email_goes_to_a_household_marked_meanwhile(
    produced, add_home, patch, leader
):
    home = add_home(patch, ("Ms", "Bea", "Jones"))
    household = home.households.get()
    CommunicationNeedsFactory(
        household=household, letter_format="email", email="bea@example.org"
    )
    run = sending.send_run(run=produced(patch), by=leader.user)
    keep_safe(household)
    run_job(run.send_job_id, partial(sending.send, run.pk))
    delivery = run.deliveries.get()
    assert delivery.status == "failed"
    assert "safe" not in delivery.error
    assert not mail.outbox


def counts() -> tuple[int, int, dict[str, int]]:
    total = total_of(count_coverage(today()).values())
    return total.told, total.due, total.exceptions


def test_a_letter_is_due_once_the_mark_is_lifted(produced, add_home, patch, leader):
    home = add_home(patch, ("Ms", "Bea", "Jones"))
    add_home(patch, ("Mr", "Ali", "Khan"))
    household = mark_safe_contact(
        household=home.households.get(),
        version=1,
        how=HOW,
        review_on=today() + dt.timedelta(days=30),
        by=leader.user,
    )
    run = produced(patch, dated=today())
    runs.mark_posted(run=run, posted_on=today(), by=leader.user)
    assert counts() == (1, 0, {"safe_contact": 1})
    lift_safe_contact(
        household=household, version=household.version, reason="Moved", by=leader.user
    )
    assert counts() == (1, 1, {})


@pytest.mark.parametrize(
    ("who", "named"), [("leader", True), ("manager", True), ("analyst", False)]
)
@pytest.mark.parametrize("kind", ["", "csv"])
def test_coverage_names_marks_to_those_who_look_after_the_homes(
    request, client_for, marked, who, named, kind
):
    person = request.getfixturevalue(who)
    client = client_for(getattr(person, "user", person))
    page = text_of(client.get(url("coverage"), {"format": kind} if kind else {}))
    assert ("Safe contact only" in page) is named
    assert ("Marked do not write" in page) is named
    assert ("Not written to" in page) is not named


def test_the_list_of_coverage_names_marks_and_opens_them(client_for, leader, marked):
    client = client_for(leader.user)
    page = client.get(url("coverage_homes"), {"reason": "safe_contact"})
    assert page.context["page_obj"].paginator.count == 1
    listed = text_of(client.get(url("coverage_homes"), {"format": "csv"}))
    assert listed.count("Safe contact only") == 1


def test_a_run_names_marks_to_those_who_may_see_its_people(
    client_for, leader, manager, composed, marked, add_home
):
    elsewhere = PatchFactory()
    AssignmentFactory(patch=elsewhere)
    add_home(elsewhere, ("Ms", "Far", "Away"))
    mixed = composed(marked, elsewhere)
    page = text_of(client_for(leader.user).get(url("run_detail", mixed.pk)))
    assert "Not written to" in page
    assert "Safe contact only" not in page
    assert "Marked do not write" not in page
    boss = client_for(manager)
    assert "Safe contact only" in text_of(boss.get(url("run_detail", mixed.pk)))
    approving = text_of(boss.get(url("run_approve", mixed.pk)))
    assert "safe contact only" in approving.lower()
    homes = boss.get(url("run_homes", mixed.pk), {"reason": "safe_contact"})
    assert homes.context["page_obj"].paginator.count == 1
    assert "Safe contact only" in text_of(homes)


def test_one_filter_finds_both_marks_where_they_are_not_named(
    client_for, manager, composed, marked, monkeypatch
):
    run = composed(marked)
    monkeypatch.setattr(
        "tenants.letters.permissions.can_read_marks", lambda user, run=None: False
    )
    client = client_for(manager)
    both = client.get(url("run_homes", run.pk), {"reason": "not_written_to"})
    assert both.context["page_obj"].paginator.count == 3
    asked = client.get(url("run_homes", run.pk), {"reason": "safe_contact"})
    assert asked.context["page_obj"].paginator.count == 5
    listed = text_of(client.get(url("run_homes", run.pk), {"format": "csv"}))
    said = [row["Reason"] for row in csv.DictReader(io.StringIO(listed))]
    assert said.count("Not written to") == 3
    assert "afe contact" not in listed


def test_a_proof_tells_strangers_neither_mark(marked, produced, leader, tmp_path):
    run = produced(marked, dated=today())
    runs.mark_posted(run=run, posted_on=today(), by=leader.user)
    path = tmp_path / "proof.zip"
    with path.open("wb") as file:
        write_proof(file, today())
    assert check_proof(path) == []
    with zipfile.ZipFile(path) as archive:
        everything = "".join(archive.read(n).decode() for n in archive.namelist())
    assert everything.count("Not written to") == 4
    for word in ("afe contact", "safe_contact", "do not write", "do_not_write", HOW):
        assert word not in everything


def test_a_preview_names_the_mark_to_those_who_may_change_it(marked, leader):
    household = Household.objects.get(**SAFE, do_not_write=False)
    shown = preview_for(
        leader.user, subject="Hello", body="Words", household_id=household.pk
    )
    assert shown.refusal == "Safe contact only"
