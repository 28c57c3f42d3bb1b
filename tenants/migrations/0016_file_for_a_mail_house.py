"""The file a mail house is given."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0015_letters_sent_one_by_one"),
    ]

    operations = [
        migrations.AddField(
            model_name="letterrun",
            name="mail_file",
            field=models.CharField(
                blank=True, help_text="What a mail house is given.", max_length=200
            ),
        ),
        migrations.AddField(
            model_name="letterrun",
            name="postage",
            field=models.CharField(
                choices=[
                    ("first", "First class"),
                    ("second", "Second class"),
                    ("economy", "Economy"),
                ],
                default="second",
                help_text="What a mail house is asked for.",
                max_length=7,
            ),
        ),
        migrations.AlterField(
            model_name="letterrun",
            name="way_out",
            field=models.CharField(
                choices=[
                    ("print", "Print them in the office"),
                    ("mail_house", "Give a file to a mail house"),
                    ("notify", "Send them through GOV.UK Notify"),
                ],
                default="print",
                help_text="How the letters that go by post leave the office.",
                max_length=10,
            ),
        ),
    ]
