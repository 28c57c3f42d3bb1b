"""A code for scanners and fold marks; runs there already keep what they printed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenants", "0009_letters_by_channel")]

    operations = [
        migrations.AddField(
            model_name="letterrun",
            name="has_code",
            field=models.BooleanField(
                default=False,
                help_text="A small square at the foot of the first page.",
                verbose_name="print a code for scanning returned letters",
            ),
        ),
        migrations.AlterField(
            model_name="letterrun",
            name="has_code",
            field=models.BooleanField(
                default=True,
                help_text="A small square at the foot of the first page.",
                verbose_name="print a code for scanning returned letters",
            ),
        ),
        migrations.AddField(
            model_name="letterrun",
            name="has_fold_marks",
            field=models.BooleanField(
                default=False,
                help_text="Short lines at the left edge where the sheet is folded.",
                verbose_name="print fold marks",
            ),
        ),
    ]
