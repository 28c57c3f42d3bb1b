from django.db import migrations

COLUMNS = {"street_key": 100, "walk_key": 120}


def _collate(schema_editor, collation):
    if schema_editor.connection.vendor != "postgresql":
        return
    for column, length in COLUMNS.items():
        schema_editor.execute(
            f"ALTER TABLE patches_property ALTER COLUMN {column}"
            f' TYPE varchar({length}) COLLATE "{collation}"'
        )


def by_code_point(apps, schema_editor):
    """Sort the keys as they are written, whatever language the server speaks.

    A linguistic order passes over the marks that part numbers in `walk_key`. SQLite
    compares bytes anyway.
    """
    _collate(schema_editor, "C")


def by_the_servers_language(apps, schema_editor):
    _collate(schema_editor, "default")


class Migration(migrations.Migration):
    dependencies = [("patches", "0001_initial")]

    operations = [migrations.RunPython(by_code_point, by_the_servers_language)]
