"""A run made wholly in an S3-compatible store, and what a failed upload leaves."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from housingplus.common import storage
from housingplus.settings.storages import media_storage
from tenants.letters.services import composing, files, runs

from .test_production import content_of, pack_of
from .test_sharing import check_packs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    monkeypatch.setattr(composing, "CHUNK_SIZE", 2)


def keys_of(bucket) -> set[str]:
    return {found.key for found in bucket.objects.all()}


def copies_left(folder: Path) -> list[Path]:
    return list(folder.glob("housingplus-copies-*"))


@pytest.fixture(autouse=True)
def own_temporary_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(storage.tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_run_is_made_and_downloaded_without_a_disk(
    bucket, composed, work, street, patch, landlord, leader, client_for, settings,
    own_temporary_folder,
):  # fmt: skip
    logo = io.BytesIO()
    Image.new("RGB", (60, 60), "teal").save(logo, "PNG")
    landlord.logo.save("logo.png", ContentFile(logo.getvalue()))
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    # A half chunk under a name of its own, as a killed worker leaves on a disk.
    bucket.put_object(Key=f"housing/letters/{run.pk}/chunk-00001-old.pdf", Body=b"%")
    run = work.produce(run)
    assert run.status == "produced"
    check_packs(run)
    named = {row.file for row in [*run.chunks.all(), *run.packs.all()]}
    folder = f"housing/{files.run_folder(run.pk)}/"
    assert {key for key in keys_of(bucket) if key.startswith(folder)} == {
        f"housing/{name}" for name in [*named, run.ledger_file]
    }
    pack = pack_of(run)
    address = reverse("tenants:letters:run_pack", args=[run.pk, pack.number])
    response = client_for(leader.user).get(address)
    downloaded = b"".join(response.streaming_content)
    assert response["Content-Length"] == str(len(downloaded))
    assert hashlib.sha256(downloaded).hexdigest() == pack.sha256
    assert not Path(settings.MEDIA_ROOT).exists()
    assert copies_left(own_temporary_folder) == []
    with pytest.raises(FileNotFoundError):
        content_of("letters/1/nothing.pdf")
    files.remove_run(run.pk)
    assert not any(key.startswith(folder) for key in keys_of(bucket))


class Cut:
    """A file whose reading breaks off, as a connection does, after some bytes."""

    def __init__(self, file, after: int):
        self.file, self.left = file, after

    def read(self, size: int = -1) -> bytes:
        if self.left <= 0:
            raise ConnectionResetError(104, "Connection reset by peer")
        some = self.file.read(min(self.left, size) if size > 0 else self.left)
        self.left -= len(some)
        return some

    def __getattr__(self, name):
        return getattr(self.file, name)


@pytest.mark.parametrize("size", [50_000, 20_000_000], ids=["at once", "in parts"])
def test_half_an_upload_is_not_there(bucket, monkeypatch, own_temporary_folder, size):
    content = b"letter " * (size // 7)
    with monkeypatch.context() as patched:
        whole = storage.File
        patched.setattr(storage, "File", lambda file: whole(Cut(file, size // 2)))
        with pytest.raises(OSError, match="reset"):
            files.write("letters/1", "pack-001", "pdf", content)
    assert keys_of(bucket) == set()
    assert copies_left(own_temporary_folder) == []
    name, sha256 = files.write("letters/1", "pack-001", "pdf", content)
    assert files.is_whole(name, sha256)


def test_a_run_whose_upload_fails_says_so_and_goes_on_later(
    bucket, composed, work, street, patch, leader, monkeypatch, settings
):
    run = composed(patch)
    runs.approve_run(run=run, by=leader.user)
    runs.produce_run(run=run, by=leader.user)
    right = settings.STORAGES
    monkeypatch.setenv("MEDIA_S3_BUCKET", "not-there")
    settings.STORAGES = {**right, "default": media_storage()}
    run = work.produce(run)
    settings.STORAGES = right
    assert run.status == "failed"
    assert "A file could not be kept" in run.events.last().note
    runs.produce_run(run=run, by=leader.user)
    run = work.produce(run)
    assert run.status == "produced"
    check_packs(run)


def test_a_damaged_object_is_replaced_and_a_whole_one_left_alone(bucket):
    name, sha256 = files.write("letters/1", "chunk-00001", "pdf", b"letters")
    first = bucket.Object(f"housing/{name}").last_modified
    assert files.write("letters/1", "chunk-00001", "pdf", b"letters") == (name, sha256)
    assert bucket.Object(f"housing/{name}").last_modified == first
    bucket.put_object(Key=f"housing/{name}", Body=b"lett")
    assert not files.is_whole(name, sha256)
    assert files.write("letters/1", "chunk-00001", "pdf", b"letters") == (name, sha256)
    assert files.is_whole(name, sha256)
    assert keys_of(bucket) == {f"housing/{name}"}
