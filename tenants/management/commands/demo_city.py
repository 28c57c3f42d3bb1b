from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from housingplus.common.errors import Refusal
from tenants.demo.city import build_city


class Command(BaseCommand):
    help = "Build an invented city to try Housing+ out; refuses in production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--homes", type=int, default=2_400)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Do nothing, quietly, when there are homes already.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["homes"] <= 200_000:
            raise CommandError("Give a number of homes from 1 to 200,000.")
        if options["if_empty"]:
            from patches.models import Property

            if Property.objects.exists():
                return
        try:
            made = build_city(
                homes=options["homes"], seed=options["seed"], say=self.stdout.write
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            self.style.SUCCESS(
                f"{made.homes:,} homes, {made.households:,} households, "
                f"{made.patches} patches, {made.officers} patch officers, "
                f"{made.wards} wards."
            )
        )
