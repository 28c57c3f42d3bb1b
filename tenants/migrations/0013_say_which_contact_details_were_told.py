"""Adds to what households were told the contact details their letter printed.

Those are kept with each run by patch. Where a patch of a run had no letter, or the
telling is of somebody else than the run's patch says, today's details are taken.
"""

import hashlib

from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Concat, Left, Length, StrIndex

_ADDED = 9


def _word(name, phone, email):
    plain = "\n".join(" ".join(detail.split()) for detail in (name, phone, email))
    return ":" + hashlib.sha256(plain.encode()).hexdigest()[:8]


def add_details(apps, schema_editor):
    homes = apps.get_model("tenants", "LetterRunHome").objects.order_by()
    # "12:officer-3": nobody's details yet.
    bare = homes.filter(told_key__regex=r"^[0-9]+:(officer|team)-[0-9]+$")
    for run in apps.get_model("tenants", "LetterRun").objects.order_by("pk").iterator():
        for patch, sender in run.senders.get("officers", {}).items():
            word = _word(sender["name"], sender["phone"], sender["email"])
            bare.filter(run=run.pk, patch=int(patch)).update(
                told_key=Concat(F("told_key"), Value(word))
            )
    for kind, model in (("officer", "Officer"), ("team", "WardTeam")):
        for row in apps.get_model("officers", model).objects.order_by("pk"):
            bare.filter(told_key__endswith=f":{kind}-{row.pk}").update(
                told_key=Concat(
                    F("told_key"), Value(_word(row.name, row.phone, row.email))
                )
            )


def take_details_away(apps, schema_editor):
    homes = apps.get_model("tenants", "LetterRunHome").objects.order_by()
    # Of a letter that told of two only the one who answered was known before.
    homes.filter(told_key__contains=" ").update(
        told_key=Left(F("told_key"), StrIndex(F("told_key"), Value(" ")) - 1)
    )
    homes.filter(told_key__regex=r"^[0-9]+:(officer|team)-[0-9]+:[0-9a-f]{8}$").update(
        told_key=Left(F("told_key"), Length(F("told_key")) - _ADDED)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0012_why_letters_are_due"),
        ("officers", "0006_drop_ins"),
    ]

    operations = [migrations.RunPython(add_details, take_details_away)]
