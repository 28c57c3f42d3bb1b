"""A disk that is full midway: no half file under a lasting name, and it goes on later.

The kernel refuses the writes, after some of each file is written: RLIMIT_FSIZE.
"""

from __future__ import annotations

import hashlib
import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tenants.letters.services import composing, files, making, production, runs
from tenants.letters.services.files import path_of
from tests.factories.tenants import CommunicationNeedsFactory

from .test_production import ledger_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(composing, "CHUNK_SIZE", 2)


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond a size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def full(step):
    """The same step on a disk with hardly any room."""

    def on_a_full_disk(*args, **kwargs):
        with room_for(400):
            return step(*args, **kwargs)

    return on_a_full_disk


def kept_files(run) -> list:
    return list(path_of(files.run_folder(run.pk)).iterdir())


def are_whole(kept) -> bool:
    return all(
        hashlib.sha256(path.read_bytes()).hexdigest() in path.name for path in kept
    )


@pytest.fixture
def producing(composed, add_home, street, patch, leader):
    home = add_home(patch, ("Mr", "Ali", "Khan"), postcode="ZK9 1AA")
    CommunicationNeedsFactory(household=home.households.get(), letter_format="braille")
    run = composed(patch)
    run = runs.approve_run(run=run, by=leader.user)
    return runs.produce_run(run=run, by=leader.user)


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (files, "write"),
        (making, "join_pack"),
        (making, "write_supplier_file"),
        (production, "_write_ledger"),
        (production, "write_mail_file"),
    ],
    ids=["chunk", "pack", "supplier", "ledger", "mail house"],
)
def test_a_full_disk_fails_the_run_and_goes_on_once_there_is_room(
    producing, work, leader, monkeypatch, module, step
):
    if step == "write_mail_file":
        type(producing).objects.filter(pk=producing.pk).update(way_out="mail_house")
    with monkeypatch.context() as patched:
        patched.setattr(module, step, full(getattr(module, step)))
        run = work.produce(producing)
    assert run.status == "failed"
    assert "A file could not be kept" in run.events.last().note
    assert "File too large" in run.events.last().note
    assert are_whole(kept_files(run))
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    assert run.status == "produced"
    assert are_whole(kept_files(run))
    wanted = list(run.letters.values_list("reference", flat=True))
    assert [row["Reference"] for row in ledger_of(run)] == wanted
    assert sum(pack.letter_count for pack in run.packs.all()) == len(wanted) == 7


def test_written_under_its_lasting_name_a_file_would_be_cut_off(
    producing, work, monkeypatch
):
    """The twin: without a temporary name half a chunk has the name of a whole one."""

    def write(folder, stem, ending, content):
        sha256 = hashlib.sha256(content).hexdigest()
        path = path_of(f"{folder}/{stem}-{sha256}.{ending}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return f"{folder}/{path.name}", sha256

    monkeypatch.setattr(files, "write", full(write))
    run = work.produce(producing)
    assert run.status == "failed"
    assert not are_whole(kept_files(run))
