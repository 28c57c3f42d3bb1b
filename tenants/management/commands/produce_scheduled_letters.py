"""manage.py produce_scheduled_letters: starts the approved runs whose time has come."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from tenants.letters.services.scheduling import start_scheduled_runs


class Command(BaseCommand):
    help = (
        "Starts producing the approved letter runs that were set for a time that has "
        "come, each once. What cannot start is said on the run. Run it often."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        started, refused = start_scheduled_runs(timezone.now())
        for run in started:
            self.stdout.write(f"Started: {run.title}")
        for run in refused:
            self.stderr.write(f"Not started: {run.title}. {run.not_started}")
        self.stdout.write(f"{len(started)} runs started, {len(refused)} not.")
