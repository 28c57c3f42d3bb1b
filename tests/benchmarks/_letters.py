"""Invented letters for the benchmark and for tests of typesetting.

The same number gives the same letters. Names, streets and postcodes (area ZK) are made
up; pictures are drawn here.
"""

import io
from datetime import date
from functools import cache
from itertools import product

from PIL import Image, ImageDraw

from tenants.letters import markup
from tenants.letters.typesetting import (
    C5,
    EnvelopeProfile,
    LetterContent,
    LetterFormat,
    Letterhead,
    OfficerBlock,
    Picture,
    TypesetBatch,
    address_lines,
)

DATED = date(2026, 11, 22)
DATE_TEXT = "22 November 2026"

SUBJECT = "Your housing officer is ((officer name))"
BODY = """\
We are writing to tell you who your housing officer is from **((start date))**.

Your officer is **((officer name))**. ((officer first name)) looks after about \
((home count)) homes in ((patch name)), and is the person to ask about your tenancy, \
your neighbourhood and your home at ((first line of address)).

# What your officer can help with

You can contact your officer about:

* your tenancy, your rent account or a change in your household
* repairs that have not been done, or that keep coming back
* problems with neighbours, noise or safety in and around your block
* help at home, and other people and services who can support you

## What happens next

((officer first name)) will visit each home once in the next twelve months. Officers \
always carry a photo card. If you are not sure, call us and we will tell you who is at \
the door.

((joint tenants??This letter is for both of the tenants named above.))

1. Keep this letter somewhere safe.
2. Tell us if your telephone number has changed."""

FIRST_NAMES = ("Adam", "Bethan", "Chidi", "Dorota", "Ewan", "Farah", "Gwen", "Hamid")
LAST_NAMES = ("Adeyemi", "Barker", "Czerny", "Dawson", "Evans", "Farouk", "Gill")
STREETS = ("Alder Walk", "Beck Lane", "Cinder Hill", "Dyers Row", "Elm Road", "Fold")
OFFICERS = (
    "Priya Nair",
    "Tom Hartley",
    "Zainab Yusuf",
    "Owen Pugh",
    "Marta Kowalska",
    "Grace Mensah",
    "Ian Fraser",
    "Leila Haddad",
)


@cache
def logo() -> Picture:
    image = Image.new("RGB", (600, 200), "white")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, 199, 199), 30, fill="#1d5a8a")
    draw.polygon([(30, 110), (100, 40), (170, 110)], fill="white")
    draw.rectangle((55, 110, 145, 170), fill="white")
    draw.rectangle((230, 60, 560, 110), fill="#1d5a8a")
    draw.rectangle((230, 130, 480, 150), fill="#767676")
    return Picture(_png(image), "Wexmoor Council")


@cache
def signature(number: int) -> Picture:
    image = Image.new("RGB", (400, 120), "white")
    heights = [(number * 37 + step * 53) % 90 + 15 for step in range(9)]
    points = [(step * 47 + 10, height) for step, height in enumerate(heights)]
    ImageDraw.Draw(image).line(points, fill="#1a237e", width=5)
    return Picture(_png(image), f"Signature of {OFFICERS[number]}")


@cache
def photo() -> Picture:
    image = Image.new("RGB", (300, 360), "#cfd8dc")
    draw = ImageDraw.Draw(image)
    draw.ellipse((95, 60, 205, 190), fill="#8d6e63")
    draw.ellipse((40, 210, 260, 460), fill="#37474f")
    return Picture(_png(image), "Photo of your housing officer")


def _png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


@cache
def letterheads() -> dict[str, Letterhead]:
    return {
        "wexmoor": Letterhead(
            name="Wexmoor Council",
            return_address=(
                "Housing Services",
                "Civic Hall, Market Street",
                "Wexmoor",
                "ZK1 1AA",
            ),
            contact_lines=(
                "Telephone: 07700 900100",
                "E-mail: housing@wexmoor.example",
                "Monday to Friday, 9am to 5pm",
            ),
            logo=logo(),
        )
    }


@cache
def officers() -> dict[str, OfficerBlock]:
    return {
        f"officer-{number}": OfficerBlock(
            name=name,
            job_title="Housing officer",
            phone=f"07700 900{number + 101}",
            email=f"{name.lower().replace(' ', '.')}@wexmoor.example",
            photo=photo() if number == 0 else None,
            signature=signature(number),
        )
        for number, name in enumerate(OFFICERS)
    }


@cache
def template() -> markup.Template:
    return markup.parse(SUBJECT, BODY)


def sample_letter(number: int, **changes: object) -> LetterContent:
    """Letter ``number`` of an invented city; any field may be given instead."""
    people = list(product(FIRST_NAMES, LAST_NAMES))
    first, last = people[number % len(people)]
    other_first, other_last = people[(number * 7 + 3) % len(people)]
    is_joint = number % 3 == 0
    addressee = f"Mr {first} {last}"
    salutation = f"Dear Mr {last}"
    if is_joint:
        addressee = f"{addressee} and Ms {other_first} {other_last}"
        salutation = f"{salutation} and Ms {other_last}"
    street = STREETS[number // 200 % len(STREETS)]
    home = f"{number % 200 + 1} {street}"
    officer = number // 290 % len(OFFICERS)
    name = OFFICERS[officer]
    values = {
        "officer name": name,
        "officer first name": name.split()[0],
        "start date": "7 December 2026",
        "home count": 290,
        "patch name": f"{street} and around",
        "first line of address": home,
        "joint tenants": is_joint,
    }
    postcode = (
        f"ZK{number // 2000 % 20 + 1} {number // 200 % 10}"
        f"{chr(65 + number // 20 % 10)}{chr(65 + number % 20)}"
    )
    fields = {
        "reference": f"WX26-{number:06d}",
        "address_lines": address_lines([addressee, home, "WEXMOOR"], postcode),
        "salutation": salutation,
        "content": markup.fill(template(), values),
        "date_text": DATE_TEXT,
        "letterhead": "wexmoor",
        "officer": f"officer-{officer}",
        "format": LetterFormat.STANDARD,
    }
    return LetterContent(**{**fields, **changes})


def sample_batch(
    letters: list[LetterContent],
    envelope: EnvelopeProfile = C5,
    *,
    has_code: bool = False,
) -> TypesetBatch:
    return TypesetBatch(
        tuple(letters), letterheads(), officers(), DATED, envelope, has_code
    )
