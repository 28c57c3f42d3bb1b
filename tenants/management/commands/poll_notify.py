"""Ask GOV.UK Notify what became of letters: `manage.py poll_notify`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from housingplus.common.counting import plural
from housingplus.common.errors import HousingPlusError
from tenants.letters.services.notify import poll_deliveries


class Command(BaseCommand):
    help = "Ask GOV.UK Notify what became of the letters it accepted. Run it hourly."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed = poll_deliveries()
        except HousingPlusError as error:
            raise CommandError(str(error)) from error
        letters = plural(changed, "letter has", "letters have")
        self.stdout.write(f"{letters} another status now.")
