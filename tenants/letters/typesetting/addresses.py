"""Address lines as the post wants them, and the order the post wants letters in.

The rules are those of GOV.UK Notify and Royal Mail's guide: at most seven lines of 45
characters, the postcode in capitals on the last line by itself, no punctuation at line
ends.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from housingplus.documents.glyphs import characters_not_shown, width_in_ems
from housingplus.documents.text import clean_text

from .profiles import ADDRESS_PITCH, ADDRESS_SIZES, C5, EnvelopeProfile

MOST_LINES = 7
FEWEST_LINES = 3
LONGEST_LINE = 45
POINTS_PER_MM = 72 / 25.4

POSTCODE = re.compile(
    r"(?P<area>[A-Z]{1,2})(?P<district>\d{1,2})(?P<letter>[A-Z]?) ?"
    r"(?P<sector>\d)(?P<unit>[A-Z]{2})"
)
_SPACES = re.compile(r"\s+")
_MARKS = re.compile(r"[,;.]")
_NUMBERS = re.compile(r"([0-9]+)([a-z]?)\b")
_FORBIDDEN_STARTS = '@()=[]"\\/,<>~'


class AddressFault(StrEnum):
    TOO_FEW_LINES = "too_few_lines"
    TOO_MANY_LINES = "too_many_lines"
    LINE_TOO_LONG = "line_too_long"
    LINE_TOO_WIDE = "line_too_wide"
    BAD_START = "bad_start"
    EMPTY_START = "empty_start"
    NO_FIXED_ABODE = "no_fixed_abode"
    NO_POSTCODE = "no_postcode"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True)
class AddressProblem:
    fault: AddressFault
    message: str
    line: int = 0

    @property
    def is_of_window(self) -> bool:
        """Whether only the window of an envelope is too small for the address."""
        return self.fault in {
            AddressFault.TOO_MANY_LINES,
            AddressFault.LINE_TOO_LONG,
            AddressFault.LINE_TOO_WIDE,
        }


def address_lines(parts: Iterable[str], postcode: str = "") -> tuple[str, ...]:
    """Addressee and address as lines to print.

    Blank and repeated lines go, commas and full stops at line ends go, and the
    postcode is in capitals on the last line by itself. It may be the last part.
    """
    lines: list[str] = []
    for part in parts:
        for piece in clean_text(part or "").split("\n"):
            line = _SPACES.sub(" ", piece).strip(" ,;.")
            if line and (not lines or line.casefold() != lines[-1].casefold()):
                lines.append(line)
    if not postcode.strip() and lines and normal_postcode(lines[-1]):
        postcode = lines.pop()
    last = normal_postcode(postcode) or clean_text(postcode).strip().upper()
    lines = [line for line in lines if normal_postcode(line) != last or not last]
    return tuple([*lines, last] if last else lines)


def lines_below_name(lines: Sequence[str], addressee: str) -> list[str]:
    """Return address lines without the first ones, on which the addressee's name is.

    Long names take several lines; commas and full stops at their ends are gone.
    """
    name = _words(addressee)
    below = list(lines)
    while below and name:
        words = _words(below[0])
        if words != name[: len(words)]:
            break
        name = name[len(words) :]
        below.pop(0)
    return below if not name else list(lines)


def _words(line: str) -> list[str]:
    return _MARKS.sub(" ", clean_text(line)).split()


def normal_postcode(text: str) -> str:
    """ "zk12ab" as "ZK1 2AB"; empty when it has not the shape of a postcode."""
    compact = _SPACES.sub("", text).upper()
    if len(compact) > 8 or not POSTCODE.fullmatch(compact):
        return ""
    return f"{compact[:-3]} {compact[-3:]}"


def check_address(
    lines: tuple[str, ...], envelope: EnvelopeProfile = C5
) -> tuple[AddressProblem, ...]:
    """Everything that stops an address from being printed and delivered."""
    problems: list[AddressProblem] = []
    if len(lines) < FEWEST_LINES:
        problems.append(
            AddressProblem(
                AddressFault.TOO_FEW_LINES,
                f"The address has {len(lines)} lines; it needs at least "
                f"{FEWEST_LINES}, name and postcode included",
            )
        )
    if len(lines) > MOST_LINES:
        problems.append(
            AddressProblem(
                AddressFault.TOO_MANY_LINES,
                f"The address has {len(lines)} lines; {MOST_LINES} fit the window",
            )
        )
    if not lines or not normal_postcode(lines[-1]):
        problems.append(
            AddressProblem(
                AddressFault.NO_POSTCODE, "The last line of the address is no postcode"
            )
        )
    for number, line in enumerate(lines, 1):
        problems += _line_problems(number, line, envelope)
    return tuple(problems)


def _line_problems(
    number: int, line: str, envelope: EnvelopeProfile
) -> list[AddressProblem]:
    found: list[tuple[AddressFault, str]] = []
    widest = envelope.address.width * POINTS_PER_MM
    if len(line) > LONGEST_LINE:
        message = f"is {len(line)} characters; {LONGEST_LINE} fit the window"
        found.append((AddressFault.LINE_TOO_LONG, message))
    elif width_in_ems(line) * ADDRESS_SIZES[-1] > widest:
        found.append((AddressFault.LINE_TOO_WIDE, "is too wide for the window"))
    if line[:1] in _FORBIDDEN_STARTS:
        message = f"starts with {line[:1]}, which the post cannot read"
        found.append((AddressFault.BAD_START, message))
    if number <= 2 and not any(c.isalnum() for c in line):
        found.append((AddressFault.EMPTY_START, "has no letter or number"))
    plain = line.casefold().strip()
    if plain == "nfa" or "no fixed abode" in plain or "no fixed address" in plain:
        found.append((AddressFault.NO_FIXED_ABODE, "says no fixed abode"))
    if missing := characters_not_shown(line):
        message = f"has characters that cannot be printed: {' '.join(missing)}"
        found.append((AddressFault.NOT_SHOWN, message))
    return [
        AddressProblem(fault, f"Address line {number} {message}", number)
        for fault, message in found
    ]


def address_size(lines: tuple[str, ...], envelope: EnvelopeProfile) -> float:
    """The largest type size at which the whole address fits its window."""
    zone = envelope.address
    tall = (len(lines) - 1) * ADDRESS_PITCH + 1
    wide = max(map(width_in_ems, lines), default=0)
    for size in ADDRESS_SIZES:
        if (
            tall * size <= zone.height * POINTS_PER_MM
            and wide * size <= zone.width * POINTS_PER_MM
        ):
            return size
    return ADDRESS_SIZES[-1]


PostcodeKey = tuple[str, int, str, int, str, str]


def postcode_sort_key(postcode: str) -> PostcodeKey:
    """Sorts as Royal Mail sorts: area, district, sector, unit; M2 before M14.

    What is no postcode comes last, in its own order.
    """
    match = POSTCODE.fullmatch(normal_postcode(postcode))
    if not match:
        return ("\uffff", 0, "", 0, "", postcode)
    return (
        match["area"],
        int(match["district"]),
        match["letter"],
        int(match["sector"]),
        match["unit"],
        "",
    )


WalkingKey = tuple[str, tuple[tuple[int, str], ...], str]


def posting_sort_key(
    lines: tuple[str, ...], reference: str
) -> tuple[PostcodeKey, WalkingKey, str]:
    """Postcode, then street and number as a person walks, then reference."""
    postcode = postcode_sort_key(lines[-1] if lines else "")
    return postcode, _walking_key(" ".join(lines[1:-1])), reference


def _walking_key(address: str) -> WalkingKey:
    """Street first, then building number, then flat: "Flat 2, 10 Elm Road"."""
    text = address.casefold()
    numbers = list(_NUMBERS.finditer(text))
    street = text[numbers[-1].end() :] if numbers else text
    found = ((int(number[1][:9]), number[2]) for number in reversed(numbers))
    return street.strip(" ,"), tuple(found), text
