"""Our usual letters in easy read and in translation, to start from.

Translations are drafts: runs use one only after somebody who reads the language has
checked it.
"""

from __future__ import annotations

from dataclasses import dataclass

from .default_wording import CHANGE, CONTACT, COVER, INTRODUCTION, VACANCY
from .models.wordings import EASY_READ_KEY


@dataclass(frozen=True)
class OtherWording:
    """The wording of one of our letters by its key: a language, or easy read."""

    key: str
    subject: str
    body: str


_INTRODUCTION_EASY = OtherWording(
    EASY_READ_KEY,
    "((officer name)) is your patch officer",
    """\
# Who we are

We look after your home.

# Your patch officer

Your patch officer is **((officer name))**.

A patch officer is the person to talk to about your home.

# How ((officer name)) can help you

* Talk about your home and your tenancy
* Help if there is noise or trouble near you
* Help if you do not feel safe
* Find the right person to help you

# What to do

You do not need to do anything now.

Please keep this letter.

You can ask somebody you trust to read it with you.
""",
)

_CHANGE_EASY = OtherWording(
    EASY_READ_KEY,
    "You have a new patch officer",
    """\
# What is changing

You have a new patch officer.

A patch officer is the person to talk to about your home.

Your new patch officer is **((officer name))**.

This starts on **((answering since))**.

# What stays the same

* Your home
* Your rent
* Your repairs
* Anything you have asked us to do

# What to do

Talk to ((officer name)) when you need help.

You do not need to tell us things again.
""",
)

_COVER_EASY = OtherWording(
    EASY_READ_KEY,
    "((officer name)) will help you for now",
    """\
# What is happening

((officer away)) is away.

((officer away)) is your patch officer.

# Who will help you

**((officer name))** will help you.

This is until **((cover until))**.

# What to do

Talk to ((officer name)) when you need help.

You do not need to tell us things again.
""",
)

_VACANCY_EASY = OtherWording(
    EASY_READ_KEY,
    "((team name)) will help you for now",
    """\
# What is happening

You do not have a patch officer right now.

A patch officer is the person to talk to about your home.

# Who will help you

**((who answers))** will help you.

They are a team of people.

# What happens next

We will write to you when you have a new patch officer.

You do not need to tell us things again.
""",
)

_CONTACT_EASY = OtherWording(
    EASY_READ_KEY,
    "There is a new way to contact us",
    """\
# What is changing

**((who answers))** looks after your patch.

You need a new phone number or address to contact them.

They are at the end of this letter.

# What to do

Please use the new ones from now on.

The old ones may not work.

# What stays the same

Nothing else changes.

You do not need to tell us things again.
""",
)

_INTRODUCTION_POLISH = OtherWording(
    "pl",
    "((officer name)) opiekuje się Państwa rejonem",
    """\
Państwa mieszkanie należy do rejonu liczącego około 300 mieszkań. Każdym rejonem \
opiekuje się jedna osoba, która zna okolicę i jej mieszkańców.

Państwa rejonem opiekuje się **((officer name))** (((officer job title))).

# W czym możemy pomóc

* Sprawy umowy najmu i mieszkania
* Kłopoty z hałasem, uciążliwym zachowaniem lub bezpieczeństwem w okolicy
* Klatki schodowe i tereny wspólne
* Znalezienie właściwej osoby w każdej innej sprawie

# Jak się skontaktować

((officer phone known??Mogą Państwo dzwonić lub pisać bezpośrednio. Numer telefonu i \
adres znajdują się na końcu tego listu.))

Podczas nieobecności tej osoby zastępuje ją ktoś z zespołu.

((cover??Tak jest teraz: Państwa stały opiekun jest przez krótki czas nieobecny. \
Napiszemy, gdy wróci.))

Nie muszą Państwo teraz nic robić. Prosimy zachować ten list.
""",
)

_INTRODUCTION_URDU = OtherWording(
    "ur",
    "آپ کے علاقے کے افسر: ((officer name))",
    """\
آپ کا گھر تقریباً 300 گھروں کے ایک علاقے میں ہے جس کی دیکھ بھال ہم ایک ساتھ کرتے ہیں۔ \
ہر علاقے کا ایک افسر ہوتا ہے جو اس علاقے اور وہاں رہنے والوں کو جانتا ہے۔

آپ کے علاقے کے افسر کا نام **((officer name))** ہے (((officer job title)))۔

# ہم کن باتوں میں مدد کر سکتے ہیں

* آپ کی کرایہ داری اور آپ کا گھر
* شور، پریشانی یا حفاظت کے مسائل
* سیڑھیاں اور مشترکہ جگہیں
* کسی اور کام کے لیے صحیح شخص تک پہنچنا

# رابطہ کیسے کریں

((officer phone known??آپ براہ راست فون کر سکتے ہیں یا لکھ سکتے ہیں۔ فون نمبر اور پتہ \
اس خط کے آخر میں ہیں۔))

اگر آپ کے افسر موجود نہ ہوں تو ان کا کوئی ساتھی جواب دے گا۔

((cover??اس وقت ایسا ہی ہے: آپ کے اپنے افسر کچھ دنوں کے لیے موجود نہیں ہیں۔ ان کے واپس \
آنے پر ہم آپ کو لکھیں گے۔))

ابھی آپ کو کچھ کرنے کی ضرورت نہیں۔ براہ کرم یہ خط سنبھال کر رکھیں۔
""",
)

DEFAULT_TRANSLATIONS: dict[str, tuple[OtherWording, ...]] = {
    INTRODUCTION.name: (
        _INTRODUCTION_EASY,
        _INTRODUCTION_POLISH,
        _INTRODUCTION_URDU,
    ),
    CHANGE.name: (_CHANGE_EASY,),
    COVER.name: (_COVER_EASY,),
    VACANCY.name: (_VACANCY_EASY,),
    CONTACT.name: (_CONTACT_EASY,),
}
