"""A worker in a process of its own, for tests that kill it: `worker.py RUN JOB`.

It says when it is ready and begins once it is told to. `--help` takes a hand in the
job of another; `--log FILE` writes the number of each chunk it sets.
`--freeze` stops the process, as a machine that sleeps would, with a chunk set and not
yet kept; `--freeze-pack` with a pack put together and not yet named in its row.
`--die STEP` ends it, as `kill -9` would, in the middle of one of `STEPS`.
Protections off: `--mark-first` writes a chunk's row before its file, `--no-claims`
takes whatever is not done, `--no-fence` writes without holding the claim,
`--no-patience` gives up when the database is away. `--slowly` takes a while.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from functools import partial
from importlib import import_module
from pathlib import Path

# What a worker can die in the middle of, and where that is.
STEPS = {
    "joining a pack": ("tenants.letters.typesetting.packs", "_Destination.write"),
    "renaming a file": ("housingplus.common.storage", "_flush_folder"),
    "naming a pack": ("tenants.letters.services.making", "_record_pages"),
    "writing the ledger": ("tenants.letters.services.production", "rows_as_csv"),
    "sweeping": ("housingplus.common.storage", "remove"),
    "handing over": ("tenants.letters.services.production", "_outcome"),
}


def main() -> None:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("run", type=int)
    parser.add_argument("job", type=int)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--die", choices=STEPS)
    for flag in (
        "--help",
        "--freeze",
        "--freeze-pack",
        "--mark-first",
        "--no-claims",
        "--no-fence",
        "--slowly",
        "--no-patience",
    ):
        parser.add_argument(flag, action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "housingplus.settings.test")
    import django

    django.setup()
    from django.conf import settings

    settings.MEDIA_ROOT = os.environ["MEDIA_ROOT"]
    from housingplus.jobs.services import run_job
    from tenants.letters.services import production

    if asked.log:
        _log(asked.log)
    if asked.mark_first:
        _mark_first()
    if asked.no_claims:
        _no_claims()
    if asked.no_fence or asked.no_claims:
        _no_fence()
    if asked.slowly:
        _slowly()
    if asked.no_patience:
        _no_patience()
    if asked.die:
        _die(*STEPS[asked.die])
    if asked.freeze:
        _freeze("record_chunk", 3)
    if asked.freeze_pack:
        _freeze("record_pack", 1)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    if asked.help:
        production.help_produce(asked.run, asked.job)
    else:
        run_job(asked.job, partial(production.produce, asked.run))


def _log(path: Path) -> None:
    from tenants.letters.services import production

    set_chunk = production.set_chunk

    def set_and_log(run, chunk) -> None:  # type: ignore[no-untyped-def]
        with path.open("a") as log:
            log.write(f"{chunk.number}\n")
        set_chunk(run, chunk)

    production.set_chunk = set_and_log


def _freeze(step: str, at: int) -> None:
    """Stop by itself when a step is about to be done for the `at`-th time."""
    from tenants.letters.services import making

    do = getattr(making, step)
    calls = []

    def freeze_and_do(*args, **kwargs):  # type: ignore[no-untyped-def]
        calls.append(1)
        if len(calls) == at:
            os.kill(os.getpid(), signal.SIGSTOP)
        return do(*args, **kwargs)

    setattr(making, step, freeze_and_do)


def _die(module: str, name: str) -> None:
    """End at once where a step would begin, with what led to it done."""
    found = import_module(module)
    *owner, last = name.split(".")
    for part in owner:
        found = getattr(found, part)
    getattr(found, last)  # It is still called so.
    setattr(found, last, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))


def _no_claims() -> None:
    """Take the first that is not done, whoever else is doing it."""
    from tenants.letters.services import claims, production

    def take(run_id, worker):  # type: ignore[no-untyped-def]
        for rows in (claims._packs_to_make(run_id), claims._chunks_to_set(run_id)):
            if found := rows.order_by("number").first():
                return found
        return None

    production.claim_work = take


def _no_fence() -> None:
    from tenants.letters.services import making

    making.held = lambda work: type(work)._default_manager.filter(pk=work.pk)


def _slowly() -> None:
    """Take a while over each chunk, so that something can happen meanwhile."""
    import time

    from tenants.letters.services import making

    record = making.record_chunk

    def wait_and_record(*args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        time.sleep(0.2)
        record(*args, **kwargs)

    making.record_chunk = wait_and_record


def _no_patience() -> None:
    from housingplus.jobs import services
    from tenants.letters.services import production

    for module in (services, production):
        module.patiently = lambda step: step()


def _mark_first() -> None:
    """Name the file in the row, then write it: a kill in between loses letters."""
    import hashlib
    import time

    from tenants.letters.services import files, making, production

    def set_chunk(run, chunk) -> None:  # type: ignore[no-untyped-def]
        letters = list(chunk.letters.order_by("sequence"))
        result = making.compile_chunk(making.batch_of(run, letters))
        sha256 = hashlib.sha256(result.pdf).hexdigest()
        stem = f"chunk-{chunk.number:05d}"
        name = f"{files.run_folder(run.pk)}/{stem}-{sha256}.pdf"
        making.record_chunk(chunk, name=name, sha256=sha256, spans=result.spans)
        time.sleep(0.05)
        files.write(files.run_folder(run.pk), stem, "pdf", result.pdf)

    production.set_chunk = set_chunk
    making._is_whole = lambda chunk: True


if __name__ == "__main__":
    main()
