"""The fixed words of a letter in each language we have them in.

Everything around the wording itself: dates, labels, the opening and the close. A
language without an entry has them in English, and its dates in figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

NAMES = "((names))"


def _months(names: str) -> tuple[str, ...]:
    return tuple(names.split())


_ENGLISH_MONTHS = _months(
    "January February March April May June July August September October November "
    "December"
)
_ENGLISH_DATE = re.compile(rf"(\d{{1,2}}) ({'|'.join(_ENGLISH_MONTHS)}) (\d{{4}})")


@dataclass(frozen=True)
class Phrases:
    """`date_form` takes day, month and year; `page` the page and how many there are.

    `salutation` may hold the names as ``((names))``; `offer` says what the letter is
    about and the number to call for it in the language.
    """

    date: str
    reference: str
    telephone: str
    email: str
    page: str
    salutation: str
    closing: str
    offer: str = ""
    months: tuple[str, ...] = ()
    date_form: str = "{day}/{number:02}/{year}"


ENGLISH = Phrases(
    date="Date",
    reference="Our reference",
    telephone="Telephone",
    email="E-mail",
    page="Page {page} of {total}",
    salutation="Dear ((names))",
    closing="Yours sincerely",
    months=_ENGLISH_MONTHS,
    date_form="{day} {month} {year}",
)

_PHRASES = {
    "en": ENGLISH,
    "ar": Phrases(
        date="التاريخ",
        reference="مرجعنا",
        telephone="الهاتف",
        email="البريد الإلكتروني",
        page="صفحة {page} من {total}",
        salutation="تحية طيبة وبعد",
        closing="مع خالص التحية",
        offer="هذه الرسالة تخص مسكنكم. للحصول عليها باللغة العربية، يرجى الاتصال على "
        "الرقم {phone}.",
        months=_months(
            "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
        ),
        date_form="{day} {month} {year}",
    ),
    "bn": Phrases(
        date="তারিখ",
        reference="আমাদের রেফারেন্স",
        telephone="টেলিফোন",
        email="ই-মেইল",
        page="পৃষ্ঠা {page} / {total}",
        salutation="প্রিয় ((names))",
        closing="বিনীত",
        offer="এই চিঠিটি আপনার বাসস্থান সম্পর্কে। এটি বাংলায় পেতে {phone} নম্বরে ফোন করুন।",
        months=_months(
            "জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর"
        ),
        date_form="{day} {month} {year}",
    ),
    "pl": Phrases(
        date="Data",
        reference="Nasz numer",
        telephone="Telefon",
        email="E-mail",
        page="Strona {page} z {total}",
        salutation="Szanowni Państwo",
        closing="Z poważaniem",
        offer="Ten list dotyczy Państwa mieszkania. Aby otrzymać go po polsku, prosimy "
        "zadzwonić pod numer {phone}.",
        months=_months(
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia "
            "września października listopada grudnia"
        ),
        date_form="{day} {month} {year}",
    ),
    "ro": Phrases(
        date="Data",
        reference="Referința noastră",
        telephone="Telefon",
        email="E-mail",
        page="Pagina {page} din {total}",
        salutation="Bună ziua, ((names))",
        closing="Cu stimă",
        offer="Această scrisoare este despre locuința dumneavoastră. Pentru a o primi "
        "în limba română, sunați la {phone}.",
        months=_months(
            "ianuarie februarie martie aprilie mai iunie iulie august "
            "septembrie octombrie noiembrie decembrie"
        ),
        date_form="{day} {month} {year}",
    ),
    "sk": Phrases(
        date="Dátum",
        reference="Naša značka",
        telephone="Telefón",
        email="E-mail",
        page="Strana {page} z {total}",
        salutation="Dobrý deň, ((names))",
        closing="S pozdravom",
        offer="Tento list sa týka vášho bývania. Ak ho chcete dostať v slovenčine, "
        "zavolajte na číslo {phone}.",
        months=_months(
            "januára februára marca apríla mája júna júla augusta septembra "
            "októbra novembra decembra"
        ),
        date_form="{day}. {month} {year}",
    ),
    "so": Phrases(
        date="Taariikhda",
        reference="Tixraacayaga",
        telephone="Telefoon",
        email="Iimayl",
        page="Bogga {page} ee {total}",
        salutation="Mudane/Marwo ((names))",
        closing="Mahadsanid",
        offer="Warqaddani waxay ku saabsan tahay gurigaaga. Haddii aad ku rabto "
        "Soomaali, fadlan wac {phone}.",
        months=_months(
            "Jannaayo Febraayo Maarso Abriil Maajo Juun Luulyo Agoosto "
            "Sebtembar Oktoobar Nofembar Desembar"
        ),
        date_form="{day} {month} {year}",
    ),
    "ur": Phrases(
        date="تاریخ",
        reference="ہمارا حوالہ",
        telephone="ٹیلی فون",
        email="ای میل",
        page="صفحہ {page} از {total}",
        salutation="محترم/محترمہ ((names))",
        closing="آپ کا مخلص",
        offer="یہ خط آپ کے گھر کے بارے میں ہے۔ اسے اردو میں حاصل کرنے کے لیے {phone} "
        "پر فون کریں۔",
        months=_months(
            "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر"
        ),
        date_form="{day} {month} {year}",
    ),
    "zh": Phrases(
        date="日期",
        reference="我方编号",
        telephone="电话",
        email="电子邮件",
        page="第 {page} 页，共 {total} 页",
        salutation="尊敬的 ((names))",
        closing="谨上",
        offer="这封信与您的住房有关。如需中文版，请致电 {phone}。",
        months=tuple(str(number) for number in range(1, 13)),
        date_form="{year}年{month}月{day}日",
    ),
}
# English words, and dates in figures.
_OTHER = Phrases(
    date=ENGLISH.date,
    reference=ENGLISH.reference,
    telephone=ENGLISH.telephone,
    email=ENGLISH.email,
    page=ENGLISH.page,
    salutation=ENGLISH.salutation,
    closing=ENGLISH.closing,
)
CODES = tuple(_PHRASES)
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "prs", "ps", "ur"})


def phrases_of(code: str) -> Phrases:
    """Return the fixed words for a language; `code` may name a region, too."""
    return _PHRASES.get(code.partition("-")[0].lower(), _OTHER)


def is_written_right_to_left(code: str) -> bool:
    """Whether a language is written from right to left."""
    return code.partition("-")[0].lower() in RIGHT_TO_LEFT


def dates_in(code: str, text: str) -> str:
    """Return a text that is an English date as the language writes it, else as it is.

    >>> dates_in("pl", "3 March 2026")
    '3 marca 2026'
    """
    found = _ENGLISH_DATE.fullmatch(text)
    if found is None:
        return text
    day, month, year = found.groups()
    number = _ENGLISH_MONTHS.index(month) + 1
    phrases = phrases_of(code)
    return phrases.date_form.format(
        day=int(day),
        number=number,
        month=phrases.months[number - 1] if phrases.months else "",
        year=year,
    )
