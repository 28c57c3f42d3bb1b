"""Files of letter runs: whole or not there, and named by what is in them.

A file is written under another name, flushed to the disk and renamed, so that a crash
or a full disk leaves no half file behind a name that the database knows.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import uuid
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from django.core.files.storage import default_storage

from tenants.letters.errors import FileMissing

_TEMPORARY = ".tmp"


def run_folder(run_id: int) -> str:
    """Return the folder of a run, relative to the media root."""
    return f"letters/{run_id}"


def path_of(name: str) -> Path:
    """Return where a kept file is on this machine's disk."""
    return Path(default_storage.path(name))


@contextlib.contextmanager
def writing(folder: str) -> Iterator[Path]:
    """Give a temporary path in a folder; whatever is left there at the end goes."""
    target = path_of(folder)
    target.mkdir(parents=True, exist_ok=True)
    temporary = target / f"{uuid.uuid4().hex}{_TEMPORARY}"
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def keep(temporary: Path, folder: str, stem: str, ending: str) -> tuple[str, str]:
    """Give a finished temporary file its lasting name; return name and SHA-256."""
    with temporary.open("rb") as written:
        sha256 = hashlib.file_digest(written, "sha256").hexdigest()
        os.fsync(written.fileno())
    name = f"{folder}/{stem}-{sha256}.{ending}"
    temporary.replace(path_of(name))
    _flush_folder(path_of(folder))
    return name, sha256


def write(folder: str, stem: str, ending: str, content: bytes) -> tuple[str, str]:
    """Keep some bytes; return the file's name and SHA-256."""
    with writing(folder) as temporary:
        temporary.write_bytes(content)
        return keep(temporary, folder, stem, ending)


def write_picture(name: str, content: bytes) -> None:
    """Keep a picture under the name its content gives it, unless it is there."""
    if path_of(name).exists():
        return
    folder = name.rpartition("/")[0]
    with writing(folder) as temporary:
        temporary.write_bytes(content)
        with temporary.open("rb") as written:
            os.fsync(written.fileno())
        temporary.replace(path_of(name))


def size_of(name: str) -> int:
    """Return the size of a kept file; FileMissing when it is not there."""
    if not name or not path_of(name).exists():
        raise FileMissing(
            "The file is not there any more. Make the pack again, or ask whoever runs "
            "this site to bring it back from the backup."
        )
    return path_of(name).stat().st_size


def blocks_of(name: str) -> Iterator[bytes]:
    """Yield a kept file block by block; it is opened with the first."""
    with path_of(name).open("rb") as kept:
        while block := kept.read(1 << 18):
            yield block


def is_whole(name: str, sha256: str) -> bool:
    """Whether a kept file is there with the content that was recorded."""
    path = path_of(name)
    if not name or not path.exists():
        return False
    with path.open("rb") as kept:
        return hashlib.file_digest(kept, "sha256").hexdigest() == sha256


def sweep(run_id: int, *, named: Callable[[], Collection[str]]) -> None:
    """Remove files of a run that no row names: what interrupted work left behind.

    The folder is listed before the names are read, so that a file written meanwhile by
    another worker is never taken for one left behind.
    """
    folder = path_of(run_folder(run_id))
    found = list(folder.iterdir()) if folder.exists() else []
    wanted = {path_of(name) for name in named() if name}
    for path in found:
        if path not in wanted:
            path.unlink(missing_ok=True)


def remove_run(run_id: int) -> None:
    """Remove every file of a run."""
    shutil.rmtree(path_of(run_folder(run_id)), ignore_errors=True)


def _flush_folder(folder: Path) -> None:
    """Make a rename last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
