"""manage.py prepare_letters_due: draft runs of what is due, for leaders to approve."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from housingplus.common.dates import long_date, today
from housingplus.common.errors import Refusal
from patches.wards.models import Ward
from tenants.letters.services.due import prepare_letters_due


class Command(BaseCommand):
    help = (
        "Prepares a run of the letters due in each ward that has none waiting. Nothing "
        "is sent: the leader of the ward checks and approves it. Run it every night."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--ahead",
            type=int,
            default=0,
            metavar="DAYS",
            help="Also what will be due so many days from now.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 <= options["ahead"] <= 90:
            raise CommandError("Look ahead by 0 to 90 days.")
        day = today() + dt.timedelta(days=options["ahead"])
        try:
            runs = prepare_letters_due(day=day, wards=Ward.objects.all(), by=None)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        for run in runs:
            self.stdout.write(run.title)
        self.stdout.write(f"{len(runs)} runs prepared for {long_date(day)}.")
