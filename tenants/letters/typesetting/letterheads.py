"""Does a letterhead fit the sender's column beside the address window?"""

from math import ceil

from housingplus.documents.glyphs import characters_not_shown, width_in_ems
from housingplus.documents.text import clean_text

from .addresses import POINTS_PER_MM
from .content import Letterhead
from .payload import letterhead_text
from .profiles import C5, PAGE_PLANS, EnvelopeProfile

# Lines of the column as it is set: cap height and leading, with the gaps between parts.
LINE_EM = 1.22
GAPS_EM = 4.0
DATE_LINES = 5


def check_letterhead(
    head: Letterhead, envelope: EnvelopeProfile = C5
) -> tuple[str, ...]:
    """Sentences about what must change before letters can carry this letterhead."""
    problems = []
    if not head.name.strip():
        problems.append("The letterhead has no name")
    lines = (head.name, *head.return_address, *head.contact_lines)
    for kind, plan in PAGE_PLANS.items():
        column = envelope.sender.width * POINTS_PER_MM / plan.sender_size
        count = sum(ceil(width_in_ems(clean_text(line)) / column) for line in lines)
        count += 0 if plan.date_in_body else DATE_LINES
        height = (count * LINE_EM + GAPS_EM) * plan.sender_size / POINTS_PER_MM
        if height > envelope.sender.height:
            words = kind.value.replace("_", " ")
            problems.append(
                f"The address and contact lines of {head.name} are too long "
                f"for the {words} letter; shorten or remove some"
            )
    if missing := characters_not_shown(letterhead_text(head)):
        problems.append(
            f"The letterhead has characters that cannot be printed: {' '.join(missing)}"
        )
    return tuple(problems)
