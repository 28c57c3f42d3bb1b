"""Kept files, on this machine's disk or in a remote store such as S3 (MEDIA_STORAGE).

The only module that knows which of the two it is. A program that needs a path works on
one this module gives: `working` to write, `on_disk` to read.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage

_TEMPORARY = ".tmp"
# Copies of a remote store's files; those of a worker that was killed go after a day.
_COPIES = "housingplus-copies-"
_SECONDS_TO_KEEP = 24 * 60 * 60
_BLOCK = 1 << 18


class StoreFailed(OSError):
    """A remote store did not take, give or remove a file."""


def path_of(name: str) -> Path | None:
    """Return where a kept file is on this machine's disk; None in a remote store."""
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        return None


@contextlib.contextmanager
def working(folder: str) -> Iterator[Path]:
    """Give a temporary path to write a file of a folder to, for `keep`.

    Whatever is left there at the end goes. On a disk it lies in the folder itself, so
    that a rename is enough.
    """
    target = path_of(folder)
    if target is None:
        with _copies() as target:
            yield target / "work"
        return
    target.mkdir(parents=True, exist_ok=True)
    temporary = target / f"{uuid.uuid4().hex}{_TEMPORARY}"
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def keep(temporary: Path, name: str) -> None:
    """Give a finished file its lasting name, which its content has given it.

    On a disk it is flushed and renamed; a remote store shows it once it has all of it.
    """
    path = path_of(name)
    if path is None:
        with _store():
            _upload(temporary, name)
        return
    with temporary.open("rb") as written:
        os.fsync(written.fileno())
    temporary.replace(path)
    _flush_folder(path.parent)


@contextlib.contextmanager
def on_disk(*names: str) -> Iterator[list[Path]]:
    """Give paths to read kept files by, for as long as the context lasts."""
    paths = [path for name in names if (path := path_of(name)) is not None]
    if len(paths) == len(names):
        yield paths
        return
    with _copies() as folder:
        for number, name in enumerate(names):
            path = folder / str(number)
            with path.open("wb") as copy:
                copy.writelines(blocks_of(name))
            paths.append(path)
        yield paths


def blocks_of(name: str) -> Iterator[bytes]:
    """Yield a kept file block by block; it is opened with the first."""
    with _store(), default_storage.open(name, "rb") as kept:
        while block := kept.read(_BLOCK):
            yield block


def sha256_of(name: str) -> str:
    """Return the digest of a kept file; FileNotFoundError when it is not there."""
    digest = hashlib.sha256()
    for block in blocks_of(name):
        digest.update(block)
    return digest.hexdigest()


def exists(name: str) -> bool:
    with _store():
        return default_storage.exists(name)


def size_of(name: str) -> int:
    with _store():
        return default_storage.size(name)


def names_in(folder: str) -> list[str]:
    """Return the names of all files of a folder; none when it is not there."""
    try:
        with _store():
            _, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in files]


def remove(name: str) -> None:
    """Remove a kept file, if it is there."""
    with _store():
        default_storage.delete(name)


def remove_folder(folder: str) -> None:
    """Remove a folder with its files."""
    path = path_of(folder)
    if path is not None:
        shutil.rmtree(path, ignore_errors=True)
        return
    for name in names_in(folder):
        remove(name)


def _upload(temporary: Path, name: str) -> None:
    """Put a file into a remote store under exactly this name.

    Somebody else may put the same content there at the same moment: a second object
    under another name is then removed. One that is there already but damaged is
    replaced.
    """
    if default_storage.exists(name):
        with temporary.open("rb") as written:
            wanted = hashlib.file_digest(written, "sha256").hexdigest()
        if sha256_of(name) == wanted:
            return
        default_storage.delete(name)
    with temporary.open("rb") as written:
        kept = default_storage.save(name, File(written))
    if kept != name:
        default_storage.delete(kept)


@contextlib.contextmanager
def _store() -> Iterator[None]:
    """Turn what a remote store's client raises into an error of the disk's kind."""
    try:
        yield
    except (OSError, GeneratorExit):
        raise
    except Exception as error:
        raise StoreFailed(f"the store of files answered: {error}") from error


@contextlib.contextmanager
def _copies() -> Iterator[Path]:
    """Give an empty folder for copies; those left by killed workers go."""
    parent = Path(tempfile.gettempdir())
    long_ago = time.time() - _SECONDS_TO_KEEP
    for left in parent.glob(f"{_COPIES}*"):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < long_ago:
                shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_COPIES) as folder:
        yield Path(folder)


def _flush_folder(folder: Path) -> None:
    """Make a rename last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
