"""Building the whole demo city, and refusing where a real service lives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from django.conf import settings
from django.db import transaction

from housingplus.common.dates import today as today_here
from housingplus.common.errors import Refusal
from officers.accounts.models import User
from patches.models import Property
from patches.properties.indexing import rebuild_property_words
from tenants.letters.services.templates import create_default_templates
from tenants.models import Household

from . import contacts, designs, people, places, plan, staff, taras, work


@dataclass(frozen=True)
class CityCounts:
    """How much was made."""

    wards: int
    patches: int
    homes: int
    households: int
    officers: int


def build_city(
    *, homes: int, seed: int, say: Callable[[str], object] = print
) -> CityCounts:
    """Build an invented city of `homes` homes into an empty database.

    The same seed gives the same city; dates are counted back from today. Raises
    Refusal outside demo mode and where there are homes already.
    """
    if not settings.DEMO_MODE:
        raise Refusal(
            "The demo city is only for demonstrations. Set DEMO_MODE=true with the "
            "development settings; production settings never allow it."
        )
    if Property.objects.exists():
        raise Refusal("There are homes in this database already; use an empty one.")
    random = Random(seed)  # noqa: S311 - an invented city, not a secret
    today = today_here()
    with transaction.atomic():
        planned = plan.plan_city(homes, seed)
        say(f"Writing {homes:,} homes in {len(planned)} wards …")
        written = places.write_places(planned, today=today, random=random)
        rebuild_property_words(Property.objects.all())
        say("Writing teams and officers …")
        team_staff = staff.write_staff(written, today=today, random=random)
        say("Writing households …")
        people.write_people(written, today=today, random=random)
        manager = User.objects.get(email="manager@kestrelford.example")
        taras.write_taras(written, today=today, random=random, recorded_by=manager)
        create_default_templates(by=manager)
        contacts.write_contacts(written.wards, today=today, random=random)
        say("Writing a year of work …")
        work.write_work(written, today=today, random=random, by=manager)
        say("Drawing patch designs …")
        designs.write_designs(team_staff.teams, on=today, random=random, by=manager)
    return CityCounts(
        wards=len(written.wards),
        patches=len(written.patches),
        homes=len(written.properties),
        households=Household.objects.count(),
        officers=len(team_staff.officers),
    )
