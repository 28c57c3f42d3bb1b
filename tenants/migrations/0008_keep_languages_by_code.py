"""Households keep their language by its ISO code; what is not known stays as typed."""

from django.db import migrations, models

_CODES = {
    "albanian": "sq",
    "amharic": "am",
    "arabic": "ar",
    "bangla": "bn",
    "bengali": "bn",
    "bulgarian": "bg",
    "cantonese": "yue",
    "chinese": "zh",
    "croatian": "hr",
    "czech": "cs",
    "dari": "prs",
    "dutch": "nl",
    "english": "",
    "estonian": "et",
    "farsi": "fa",
    "filipino": "tl",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "gujarati": "gu",
    "hindi": "hi",
    "hungarian": "hu",
    "italian": "it",
    "kurdish": "ckb",
    "latvian": "lv",
    "lithuanian": "lt",
    "mandarin": "zh",
    "nepali": "ne",
    "panjabi": "pa",
    "pashto": "ps",
    "persian": "fa",
    "polish": "pl",
    "portuguese": "pt",
    "punjabi": "pa",
    "romanian": "ro",
    "russian": "ru",
    "slovak": "sk",
    "somali": "so",
    "spanish": "es",
    "swahili": "sw",
    "sylheti": "bn",
    "tagalog": "tl",
    "tamil": "ta",
    "tigrinya": "ti",
    "turkish": "tr",
    "ukrainian": "uk",
    "urdu": "ur",
    "vietnamese": "vi",
    "welsh": "cy",
    "yoruba": "yo",
}
# The name a code goes back to, where several names have one code.
_NAMES = {code: name.capitalize() for name, code in _CODES.items() if code} | {
    "bn": "Bengali",
    "fa": "Farsi",
    "pa": "Punjabi",
    "tl": "Tagalog",
    "zh": "Chinese",
}


def keep_codes(apps, schema_editor):
    _replace(apps, lambda text: _CODES.get(" ".join(text.split()).casefold(), text))


def keep_names(apps, schema_editor):
    _replace(apps, lambda text: _NAMES.get(text, text))


def _replace(apps, changed):
    needs = apps.get_model("tenants", "CommunicationNeeds").objects
    kept = needs.exclude(language="").order_by()
    for text in kept.values_list("language", flat=True).distinct():
        if changed(text) != text:
            needs.filter(language=text).update(language=changed(text))


class Migration(migrations.Migration):
    dependencies = [("tenants", "0007_returned_letters")]

    operations = [
        migrations.AlterField(
            model_name="communicationneeds",
            name="language",
            field=models.CharField(
                blank=True,
                help_text="An ISO 639 code, or the name of a language without one "
                "here. Empty for English.",
                max_length=40,
            ),
        ),
        migrations.RunPython(keep_codes, keep_names),
    ]
