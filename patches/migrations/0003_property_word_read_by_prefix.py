from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patches", "0002_moved_home")]

    operations = [
        migrations.RemoveConstraint(
            model_name="propertyword", name="property_word_once"
        ),
        migrations.AddConstraint(
            model_name="propertyword",
            constraint=models.UniqueConstraint(
                fields=("word", "property"),
                name="property_word_once",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
        ),
    ]
