"""How each household is written to: by post, through a supplier, or as an e-mail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tenants.households.models import CommunicationNeeds, Household, LetterFormat
from tenants.letters.models import Channel, EmailLetters

# Formats, and how a letter in each reaches its household.
CHANNELS = {
    LetterFormat.STANDARD: Channel.POST,
    LetterFormat.LARGE_PRINT: Channel.POST,
    LetterFormat.BRAILLE: Channel.SUPPLIER,
    LetterFormat.AUDIO: Channel.SUPPLIER,
    LetterFormat.EMAIL: Channel.EMAIL,
}


@dataclass(frozen=True)
class Way:
    """The format of a household's letter and how it goes; no channel when none does."""

    letter_format: LetterFormat
    channel: Channel | None
    email: str = ""


def way_to(
    household: Household, email_letters: str, failed: Collection[tuple[int, str]]
) -> Way:
    """How a household is written to; by post where its e-mail address failed."""
    needs: CommunicationNeeds | None = getattr(household, "needs", None)
    if needs is None:
        return Way(LetterFormat.STANDARD, Channel.POST)
    wanted = LetterFormat(needs.letter_format)
    channel = CHANNELS.get(wanted)
    if channel != Channel.EMAIL:
        return Way(wanted, channel)
    if email_letters == EmailLetters.EXCEPT:
        return Way(wanted, None)
    if email_letters == EmailLetters.PRINT or (household.pk, needs.email) in failed:
        return Way(LetterFormat.STANDARD, Channel.POST)
    return Way(wanted, channel, needs.email)
