"""The list that goes with a pack: one line for each letter, in the pack's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tenants.letters.models import LetterRun
from tenants.letters.typesetting import PageSpan

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
    "UPRN",
    "Landlord's reference",
    "Pages",
    "First page",
]


def ledger_rows(run: LetterRun, spans: Iterable[PageSpan]) -> Iterator[list[Any]]:
    """Yield the lines of a run's ledger for the pages given."""
    officers = Senders.from_json(run.senders).officers
    letters = {
        letter.reference: letter
        for letter in run.letters.select_related("patch", "home__property").only(
            "run",
            "reference",
            "addressee",
            "address_lines",
            "letter_format",
            "patch__code",
            "home__property__uprn",
            "home__property__reference",
        )
    }
    for number, span in enumerate(spans, 1):
        letter = letters[span.reference]
        home = letter.home.property
        yield [
            number,
            letter.reference,
            letter.addressee,
            ", ".join(letter.address_lines[:-1]),
            letter.address_lines[-1],
            letter.patch.code,
            officers[str(letter.patch_id)]["name"],
            letter.get_letter_format_display(),
            home.uprn or "",
            home.reference,
            span.page_count,
            span.first_page,
        ]
