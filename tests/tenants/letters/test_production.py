"""The pack holds every letter once, whatever happens while it is made."""

from __future__ import annotations

import csv
import hashlib
import threading
from collections import Counter
from contextlib import closing

import pypdfium2
import pytest
from django.db import connection

from housingplus.common import storage
from housingplus.jobs.models import Job
from housingplus.jobs.services import LeaseLost, take_job
from officers.models import Officer
from tenants.letters import rules
from tenants.letters.errors import MarkedSince, MoveRefused, NothingToSend
from tenants.letters.selectors.runs import list_packs
from tenants.letters.services import (
    composing,
    files,
    making,
    production,
    runs,
    single,
)
from tenants.letters.services.files import path_of
from tenants.models import Household, Letter, LetterPack, LetterRun
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import PatchFactory
from tests.factories.tenants import CommunicationNeedsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(composing, "CHUNK_SIZE", 2)


def content_of(name: str) -> bytes:
    """A kept file, wherever files are kept."""
    return b"".join(files.blocks_of(name))


def pages_of(name: str) -> list[str]:
    """The words of each page of a kept PDF."""
    with closing(pypdfium2.PdfDocument(content_of(name))) as pdf:
        texts = []
        for page in pdf:
            with closing(page.get_textpage()) as words:
                texts.append(words.get_text_range())
            page.close()
        return texts


def pack_of(run: LetterRun) -> LetterPack:
    """The only pack of a small run."""
    return run.packs.get()


def ledger_of(run: LetterRun) -> list[dict[str, str]]:
    text = content_of(run.ledger_file).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def mark(household: Household) -> None:
    household.do_not_write, household.do_not_write_reason = True, "Asked"
    household.save()


def household_of(letter: Letter) -> Household:
    return letter.household


def test_each_household_is_in_the_pack_once_with_its_officer(
    produced, street, add_home, patch, officer, ward
):
    second = PatchFactory(ward=ward)
    other = AssignmentFactory(patch=second, officer__name="Sam Okafor").officer
    far = add_home(second, ("Mr", "Ali", "Khan"), street="Far Road")
    run = produced(patch, second, is_double_sided=False)
    assert run.status == "produced"
    pages = pages_of(pack_of(run).file)
    assert len(pages) == run.page_count == 7
    for letter in run.letters.all():
        name = officer.name if letter.patch == patch else other.name
        (page,) = (text for text in pages if letter.reference in text)
        assert letter.addressee in page
        assert f"Your patch officer is {name}" in page
        assert pages[letter.first_page - 1] == page
    homes = [*street, far]
    assert Counter(run.letters.values_list("home__property", flat=True)) == Counter(
        home.pk for home in homes
    )


def test_pack_file_is_named_and_recorded_by_its_content(produced, street, patch):
    run = produced(patch)
    content = path_of(pack_of(run).file).read_bytes()
    assert hashlib.sha256(content).hexdigest() == pack_of(run).sha256
    assert pack_of(run).sha256 in pack_of(run).file
    assert run.engine.startswith("typst")


def test_ledger_lists_each_letter_in_the_packs_order(produced, street, patch, officer):
    run = produced(patch)
    rows = ledger_of(run)
    assert [row["Reference"] for row in rows] == list(
        run.letters.order_by("sequence").values_list("reference", flat=True)
    )
    assert {row["Who answers"] for row in rows} == {officer.name}
    assert {row["Patch"] for row in rows} == {"KS-04"}
    assert not any(row["Name"] in row["Address"] for row in rows)
    assert all(row["Address"] and row["Postcode"] for row in rows)
    pages = pages_of(pack_of(run).file)
    for row in rows:
        assert row["Reference"] in pages[int(row["First page"]) - 1]


def test_printed_on_both_sides_every_letter_begins_a_sheet(produced, street, patch):
    run = produced(patch, is_double_sided=True)
    assert [letter.first_page % 2 for letter in run.letters.all()] == [1] * 6


def test_large_print_takes_its_pages(produced, add_home, patch):
    home = add_home(patch, ("Ms", "Bea", "Jones"))
    CommunicationNeedsFactory(
        household=home.households.get(), letter_format="large_print"
    )
    run = produced(patch)
    assert run.letters.get().page_count == run.page_count == 2


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ('#panic("x")', "*bold*"),
        ("A ((officer", "name))"),
        ("{{ user.password }}", "<b>x</b>"),
        ('#read("/etc/passwd")', "$ x $"),
        ("+cmd()", "@ref"),
    ],
)
def test_a_name_is_only_ever_text(produced, add_home, patch, first, last):
    add_home(patch, ("", first, last))
    run = produced(patch)
    (page, _) = pages_of(pack_of(run).file)
    assert f"Dear {first} {last}" in page


def test_formulas_are_defused_in_the_ledger(produced, add_home, patch):
    add_home(patch, ("", "+1+1", "Jones"))
    assert ledger_of(produced(patch))[0]["Name"] == "'+1+1 Jones"


def test_the_letter_shows_what_was_frozen(produced, street, patch, officer):
    run = produced(patch)
    letter = run.letters.first()
    first = single.letter_pdf(letter)
    Officer.objects.update(name="Somebody Else", phone="07700 900999")
    type(street[0]).objects.update(street="Renamed Road")
    assert single.letter_pdf(Letter.objects.get(pk=letter.pk)) == first


def test_making_the_pack_again_gives_the_same_bytes(
    produced, work, street, patch, leader
):
    run = produced(patch)
    first = path_of(pack_of(run).file).read_bytes()
    Officer.objects.update(name="Somebody Else")
    files.remove_run(run.pk)
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    assert run.status == "produced"
    assert path_of(pack_of(run).file).read_bytes() == first


def test_a_mark_before_approval_takes_the_letter_out(composed, street, patch, leader):
    run = composed(patch)
    mark(household_of(run.letters.first()))
    run = runs.approve_run(run=run, by=leader.user)
    assert (run.home_count, run.letter_count, run.exception_count) == (6, 5, 1)
    assert run.homes.get(is_exception=True).reason == "do_not_write"
    rules.check_adds_up(run)


def test_approval_is_refused_when_nobody_is_left(composed, street, patch, leader):
    run = composed(patch)
    for household in Household.objects.all():
        mark(household)
    with pytest.raises(NothingToSend):
        runs.approve_run(run=run, by=leader.user)
    run.refresh_from_db()
    assert run.status == "composed"


def test_a_mark_after_approval_takes_the_letter_out(
    composed, work, street, patch, leader
):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    marked = run.letters.order_by("sequence")[2]
    mark(household_of(marked))
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    assert (run.letter_count, run.exception_count, run.page_count) == (5, 1, 5)
    assert not any(marked.reference in page for page in pages_of(pack_of(run).file))
    assert marked.reference not in {row["Reference"] for row in ledger_of(run)}
    rules.check_adds_up(run)


@pytest.mark.parametrize("place", [0, 3, 5])
def test_a_mark_after_its_chunk_was_set_takes_the_letter_out(
    composed, work, street, patch, leader, monkeypatch, place
):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    marked = run.letters.order_by("sequence")[place]
    join = making.join_pack

    def mark_then_join(*args, **kwargs):
        mark(household_of(marked))
        return join(*args, **kwargs)

    monkeypatch.setattr(making, "join_pack", mark_then_join)
    run = work.produce(run)
    assert run.status == "produced"
    assert (run.letter_count, run.exception_count) == (5, 1)
    assert not any(marked.reference in page for page in pages_of(pack_of(run).file))
    rules.check_adds_up(run)


def test_a_mark_after_the_pack_was_made_stops_posting_until_it_is_made_again(
    produced, work, street, patch, leader
):
    run = produced(patch)
    marked = run.letters.first()
    mark(household_of(marked))
    with pytest.raises(MarkedSince, match="1 letter"):
        runs.mark_posted(run=run, posted_on=run.approved_at.date(), by=leader.user)
    old = pack_of(run).file
    assert not list_packs(runs.produce_run(run=run, by=leader.user)).exists()
    run = work.produce(run)
    assert pack_of(run).file != old
    assert not path_of(old).exists()
    assert not any(marked.reference in page for page in pages_of(pack_of(run).file))
    run = runs.mark_posted(run=run, posted_on=run.approved_at.date(), by=leader.user)
    assert run.status == "posted"


def test_pressing_produce_twice_starts_it_once(composed, street, patch, leader):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    first = runs.produce_run(run=run, by=leader.user).produce_job
    assert runs.produce_run(run=run, by=leader.user).produce_job == first
    assert Job.objects.filter(kind=runs.PRODUCE).count() == 1


def test_pressing_approve_twice_approves_once(composed, street, patch, leader):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    with pytest.raises(MoveRefused):
        runs.approve_run(run=run, by=leader.user)
    assert run.events.filter(to_status="approved").count() == 1


def test_cancelling_removes_the_files_and_stops_the_work(
    composed, work, street, patch, leader, django_capture_on_commit_callbacks
):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    with django_capture_on_commit_callbacks(execute=True):
        runs.cancel_run(run=run, reason="Wrong date", by=leader.user)
    run = work.produce(run)
    assert run.status == "cancelled"
    assert run.events.last().note == "Wrong date"
    assert not path_of(files.run_folder(run.pk)).exists()


def test_a_letter_that_cannot_be_set_fails_the_run_by_name(
    composed, work, street, patch, leader
):
    run = composed(patch)
    bad = run.letters.order_by("sequence")[3]
    Letter.objects.filter(pk=bad.pk).update(salutation="Dear \U0001f600")
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    assert run.status == "failed"
    assert bad.reference in run.events.last().note
    Letter.objects.filter(pk=bad.pk).update(salutation="Dear Ms Jones")
    runs.produce_run(run=run, by=leader.user)
    assert work.produce(run).status == "produced"


def test_a_full_disk_fails_the_run_and_leaves_no_half_file(
    composed, work, street, patch, leader, monkeypatch
):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(storage.os, "fsync", full)
        run = work.produce(run)
    assert run.status == "failed"
    assert "No space left" in run.events.last().note
    assert list(path_of(files.run_folder(run.pk)).iterdir()) == []
    runs.produce_run(run=run, by=leader.user)
    assert work.produce(run).status == "produced"


def test_a_worker_that_lost_its_job_writes_nothing(composed, street, patch, leader):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    run = runs.produce_run(run=run, by=leader.user)
    frozen = take_job(run.produce_job_id)
    Job.objects.filter(pk=frozen.pk).update(worker="another")
    with pytest.raises(LeaseLost):
        production.produce(run.pk, frozen)
    assert not run.chunks.filter(done_at__isnull=False).exists()
    run.refresh_from_db()
    assert run.status == "producing"


def test_without_the_lease_a_worker_that_lost_its_job_would_write(
    composed, street, patch, leader, monkeypatch
):
    """The twin: with the protection off the test above would fail."""
    for module in (production, composing):
        monkeypatch.setattr(module, "check_lease", lambda job: None)
    monkeypatch.setattr(production, "advance", lambda job, **progress: None)
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    run = runs.produce_run(run=run, by=leader.user)
    frozen = take_job(run.produce_job_id)
    Job.objects.filter(pk=frozen.pk).update(worker="another")
    production.produce(run.pk, frozen)
    assert run.chunks.filter(done_at__isnull=False).exists()


def test_a_chunk_whose_file_is_damaged_is_set_again(
    produced, work, street, patch, leader
):
    run = produced(patch)
    first = path_of(pack_of(run).file).read_bytes()
    chunk = run.chunks.get(number=2)
    path_of(chunk.file).write_bytes(b"half a file")
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    assert path_of(pack_of(run).file).read_bytes() == first


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_one_stands_back(composed, work, street, patch, leader):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    Job.objects.filter(pk=run.produce_job_id).delete()
    job = Job.objects.create(kind=runs.PRODUCE)
    LetterRun.objects.filter(pk=run.pk).update(status="producing", produce_job=job)
    taken = []
    start = threading.Barrier(2)

    def worker() -> None:
        try:
            start.wait()
            taken.append(take_job(job.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [job for job in taken if job is not None]
    assert len(winners) == 1
    production.produce(run.pk, winners[0])
    run.refresh_from_db()
    assert run.status == "produced"
    assert len({row["Reference"] for row in ledger_of(run)}) == 6
