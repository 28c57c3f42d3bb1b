"""Where things go on the paper: envelopes and page plans, in millimetres."""

from dataclasses import dataclass
from enum import StrEnum

A4_WIDTH = 210.0
A4_HEIGHT = 297.0
# Five sheets, both sides: what GOV.UK Notify and most inserting machines take.
MOST_PAGES = 10


def sheets_of(pages: int, *, double_sided: bool) -> int:
    """Return how many sheets of paper that many pages are printed on."""
    return (pages + 1) // 2 if double_sided else pages


class LetterFormat(StrEnum):
    STANDARD = "standard"
    LARGE_PRINT = "large_print"
    EASY_READ = "easy_read"


@dataclass(frozen=True)
class Zone:
    """A rectangle of the page, measured from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class EnvelopeProfile:
    """A window envelope: where the address shows, and what else must stay clear.

    ``address`` is where the address is set; ``clear`` may hold nothing else, because it
    can show in the window; ``body_top`` is where the letter itself begins; ``folds``
    are where the sheet is folded, from its top.
    """

    key: str
    name: str
    address: Zone
    clear: Zone
    logo: Zone
    sender: Zone
    body_top: float
    folds: tuple[float, ...]


C5 = EnvelopeProfile(
    key="c5",
    name="C5 window envelope, as GOV.UK Notify prints",
    address=Zone(24.6, 40.5, 118.0, 66.0),
    clear=Zone(15.0, 39.5, 120.0, 66.3),
    logo=Zone(24.6, 10.0, 110.0, 30.0),
    sender=Zone(125.5, 10.0, 195.0, 92.0),
    body_top=95.0,
    folds=(148.5,),
)

DL = EnvelopeProfile(
    key="dl",
    name="DL window envelope, A4 folded in three",
    address=Zone(21.0, 57.2, 100.0, 80.8),
    clear=Zone(10.0, 46.0, 110.0, 92.0),
    logo=Zone(21.0, 10.0, 110.0, 34.0),
    sender=Zone(125.5, 10.0, 195.0, 92.0),
    body_top=97.0,
    folds=(99.0, 198.0),
)

ENVELOPES = {profile.key: profile for profile in (C5, DL)}


@dataclass(frozen=True)
class PagePlan:
    """Type sizes (points) and margins (millimetres) of one letter format.

    ``date_in_body`` sets date and reference at text size above the salutation, where
    the sender's column would be too narrow for them.
    """

    text_size: float
    small_size: float
    sender_size: float
    heading_size: float
    leading_em: float
    paragraph_em: float
    margin_right: float
    margin_top: float
    margin_bottom: float
    signature_height: float
    photo_height: float
    date_in_body: bool


STANDARD = PagePlan(
    text_size=11.5,
    small_size=9.5,
    sender_size=9.5,
    heading_size=15.0,
    leading_em=0.62,
    paragraph_em=1.05,
    margin_right=24.0,
    margin_top=20.0,
    margin_bottom=18.0,
    signature_height=14.0,
    photo_height=26.0,
    date_in_body=False,
)

LARGE_PRINT = PagePlan(
    text_size=18.0,
    small_size=16.0,
    sender_size=12.0,
    heading_size=22.0,
    leading_em=0.7,
    paragraph_em=1.15,
    margin_right=18.0,
    margin_top=20.0,
    margin_bottom=20.0,
    signature_height=18.0,
    photo_height=34.0,
    date_in_body=True,
)

# Short lines, wide spacing and plain headings.
EASY_READ = PagePlan(
    text_size=16.0,
    small_size=14.0,
    sender_size=11.5,
    heading_size=20.0,
    leading_em=0.95,
    paragraph_em=1.6,
    margin_right=45.0,
    margin_top=20.0,
    margin_bottom=20.0,
    signature_height=18.0,
    photo_height=40.0,
    date_in_body=True,
)

PAGE_PLANS = {
    LetterFormat.STANDARD: STANDARD,
    LetterFormat.LARGE_PRINT: LARGE_PRINT,
    LetterFormat.EASY_READ: EASY_READ,
}

# The code for scanners stands below the letter, at the right: inside what GOV.UK Notify
# prints, clear of every window however the sheet is folded.
CODE_RIGHT = 193.0
CODE_BOTTOM = 290.5
CODE_MODULE = 0.6

# The largest size at which the lines of an address fit its window is used.
ADDRESS_SIZES = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
ADDRESS_PITCH = 1.15
