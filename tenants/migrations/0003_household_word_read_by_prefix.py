from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenants", "0002_letter_senders_sides_and_spans")]

    operations = [
        migrations.RemoveConstraint(
            model_name="householdword", name="household_word_once"
        ),
        migrations.AddConstraint(
            model_name="householdword",
            constraint=models.UniqueConstraint(
                fields=("word", "is_sound", "household"),
                name="household_word_once",
                opclasses=["varchar_pattern_ops", "bool_ops", "int8_ops"],
            ),
        ),
    ]
