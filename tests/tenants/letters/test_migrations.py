"""Runs made before a migration are as whole after it, there and back again."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tenants.letters.services import composing, runs
from tenants.letters.services.files import path_of
from tenants.models import LetterRun

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = "0002"


@pytest.fixture
def migrate():
    def to(name: str | None) -> None:
        label = [name] if name else []
        call_command("migrate", "tenants", *label, verbosity=0)

    yield to
    to(None)


def _apps_at(name: str):
    return MigrationExecutor(connection).loader.project_state(("tenants", name)).apps


def test_runs_keep_their_pack(
    monkeypatch, composed, produced, work, street, patch, leader, migrate
):
    monkeypatch.setattr(composing, "CHUNK_SIZE", 2)
    monkeypatch.setattr(runs, "_enqueue_produce", lambda run, job: None)
    finished = produced(patch)
    pack = finished.packs.get()
    approved = runs.approve_run(run=composed(patch), by=leader.user)
    producing = runs.approve_run(run=composed(patch), by=leader.user)
    producing = runs.produce_run(run=producing, by=leader.user)
    cancelled = runs.cancel_run(run=composed(patch), reason="No", by=leader.user)

    migrate(BEFORE)
    old_run = _apps_at("0002_coverage").get_model("tenants", "LetterRun")
    before = old_run.objects.get(pk=finished.pk)
    assert (before.pack_file, before.pack_sha256) == (pack.file, pack.sha256)
    assert old_run.objects.get(pk=approved.pk).pack_file == ""

    migrate(None)
    kept = LetterRun.objects.get(pk=finished.pk).packs.get()
    same = ("file", "sha256", "letter_count", "page_count", "last_sequence")
    assert [getattr(kept, name) for name in same] == [
        getattr(pack, name) for name in same
    ]
    assert kept.made_at == finished.events.get(to_status="produced").at
    for run in (approved, producing, cancelled):
        waiting = run.packs.get()
        assert (waiting.made_at, waiting.letter_count) == (None, 6)
        assert waiting.chunks.count() == 3
    runs.produce_run(run=approved, by=leader.user)
    for run in (approved, producing):
        run.refresh_from_db()
        done = work.produce(run)
        assert done.status == "produced"
        assert path_of(done.packs.get().file).exists()


def test_chunks_take_over_what_set_their_run(
    produced, composed, street, patch, migrate
):
    finished, waiting = produced(patch), composed(patch)
    migrate("0023")
    migrate(None)
    assert [chunk.engine for chunk in finished.chunks.all()] == [finished.engine]
    assert [chunk.engine for chunk in waiting.chunks.all()] == [""]


def test_letters_that_wait_go_where_they_are_wanted_now(
    composed, add_copied, patch, migrate
):
    elsewhere = "c/o 4 Solicitors Row, Kestrelford, ZK1 1AA"
    home = add_copied(household={"correspondence_address": elsewhere})
    waiting, ended = composed(patch), composed(patch)
    LetterRun.objects.filter(pk=ended.pk).update(status="cancelled")
    migrate("0024")
    migrate(None)
    letter, copy = waiting.letters.order_by("is_copy")
    assert letter.written_to == elsewhere
    assert copy.written_to == home.households.get().needs.representative_address
    assert not waiting.letters.changed_since().exists()
    assert not waiting.letters.marked_since().exists()
    assert {letter.written_to for letter in ended.letters.all()} == {""}
