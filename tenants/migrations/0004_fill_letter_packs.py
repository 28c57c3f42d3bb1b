"""Give runs made before packs were rows of their own the pack they had."""

from django.db import migrations
from django.db.models import Max, Min
from django.utils import timezone

# As many as a pack may hold: 2,000 letters in chunks of 25.
CHUNKS_IN_A_PACK = 80


def fill(apps, schema_editor):
    run_model = apps.get_model("tenants", "LetterRun")
    chunk_model = apps.get_model("tenants", "LetterChunk")
    runs = run_model.objects.filter(pk__in=chunk_model.objects.values("run"))
    for run in runs.defer("senders").order_by("pk").iterator():
        made = bool(run.pack_file) and run.letter_count > 0
        chunks = list(
            chunk_model.objects.filter(run=run)
            .order_by("number")
            .values_list("pk", flat=True)
        )
        size = len(chunks) if made else CHUNKS_IN_A_PACK
        for number, start in enumerate(range(0, len(chunks), size), 1):
            fill_pack(apps, run, number, chunks[start : start + size], made=made)


def fill_pack(apps, run, number, chunks, *, made):
    letters = apps.get_model("tenants", "Letter").objects.filter(chunk__in=chunks)
    ends = letters.aggregate(first=Min("sequence"), last=Max("sequence"))
    moves = apps.get_model("tenants", "LetterRunEvent").objects.filter(run=run)
    last = moves.filter(to_status="produced").order_by("at").last()
    pack = apps.get_model("tenants", "LetterPack").objects.create(
        run=run,
        number=number,
        first_sequence=ends["first"] or 1,
        last_sequence=ends["last"] or 1,
        letter_count=run.letter_count if made else letters.count(),
        page_count=run.page_count if made else 0,
        file=run.pack_file if made else "",
        sha256=run.pack_sha256 if made else "",
        made_at=(last.at if last else timezone.now()) if made else None,
    )
    chunk_model = apps.get_model("tenants", "LetterChunk")
    chunk_model.objects.filter(pk__in=chunks).update(pack=pack)


def put_back(apps, schema_editor):
    """A run with several packs had none before: it is produced again."""
    run_model = apps.get_model("tenants", "LetterRun")
    pack_model = apps.get_model("tenants", "LetterPack")
    chunk_model = apps.get_model("tenants", "LetterChunk")
    several = pack_model.objects.filter(number__gt=1).values("run")
    for pack in pack_model.objects.filter(number=1).exclude(run__in=several):
        run_model.objects.filter(pk=pack.run_id).update(
            pack_file=pack.file, pack_sha256=pack.sha256
        )
    chunk_model.objects.update(pack=None)
    pack_model.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("tenants", "0003_letter_packs")]

    operations = [migrations.RunPython(fill, put_back)]
