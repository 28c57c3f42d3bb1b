"""Several workers share a run, its letters lie in several packs, and it can pause."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest
from django.utils import timezone

from housingplus.jobs.models import Job, JobStatus
from housingplus.jobs.services import take_job
from tenants.letters import rules
from tenants.letters.selectors.runs import list_packs
from tenants.letters.services import (
    claims,
    composing,
    making,
    packing,
    production,
    runs,
)
from tenants.letters.services.files import path_of
from tenants.models import LetterRun
from tests.factories.officers import AssignmentFactory
from tests.factories.patches import PatchFactory

from .test_production import (
    content_of,
    household_of,
    ledger_of,
    mark,
    pack_of,
    pages_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(composing, "CHUNK_SIZE", 2)


def test_work_that_stopped_goes_on_where_it_was(
    composed, work, street, patch, leader, monkeypatch
):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    run = runs.produce_run(run=run, by=leader.user)
    stopped = take_job(run.produce_job_id)
    making.set_chunk(run, claims.claim_work(run.pk, "stopped"))
    Job.objects.filter(pk=stopped.pk).update(heartbeat_at=None)
    run.refresh_from_db()
    assert rules.has_stopped(run)
    again = runs.produce_run(run=run, by=leader.user)
    assert again.produce_job != stopped
    stopped.refresh_from_db()
    assert stopped.status == JobStatus.FAILED
    seen = noted(monkeypatch)
    assert work.produce(again).status == "produced"
    assert seen == [2, 3]


def noted(monkeypatch) -> list[int]:
    """Numbers of the chunks set from now on."""
    seen = []
    setting = production.set_chunk

    def set_and_note(run, chunk):
        seen.append(chunk.number)
        setting(run, chunk)

    monkeypatch.setattr(production, "set_chunk", set_and_note)
    return seen


def test_a_paused_run_keeps_what_is_set_and_goes_on_with_the_rest(
    composed, work, street, patch, leader, monkeypatch
):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    run = runs.produce_run(run=run, by=leader.user)
    setting = production.set_chunk

    def set_and_pause(run, chunk):
        setting(run, chunk)
        if chunk.number == 2:
            runs.pause_run(run=run, by=leader.user)

    with monkeypatch.context() as patched:
        patched.setattr(production, "set_chunk", set_and_pause)
        run = work.produce(run)
    assert run.status == "paused"
    assert run.produce_job.status == "cancelled"
    assert run.chunks.filter(done_at__isnull=False).count() == 2
    assert not list_packs(run).exists()
    production.help_produce(run.pk, run.produce_job_id)
    seen = noted(monkeypatch)
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    assert run.status == "produced"
    assert seen == [3]
    assert [event.to_status for event in run.events.all()][-4:] == [
        "producing",
        "paused",
        "producing",
        "produced",
    ]


def test_a_helper_sets_and_packs_and_leaves_the_run_to_the_job(
    composed, work, street, patch, leader
):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    run = runs.produce_run(run=run, by=leader.user)
    production.help_produce(run.pk, run.produce_job_id)
    run.refresh_from_db()
    assert run.status == "producing"
    assert pack_of(run).made_at is not None
    assert not list_packs(run).exists()
    assert work.produce(run).status == "produced"
    assert Counter(row["Reference"] for row in ledger_of(run)) == Counter(
        run.letters.values_list("reference", flat=True)
    )


def test_what_a_helper_cannot_do_is_left_to_the_job(
    composed, work, street, patch, leader, monkeypatch
):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    run = runs.produce_run(run=run, by=leader.user)

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(making.files, "write", full)
        with pytest.raises(OSError, match="No space"):
            production.help_produce(run.pk, run.produce_job_id)
    run.refresh_from_db()
    assert run.status == "producing"
    assert not run.chunks.exclude(claim="").exists()
    assert work.produce(run).status == "produced"


def test_a_claim_whose_time_is_up_is_taken_over(composed, street, patch, leader):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    first = claims.claim_work(run.pk, "one")
    assert claims.claim_work(run.pk, "two").number == 2
    run.chunks.filter(pk=first.pk).update(claimed_until=timezone.now())
    again = claims.claim_work(run.pk, "two")
    assert again.pk == first.pk
    making.set_chunk(run, first)
    assert run.chunks.get(pk=first.pk).done_at is None
    making.set_chunk(run, again)
    assert run.chunks.get(pk=first.pk).done_at is not None


@pytest.mark.parametrize("split", ["patch", "ward"])
def test_letters_are_split_by_patch_or_ward(
    produced, street, add_home, patch, ward, split
):
    second = PatchFactory(ward=ward, code="KS-01", name="Canal")
    AssignmentFactory(patch=second)
    for number in range(3):
        add_home(second, ("Mr", "Ali", f"Khan{number}"), postcode=f"ZK{number} 2BB")
    run = produced(patch, second, split=split)
    packs = list(run.packs.all())
    if split == "ward":
        assert [pack.title for pack in packs] == [ward.name]
    else:
        assert [pack.title for pack in packs] == ["KS-01 Canal", "KS-04 Harbour"]
        assert [pack.letter_count for pack in packs] == [3, 6]
        assert [(pack.first_sequence, pack.last_sequence) for pack in packs] == [
            (1, 3),
            (4, 9),
        ]
    check_packs(run)


def test_a_pack_has_no_more_letters_than_its_size(produced, street, patch, monkeypatch):
    monkeypatch.setattr(packing, "LETTERS_IN_A_PACK", 4)
    run = produced(patch)
    assert [pack.letter_count for pack in run.packs.all()] == [4, 2]
    check_packs(run)


def check_packs(run: LetterRun) -> None:
    """Every letter is in the pack and on the page that its row and the ledger say."""
    rows = {row["Reference"]: row for row in ledger_of(run)}
    assert list(rows) == [letter.reference for letter in run.letters.all()]
    pages = {pack.pk: pages_of(pack.file) for pack in run.packs.all()}
    for letter in run.letters.select_related("chunk__pack"):
        pack = letter.chunk.pack
        assert letter.reference in pages[pack.pk][letter.first_page - 1]
        assert rows[letter.reference]["Pack"] == str(pack.number)
        assert rows[letter.reference]["First page"] == str(letter.first_page)
    for pack in run.packs.all():
        content = content_of(pack.file)
        assert hashlib.sha256(content).hexdigest() == pack.sha256
    assert run.page_count == sum(pack.page_count for pack in run.packs.all())


def test_a_letter_withdrawn_has_only_its_own_pack_made_again(
    composed, work, street, patch, leader, monkeypatch
):
    monkeypatch.setattr(packing, "LETTERS_IN_A_PACK", 2)
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    made = []
    join = making.join_pack

    def mark_in_the_end(*args, **kwargs):
        made.append(kwargs["order"])
        if len(made) == 3:
            mark(household_of(run.letters.first()))
        return join(*args, **kwargs)

    monkeypatch.setattr(making, "join_pack", mark_in_the_end)
    run = work.produce(run)
    assert [len(order) for order in made] == [2, 2, 2, 1]
    assert [pack.letter_count for pack in run.packs.all()] == [1, 2, 2]
    check_packs(run)


def test_a_pack_all_of_whose_letters_are_withdrawn_is_dropped(
    composed, work, street, patch, leader, monkeypatch
):
    monkeypatch.setattr(packing, "LETTERS_IN_A_PACK", 2)
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    for letter in run.letters.filter(sequence__in=[3, 4]):
        mark(household_of(letter))
    run = work.produce(run)
    assert [pack.number for pack in run.packs.all()] == [1, 3]
    assert not run.chunks.filter(number=2).exists()
    check_packs(run)


def test_a_pack_whose_file_is_lost_before_the_end_is_made_again(
    composed, work, street, patch, leader
):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    run = runs.produce_run(run=run, by=leader.user)
    production.help_produce(run.pk, run.produce_job_id)
    path_of(pack_of(run).file).write_bytes(b"half a file")
    run = work.produce(run)
    assert run.status == "produced"
    check_packs(run)
