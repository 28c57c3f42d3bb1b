"""Files of letter runs: whole or not there, and named by what is in them.

To write one, work on a temporary path and keep it; its name comes back:

    with files.writing(folder) as temporary:
        temporary.write_bytes(...)
        name, sha256 = files.keep(temporary, folder, "pack-001", "pdf")

To read one use `blocks_of`, or `files.on_disk(name, …)` where a path is needed. Never
take a path from the storage: files may lie in S3 (`housingplus.common.storage`).
A crash, a full disk or a failed upload leaves no half file behind a name that the
database knows.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Collection
from pathlib import Path

from housingplus.common import storage
from housingplus.common.storage import blocks_of, on_disk, path_of
from housingplus.common.storage import working as writing
from tenants.letters.errors import FileMissing

__all__ = [
    "blocks_of",
    "is_whole",
    "keep",
    "on_disk",
    "path_of",
    "remove_run",
    "run_folder",
    "size_of",
    "sweep",
    "write",
    "write_picture",
    "writing",
]
logger = logging.getLogger(__name__)


def run_folder(run_id: int) -> str:
    """Return the folder of a run in the storage."""
    return f"letters/{run_id}"


def keep(temporary: Path, folder: str, stem: str, ending: str) -> tuple[str, str]:
    """Give a finished temporary file its lasting name; return name and SHA-256."""
    with temporary.open("rb") as written:
        sha256 = hashlib.file_digest(written, "sha256").hexdigest()
    name = f"{folder}/{stem}-{sha256}.{ending}"
    storage.keep(temporary, name)
    return name, sha256


def write(folder: str, stem: str, ending: str, content: bytes) -> tuple[str, str]:
    """Keep some bytes; return the file's name and SHA-256."""
    with writing(folder) as temporary:
        temporary.write_bytes(content)
        return keep(temporary, folder, stem, ending)


def write_picture(name: str, content: bytes) -> None:
    """Keep a picture under the name its content gives it, unless it is there."""
    if storage.exists(name):
        return
    with writing(name.rpartition("/")[0]) as temporary:
        temporary.write_bytes(content)
        storage.keep(temporary, name)


def size_of(name: str) -> int:
    """Return the size of a kept file; FileMissing when it is not there."""
    if not name or not storage.exists(name):
        raise FileMissing(
            "The file is not there any more. Make the pack again, or ask whoever runs "
            "this site to bring it back from the backup."
        )
    return storage.size_of(name)


def is_whole(name: str, sha256: str) -> bool:
    """Whether a kept file is there with the content that was recorded."""
    try:
        return bool(name) and storage.sha256_of(name) == sha256
    except FileNotFoundError:
        return False


def sweep(run_id: int, *, named: Callable[[], Collection[str]]) -> None:
    """Remove files of a run that no row names: what interrupted work left behind.

    The folder is listed before the names are read, so that a file written meanwhile by
    another worker is never taken for one left behind.
    """
    found = storage.names_in(run_folder(run_id))
    wanted = set(named())
    for name in found:
        if name not in wanted:
            storage.remove(name)


def remove_run(run_id: int) -> None:
    """Remove every file of a run; a store that does not answer keeps nobody waiting."""
    try:
        storage.remove_folder(run_folder(run_id))
    except OSError:
        logger.exception("The files of letter run %s could not be removed.", run_id)
