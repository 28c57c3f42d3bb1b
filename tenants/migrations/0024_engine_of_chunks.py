from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy_from_runs(apps, schema_editor):
    """Chunks set before now were set by what their run says."""
    run = apps.get_model("tenants", "LetterRun")
    chunk = apps.get_model("tenants", "LetterChunk")
    engines = run.objects.filter(pk=OuterRef("run")).values("engine")
    chunk.objects.filter(
        done_at__isnull=False, run__in=run.objects.exclude(engine="").values("pk")
    ).update(engine=Subquery(engines))


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0023_split_by_sheets"),
    ]

    operations = [
        migrations.AddField(
            model_name="letterchunk",
            name="engine",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="Typesetter, code and fonts that set it: the same give the same.",
                max_length=80,
            ),
        ),
        migrations.RunPython(copy_from_runs, migrations.RunPython.noop),
    ]
