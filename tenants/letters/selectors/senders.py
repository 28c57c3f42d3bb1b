"""Who letters come from: letterheads of landlords, signatures of those who answer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from io import BytesIO
from typing import Any

from django.db.models.fields.files import FieldFile
from django.urls import reverse
from PIL import Image, ImageOps, UnidentifiedImageError

from housingplus.common.dates import long_date
from housingplus.common.storage import blocks_of
from housingplus.documents.codes import as_printed, public_address, qr_code
from officers.assignments.selectors import Answer, AnswerKind, answers_for
from patches.properties.models import Landlord
from patches.register.models import Patch
from tenants.letters.typesetting import Letterhead, LookUp, OfficerBlock, Picture

_LONGEST_SIDE = 900
_BETWEEN_LINES = re.compile(r"[,\r\n]+")


@dataclass(frozen=True)
class PatchFacts:
    """A patch on the day of a run: who answers, and what its letters say of that."""

    patch: Patch
    answer: Answer
    values: dict[str, str] = field(repr=False)


def facts_of_patches(patches: Iterable[Patch], on: dt.date) -> dict[int, PatchFacts]:
    """Return each patch's facts on a day; a fixed number of queries."""
    patches = list(patches)
    answers = answers_for(patches, on)
    return {
        patch.pk: PatchFacts(
            patch, answers[patch.pk], patch_values(patch, answers[patch.pk], on)
        )
        for patch in patches
    }


def patch_values(patch: Patch, answer: Answer, on: dt.date) -> dict[str, str]:
    """Return what the placeholders about a patch stand for; the ward is loaded."""
    officer, team, leader = answer.officer, answer.team, answer.leader
    is_cover = answer.kind == AnswerKind.COVER
    return {
        "officer name": officer.name if officer else "",
        "officer job title": officer.job_title if officer else "",
        "officer phone": officer.phone if officer else "",
        "officer email": officer.email if officer else "",
        "who answers": answer.name if answer.kind != AnswerKind.NOBODY else "",
        "answering since": long_date(answer.since) if answer.since else "",
        "cover until": long_date(answer.until) if is_cover and answer.until else "",
        "officer away": answer.covered.name if is_cover and answer.covered else "",
        "team name": team.name if team else "",
        "team leader name": leader.name if leader else "",
        "team phone": team.phone if team else "",
        "team email": team.email if team else "",
        "patch code": patch.code,
        "patch name": patch.name or patch.code,
        "ward name": patch.ward.name,
        "date": long_date(on),
        "cover": _yes(is_cover),
        "officer answers": _yes(officer is not None),
        "team answers": _yes(answer.kind == AnswerKind.TEAM),
        "officer phone known": _yes(bool(officer and officer.phone)),
        "officer email known": _yes(bool(officer and officer.email)),
    }


def landlord_values(landlord: Landlord) -> dict[str, str]:
    """Return what the placeholders about a home's manager stand for."""
    return {
        "landlord name": landlord.letterhead_name or landlord.name,
        "landlord phone": landlord.phone,
        "landlord email": landlord.email,
    }


def _yes(value: bool) -> str:
    return "yes" if value else "no"


@dataclass(frozen=True)
class Senders:
    """Letterheads by landlord id and signatures by patch id, as JSON keeps them."""

    letterheads: dict[str, dict[str, Any]]
    officers: dict[str, dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Senders:
        return cls(kept.get("letterheads", {}), kept.get("officers", {}))


def describe_senders(
    landlords: Iterable[Landlord], facts: Iterable[PatchFacts]
) -> tuple[Senders, dict[str, bytes]]:
    """Return the senders as plain values, and the pictures they name by file."""
    pictures: dict[str, bytes] = {}
    letterheads = {
        str(landlord.pk): _letterhead(landlord, pictures) for landlord in landlords
    }
    officers = {str(fact.patch.pk): _signature(fact.answer, pictures) for fact in facts}
    return Senders(letterheads, officers), pictures


def _letterhead(landlord: Landlord, pictures: dict[str, bytes]) -> dict[str, Any]:
    contact = [landlord.phone, landlord.email, landlord.website]
    name = landlord.letterhead_name or landlord.name
    return {
        "name": name,
        "return_address": [
            line.strip()
            for line in _BETWEEN_LINES.split(landlord.return_address)
            if line.strip()
        ],
        "contact_lines": [line for line in contact if line],
        "logo": _kept(landlord.logo, name, pictures),
        "look_up": _look_up(pictures),
    }


def _look_up(pictures: dict[str, bytes]) -> dict[str, str] | None:
    """Return the code that leads to the public look-up, if the site has an address."""
    address = public_address(reverse("officers:who_answers:start"))
    if not address:
        return None
    content = qr_code(address)
    shown = as_printed(address)
    alt = f"QR code that leads to {shown}"
    name = f"letters/pictures/{Picture(content, alt).name}"
    pictures[name] = content
    return {
        "file": name,
        "alt": alt,
        "text": "To see at any time who your officer is, scan this code or visit",
        "address": shown,
    }


def _signature(answer: Answer, pictures: dict[str, bytes]) -> dict[str, Any]:
    if answer.officer is None:
        leader = f"Team leader: {answer.leader.name}" if answer.leader else ""
        return {
            "name": answer.team.name if answer.team else "",
            "job_title": leader,
            "phone": answer.team.phone if answer.team else "",
            "email": answer.team.email if answer.team else "",
            "photo": None,
            "signature": None,
        }
    officer = answer.officer
    return {
        "name": officer.name,
        "job_title": officer.job_title,
        "phone": officer.phone,
        "email": officer.email,
        "photo": _kept(officer.photo, f"Photograph of {officer.name}", pictures),
        "signature": _kept(officer.signature, f"Signature of {officer.name}", pictures),
    }


def _kept(
    image: FieldFile, alt: str, pictures: dict[str, bytes]
) -> dict[str, str] | None:
    if not image:
        return None
    content = printable_picture(image)
    if content is None:
        return None
    name = f"letters/pictures/{Picture(content, alt).name}"
    pictures[name] = content
    return {"file": name, "alt": alt}


def printable_picture(image: FieldFile) -> bytes | None:
    """Return an image as a PNG of a size fit for paper; None if it cannot be read."""
    try:
        with image.open("rb") as kept, Image.open(kept) as opened:
            turned = ImageOps.exif_transpose(opened)
            turned.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            mode = "RGBA" if "A" in turned.getbands() or "P" in turned.mode else "RGB"
            buffer = BytesIO()
            turned.convert(mode).save(buffer, "PNG")
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError):
        return None
    return buffer.getvalue()


def letterheads_of(
    senders: Senders, keys: Iterable[str], pictures: Mapping[str, bytes] | None = None
) -> dict[str, Letterhead]:
    """Return the letterheads named, ready to be set."""
    found = {}
    for key in keys:
        kept = senders.letterheads[key]
        found[key] = Letterhead(
            name=kept["name"],
            return_address=tuple(kept["return_address"]),
            contact_lines=tuple(kept["contact_lines"]),
            logo=_picture(kept["logo"], pictures),
            look_up=_look_up_of(kept.get("look_up"), pictures),
        )
    return found


def _look_up_of(
    kept: Mapping[str, str] | None, pictures: Mapping[str, bytes] | None
) -> LookUp | None:
    code = _picture(kept, pictures)
    return LookUp(code, kept["text"], kept["address"]) if kept and code else None


def officers_of(
    senders: Senders, keys: Iterable[str], pictures: Mapping[str, bytes] | None = None
) -> dict[str, OfficerBlock]:
    """Return the signatures named, ready to be set."""
    found = {}
    for key in keys:
        kept = senders.officers[key]
        found[key] = OfficerBlock(
            name=kept["name"],
            job_title=kept["job_title"],
            phone=kept["phone"],
            email=kept["email"],
            photo=_picture(kept["photo"], pictures),
            signature=_picture(kept["signature"], pictures),
        )
    return found


def _picture(
    kept: Mapping[str, str] | None, pictures: Mapping[str, bytes] | None
) -> Picture | None:
    if kept is None:
        return None
    name = kept["file"]
    content = pictures[name] if pictures and name in pictures else _read(name)
    return Picture(content, kept["alt"])


@lru_cache(maxsize=512)
def _read(name: str) -> bytes:
    """Return a kept picture; its name is its content's digest, so it never changes."""
    return b"".join(blocks_of(name))
