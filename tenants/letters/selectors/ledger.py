"""The list that goes with the packs: one line for each letter, in their order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tenants.households.languages import ENGLISH, language_name
from tenants.households.models import LetterFormat
from tenants.letters.models import Channel, LetterRun
from tenants.letters.typesetting import lines_below_name

from .senders import Senders

LEDGER_HEADER = [
    "Number",
    "Reference",
    "Name",
    "Address",
    "Postcode",
    "Patch",
    "Who answers",
    "Format",
    "Language",
    "UPRN",
    "Landlord's reference",
    "Pages",
    "Pack",
    "First page",
    "Goes by",
    "E-mail address",
    "Copy for the representative",
]


def ledger_rows(run: LetterRun) -> Iterator[list[Any]]:
    """Yield the lines of a run's ledger; a few thousand letters are held at a time."""
    officers = Senders.from_json(run.senders).officers
    formats = dict(LetterFormat.choices)
    channels = dict(Channel.choices)
    rows = run.letters.order_by("sequence").values_list(
        "reference",
        "addressee",
        "address_lines",
        "patch__code",
        "patch",
        "letter_format",
        "wording__language",
        "home__property__uprn",
        "home__property__reference",
        "chunk__pack__number",
        "page_count",
        "first_page",
        "channel",
        "email",
        "is_copy",
    )
    for number, row in enumerate(rows.iterator(chunk_size=2_000), 1):
        reference, name, lines, code, patch_id, wanted, language, *rest = row
        uprn, own, *place = rest
        yield [
            number,
            reference,
            name,
            ", ".join(lines_below_name(lines[:-1], name)),
            lines[-1],
            code,
            officers[str(patch_id)]["name"],
            formats[wanted],
            language_name(language or ENGLISH.code),
            uprn or "",
            own,
            place[1],
            place[0],
            place[2],
            channels[str(place[3])],
            place[4],
            "Yes" if place[5] else "",
        ]
