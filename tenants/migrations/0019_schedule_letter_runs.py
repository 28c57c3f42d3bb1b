"""When an approved run of letters is to be produced."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0002_time_left"),
        ("patches", "0006_where_homes_of_drawn_patches_come_from"),
        ("tenants", "0018_letter_wordings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="letterrun",
            name="not_started",
            field=models.CharField(
                blank=True,
                help_text="Why it could not be produced when it was to be.",
                max_length=300,
            ),
        ),
        migrations.AddField(
            model_name="letterrun",
            name="scheduled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letter_runs_scheduled",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="letterrun",
            name="scheduled_for",
            field=models.DateTimeField(
                blank=True,
                help_text="When an approved run is to be produced.",
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="letterrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("scheduled_by__isnull", True), ("scheduled_for__isnull", True)
                    ),
                    models.Q(
                        ("scheduled_by__isnull", False),
                        ("scheduled_for__isnull", False),
                        ("status", "approved"),
                    ),
                    _connector="OR",
                ),
                name="run_scheduled_by_while_approved",
            ),
        ),
    ]
