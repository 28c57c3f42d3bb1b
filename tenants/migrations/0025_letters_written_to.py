from django.db import migrations, models
from django.db.models import OuterRef, Subquery

# Of runs whose letters can still be taken out.
OPEN = [
    "composing",
    "composed",
    "approved",
    "producing",
    "paused",
    "produced",
    "failed",
]


def take_from_households(apps, schema_editor):
    """Letters that wait go where their households want them now."""
    letter = apps.get_model("tenants", "Letter")
    household = apps.get_model("tenants", "Household")
    needs = apps.get_model("tenants", "CommunicationNeeds")
    waiting = letter.objects.filter(run__status__in=OPEN)
    households = household.objects.filter(pk=OuterRef("household"))
    waiting.filter(is_copy=False).exclude(household__correspondence_address="").update(
        written_to=Subquery(households.values("correspondence_address"))
    )
    copied = needs.objects.filter(household=OuterRef("household"))
    waiting.filter(is_copy=True, household__needs__isnull=False).update(
        written_to=Subquery(copied.values("representative_address"))
    )


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0024_engine_of_chunks"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="written_to",
            field=models.CharField(
                blank=True,
                help_text="The correspondence address it was composed with, or a "
                "copy’s the representative’s; empty when it goes to the home.",
                max_length=300,
            ),
        ),
        migrations.AlterField(
            model_name="letterrunhome",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("void", "No household: the home is empty"),
                    ("do_not_write", "Marked do not write"),
                    ("safe_contact", "Safe contact only"),
                    ("no_patch", "The home is in no patch"),
                    ("no_answer", "No one answers for the patch"),
                    ("address", "Address incomplete or too long for the window"),
                    ("other_format", "Needs a format this run cannot print"),
                    ("characters", "A character no font here can show"),
                    ("missing_value", "Something the letter needs is missing"),
                    (
                        "not_due",
                        "No longer due: told already, or the change was undone",
                    ),
                    ("dismissed", "Dismissed: no letter needed"),
                    ("too_long", "More pages than an envelope takes"),
                    ("returned", "A letter came back: check who lives there"),
                    ("changed", "Moved out meanwhile, or wants letters elsewhere"),
                ],
                max_length=14,
            ),
        ),
        migrations.RunPython(take_from_households, migrations.RunPython.noop),
    ]
