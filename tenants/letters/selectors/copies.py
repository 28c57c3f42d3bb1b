"""The copy of a letter for whoever acts for its household.

Always by post, in standard print and in English, whatever the household itself wants.
It says the same, opens in the same way, and names above that whose letter it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from housingplus.documents.text import is_seen
from patches.properties.addressing import correspondence_lines
from tenants.households.models import CommunicationNeeds, LetterFormat
from tenants.letters.models import Channel
from tenants.letters.models import LetterExceptionReason as Reason
from tenants.letters.typesetting import EnvelopeProfile, address_lines, check_address

from .characters import not_shown
from .drafts import LetterDraft, Refused

_OF_ADDRESS = "The representative’s address"
_OF_COPY = "The representative’s copy"


def copy_note(representative: str, values: Mapping[str, str]) -> str:
    """Say for whom a copy is, and whose letter it is a copy of.

    True of every letter: "of" is where they live, wherever and however it was sent.
    """
    return (
        f"Copy for {representative}. The letter was sent to "
        f"{values['addressee']} of {values['address']}."
    )


def representative_lines(needs: CommunicationNeeds) -> tuple[str, ...]:
    """Return the name and address a household's copies are printed with."""
    address = correspondence_lines(needs.representative_address)
    return address_lines([needs.representative_name, *address])


def copy_of(
    letter: LetterDraft,
    needs: CommunicationNeeds,
    *,
    names: Collection[str],
    envelope: EnvelopeProfile,
) -> LetterDraft:
    """Return the copy of a letter; refuse the home when it could not be printed.

    `names` are the values the English prints. A letter without its copy would leave
    somebody untold who was promised one, and nobody would notice.
    """
    name, opening = needs.representative_name, letter.values["salutation"]
    lines = representative_lines(needs)
    if not is_seen(name):
        raise Refused(Reason.MISSING_VALUE, f"{_OF_COPY}: name")
    if unprintable := not_shown(lines):
        raise Refused(Reason.CHARACTERS, f"{_OF_ADDRESS}: {' '.join(unprintable)}")
    if problems := check_address(lines, envelope):
        raise Refused(Reason.ADDRESS, f"{_OF_ADDRESS}: {problems[0].message}")
    if missing := [one for one in names if not letter.values.get(one)]:
        raise Refused(Reason.MISSING_VALUE, f"{_OF_COPY}: {', '.join(missing)}")
    said = [copy_note(name, letter.values), opening]
    if unprintable := not_shown([*said, *(letter.values[one] for one in names)]):
        raise Refused(Reason.CHARACTERS, f"{_OF_COPY}: {' '.join(unprintable)}")
    return replace(
        letter,
        addressee=name[:200],
        salutation=opening[:200],
        address_lines=lines,
        written_to=needs.representative_address,
        letter_format=LetterFormat.STANDARD,
        channel=Channel.POST,
        email="",
        wording=None,
        wanted_language="",
        is_copy=True,
    )
