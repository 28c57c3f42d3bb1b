import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("patches", "0003_property_word_read_by_prefix")]

    operations = [
        migrations.AlterField(
            model_name="propertyword",
            name="property",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="words",
                to="patches.property",
            ),
        ),
        migrations.AddIndex(
            model_name="propertyword",
            index=models.Index(
                fields=["property", "word"],
                name="property_word_of_home",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
        ),
    ]
