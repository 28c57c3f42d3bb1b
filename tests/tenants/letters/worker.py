"""A worker in a process of its own, for tests that kill it: `worker.py RUN JOB`.

`--mark-first` switches the protection off: a chunk's row is written before its file.
`--freeze` stops the process, as a machine that sleeps would, once a chunk is set.
"""

from __future__ import annotations

import os
import sys
from functools import partial


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "housingplus.settings.test")
    import django

    django.setup()
    from django.conf import settings

    settings.MEDIA_ROOT = os.environ["MEDIA_ROOT"]
    from housingplus.jobs.services import run_job
    from tenants.letters.services import production

    if "--mark-first" in sys.argv:
        _mark_first(production)
    if "--freeze" in sys.argv:
        _freeze(production)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    run_job(int(sys.argv[2]), partial(production.produce, int(sys.argv[1])))


def _freeze(production) -> None:  # type: ignore[no-untyped-def]
    """Stop by itself with the third chunk set and not yet kept."""
    import signal

    compile_chunk = production.compile_chunk
    calls = []

    def set_and_freeze(*args, **kwargs):  # type: ignore[no-untyped-def]
        result = compile_chunk(*args, **kwargs)
        calls.append(1)
        if len(calls) == 3:
            os.kill(os.getpid(), signal.SIGSTOP)
        return result

    production.compile_chunk = set_and_freeze


def _mark_first(production) -> None:  # type: ignore[no-untyped-def]
    """Name the file in the row, then write it: a kill in between loses letters."""
    import hashlib
    import time

    from django.utils import timezone

    from tenants.letters.services import files

    def set_chunk(run, chunk, job) -> None:  # type: ignore[no-untyped-def]
        letters = list(chunk.letters.order_by("sequence"))
        result = production.compile_chunk(
            production.batch_of(run, letters), tagged=False
        )
        sha256 = hashlib.sha256(result.pdf).hexdigest()
        name = f"{files.run_folder(run.pk)}/chunk-{chunk.number:05d}-{sha256}.pdf"
        production.record_chunk(
            chunk,
            job,
            name=name,
            sha256=sha256,
            spans=result.spans,
            when=timezone.now(),
        )
        time.sleep(0.05)
        files.write(
            files.run_folder(run.pk), f"chunk-{chunk.number:05d}", "pdf", result.pdf
        )

    production.set_chunk = set_chunk
    production._is_whole = lambda chunk: True


if __name__ == "__main__":
    main()
