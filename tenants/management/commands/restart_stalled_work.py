"""Start again work whose worker died: `manage.py restart_stalled_work`."""

from __future__ import annotations

from collections.abc import Iterator

from housingplus.imports.services import restart_stalled as restart_imports
from housingplus.jobs.repeating import RepeatedCommand
from tenants.imports.tasks import run_import
from tenants.letters.services.restarting import restart_stalled as restart_letters


class Command(RepeatedCommand):
    help = (
        "Starts again letters and imports whose worker died, where the work can be "
        "repeated without harm. Run it every minute, once or on several machines."
    )

    def step(self) -> None:
        for line in _restart():
            self.stdout.write(line)


def _restart() -> Iterator[str]:
    yield from restart_letters()
    yield from restart_imports(enqueue=run_import.enqueue)
