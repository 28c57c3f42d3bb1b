"""Languages people may want letters in: codes, English names and their own names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """A language by its ISO 639 code; `own_name` is what its speakers call it."""

    code: str
    name: str
    own_name: str
    is_right_to_left: bool = False

    @property
    def label(self) -> str:
        """Return both names, as a list to choose from shows them."""
        if self.name == self.own_name:
            return self.name
        return f"{self.name} ({self.own_name})"


ENGLISH = Language("en", "English", "English")

_LANGUAGES = (
    Language("sq", "Albanian", "Shqip"),
    Language("am", "Amharic", "አማርኛ"),
    Language("ar", "Arabic", "العربية", is_right_to_left=True),
    Language("bn", "Bengali", "বাংলা"),
    Language("bg", "Bulgarian", "Български"),
    Language("yue", "Cantonese", "廣東話"),
    Language("zh", "Chinese", "中文"),
    Language("hr", "Croatian", "Hrvatski"),
    Language("cs", "Czech", "Čeština"),
    Language("prs", "Dari", "دری", is_right_to_left=True),
    Language("nl", "Dutch", "Nederlands"),
    Language("et", "Estonian", "Eesti"),
    Language("fa", "Farsi", "فارسی", is_right_to_left=True),
    Language("fr", "French", "Français"),
    Language("de", "German", "Deutsch"),
    Language("el", "Greek", "Ελληνικά"),
    Language("gu", "Gujarati", "ગુજરાતી"),
    Language("hi", "Hindi", "हिन्दी"),
    Language("hu", "Hungarian", "Magyar"),
    Language("it", "Italian", "Italiano"),
    Language("ku", "Kurdish (Kurmanji)", "Kurdî"),
    Language("ckb", "Kurdish (Sorani)", "کوردی", is_right_to_left=True),
    Language("lv", "Latvian", "Latviešu"),
    Language("lt", "Lithuanian", "Lietuvių"),
    Language("ne", "Nepali", "नेपाली"),
    Language("ps", "Pashto", "پښتو", is_right_to_left=True),
    Language("pl", "Polish", "Polski"),
    Language("pt", "Portuguese", "Português"),
    Language("pa", "Punjabi", "ਪੰਜਾਬੀ"),
    Language("ro", "Romanian", "Română"),
    Language("ru", "Russian", "Русский"),
    Language("sk", "Slovak", "Slovenčina"),
    Language("so", "Somali", "Soomaali"),
    Language("es", "Spanish", "Español"),
    Language("sw", "Swahili", "Kiswahili"),
    Language("tl", "Tagalog", "Tagalog"),
    Language("ta", "Tamil", "தமிழ்"),
    Language("ti", "Tigrinya", "ትግርኛ"),
    Language("tr", "Turkish", "Türkçe"),
    Language("uk", "Ukrainian", "Українська"),
    Language("ur", "Urdu", "اردو", is_right_to_left=True),
    Language("vi", "Vietnamese", "Tiếng Việt"),
    Language("cy", "Welsh", "Cymraeg"),
    Language("yo", "Yoruba", "Yorùbá"),
)
LANGUAGES: dict[str, Language] = {row.code: row for row in _LANGUAGES}
CHOICES: list[tuple[str, str]] = [(row.code, row.label) for row in _LANGUAGES]

# Other names that lists of tenants use.
_ALSO = {
    "bangla": "bn",
    "sylheti": "bn",
    "persian": "fa",
    "mandarin": "zh",
    "kurdish": "ckb",
    "sorani": "ckb",
    "kurmanji": "ku",
    "panjabi": "pa",
    "pushto": "ps",
    "filipino": "tl",
}
_BY_NAME = {
    "english": "",
    "en": "",
    **_ALSO,
    **{row.name.casefold(): row.code for row in _LANGUAGES},
    **{row.own_name.casefold(): row.code for row in _LANGUAGES},
    **{row.code: row.code for row in _LANGUAGES},
}


def language_kept(text: str) -> str:
    """Return what a household's row keeps of a language as somebody typed it.

    The code of a language known here, nothing for English, else the name as typed.
    """
    name = " ".join(text.split())
    return _BY_NAME.get(name.casefold(), name)


def language_name(kept: str) -> str:
    """Return the English name of what a household's row keeps."""
    if kept in ("", ENGLISH.code):
        return ENGLISH.name
    known = LANGUAGES.get(kept)
    return known.name if known else kept


def is_right_to_left(code: str) -> bool:
    """Whether a language is written from right to left."""
    known = LANGUAGES.get(code)
    return known is not None and known.is_right_to_left
