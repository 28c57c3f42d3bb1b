"""Who gets what, worked out and not yet written down."""

from __future__ import annotations

from dataclasses import dataclass, field

from tenants.letters.models import Channel

from .wordings import Wording


@dataclass(frozen=True)
class LetterDraft:
    """One letter as it will be frozen."""

    household_id: int
    tenancy_id: int | None
    landlord_id: int
    officer_id: int | None
    addressee: str
    salutation: str
    address_lines: tuple[str, ...]
    values: dict[str, str] = field(repr=False)
    # As recorded, to be compared with what is recorded when the letter goes.
    written_to: str
    letter_format: str
    channel: str = Channel.POST
    email: str = ""
    page_count: int | None = None
    # Pages of the letters like it, where it was not set itself before approval.
    likely_pages: int = 0
    # The translation or easy read it is set from; None for the English.
    wording: Wording | None = None
    wanted_language: str = ""
    # The copy for a representative, not the letter to the household.
    is_copy: bool = False


@dataclass(frozen=True)
class HomeDraft:
    """A home in scope: it has letters, or a reason why not."""

    property_id: int
    ward_id: int
    patch_id: int | None
    letters: tuple[LetterDraft, ...] = ()
    reason: str = ""
    detail: str = ""
    told_key: str = ""


class Refused(Exception):
    """This home gets no letter; the reason and what to say of it."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail
