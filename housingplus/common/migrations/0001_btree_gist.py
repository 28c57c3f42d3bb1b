from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    """PostgreSQL needs btree_gist for "no overlap"; other databases skip this."""

    dependencies = []
    run_before = [("patches", "0001_initial")]
    operations = [BtreeGistExtension()]
