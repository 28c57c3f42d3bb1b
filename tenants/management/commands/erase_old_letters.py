"""manage.py erase_old_letters: what letters said goes when its time is over."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from housingplus.common.counting import plural
from housingplus.common.dates import today
from tenants.letters.services.retention import erase_run, runs_to_erase


class Command(BaseCommand):
    help = (
        "Erases names, addresses, wording and files of letters posted, or cancelled, "
        "more than LETTERS_KEPT_YEARS ago. That households were told, of whom and "
        "when, stays. There is no way back: look first, with --dry-run."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would go; erase nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.LETTERS_KEPT_YEARS:
            self.stdout.write("LETTERS_KEPT_YEARS is 0: letters are kept for ever.")
            return
        runs = runs_to_erase(today())
        for run in runs:
            if not options["dry_run"]:
                erase_run(run=run, day=today())
            letters = plural(run.letter_count, "letter")
            self.stdout.write(f"{run.pk}: {run.title}, {letters}")
        done = "would be erased" if options["dry_run"] else "erased"
        self.stdout.write(f"{plural(len(runs), 'run')} {done}.")
