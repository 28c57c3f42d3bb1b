"""A reason more why a home gets no letter."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0010_print_marks_on_letters"),
    ]

    operations = [
        migrations.AlterField(
            model_name="letterrunhome",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("void", "No household: the home is empty"),
                    ("do_not_write", "Marked do not write"),
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
                ],
                max_length=14,
            ),
        ),
    ]
