"""What letters said goes when its time is over; that somebody was told stays."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today, years_after
from tenants.letters import rules
from tenants.letters.selectors.coverage import count_coverage, total_of
from tenants.letters.services import files, runs
from tenants.letters.services.retention import erase_run, runs_to_erase
from tenants.models import Letter, LetterRun
from tests.factories.letters import LetterDeliveryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def posted(street, patch, produced, leader) -> LetterRun:
    run = produced(patch, dated=today())
    return runs.mark_posted(run=run, posted_on=today(), by=leader.user)


def test_a_posted_run_is_kept_for_its_years(posted, settings):
    last = rules.kept_until(posted)
    assert last == years_after(today(), settings.LETTERS_KEPT_YEARS)
    assert runs_to_erase(last) == []
    assert runs_to_erase(last + dt.timedelta(days=1)) == [posted]


def test_runs_not_ended_and_those_kept_for_ever_stay(posted, composed, patch, settings):
    composed(patch)
    far = today() + dt.timedelta(days=40_000)
    assert runs_to_erase(far) == [posted]
    settings.LETTERS_KEPT_YEARS = 0
    assert runs_to_erase(far) == []


def test_nothing_personal_is_left_and_the_counts_are_the_same(
    posted, django_capture_on_commit_callbacks
):
    before = total_of(count_coverage(today()).values())
    names = [pack.file for pack in posted.packs.all()]
    with django_capture_on_commit_callbacks(execute=True):
        erase_run(run=posted, day=today())
    row = str(list(Letter.objects.filter(run=posted).values()))
    assert "Tenant" not in row
    assert "ZK" not in row
    assert not any(files.path_of(name).exists() for name in names)
    posted.refresh_from_db()
    assert posted.senders == {}
    assert total_of(count_coverage(today()).values()) == before
    assert before.told == 6
    assert AuditEvent.objects.filter(verb="letter run.erased").count() == 1
    erase_run(run=posted, day=today())
    assert AuditEvent.objects.filter(verb="letter run.erased").count() == 1


def test_letters_given_up_are_erased_too(posted):
    delivery = LetterDeliveryFactory(
        letter=posted.letters.first(),
        status="failed",
        error="bea@example.org is unknown",
        given_up_at=timezone.now(),
        given_up_by=posted.approved_by,
        given_up_reason="Ms Bea has no mailbox",
    )
    erase_run(run=posted, day=today())
    delivery.refresh_from_db()
    assert (delivery.error, delivery.given_up_reason) == ("", "Erased")


def test_its_pages_say_so_and_its_files_are_refused(posted, client, leader):
    erase_run(run=posted, day=today())
    client.force_login(leader.user)
    letter = posted.letters.first()
    page = client.get(f"/letters/letters/{letter.pk}/")
    assert "was erased on" in page.text
    assert client.get(f"/letters/letters/{letter.pk}/pdf/").status_code != 200
    run_page = client.get(f"/letters/runs/{posted.pk}/")
    assert "Letters erased on" in run_page.text
    assert "Download pack" not in run_page.text
    assert client.get(f"/letters/runs/{posted.pk}/packs/1/").status_code != 200
    assert "Erased" in client.get(f"/letters/runs/{posted.pk}/homes/").text


def test_the_command_looks_first(posted, capsys, time_machine):
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(days=3_000))
    call_command("erase_old_letters", "--dry-run")
    posted.refresh_from_db()
    assert posted.erased_on is None
    assert "1 run would be erased" in capsys.readouterr().out
    call_command("erase_old_letters")
    posted.refresh_from_db()
    assert posted.erased_on == today()


def test_29_february_has_a_day_in_other_years():
    assert years_after(dt.date(2028, 2, 29), 7) == dt.date(2035, 2, 28)
    assert years_after(dt.date(2028, 2, 29), 4) == dt.date(2032, 2, 29)
