"""manage.py produce_scheduled_letters: starts the approved runs whose time has come."""

from __future__ import annotations

from django.utils import timezone

from housingplus.common.counting import plural
from housingplus.jobs.repeating import RepeatedCommand
from tenants.letters.services.scheduling import start_scheduled_runs


class Command(RepeatedCommand):
    help = (
        "Starts producing the approved letter runs that were set for a time that has "
        "come, each once. What cannot start is said on the run. Run it often."
    )

    def step(self) -> None:
        started, refused = start_scheduled_runs(timezone.now())
        for run in started:
            self.stdout.write(f"Started: {run.title}")
        for run in refused:
            self.stderr.write(f"Not started: {run.title}. {run.not_started}")
        if started or refused:
            self.stdout.write(
                f"{plural(len(started), 'run')} started, {len(refused)} not."
            )
