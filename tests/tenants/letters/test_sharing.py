"""Several workers share a run, its letters lie in several packs, and it can pause."""

from __future__ import annotations

import hashlib
from collections import Counter

import pytest
from django.utils import timezone

from housingplus.jobs.models import Job, JobStatus
from housingplus.jobs.services import take_job
from patches.models import Property
from tenants.letters import rules
from tenants.letters.selectors.runs import list_packs
from tenants.letters.services import (
    claims,
    composing,
    lengths,
    making,
    packing,
    production,
    runs,
)
from tenants.letters.services.files import path_of
from tenants.letters.services.templates import create_template
from tenants.models import CommunicationNeeds, LetterRun
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


def _in_large_print(home: Property) -> None:
    CommunicationNeeds.objects.update_or_create(
        household=home.households.get(), defaults={"letter_format": "large_print"}
    )


@pytest.mark.parametrize(
    ("double_sided", "titles"),
    [(True, ["1 sheet", "2 sheets"]), (False, ["2 sheets", "4 sheets"])],
)
def test_letters_are_split_by_number_of_sheets(
    produced, client_for, leader, street, patch, monkeypatch, double_sided, titles
):
    """Whether a letter was set before approval or is like one that was."""
    monkeypatch.setattr(lengths, "SET_ALL_UP_TO", 3)
    monkeypatch.setattr(lengths, "LONGEST_AT_A_TIME", 2)
    paragraph = "Words of a letter to ((addressee)) that go on for a while. " * 12
    version = create_template(
        name="Two pages",
        purpose="other",
        subject="About ((officer name))",
        body="\n\n".join([paragraph] * 6),
        by=None,
    ).versions.get()
    _in_large_print(street[2])

    run = produced(
        patch, template_version=version, split="sheets", is_double_sided=double_sided
    )

    packs = list(run.packs.all())
    assert [pack.title for pack in packs] == titles
    assert [pack.letter_count for pack in packs] == [5, 1]
    check_packs(run)
    page = client_for(leader.user).get(run.get_absolute_url())
    said = [sheets for _, sheets in page.context["packs"]]
    assert said == [title.split()[0] for title in titles]


def test_the_page_of_a_run_says_how_many_sheets_letters_of_a_pack_have(
    produced, client_for, leader, street, patch
):
    run = produced(patch)
    run.letters.filter(home__property=street[2]).update(page_count=3)
    page = client_for(leader.user).get(run.get_absolute_url())
    assert "1 in 5 letters, 2 in 1 letter" in page.content.decode()


def test_letters_of_several_pages_fill_a_pack_sooner(
    produced, street, patch, monkeypatch
):
    for home in street[1:3]:
        _in_large_print(home)
    monkeypatch.setattr(packing, "PAGES_IN_A_PACK", 4)
    run = produced(patch)
    # In posting order the letters have 1, 2, 2, 1, 1 and 1 pages.
    assert [pack.letter_count for pack in run.packs.all()] == [2, 3, 1]
    assert [pack.page_count for pack in run.packs.all()] == [3, 4, 1]
    check_packs(run)


def test_a_pack_has_no_more_letters_than_its_size(produced, street, patch, monkeypatch):
    monkeypatch.setattr(packing, "PAGES_IN_A_PACK", 4)
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
    monkeypatch.setattr(packing, "PAGES_IN_A_PACK", 2)
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
    monkeypatch.setattr(packing, "PAGES_IN_A_PACK", 2)
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
